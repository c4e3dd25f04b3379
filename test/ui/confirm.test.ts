import { describe, expect, test } from 'vitest';
import { fakeTerminal, TTY } from './fake-terminal.ts';

const never = new AbortController().signal;
const looks: readonly (readonly [string, object])[] = [
  ['with inquirer', { env: { LANG: 'C.UTF-8' } }],
  ['without redrawing', { env: { LANG: 'C.UTF-8' }, accessible: true }],
];
const turns = async () => {
  for (let n = 0; n < 5; n += 1) await new Promise(setImmediate);
};

describe.each(looks)('a question %s', (_, look) => {
  const ask = (byDefault: boolean, signal: AbortSignal = never) => {
    const fake = fakeTerminal({ err: TTY, out: TTY, isInputTTY: true, ...look });
    const answer = fake.terminal.confirm('Go ahead?', byDefault, signal);
    answer.catch(() => undefined);
    return { ...fake, answer };
  };
  /** Types once the question can be read. */
  const type = async ({ stdin, stderr }: ReturnType<typeof ask>, keys: string) => {
    while (!stderr.text().includes('Go ahead?')) await new Promise(setImmediate);
    stdin.write(keys);
    await turns();
  };

  test.each<[string, boolean, boolean]>([
    ['\n', true, true],
    ['\n', false, false],
    ['y\n', false, true],
    ['yes\n', false, true],
    ['n\n', true, false],
    ['No\n', true, false],
  ])('takes %j, with %j by default, for %j', async (keys, byDefault, expected) => {
    const asked = ask(byDefault);
    await type(asked, keys);
    expect(await asked.answer).toBe(expected);
  });

  test('ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const asked = ask(true, stop.signal);
    await type(asked, '');
    stop.abort(new Error('Stopped by Ctrl-C.'));
    await expect(asked.answer).rejects.toThrow('Stopped by Ctrl-C.');
  });

  test('is not asked once all is stopped', async () => {
    const asked = ask(true, AbortSignal.abort(new Error('Stopped.')));
    await expect(asked.answer).rejects.toThrow('Stopped.');
    expect(asked.stderr.text()).toBe('');
  });

  test('ends when the input does', async () => {
    const asked = ask(true);
    await type(asked, '');
    asked.stdin.end();
    await expect(asked.answer).rejects.toMatchObject({ message: 'There was no answer.', exit: 8 });
  });

  test('cleans what it asks', async () => {
    const fake = fakeTerminal({ err: TTY, isInputTTY: true, ...look });
    const answer = fake.terminal.confirm('Delete \u001b]0;x\u0007it?', false, never);
    while (!fake.stderr.text().includes('it?')) await new Promise(setImmediate);
    fake.stdin.write('\n');
    expect(await answer).toBe(false);
    expect(fake.stderr.raw()).not.toContain(']0;');
  });
});

describe('a question with inquirer', () => {
  test.each([
    ['Ctrl-C', '\u0003', { message: 'Stopped by Ctrl-C.', exit: 130 }],
    ['Ctrl-D', '\u0004', { message: 'There was no answer.', exit: 8 }],
  ])('ends with %s, which is a key there', async (_, key, expected) => {
    const { terminal, stdin, stderr } = fakeTerminal({ err: TTY, isInputTTY: true });
    const answer = terminal.confirm('Go ahead?', true, never);
    answer.catch(() => undefined);
    while (!stderr.text().includes('Go ahead?')) await new Promise(setImmediate);
    stdin.write(key);
    await expect(answer).rejects.toMatchObject(expected);
  });
});

describe('a question without redrawing', () => {
  test.each<[string, object]>([
    ['for a dumb terminal', { env: { TERM: 'dumb', LANG: 'C.UTF-8' } }],
    ['without colours', { color: false }],
    ['in ASCII', { env: {} }],
  ])('is asked again until it is answered: %s', async (_, options) => {
    const { terminal, stdin, stderr } = fakeTerminal({ err: TTY, isInputTTY: true, ...options });
    const answer = terminal.confirm('Go ahead?', true, never);
    stdin.write('perhaps\nno\n');
    expect(await answer).toBe(false);
    expect(stderr.raw()).toBe('Go ahead? (Y/n) Answer yes or no: ');
  });
});
