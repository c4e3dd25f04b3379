import { nodeAt } from '../../model/entries.ts';
import { play } from '../audio.ts';
import type { Perform } from '../step.ts';
import { targetName } from './target-name.ts';

/** `menuTransferToAcd`, `transferToAcd`: what the caller would go to. */
const destinations: Readonly<Record<string, string>> = { Acd: 'queue', External: 'number' };

/** Hands the caller over to somebody, which is where a rehearsal ends. */
export const transferAway: Perform = async (step) => {
  const { body, kind, frame } = step;
  await play(step, nodeAt(body, 'preTransferAudio'), false);
  const [, to = ''] = /transferTo(\w+)$/i.exec(kind) ?? [];
  const what = Object.hasOwn(destinations, to) ? destinations[to] : to.toLowerCase();
  const where = [what, targetName(step, body)].filter(Boolean).join(' ');
  const shown = frame.run.secrets.mask(where);
  return { kind: 'end', ending: { kind: 'left', where: shown }, detail: shown };
};
