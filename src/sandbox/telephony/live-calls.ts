import { type Clock, systemClock } from '../../clock.ts';
import { Refusal } from '../contract.ts';
import { type LiveCaller, liveCaller } from './caller.ts';
import { placeCall } from './calls.ts';
import type { CallReport, CallRequest } from './contract.ts';
import type { Surroundings } from './host.ts';

/** What is told of a call while it goes on. */
export interface Progress {
  /** What was heard, pressed and done, from the line on that was asked for. */
  readonly lines: readonly string[];
  /** Once everything is over. */
  readonly report?: CallReport | undefined;
  /** What went wrong with the call itself. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
}

interface Live {
  readonly caller: LiveCaller;
  readonly lines: string[];
  ended?: Pick<Progress, 'report' | 'failure'>;
  /** Wakes who waits for news. */
  wake: () => void;
}

/** The calls that somebody is making at a terminal right now, in real time. */
export interface LiveCalls {
  readonly begin: (call: CallRequest) => string;
  /** What is new from line `since` on; waits for a while until there is something. */
  readonly follow: (id: string, since: number) => Promise<Progress>;
  readonly press: (id: string, key: string) => void;
  readonly hangUp: (id: string) => void;
}

const PATIENCE = 10_000;

/** Keeps live calls; `begun` is told of each so that it can be waited for. */
export function createLiveCalls(surroundings: Surroundings, clock: Clock = systemClock): LiveCalls {
  const calls = new Map<string, Live>();
  const find = (id: string): Live => {
    const live = calls.get(id);
    if (!live) throw new Refusal(404, 'no.such.call', `There is no call ${id}.`);
    return live;
  };
  return {
    begin: (call) => {
      const id = surroundings.world.uuid();
      const lines: string[] = [];
      const live: Live = {
        lines,
        caller: liveCaller(clock, (line) => {
          lines.push(line);
          live.wake();
        }),
        wake: () => undefined,
      };
      calls.set(id, live);
      placeCall(surroundings, { ...call, caller: live.caller, heard: lines }).then(
        (report) => end(live, { report }),
        (error: unknown) => end(live, { failure: failureOf(error) }),
      );
      return id;
    },
    follow: async (id, since) => {
      const live = find(id);
      if (live.lines.length <= since && !live.ended) await news(live, clock);
      if (live.ended) calls.delete(id);
      return { lines: live.lines.slice(since), ...live.ended };
    },
    press: (id, key) => find(id).caller.press(key),
    hangUp: (id) => find(id).caller.hangUp(),
  };
}

function end(live: Live, how: Pick<Progress, 'report' | 'failure'>): void {
  live.ended = how;
  live.wake();
}

async function news(live: Live, clock: Clock): Promise<void> {
  const waking = new AbortController();
  live.wake = () => waking.abort();
  await clock.sleep(PATIENCE, waking.signal).catch(() => undefined);
}

function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) };
}
