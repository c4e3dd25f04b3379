import { resources } from '../resources/index.ts';
import { readState } from '../state/file-store.ts';
import type { Invocation } from './command.ts';
import { start } from './gather-settings.ts';
import type { Fallback } from './place.ts';

/** Reads where a command would work and what is recorded there. Sends nothing. */
export async function peek({ io, options, answers }: Invocation, fallback: Fallback) {
  const begun = await start(io, options, fallback, answers?.values);
  return { begun, saved: await readState(begun.place.folder, resources) };
}
