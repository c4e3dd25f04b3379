import { HungUp } from '../../architect/runtime/contract.ts';
import type { Clock } from '../../clock.ts';

type Time = Pick<Clock, 'now' | 'sleep'>;

/** Who is on the phone: hears, presses keys, hangs up. Time passes on `time`. */
export interface Caller {
  readonly time: Time;
  /** Hears a text to its end, or to a key where one may come in early. */
  readonly hear: (text: string, isBargeable: boolean) => Promise<void>;
  /** The next key within `ms`; undefined when none came. Rejects with HungUp. */
  readonly key: (ms: number, isSecret: boolean) => Promise<string | undefined>;
  readonly hasHungUp: () => boolean;
}

/** Time that only passes where somebody waits: exact, and free. It begins at `start` (ms since the epoch). */
export function callTime(start: number): Time {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      now += ms;
    },
  };
}

/** Milliseconds that a text takes to be said: about 15 letters a second. */
const speechTime = (text: string): number => Math.ceil((text.length * 1_000) / 15);

interface Script {
  readonly keys: readonly string[];
  readonly hangUpAfter?: number | undefined;
  readonly start: number;
  /** Told what is heard and pressed; a secret key as a dot. */
  readonly tell: (line: string) => void;
}

/** A caller who does what a script says, as soon as the flow listens. */
export function scriptedCaller({ keys, hangUpAfter = Number.POSITIVE_INFINITY, start, tell }: Script): Caller {
  const time = callTime(start);
  const left = keys.flatMap((group) => [...group]);
  let pressed = 0;
  let isGone = false;
  const hangUp = (): HungUp => {
    if (!isGone) tell('(hangs up)');
    isGone = true;
    return new HungUp();
  };
  const isLeaving = () => isGone || pressed >= hangUpAfter || left[0] === '!';
  return {
    time,
    hasHungUp: () => isGone,
    hear: async (text, isBargeable) => {
      if (isLeaving()) throw hangUp();
      tell(text);
      // Who knows what to press does not listen to the end.
      const isCutShort = isBargeable && left.length > 0 && /[0-9*#]/.test(left[0] ?? '');
      if (!isCutShort) await time.sleep(speechTime(text));
    },
    key: async (ms, isSecret) => {
      if (isLeaving()) throw hangUp();
      const next = left.shift();
      if (next === undefined || next === '.') {
        await time.sleep(ms);
        return undefined;
      }
      pressed += 1;
      tell(`> ${isSecret ? '•' : next}`);
      return next;
    },
  };
}

/** A caller at a terminal, in real time: keys and hanging up come from outside. */
export interface LiveCaller extends Caller {
  readonly press: (key: string) => void;
  readonly hangUp: () => void;
}

/** A caller whose keys are pressed by somebody, one by one. `tell` is told what is heard and pressed. */
export function liveCaller(clock: Time, tell: (line: string) => void): LiveCaller {
  const pressed: string[] = [];
  let isGone = false;
  let wake = (): void => undefined;
  /** Waits until a key, hanging up, or `ms`. */
  const wait = async (ms: number): Promise<void> => {
    const waking = new AbortController();
    wake = () => waking.abort();
    await clock.sleep(ms, waking.signal).catch(() => undefined);
    wake = () => undefined;
  };
  return {
    time: clock,
    hasHungUp: () => isGone,
    press: (key) => {
      pressed.push(key);
      wake();
    },
    hangUp: () => {
      if (!isGone) tell('(hangs up)');
      isGone = true;
      wake();
    },
    hear: async (text, isBargeable) => {
      if (isGone) throw new HungUp();
      tell(text);
      if (isBargeable && pressed.length > 0) return;
      await wait(Math.min(speechTime(text), LONGEST_SPEECH));
      if (isGone) throw new HungUp();
    },
    key: async (ms, isSecret) => {
      if (pressed.length === 0 && !isGone) await wait(ms);
      if (isGone) throw new HungUp();
      const key = pressed.shift();
      if (key !== undefined) tell(`> ${isSecret ? '•' : key}`);
      return key;
    },
  };
}

/** A reader is quicker than a listener. */
const LONGEST_SPEECH = 1_500;
