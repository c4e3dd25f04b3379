import type { Node } from 'yaml';
import { textOf } from '../../expression/coerce.ts';
import { nameOfType, typeOf, type Value } from '../../expression/value.ts';
import { nodeAt } from '../../model/entries.ts';
import { isSecureFlow } from '../frame.ts';
import type { Step } from '../step.ts';

const MOST = 200;

/** A value for the trace. In a secure flow only what is written in the flow is shown: the rest may follow from a secret. */
export function shownValue({ frame }: Step, written: Node | undefined, value: Value): string {
  if (isSecureFlow(frame.run) && nodeAt(written, 'lit') === undefined) return '•';
  return frame.run.secrets.mask((textOf(value) ?? nameOfType(typeOf(value))).slice(0, MOST));
}
