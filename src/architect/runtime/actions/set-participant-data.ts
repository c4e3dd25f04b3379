import { NEXT, type Perform } from '../step.ts';
import { setAttributes } from './attributes.ts';

/** Sets participant data of the caller. */
export const setParticipantData: Perform = async (step) => {
  const { detail } = await setAttributes(step);
  return { ...NEXT, detail };
};
