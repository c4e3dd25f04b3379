import type { Secret } from '../clients/redact.ts';
import { SetupError } from '../errors/setup-error.ts';
import type { GenesysRegion } from '../settings/regions.ts';
import { writeWhole } from '../state/write-file.ts';

/** A client as it signs in. */
export interface SignIn {
  readonly region: GenesysRegion;
  readonly clientId: string;
  readonly secret: Secret;
}

/** Where a secret is kept. */
export interface SecretPlace {
  /** In words: `profile "x" of …`, or the path of a file. */
  readonly name: string;
  readonly keep: (signIn: SignIn) => Promise<void>;
}

/** Writes what holds the secret, for its owner alone. */
export async function keepIn(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (cause) {
    throw new SetupError(`The secret could not be written to ${path}, and nobody can see it again.`, {
      hint: 'Make room for the file, then have another secret made: add --new-secret to the command.',
      cause,
    });
  }
}
