import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { Secret } from '../clients/redact.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { readAtMost, readProblem } from './read-at-most.ts';

const LONGEST = 4_096;

interface Sources {
  /** A path, or `-` for stdin. */
  readonly file: string | undefined;
  /** The folder that a path starts from. */
  readonly cwd: string;
  readonly variable: string | undefined;
  readonly stdin: NodeJS.ReadableStream;
}

/** The OAuth client's secret: from a file or stdin, else from its variable. Never from a flag's value. */
export async function readSecret({ file, cwd, variable, stdin }: Sources): Promise<Secret | undefined> {
  if (file === undefined) {
    const value = variable?.trim();
    return value ? new Secret(value) : undefined;
  }
  const value = (await readFrom(file, file === '-' ? stdin : createReadStream(resolve(cwd, file)))).trim();
  if (value === '') throw unusable(file, 'it is empty');
  if (/\s/.test(value)) throw unusable(file, 'there is more than one word in it');
  return new Secret(value);
}

async function readFrom(file: string, stream: NodeJS.ReadableStream): Promise<string> {
  let text: string | undefined;
  try {
    text = await readAtMost(stream, LONGEST);
  } catch (error) {
    throw unusable(file, readProblem(error));
  }
  if (text === undefined) throw unusable(file, 'it is too long');
  return text;
}

const unusable = (file: string, why: string) =>
  new SetupError(
    `The secret cannot be read from ${file === '-' ? 'stdin' : `"${file}"`} (--client-secret-file): ${why}.`,
    {
      exit: exitCode.usage,
      hint: 'Give a file that holds the secret of the OAuth client and nothing else.',
    },
  );
