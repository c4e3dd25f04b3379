import { nodeAt } from '../../model/entries.ts';
import { play } from '../audio.ts';
import { NEXT, type Perform } from '../step.ts';

/** Says something. */
export const playAudio: Perform = async (step) => {
  await play(step, nodeAt(step.body, 'audio'));
  return NEXT;
};
