/** All of a stream as text, or undefined where it has more than so many bytes: a device or a pipe may never end. */
export async function readAtMost(stream: NodeJS.ReadableStream, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > most) return undefined;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Why a file could not be read, in words. */
export function readProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return problems.get(code) ?? `it cannot be read (${code})`;
}

const problems = new Map([
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'it does not exist'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'it must not be read'],
]);
