import { createHash } from 'node:crypto';
import type { Run } from '../../engine/contract.ts';
import { markText } from './marks.ts';

interface Sent {
  /** sha256 of the YAML. */
  readonly yaml: string;
  /** Ids and hashes of what the flow is bound to. */
  readonly uses: Readonly<Record<string, string>>;
}

/** 16 hex digits that stand for what was sent. */
export function digestOf({ yaml, uses }: Sent): string {
  const sorted = Object.entries(uses).sort(([a], [b]) => a.localeCompare(b));
  return createHash('sha256')
    .update(JSON.stringify([yaml, sorted]))
    .digest('hex')
    .slice(0, 16);
}

/**
 * A flow's YAML with the digest in the mark of its description: what was sent cannot be read back, but with this a run
 * without the state knows it all the same.
 */
export function withDigest(bytes: Uint8Array, owner: Pick<Run, 'installation' | 'step'>, sent: Sent): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  return new TextEncoder().encode(text.replace(markText(owner), markText(owner, digestOf(sent))));
}
