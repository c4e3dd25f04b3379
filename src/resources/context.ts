import type { Aws } from '../clients/aws.ts';
import type { Genesys } from '../clients/genesys.ts';
import type { Waiting } from '../clients/retry.ts';
import type { Resource, Run, Shape } from '../engine/contract.ts';
import type { Publisher } from './genesys/publisher.ts';

/** What every resource may ask for; each takes the part it uses. */
export interface Context extends Run, Waiting {
  readonly aws: Aws;
  readonly genesys: Genesys;
  /** 12 digits: every S3 call names it as the expected owner. */
  readonly awsAccount: string;
  readonly awsRegion: string;
  readonly awsPartition: string;
  /** How long, in ms, calls that are on their way may still end after the IVR is gone. */
  readonly drain: number;
  /** Who publishes flows. */
  readonly publisher: Publisher;
  /** The OAuth client that we are to Genesys Cloud. */
  readonly clientId: string;
  /** Keeps a copy of what is about to be overwritten or deleted under a name like this, and says where it lies. */
  readonly keepCopy: (name: string, bytes: Uint8Array) => Promise<string>;
}

/** A kind of resource of this solution. */
export type Kind<S extends Shape> = Resource<S, Context>;
