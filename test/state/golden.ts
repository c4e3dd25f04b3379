import { readFileSync } from 'node:fs';
import { resources } from '../../src/resources/index.ts';
import type { Saved } from '../../src/state/format.ts';
import { parseState } from '../../src/state/parse-state.ts';

const bytes = readFileSync(new URL('../fixtures/state/v1.json', import.meta.url));

/** A file of version 1 as JSON, anew for each test that changes it: 21 steps, two of them unfinished, and two retired. */
export const golden = () => JSON.parse(bytes.toString('utf8'));

/** The same as the program sees it. */
export const goldenState = (): Saved => parseState(bytes, resources);

/** Any JSON as a file's bytes. */
export const bytesOf = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
