import type { StepEvent } from '../engine/events.ts';

/** A step that has begun and is not over. */
export interface RunningStep {
  readonly event: StepEvent;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** What it waits for, if it has said so. */
  readonly wait: string | undefined;
}

/** Which steps run, since when, and what they wait for. */
export interface RunningSteps {
  /** Takes an event in; how long, in ms, its step has been running. */
  readonly take: (event: StepEvent) => number;
  /** The one that began first comes first. */
  readonly list: () => readonly RunningStep[];
  /** Begins, or with undefined ends, what goes on beside all steps. */
  readonly busy: (what: string | undefined) => void;
  readonly activity: () => Activity | undefined;
}

/** Something that goes on and is no step. */
interface Activity {
  readonly what: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Keeps account of the steps of a run by what is told of them. */
export function runningSteps(now: () => number): RunningSteps {
  const running = new Map<string, RunningStep>();
  let activity: Activity | undefined;
  return {
    take(event) {
      const key = `${event.id} ${event.doing} ${event.name}`;
      const before = running.get(key);
      const since = before?.since ?? now();
      const isOver = event.state !== 'started' && event.state !== 'waiting';
      if (isOver) running.delete(key);
      // What is only checked never begins, and so has no end that would be told.
      else if (before || event.state === 'started') running.set(key, { event, since, wait: event.message });
      return now() - since;
    },
    list: () => [...running.values()],
    busy: (what) => {
      activity = what === undefined ? undefined : { what, since: now() };
    },
    activity: () => activity,
  };
}
