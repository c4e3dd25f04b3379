import { errorRecord } from '../errors/error-record.ts';
import type { Reporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';

/** The version of the NDJSON that `--json` writes; it grows by members only. */
const SCHEMA = 1;

/** NDJSON on stdout and nothing else there; the last line is always the result. */
export function jsonReporter({ json, err }: Pick<Terminal, 'json' | 'err'>): Reporter {
  let isOver = false;
  const write = (type: string, value: object) => {
    if (!isOver) json({ type, schema: SCHEMA, ...value });
  };
  let failure: object | undefined;
  return {
    say: (line) => err(line),
    show: () => undefined,
    plan: (plan) => write('plan', plan),
    event: ({ type, ...event }) => write(type, event),
    busy: () => undefined,
    tick: () => undefined,
    data: write,
    pause: () => undefined,
    error: (error) => {
      const record = errorRecord(error);
      failure = record;
      write('error', record);
    },
    result: (result) => {
      write('result', { ...result, ...(failure && { error: failure }) });
      isOver = true;
    },
  };
}
