import { make } from '../../expression/value.ts';
import { nodeAt } from '../../model/entries.ts';
import { assign } from '../assign.ts';
import { play } from '../audio.ts';
import { FlowFailure } from '../flow-failure.ts';
import { isSecureFlow } from '../frame.ts';
import { along, type Perform } from '../step.ts';
import { textOfValue } from '../values.ts';
import { targetName } from './target-name.ts';

/** Hands the caller over to a secure flow, which is the end of this one; where that fails, goes along `failure`. */
export const transferToFlowSecure: Perform = async (step) => {
  const { body, spot, frame } = step;
  const { host } = frame.run;
  const to = targetName(step, body);
  if (to === undefined) throw new FlowFailure('it is not said which flow to transfer to', spot);
  const invocationData = textOfValue(step, nodeAt(body, 'invocationData'));
  await play(step, nodeAt(body, 'preTransferAudio'), false);
  const answer = await host.transfer(to, invocationData);
  if (answer === 'done') return { kind: 'end', ending: { kind: 'transferred', to }, detail: to };
  // In a secure flow a transfer is blind: nothing follows where it fails.
  if (isSecureFlow(frame.run)) return { kind: 'end', ending: { kind: 'disconnect' }, detail: answer.errorMessage };
  await play(step, nodeAt(body, 'failureTransferAudio'), false);
  assign(step, nodeAt(body, 'failureOutputs', 'errorType'), make.string(answer.errorType));
  assign(step, nodeAt(body, 'failureOutputs', 'errorMessage'), make.string(answer.errorMessage));
  return along('failure', answer.errorMessage);
};
