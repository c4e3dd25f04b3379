import { unzipSync } from 'fflate';
import { Refusal } from '../../contract.ts';

/** Files by their path in the zip. */
export type Files = Readonly<Record<string, Uint8Array>>;

const MOST = 262_144_000;

const refuse = (message: string): Refusal => new Refusal(400, 'InvalidParameterValueException', message);

/** Unpacks an uploaded zip. Throws Lambda's refusal where it is not one, is too large, or reaches out of its folder. */
export function readZip(bytes: Uint8Array): Files {
  let size = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        size += originalSize;
        // Refused before it is unpacked: a small zip may hold very much.
        if (size > MOST) throw refuse(`Unzipped size must be smaller than ${MOST} bytes`);
        return !name.endsWith('/');
      },
    });
    if (Object.keys(files).length > 0 && Object.keys(files).every(isInside)) return files;
  } catch (error) {
    if (error instanceof Refusal) throw error;
  }
  throw refuse('Could not unzip uploaded file. Please check your file, then try to upload again.');
}

const isInside = (name: string): boolean =>
  name.length < 1024 && !/[\\\0:]/.test(name) && !name.startsWith('/') && !name.split('/').includes('..');

const EXTENSIONS = ['.mjs', '.js', '.cjs'];

/** Throws unless the zip has the file that the handler is in: `index.handler` is in `index.mjs`, `.js` or `.cjs`. */
export function checkHandler(files: Files, handler: string): void {
  const module = handler.slice(0, handler.lastIndexOf('.'));
  if (EXTENSIONS.some((extension) => Object.hasOwn(files, module + extension))) return;
  throw refuse(
    `The uploaded zip has no file for the handler ${handler}: there is no ${module}.mjs, .js or .cjs in it.`,
  );
}
