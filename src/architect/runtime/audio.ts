import { isMap, isScalar, type Node } from 'yaml';
import { become } from '../expression/coerce.ts';
import type { AudioPart } from '../expression/value.ts';
import { nodeAt, textAt } from '../model/entries.ts';
import type { Asked } from './frame.ts';
import { isUnset, valueAt } from './values.ts';

/** Plays what an audio says: `tts`, `prompt` or `exp`. A key ends it early, unless it or the action says otherwise. */
export async function play(asked: Asked, node: Node | undefined, isBargeable = true): Promise<void> {
  const { host, secrets } = asked.frame.run;
  if (isUnset(node) || (isMap(node) && node.items.length === 0)) return;
  const written = textAt(node, 'tts') ?? (isScalar(node) ? String(node.value) : undefined);
  if (written !== undefined) return host.say(written, isBargeable);
  const prompt = nodeAt(node, 'prompt') ?? nodeAt(node, 'lit');
  if (prompt) return host.say(`[prompt ${promptName(asked, prompt)}]`, isBargeable);
  const audio = become(valueAt(asked, node, 'audio'), 'audio');
  if (audio?.type !== 'audio') return;
  const text = secrets.mask(audio.parts.map(textOfPart).join(' '));
  if (text !== '') await host.say(text, isBargeable && audio.bargeIn !== false);
}

function promptName(asked: Asked, node: Node): string {
  const name = isScalar(node) ? String(node.value) : (textAt(node, 'name') ?? textAt(nodeAt(node, 'lit'), 'name'));
  if (name !== undefined) return name;
  const value = valueAt(asked, node, 'prompt');
  return value.type === 'prompt' ? value.name : '';
}

function textOfPart(part: AudioPart): string {
  if ('say' in part) return part.say;
  return 'prompt' in part ? `[prompt ${part.prompt}]` : `[${part.silence / 1_000} s of silence]`;
}
