import { type Incoming, type Matched, type Protocol, Refusal, type Reply, type Sent } from './contract.ts';
import type { Fault, KeptFaults } from './faults.ts';
import type { Entry, KeptHistory } from './history.ts';
import { latencyOf, type Profile } from './profile.ts';
import { type Answerer, type Delivery, type Sleep, sleepUntil } from './serve.ts';
import { spoil } from './spoil.ts';
import { commonCode } from './vendor-codes.ts';

/** One request and its answer, as a test or a debug log may look at it. */
export interface Exchange {
  readonly entry: Entry;
  readonly incoming: Incoming;
  readonly matched: Matched;
  /** What was answered, before any fault spoiled it. */
  readonly sent: Sent;
  /** What a handler threw that is no refusal: a bug of the sandbox. */
  readonly bug?: unknown;
}

/** A request on its way through. */
export interface Visit {
  readonly protocol: Protocol;
  readonly incoming: Incoming;
  readonly matched: Matched;
  /** Its number in the history, which knows no 0. */
  readonly n: number;
}

interface Deps {
  readonly history: KeptHistory;
  readonly faults: KeptFaults;
  readonly profile: () => Profile;
  readonly sleep: Sleep;
  /** Speaks for the sandbox itself: no fault, latency or history. */
  readonly control: Protocol;
  /** Asked in turn; the last one gets what nobody claims. */
  readonly protocols: readonly [Protocol, ...Protocol[]];
  readonly commit: (visit: Visit) => Promise<Reply>;
  readonly observe?: ((exchange: Exchange) => void) | undefined;
  readonly stray?: ((incoming: Incoming) => void) | undefined;
}

/** The way of every request: found, struck before, delayed, carried out, struck after, answered. */
export function createAnswerer(deps: Deps): Answerer {
  const { control, protocols, faults } = deps;
  const claiming = (incoming: Incoming): Protocol =>
    [control, ...protocols].find((protocol) => protocol.claims(incoming)) ?? protocols[protocols.length - 1] ?? control;

  return {
    answer: async (incoming, gone) => {
      const protocol = claiming(incoming);
      const matched = match(protocol, incoming);
      if (!('operation' in matched)) {
        deps.stray?.(incoming);
        return whole(matched);
      }
      if (protocol === control) return whole((await carryOut(deps, { protocol, incoming, matched, n: 0 })).sent);
      const { service, operation } = matched.operation;
      const { before, after } = faults.draw(service, operation);
      const visit = { protocol, incoming, matched, n: enter(deps, incoming, matched, before ?? after) };
      if (before && !(before.then === 'hold' && (await outlasts(deps, visit, 'before', gone)))) {
        return struck(deps, visit, before, STAND_IN);
      }
      const latency = latencyOf(deps.profile(), service, operation);
      // A client that leaves does not call its request back; it only ends the wait.
      if (latency > 0) await deps.sleep(latency, gone).catch(() => undefined);
      const sent = await carryOutSeen(deps, visit);
      if (!after) return whole(sent);
      if (after.then === 'hold') return (await outlasts(deps, visit, 'after', gone)) ? whole(sent) : 'drop';
      return struck(deps, visit, after, sent);
    },
    tooLarge: (incoming) =>
      claiming(incoming).refuse(
        incoming,
        undefined,
        new Refusal(413, commonCode('', 413), 'The request is too large.'),
      ),
  };
}

/** What is stalled or garbled where nothing was done that could have an answer. */
const STAND_IN: Sent = { status: 200, headers: {}, bytes: Buffer.from('{"message":"This answer was cut."}') };

const whole = (sent: Sent): Delivery => ({ sent, whole: true });

function match(protocol: Protocol, incoming: Incoming): Matched | Sent {
  try {
    return protocol.match(incoming);
  } catch (error) {
    return protocol.refuse(incoming, undefined, refusalOf(error, ''));
  }
}

function enter({ history }: Deps, incoming: Incoming, { operation }: Matched, fault: Fault | undefined): number {
  return history.begin({
    at: incoming.now,
    service: operation.service,
    operation: operation.operation,
    method: incoming.method,
    path: incoming.url.pathname,
    write: operation.write,
    ...(fault && { fault: `${fault.when} ${fault.then}` }),
  }).n;
}

async function carryOutSeen(deps: Deps, visit: Visit): Promise<Sent> {
  const { sent, bug } = await carryOut(deps, visit);
  const entry = deps.history.get(visit.n);
  const { incoming, matched } = visit;
  if (entry) deps.observe?.({ entry, incoming, matched, sent, ...(bug !== undefined && { bug }) });
  return sent;
}

async function carryOut({ history, commit }: Deps, visit: Visit): Promise<{ sent: Sent; bug?: unknown }> {
  const { protocol, incoming, matched, n } = visit;
  try {
    return { sent: protocol.render(incoming, matched, await commit(visit)) };
  } catch (error) {
    const refusal = refusalOf(error, matched.operation.service);
    history.amend(n, { status: refusal.status, code: refusal.code });
    const sent = protocol.refuse(incoming, matched, refusal);
    return error instanceof Refusal ? { sent } : { sent, bug: error };
  }
}

function refusalOf(error: unknown, service: string): Refusal {
  if (error instanceof Refusal) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new Refusal(500, commonCode(service, 500), `The sandbox itself failed: ${why}`);
}

/** Holds a request; false when its client left before anybody released it. */
async function outlasts(deps: Deps, { n }: Visit, held: 'before' | 'after', gone: AbortSignal): Promise<boolean> {
  const { history, faults, sleep } = deps;
  const released = faults.hold(n);
  history.amend(n, { held });
  await sleepUntil(sleep, AbortSignal.any([released, gone]));
  faults.letGo(n);
  history.amend(n, { held: undefined });
  return released.aborted && !gone.aborted;
}

/** What a fault makes of an answer. */
function struck({ history }: Deps, visit: Visit, fault: Fault, sent: Sent): Delivery {
  switch (fault.then) {
    case 'refuse': {
      const refusal = ordered(visit, fault);
      history.amend(visit.n, { status: refusal.status, code: refusal.code });
      return whole(visit.protocol.refuse(visit.incoming, visit.matched, refusal));
    }
    case 'stall':
      return { sent, whole: false };
    case 'garble':
      return whole(spoil(fault.status === undefined ? sent : { ...sent, status: fault.status }, fault.as ?? 'cut'));
    default:
      return 'drop';
  }
}

function ordered({ matched }: Visit, { status = 503, code, message, headers }: Fault): Refusal {
  return new Refusal(
    status,
    code ?? commonCode(matched.operation.service, status),
    message ?? 'The sandbox was told to refuse this request.',
    headers ? { headers } : {},
  );
}
