import { allEnded } from '../engine/all-ended.ts';
import type { Target } from '../engine/target.ts';
import { verify as verifyTarget } from '../engine/verify.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Command, Invocation, Outcome } from './command.ts';
import { introduce } from './introduce.ts';
import { peek } from './peek.ts';
import { type Session, withSession } from './session.ts';
import { checkWatchable, watch } from './watch.ts';

/** Tries out what an install tries out before callers come in: the data actions, and what the trigger hears. */
export const verify: Command = async (invocation) => {
  const { begun, saved } = await peek(invocation, 'to the sandbox');
  const { place } = begun;
  if (!saved || Object.keys(saved.state.steps).length === 0)
    throw new SetupError('There is nothing to verify: nothing is installed.', {
      exit: exitCode.verification,
      hint: `Install it first: ${place.again('install')}.`,
    });
  checkWatchable(invocation, place);
  return withSession(
    invocation,
    { name: 'verify', fallback: 'to the sandbox', settings: 'recorded', writes: false },
    async (session) => {
      introduce(invocation, session);
      const checked = (await session.targets()).filter(({ checks = [] }) => checks.length > 0);
      await tryOut(checked, session);
      const verified = checked.flatMap(({ checks = [] }) => checks.map(({ holds }) => holds));
      return conclude(invocation, session, verified);
    },
  );
};

/** All at once, and all of them, whatever fails. */
async function tryOut(targets: readonly Target[], { deps, place }: Session): Promise<void> {
  const missing = targets.filter(({ id }) => deps.ledger.state.steps[id]?.outputs === undefined);
  if (missing.length > 0)
    throw new SetupError('The installation is not finished, so it cannot be verified.', {
      exit: exitCode.verification,
      details: missing.map(({ key }) => `"${key.name}" is not there yet.`),
      hint: `Run "${place.again('install')}": it goes on from where it stopped.`,
    });
  await allEnded(
    targets.map((target) => verifyTarget(target, targets, deps)),
    'Several checks failed.',
  );
}

async function conclude(invocation: Invocation, session: Session, verified: readonly string[]): Promise<Outcome> {
  const { options, reporter } = invocation;
  reporter.show([`Verified: all ${verified.length} checks hold.`]);
  if (options.watch === undefined) return { exit: exitCode.done, verified };
  return { exit: exitCode.done, verified, object: await watch(invocation, session, options.watch) };
}
