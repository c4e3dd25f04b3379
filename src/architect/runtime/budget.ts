import { FlowFailure, type Spot } from './flow-failure.ts';

/** How many actions Architect runs in one flow, and how many more in its error handling. */
export const MOST_ACTIONS = 10_000;
export const MOST_ACTIONS_AFTER_ERROR = 1_000;

/** Counts what is run. */
export interface Budget {
  /** Told before each action, menu and turn of a loop; throws at the first that is one too many. */
  readonly spend: (spot: Spot) => void;
}

/** Allows so many actions. */
export function createBudget(most: number): Budget {
  let left = most;
  return {
    spend: (spot) => {
      left -= 1;
      if (left < 0)
        throw new FlowFailure(
          `more than ${most.toLocaleString('en-US')} actions: the flow goes round in circles`,
          spot,
        );
    },
  };
}
