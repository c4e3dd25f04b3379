import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { resources } from '../../src/resources/index.ts';
import { parseState } from '../../src/state/parse-state.ts';
import { Unreadable } from '../../src/state/unreadable.ts';
import { bytesOf, golden, goldenState } from './golden.ts';

const parse = (json: unknown) => parseState(bytesOf(json), resources);
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

test('cut at any byte it is refused, and never taken for a smaller state', () => {
  const whole = bytesOf({ ...golden(), settled: null });
  const accepted = Array.from(whole.keys()).filter((length) => {
    try {
      parseState(whole.subarray(0, length));
      return true;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return false;
    }
  });
  expect(accepted).toEqual([]);
  expect(parseState(whole).state).toEqual({ ...goldenState().state, settled: null });
});

describe('is refused for what it is:', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'it is empty'],
    ['white space', ' \n', 'it is empty'],
    ['zeros, where the end never reached the disk', '\0\0\0\0', 'it is empty'],
    ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0x7d]), 'it is not text'],
    ['half of one', '{"format": "eo-setup", "vers', 'it is cut off, or is not JSON'],
    ['YAML', 'format: eo-setup', 'it is cut off, or is not JSON'],
    ['a number', '1', 'it is not a state of eo-setup'],
    ['null', 'null', 'it is not a state of eo-setup'],
    ['a list', '[]', 'it is not a state of eo-setup'],
    ['an empty object', '{}', 'it is not a state of eo-setup'],
    ['Terraform’s state', '{"version": 4, "terraform_version": "1.9.0", "serial": 3}', 'it is not a state of eo-setup'],
    ['a version that is no number', '{"format": "eo-setup", "version": "1"}', 'it is not a state of eo-setup'],
    ['a version before the first', '{"format": "eo-setup", "version": 0}', 'it is not a state of eo-setup'],
  ])('%s', (_what, content, why) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    expect(() => parseState(bytes, resources)).toThrow(new Unreadable(why));
  });

  const change = (to: (file: ReturnType<typeof golden>) => void) => {
    const file = golden();
    to(file);
    return file;
  };
  test.each<[string, unknown, string]>([
    ['a missing member', { ...golden(), steps: undefined }, 'it is damaged (steps: '],
    ['another installation’s name', { ...golden(), installation: '../../x' }, 'it is damaged (installation: '],
    ['a status of no kind', change((f) => (f.steps.ivr.status = 'done')), 'it is damaged (steps.ivr.status: '],
    ['an entry without a name', change((f) => (f.retired[0].key = {})), 'it is damaged (retired.0.key.name: '],
    ['a serial below zero', { ...golden(), serial: -1 }, 'it is damaged (serial: '],
    ['a kind that nobody knows', change((f) => (f.steps.ivr.kind = 'x.y')), 'it holds a x.y (steps.ivr), which'],
    ['a kind that every object has', change((f) => (f.steps.ivr.kind = 'toString')), 'it holds a toString (steps.ivr)'],
    ['a retired one too', change((f) => (f.retired[1].kind = 'x.y')), 'it holds a x.y (retired.1), which'],
    ['a settled one too', change((f) => (f.settled.steps.ivr.kind = 'x.y')), 'it holds a x.y (settled.steps.ivr)'],
    [
      'inputs of another kind',
      change((f) => (f.steps.ivr.inputs = { yaml: '' })),
      'it is damaged (steps.ivr.inputs.dnis: ',
    ],
    [
      'a key of another kind',
      change((f) => (f.steps.workflow.key.type = 'x')),
      'it is damaged (steps.workflow.key.type: ',
    ],
    [
      'outputs of another kind',
      change((f) => (f.steps.trigger.outputs = {})),
      'it is damaged (steps.trigger.outputs.id: ',
    ],
    [
      'a receipt of another kind',
      change((f) => (f.steps.workflow.receipt = {})),
      'it is damaged (steps.workflow.receipt.yaml: ',
    ],
    ['depth', { ...golden(), extra: nested(40) }, 'it is nested deeper, or holds more, than any state of eo-setup'],
    ['length', { ...golden(), extra: Array(5_001).fill(0) }, 'it is nested deeper, or holds more, than'],
    ['too many edges', change((f) => (f.steps.ivr.needs = Array(1_001).fill('x'))), 'it is damaged (steps.ivr.needs: '],
  ])('%s', (_what, json, why) => {
    expect(() => parse(json)).toThrow(Unreadable);
    expect(() => parse(json)).toThrow(why);
  });
});

test('depth that would exhaust the stack is refused like any other', () => {
  const deep = `{"format":"eo-setup","version":1,"extra":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
  expect(() => parseState(new TextEncoder().encode(deep))).toThrow('it is nested deeper');
});

test('a newer one is refused before anything else of it is looked at, saying who wrote it and to update', () => {
  const newer = { format: 'eo-setup', version: 2, tool: '3.1.4', steps: 'quite different' };
  const update = { message: 'a newer eo-setup (3.1.4) wrote it', hint: 'Update eo-setup, then run the command again.' };
  expect(() => parse(newer)).toThrow(expect.objectContaining(update));
  expect(() => parse({ ...newer, tool: { name: 'x' } })).toThrow('a newer eo-setup (of an unknown version) wrote it');
});

test('of an unknown kind it is the program that is too old, not the file that is broken', () => {
  const file = golden();
  file.steps.ivr.kind = 'genesys.queue';
  const hint = 'Run the command with the eo-setup that wrote it, or a newer one.';
  expect(() => parse(file)).toThrow(expect.objectContaining({ hint }));
});

test('members that are not known are dropped', () => {
  const file = golden();
  file.more = { a: 1 };
  file.target.more = 'x';
  file.steps.ivr.more = [1];
  file.steps.ivr.inputs.more = true;
  file.settled.steps.ivr.outputs.more = 0;
  expect(parse(file)).toEqual(goldenState());
});

test('a prototype in the file stays out, and changes nothing of any object', () => {
  const evil = (where: string) => JSON.stringify(golden()).replace(where, `${where}"__proto__":{"polluted":"yes"},`);
  for (const where of ['{', '"target":{', '"steps":{', '"key":{', '"inputs":{', '"outputs":{', '"settings":{']) {
    const text = evil(where);
    expect(text, where).toContain('polluted');
    expect(JSON.stringify(parseState(new TextEncoder().encode(text), resources)), where).not.toContain('polluted');
  }
  expect({}).not.toHaveProperty('polluted');
});

test('what a kind has gained since gets its default, in steps, retired and settled alike', () => {
  const shape = {
    key: z.object({ name: z.string() }),
    inputs: z.looseObject({ size: z.number().default(7) }),
    outputs: z.looseObject({ zone: z.string().default('a') }),
  };
  const kinds = Object.fromEntries(Object.keys(resources).map((kind) => [kind, shape]));
  const { state } = parseState(bytesOf(golden()), kinds);
  const gained = { inputs: { size: 7 }, outputs: { zone: 'a' } };
  expect(state.steps['ivr']).toMatchObject(gained);
  expect(state.retired[0]).toMatchObject(gained);
  expect(state.settled?.steps['ivr']).toMatchObject(gained);
});

test('what was rebuilt from the world, without inputs and without a settled run, is a state too', () => {
  const file = golden();
  for (const id of Object.keys(file.steps)) {
    delete file.steps[id].inputs;
    delete file.steps[id].receipt;
  }
  const { state } = parse({ ...file, settled: null, run: undefined });
  expect(state.settled).toBeNull();
  expect(state.run).toBeUndefined();
  expect(state.steps['ivr']).toEqual({ ...file.steps.ivr });
});
