import type { Aws } from '../clients/aws.ts';
import type { Genesys } from '../clients/genesys.ts';
import type { Names } from '../names.ts';
import type { Publisher } from '../resources/genesys/publisher.ts';
import type { Identity } from '../settings/complete.ts';
import type { Settings } from '../settings/settings.ts';
import type { Finding } from './finding.ts';

/** What a run is going to do: only look, change things too, or take all of them away. */
export type Needs = 'look' | 'change' | 'remove';

/** What rules look at. */
export interface PreflightContext {
  readonly genesys: Genesys;
  readonly aws: Pick<Aws, 'iam' | 'sts'>;
  readonly identity: Identity;
  /** The OAuth client that is signed in. */
  readonly clientId: string;
  readonly settings: Settings;
  readonly names: Names;
  /** Who publishes flows. */
  readonly publisher: Pick<Publisher, 'identify' | 'spares'>;
  /** The topic that the trigger listens to. */
  readonly topic: string;
  readonly needs: Needs;
  /** Whether there is a trigger already: then what it listens to is there. */
  readonly hasTrigger: boolean;
  /** Whether what a bucket holds is deleted with it. */
  readonly deletesData: boolean;
  /** Whether somebody's lock may be taken away. */
  readonly unlocks: boolean;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly now: () => number;
  /** The version of Node.js: `22.3.0`. */
  readonly nodeVersion: string;
}

/** One thing to check. What a vendor refuses to tell is no failure of a rule: it may throw that. */
export interface Rule {
  readonly name: string;
  /** Whether it is worth a call; by default it is. */
  readonly applies?: (context: PreflightContext) => boolean;
  readonly check: (context: PreflightContext) => Promise<readonly Finding[]>;
}
