import { assets } from '../assets.ts';
import { createLedger } from '../engine/ledger.ts';
import { emptyState } from '../engine/record.ts';
import { type Target, targetOf } from '../engine/target.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { installationId, type Names, names } from '../names.ts';
import type { Publisher } from '../resources/genesys/publisher.ts';
import { resources } from '../resources/index.ts';
import { type Completed, complete, type Identity, parseSettings } from '../settings/complete.ts';
import type { Values } from '../settings/gather.ts';
import { domains, type GenesysRegion } from '../settings/regions.ts';
import type { Settings } from '../settings/settings.ts';
import { solution } from '../solution.ts';
import { type Artifacts, openArtifacts, unkeptArtifacts } from '../state/artifacts.ts';
import { type Copies, openCopies } from '../state/copies.ts';
import { checkTarget, openFileStore, readState } from '../state/file-store.ts';
import type { Saved } from '../state/format.ts';
import { takeRunLock } from '../state/lock.ts';
import type { Invocation } from './command.ts';
import { type Clouds, connect } from './connect.ts';
import { findProvider } from './did-provider.ts';
import { engineDeps, type OwnDeps } from './engine-deps.ts';
import { gatherAll, gatherConnection, type Start } from './gather-settings.ts';
import { lastSettings } from './last-settings.ts';
import { prepareMaterials } from './materials.ts';
import { peek } from './peek.ts';
import type { Fallback, Place } from './place.ts';
import { afterKilledPublishing, publisherOf } from './publisher.ts';

/** What a command works with once it has signed in. */
export interface Session {
  readonly place: Place;
  readonly clouds: Clouds;
  readonly identity: Identity;
  readonly settings: Settings;
  /** Where each value of the settings came from. */
  readonly origins: Completed['origins'];
  readonly names: Names;
  readonly installation: string;
  /** Whether there was a state to begin with. */
  readonly hasState: boolean;
  readonly deps: OwnDeps;
  /** Who publishes flows. */
  readonly publisher: Publisher;
  readonly artifacts: Artifacts;
  readonly copies: Copies;
  /** What is to be installed with these settings, or with others; its files are read and rendered here. */
  readonly targets: (other?: Settings) => Promise<readonly Target[]>;
}

interface Needs {
  /** The command's name. */
  readonly name: string;
  readonly fallback: Fallback;
  /** `all`: what an installation is made from. `recorded`: what is in the state, and how to sign in. */
  readonly settings: 'all' | 'recorded';
  /** Whether the command changes anything: then it holds the lock. */
  readonly writes: boolean;
}

/**
 * Gathers the settings, takes the lock, signs in, and checks that the state belongs to where that led. `work` gets it
 * all; the lock is held and the sandbox open until it is done.
 */
export async function withSession<T>(
  invocation: Invocation,
  needs: Needs,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { io, options } = invocation;
  const { begun, saved: before } = await peek(invocation, needs.fallback);
  const valuesFor = (saved: Saved | undefined): Values => {
    const last = saved ? lastSettings(saved.state) : {};
    return needs.settings === 'all' ? gatherAll(begun, options, last) : gatherConnection(begun, options, last);
  };
  // What is wrong is said before anything is touched.
  valuesFor(before);
  const { folder } = begun.place;
  const release = needs.writes ? await takeRunLock(folder, { now: io.clock.now, command: needs.name }) : undefined;
  try {
    if (needs.writes) await afterKilledPublishing(invocation, folder);
    // Read again: another run may have ended in between.
    const saved = needs.writes ? await readState(folder, resources) : before;
    const { env, close } = await begun.place.open();
    try {
      const values = valuesFor(saved);
      const clouds = await connect(invocation, env, values);
      const publisher = await publisherOf(invocation, { env, values, client: clouds.client, folder });
      return await work(await assemble({ invocation, begun, needs, saved, values, clouds, publisher }));
    } finally {
      await close();
    }
  } finally {
    release?.();
  }
}

interface Parts {
  readonly invocation: Invocation;
  readonly begun: Start;
  readonly needs: Needs;
  readonly saved: Saved | undefined;
  readonly values: Values;
  readonly clouds: Clouds;
  readonly publisher: Publisher;
}

async function assemble({ invocation, begun, needs, saved, values, clouds, publisher }: Parts): Promise<Session> {
  const { place, environment } = begun;
  const { identity, genesys } = clouds;
  const { settings, origins } =
    needs.settings === 'all'
      ? complete(values, identity, await findProvider(genesys, values))
      : { settings: recordedSettings(saved), origins: {} };
  const installation = installationId(identity, { ...settings, environment });
  const target = {
    awsAccount: identity.awsAccount,
    awsRegion: settings.awsRegion,
    genesysOrg: identity.organizationId,
    genesysRegion: settings.genesysRegion,
    endpoint: place.endpoint ?? domains[settings.genesysRegion as GenesysRegion],
  };
  if (saved) checkTarget(saved, target, installation);
  const store = openFileStore(place.folder, { target, installation, tool: invocation.version });
  const artifacts = needs.writes ? openArtifacts(place.folder) : unkeptArtifacts;
  const ledger = createLedger(saved?.state ?? emptyState, (state) =>
    invocation.io.clock.track(() => store.save(state)),
  );
  const copies = openCopies(place.folder);
  const { awsRegion } = settings;
  const deps = engineDeps({ invocation, clouds, publisher, ledger, artifacts, copies, installation, awsRegion });
  return {
    place,
    clouds,
    identity,
    settings,
    origins,
    names: names(settings, identity),
    installation,
    hasState: saved !== undefined,
    deps,
    publisher,
    artifacts,
    copies,
    targets: async (wanted = settings) => {
      const { io, reporter } = invocation;
      const what = { settings: wanted, names: names(wanted, identity) };
      const sources = { assets: assets(io.root), artifacts, identity, installation, say: reporter.say };
      const materials = await prepareMaterials({ ...sources, ...what });
      const isLive = ledger.state.steps['ivr']?.outputs !== undefined;
      const all = solution({ ...what, materials, isLive }).map(targetOf);
      return invocation.options.skipVerify ? all.map((target) => ({ ...target, checks: [] })) : all;
    },
  };
}

function recordedSettings(saved: Saved | undefined): Settings {
  if (!saved) throw new Error('There is no state to take the settings from.');
  try {
    return parseSettings(lastSettings(saved.state));
  } catch (cause) {
    throw new SetupError('The state does not say with which settings it came about.', {
      exit: exitCode.state,
      hint: 'Run install with the settings that it should have: it takes up what is there.',
      cause,
    });
  }
}
