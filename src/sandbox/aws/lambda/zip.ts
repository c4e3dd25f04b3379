import { posix } from 'node:path';
import { unzipSync } from 'fflate';
import { Refusal } from '../../contract.ts';

/** Files by their path in the zip. */
export type Files = Readonly<Record<string, Uint8Array>>;

const MOST = 262_144_000;

const refuse = (message: string): Refusal => new Refusal(400, 'InvalidParameterValueException', message);

/** Unpacks an uploaded zip. Throws Lambda's refusal where it is not one, is too large, or cannot lie in one folder. */
export function readZip(bytes: Uint8Array): Files {
  let size = 0;
  try {
    const unzipped = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        size += originalSize;
        // Refused before it is unpacked: a small zip may hold very much.
        if (size > MOST) throw refuse(`Unzipped size must be smaller than ${MOST} bytes`);
        return !name.endsWith('/');
      },
    });
    const files = Object.entries(unzipped).map(([name, content]) => [posix.normalize(name), content] as const);
    const names = new Set(files.map(([name]) => name));
    if (names.size > 0 && [...names].every((name) => isInside(name) && !liesInFile(name, names)))
      return Object.fromEntries(files);
  } catch (error) {
    if (error instanceof Refusal) throw error;
  }
  throw refuse('Could not unzip uploaded file. Please check your file, then try to upload again.');
}

const isInside = (name: string): boolean =>
  name.length < 1024 &&
  !/[\\\0:]/.test(name) &&
  !name.startsWith('/') &&
  name.split('/').every((part) => part !== '..' && part !== '.' && Buffer.byteLength(part) <= 255);

/** Whether a path goes through what is a file itself. */
const liesInFile = (name: string, names: ReadonlySet<string>): boolean => {
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1))
    if (names.has(name.slice(0, at))) return true;
  return false;
};
