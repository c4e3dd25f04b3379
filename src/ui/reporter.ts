import type { EngineEvent } from '../engine/events.ts';
import type { Plan } from '../engine/plan.ts';

/** How a command ended, for the last line of `--json`. */
interface Result {
  readonly command: string;
  readonly exit: number;
  readonly [member: string]: unknown;
}

/** Listens to a run and shows it; knows nothing of how it is done. */
export interface Reporter {
  /** One line of progress, for people. */
  readonly say: (line: string) => void;
  /** Lines that are the result, for people. */
  readonly show: (lines: readonly string[]) => void;
  readonly plan: (plan: Plan) => void;
  readonly event: (event: EngineEvent) => void;
  /** What goes on before or beside all steps: "reading what is there"; undefined where nothing does. */
  readonly busy: (what: string | undefined) => void;
  /** Time goes by: called about once a second while steps run. */
  readonly tick: () => void;
  /** Something for programs, which people were told in another way. */
  readonly data: (type: string, value: object) => void;
  /** Ends whatever is drawn, before a question or the end. */
  readonly pause: () => void;
  readonly error: (error: unknown) => void;
  readonly result: (result: Result) => void;
}
