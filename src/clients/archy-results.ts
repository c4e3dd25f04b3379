import * as z from 'zod';
import { clean } from './redact.ts';

/** What a run of Archy left: its exit code, what it printed, and the file of results if it wrote one. */
interface Left {
  readonly exit: number | undefined;
  readonly said: string;
  readonly results: string | undefined;
}

/** How Archy ended. */
export interface ArchyEnd {
  readonly isPublished: boolean;
  readonly exit: number | undefined;
  /** What it called errors, the first one first: that is the cause, the others follow from it. Nothing secret is in them. */
  readonly problems: readonly string[];
}

const resultsSchema = z.looseObject({
  status: z.string().nullish(),
  exitCode: z.number().nullish(),
  output: z
    .looseObject({
      traces: z.array(z.looseObject({ text: z.string().nullish(), type: z.string().nullish() })).nullish(),
    })
    .nullish(),
});
type Results = z.infer<typeof resultsSchema>;

/** Says only that there were errors, or that it is over. */
const NOISE =
  /setting the Archy exit code|ending the Session|ArchSession\.\w+ - (?:ending|end)|Architect Scripting errors/i;
/** `- ERROR! expected a object but got null -- [component]` */
const ERROR_LINE = /^\W*ERROR! (?<text>.*?)(?: -- \[[^\]]*\])?$/;
const MOST_PROBLEMS = 10;
const MOST_READ = 1_000_000;

/** What came of it. Only where the code, the status and the traces all say so has it published. */
export function readEnd({ exit, said, results: text }: Left, redact: (text: string) => string): ArchyEnd {
  const results = parse(text);
  const traced = results?.output?.traces?.flatMap((trace) => (trace.type === 'error' && trace.text) || []) ?? [];
  const printed = said.split('\n').flatMap((line) => ERROR_LINE.exec(line.trim())?.groups?.['text'] ?? []);
  const problems = (traced.length > 0 ? traced : printed).filter((line) => !NOISE.test(line));
  const code = exit === 0 ? (results?.exitCode ?? exit) : exit;
  const tidy = (line: string) =>
    clean(redact(clean(line, 20_000)), 1_000)
      .replace(/\s+/g, ' ')
      .trim();
  return {
    isPublished: code === 0 && results?.status === 'success' && traced.length === 0,
    exit: code,
    problems: [...new Set(problems.map(tidy))].slice(0, MOST_PROBLEMS),
  };
}

function parse(text: string | undefined): Results | undefined {
  if (text === undefined || text.length > MOST_READ) return undefined;
  try {
    return resultsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The version that Archy tells; undefined where this is none: those of other programs of that name begin with 0 or 1. */
export function versionIn(said: string): string | undefined {
  const [version] = /(?<![\d.])\d+\.\d+\.\d+(?![\d.])/.exec(clean(said)) ?? [];
  return version !== undefined && Number(version.split('.')[0]) >= 2 ? version : undefined;
}
