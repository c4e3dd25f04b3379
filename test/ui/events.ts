import type { StepEvent } from '../../src/engine/events.ts';

/** What the engine tells of one flow; the rest may be said. */
export const told = (state: StepEvent['state'], more: Partial<StepEvent> = {}): StepEvent => ({
  type: 'step',
  id: 'workflow',
  kind: 'genesys.flow',
  name: 'dev-Workflow',
  doing: 'create',
  state,
  ...more,
});

/** A clock that is set by hand. */
export function handClock() {
  let time = 1_000_000;
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

export const labelOf = (kind: string) => kind.replace(/^\w+\./, '');
