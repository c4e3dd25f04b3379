import { VendorError } from '../clients/vendor-error.ts';
import type { Deps } from '../engine/deps.ts';
import type { Ledger } from '../engine/ledger.ts';
import type { Context } from '../resources/context.ts';
import type { Publisher } from '../resources/genesys/publisher.ts';
import { resources } from '../resources/index.ts';
import type { Artifacts } from '../state/artifacts.ts';
import type { Copies } from '../state/copies.ts';
import type { Invocation } from './command.ts';
import type { Clouds } from './connect.ts';

interface Parts {
  readonly invocation: Invocation;
  readonly clouds: Clouds;
  readonly publisher: Publisher;
  readonly ledger: Ledger;
  readonly artifacts: Artifacts;
  readonly copies: Copies;
  readonly installation: string;
  readonly awsRegion: string;
}

/** What the engine is given, and what resources take besides. */
export interface OwnDeps extends Deps {
  readonly context: (step: string, note: (message: string) => void, stop?: AbortSignal) => Context;
}

const PARALLEL = 8;
/** Seconds that calls on the line get to end in, once no new ones come in. */
const DRAIN = 60;

/** What the engine runs with: the real clients, the one ledger, and the reporter as its listener. */
export function engineDeps(parts: Parts): OwnDeps {
  const { invocation, clouds, publisher, ledger, artifacts, copies, installation, awsRegion } = parts;
  const { io, options, reporter, signal } = invocation;
  const { clock, random } = io;
  const { aws, genesys, identity, client } = clouds;
  const context = (step: string, note: (message: string) => void, stop = signal): Context => ({
    installation,
    step,
    note,
    signal: stop,
    clock,
    random,
    sleep: (ms) => clock.sleep(ms, stop),
    now: clock.now,
    artifact: artifacts.get,
    keepCopy: copies.keep,
    clientId: client.clientId,
    publisher,
    // What a step that is stopped was about to send is not sent any more.
    aws: aws.within(stop),
    genesys: genesys.within(stop),
    awsAccount: identity.awsAccount,
    awsRegion,
    awsPartition: identity.awsPartition,
    drain: (options.drain ?? DRAIN) * 1_000,
  });
  return {
    ledger,
    resources,
    context,
    parallel: options.parallel ?? PARALLEL,
    lanes: { 'flow-jobs': publisher.parallel },
    signal,
    emit: reporter.event,
    data: options.deleteData ? 'delete' : 'keep',
    isAmbiguous: (error) => error instanceof VendorError && error.ambiguous,
  };
}
