import { readFile } from 'node:fs/promises';
import { Secret } from '../clients/redact.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';

const LONGEST = 4_096;

interface Sources {
  /** A path, or `-` for stdin. */
  readonly file: string | undefined;
  readonly variable: string | undefined;
  readonly stdin: NodeJS.ReadableStream;
}

/** The OAuth client's secret: from a file or stdin, else from its variable. Never from a flag's value. */
export async function readSecret({ file, variable, stdin }: Sources): Promise<Secret | undefined> {
  const text = file === undefined ? variable : await readFrom(file, stdin);
  const value = text?.trim();
  if (file !== undefined && !value) throw unusable(file, 'it is empty');
  return value ? new Secret(value) : undefined;
}

async function readFrom(file: string, stdin: NodeJS.ReadableStream): Promise<string> {
  if (file === '-') return readAll(stdin);
  try {
    const text = await readFile(file, 'utf8');
    if (text.length > LONGEST) throw unusable(file, 'it is too long');
    return text;
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw unusable(file, code === 'ENOENT' ? 'it does not exist' : `it cannot be read (${code})`);
  }
}

async function readAll(stdin: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > LONGEST) throw unusable('-', 'stdin is too long');
  }
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
