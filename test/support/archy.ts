import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const standIn = fileURLToPath(new URL('archy-stand-in.mjs', import.meta.url));

/** How a run of the stand-in ends that publishes nothing. */
interface End {
  readonly exitCode: number;
  readonly status?: string;
  readonly traces?: readonly { readonly text: string; readonly type: string }[];
  /** Written to its standard output. */
  readonly printed?: string;
  /** Instead of results that are in order. */
  readonly resultsText?: string;
}

export type Manner = 'publish' | 'hang' | 'publish, then hang' | End;

/** What the stand-in was given, once it ran. */
interface Seen {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly pid: number;
  readonly options: string;
  /** Of the options file, and of its folder. */
  readonly modes: readonly string[];
}

/** Executables in a folder of their own. */
export interface TestArchy {
  /** The stand-in's executable; its folder can be a PATH. */
  readonly file: string;
  readonly folder: string;
  readonly seen: () => readonly Seen[];
  /** Makes another executable, of this text, and gives its path. */
  readonly other: (path: string, text: string) => string;
  readonly remove: () => void;
}

/** Puts a stand-in of Archy there that behaves like this each time; `turns` are the first publications. */
export function makeArchy(manner: Manner = 'publish', turns: readonly Manner[] = []): TestArchy {
  const folder = mkdtempSync(join(tmpdir(), 'eo-archy-'));
  const record = join(folder, 'record.jsonl');
  const other = (path: string, text: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!${process.execPath}\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const options = JSON.stringify({ manner, record, turns });
  const file = other('archy', `import(${JSON.stringify(standIn)}).then(({ run }) => run(${options}));`);
  const seen = () =>
    existsSync(record)
      ? readFileSync(record, 'utf8')
          .trim()
          .split('\n')
          .map((line): Seen => JSON.parse(line))
      : [];
  return { file, folder, other, seen, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
