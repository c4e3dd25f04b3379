import * as z from 'zod';
import { type Functions, Refusal, type Reply, type Request } from './contract.ts';
import type { Visit } from './exchange.ts';
import type { KeptHistory } from './history.ts';
import type { Journal } from './journal.ts';
import type { Passed } from './profile.ts';
import { commonCode } from './vendor-codes.ts';
import type { KeptWorld, World } from './world.ts';

interface Deps {
  readonly origin: string;
  readonly world: KeptWorld;
  readonly journal: Journal;
  readonly history: KeptHistory;
  readonly functions: Functions;
  readonly now: () => number;
  readonly passedAt: (now: number) => Passed;
}

/**
 * Carries a request out, and resolves with its reply once what it changed is written down.
 * A refusal is thrown, and changes nothing, except what a handler wrote before it awaited a function.
 */
export function createCommit(deps: Deps): (visit: Visit) => Promise<Reply> {
  const { world, journal, history } = deps;

  return async (visit) => {
    const { n, matched } = visit;
    let wrote = false;
    const handled = handle(deps, visit, () => {
      wrote = true;
    });
    // Not simply awaited: even that pause would let another request's changes in among these.
    const outcome = handled instanceof Promise ? await settled(handled) : { reply: handled };
    const changes = world.takeChanges();
    const status = 'reply' in outcome ? { status: outcome.reply.status } : {};
    const end = { ...status, committed: wrote };
    const entry = matched.operation.write ? history.get(n) : undefined;
    const request = entry && { ...entry, ...end };
    if (wrote || changes.length > 0 || request) await journal.append({ changes, request });
    // Only now: who sees it committed may pull the plug.
    history.amend(n, end);
    if ('error' in outcome) throw outcome.error;
    return outcome.reply;
  };
}

const settled = (handled: Promise<Reply>): Promise<{ reply: Reply } | { error: unknown }> =>
  handled.then(
    (reply) => ({ reply }),
    (error: unknown) => ({ error }),
  );

/** From the caller's name to the changed world without a pause, so that no other request sees it half done. */
function handle(deps: Deps, visit: Visit, wrote: () => void): Reply | Promise<Reply> {
  const { world, journal } = deps;
  const stray = world.takeChanges();
  // Made by a function call that is still under way; whoever awaits the next line awaits this one too.
  if (stray.length > 0) journal.append({ changes: stray }).catch(() => undefined);
  try {
    return call(deps, visit, watched(world, wrote));
  } catch (error) {
    world.undo();
    throw error;
  }
}

const watched = (world: World, wrote: () => void): World => ({
  ...world,
  put: (...record) => {
    wrote();
    return world.put(...record);
  },
  remove: (...record) => {
    wrote();
    world.remove(...record);
  },
});

function call(deps: Deps, visit: Visit, world: World): Reply | Promise<Reply> {
  const { history, functions, origin, now, passedAt } = deps;
  const { protocol, incoming, matched, n } = visit;
  const { operation } = matched;
  const caller = protocol.authenticate(world, incoming);
  history.amend(n, { caller });
  const at = now();
  const request: Request = {
    service: operation.service,
    operation: operation.operation,
    now: at,
    path: matched.path,
    query: matched.query,
    headers: incoming.headers,
    body: matched.body,
    bytes: incoming.bytes,
    caller,
    origin,
    passed: passedAt(at),
    functions,
  };
  protocol.authorize(world, operation, request);
  return operation.handle(world, { ...request, body: parse(operation, matched.body) });
}

function parse({ body, service }: Visit['matched']['operation'], value: unknown): unknown {
  if (!body) return value;
  const parsed = body.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, commonCode(service, 400), z.prettifyError(parsed.error));
}
