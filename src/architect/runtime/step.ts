import type { YAMLMap } from 'yaml';
import type { Block } from '../model/model.ts';
import type { Ending } from './contract.ts';
import type { Asked, Frame } from './frame.ts';
import type { Place } from './model.ts';

interface Told {
  /** For the trace; without secrets. */
  readonly detail?: string | undefined;
}

/** What follows from an action. */
export type Outcome = Told &
  (
    | { readonly kind: 'next' }
    /** Along one of its outputs, then to the next action. */
    | { readonly kind: 'way'; readonly label: string }
    | { readonly kind: 'goto'; readonly place: Place }
    | { readonly kind: 'end'; readonly ending: Ending }
    | { readonly kind: 'endTask'; readonly path: string | undefined }
    | { readonly kind: 'endTurn'; readonly isLast: boolean }
    | { readonly kind: 'menu'; readonly which: 'repeat' | 'previous' }
  );

/** One action, about to be run. */
export interface Step extends Asked {
  readonly kind: string;
  readonly body: YAMLMap | undefined;
  /** Tells the trace now, for an action that runs others. */
  readonly tell: (outcome?: string, detail?: string) => void;
  readonly runBlock: (frame: Frame, block: Block | undefined) => Promise<Outcome>;
}

/** Runs one kind of action. */
export type Perform = (step: Step) => Outcome | Promise<Outcome>;

/** On to the next action. */
export const NEXT: Outcome = { kind: 'next' };

/** Along the output of this name. */
export const along = (label: string, detail?: string): Outcome => ({ kind: 'way', label, detail });
