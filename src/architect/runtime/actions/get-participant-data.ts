import { NEXT, type Perform } from '../step.ts';
import { getAttributes } from './attributes.ts';

/** Reads participant data of the caller. */
export const getParticipantData: Perform = async (step) => {
  const { detail } = await getAttributes(step);
  return { ...NEXT, detail };
};
