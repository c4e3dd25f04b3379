import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/settings/questions.ts';
import { settingOf } from '../../src/settings/table.ts';
import type { Check } from '../../src/ui/ask.ts';
import { fakeTerminal, TTY } from './fake-terminal.ts';

const never = new AbortController().signal;
const fine: Check = () => Promise.resolve(undefined);
const even: Check = (text) => Promise.resolve(/^\d*[02468]$/.test(text.trim()) ? undefined : 'Use an even number.');
const BASE = { env: { LANG: 'C.UTF-8' }, err: TTY, out: TTY, isInputTTY: true };
const turns = async () => {
  for (let n = 0; n < 8; n += 1) await new Promise(setImmediate);
};

const text: Question = { id: 'bucketTag', form: 'text', message: 'How many?', choices: [] };
const offered: Question = { ...text, offer: { text: '8', origin: 'the last run' } };
const secret: Question = { id: 'clientSecret', form: 'secret', message: 'Which secret?', choices: [] };
const choice: Question = {
  id: 'didProvider',
  form: 'choice',
  message: 'Which one?',
  choices: ['red', 'green', 'blue'].map((name) => ({ value: name, name: `the ${name} one` })),
};
const many: Question = {
  ...choice,
  choices: Array.from({ length: 30 }, (_, n) => ({ value: `+1317555010${n}`, name: `+1317555010${n}` })),
  offer: { text: '+13175550107', origin: 'your answer' },
};

type Look = Parameters<typeof fakeTerminal>[0];
const ask = (question: Question, look: Look, check: Check = fine, signal = never) => {
  const fake = fakeTerminal({ ...BASE, ...look });
  const answer = fake.terminal.ask(question, check, signal);
  answer.catch(() => undefined);
  return { ...fake, answer };
};
/** Types each of these once the text before it can be read. */
async function type(
  { stdin, stderr }: ReturnType<typeof ask>,
  steps: readonly (readonly [seen: string, keys: string])[],
) {
  for (const [seen, keys] of steps) {
    while (!stderr.text().includes(seen)) await new Promise(setImmediate);
    stdin.write(keys);
    await turns();
  }
}

const PLAIN: Look = { accessible: true };
const looks: readonly (readonly [string, Look])[] = [
  ['with inquirer', {}],
  ['without redrawing', PLAIN],
];

describe.each(looks)('a question %s', (_, look) => {
  test('takes a text', async () => {
    const asked = ask(text, look);
    await type(asked, [['How many?', '12\n']]);
    expect(await asked.answer).toBe('12');
  });

  test('offers a value with where it comes from, and takes it on Enter', async () => {
    const asked = ask(offered, look);
    await type(asked, [['How many? (8, the last run)', '\n']]);
    expect(await asked.answer).toBe('8');
  });

  test('says what would be valid until it is', async () => {
    const asked = ask(offered, look, even);
    await type(asked, [
      ['How many?', '7\n'],
      ['Use an even number.', `${look === PLAIN ? '' : '\u0015'}6\n`],
    ]);
    expect(await asked.answer).toBe('6');
  });

  test('does not show a secret', async () => {
    const asked = ask(secret, look, even);
    await type(asked, [
      ['Which secret?', '4711\n'],
      ['Use an even number.', `${look === PLAIN ? '' : '\u0015'}8086\n`],
    ]);
    expect(await asked.answer).toBe('8086');
    expect(asked.stderr.text()).not.toMatch(/4711|8086/);
  });

  test('cleans what it offers, which may come from a file', async () => {
    const asked = ask({ ...offered, offer: { text: 'a\u001b]0;x\u0007b', origin: 'the last run' } }, look);
    await type(asked, [['(ab, the last run)', '\u0003']]);
    expect(asked.stderr.raw()).not.toContain(']0;');
    asked.stdin.end();
    await asked.answer.catch(() => undefined);
  });

  test('cleans what it shows', async () => {
    const evil = { value: 'x', name: 'the \u001b]0;x\u0007 one' };
    const asked = ask({ ...choice, choices: [evil] }, look);
    await type(asked, [['the', '\n1\n']]);
    expect(asked.stderr.raw()).not.toContain(']0;');
  });

  test('ends with what its check throws', async () => {
    const asked = ask(text, look, () => Promise.reject(new Error('A bug.')));
    await type(asked, [['How many?', '1\n']]);
    await expect(asked.answer).rejects.toThrow('A bug.');
  });

  test('ends with the reason of the signal, and is not asked once all is stopped', async () => {
    const stop = new AbortController();
    const asked = ask(secret, look, fine, stop.signal);
    await type(asked, [['Which secret?', '']]);
    stop.abort(new Error('Stopped by SIGTERM.'));
    await expect(asked.answer).rejects.toThrow('Stopped by SIGTERM.');
    const later = ask(text, look, fine, stop.signal);
    await expect(later.answer).rejects.toThrow('Stopped by SIGTERM.');
    expect(later.stderr.text()).toBe('');
  });

  test.each([text, secret, choice])('ends when the input does: $form', async (question) => {
    const asked = ask(question, look);
    await type(asked, [[question.form === 'choice' ? 'blue' : question.message, '']]);
    asked.stdin.end();
    await expect(asked.answer).rejects.toMatchObject({ message: 'There was no answer.', exit: 8 });
  });
});

describe('a question with inquirer', () => {
  test.each([text, many])('goes back on Esc: $form', async (question) => {
    const asked = ask(question, {});
    await type(asked, [[question.message, '\u001b']]);
    expect(await asked.answer).toBeUndefined();
  });

  test.each([text, secret, choice, many])('ends with 130 on Ctrl-C: $form', async (question) => {
    const asked = ask(question, {});
    await type(asked, [[question.message, '\u0003']]);
    await expect(asked.answer).rejects.toMatchObject({ message: 'Stopped by Ctrl-C.', exit: 130 });
  });

  test('lets one move to a choice', async () => {
    const asked = ask({ ...choice, offer: { text: 'green', origin: 'the last run' } }, {});
    await type(asked, [
      ['the green one (the last run)', '\u001b[B'],
      ['the blue one', '\n'],
    ]);
    expect(await asked.answer).toBe('blue');
  });

  test('lets one search among many', async () => {
    const asked = ask(many, {});
    await type(asked, [
      ['+13175550107 (your answer)', '029'],
      ['Which one? 029', '\n'],
    ]);
    expect(await asked.answer).toBe('+131755501029');
  });

  test('finds a choice by whatever its setting may be written as', async () => {
    const regions = { ...choice, choices: many.choices.map(({ value }) => ({ value, name: value })) };
    const region = { value: 'eu-central-1', name: 'EMEA (Frankfurt)' };
    const asked = ask({ ...regions, choices: [...regions.choices, region], setting: settingOf('genesysRegion') }, {});
    await type(asked, [
      ['Type to search.', 'apps.mypurecloud.de'],
      ['EMEA (Frankfurt)', '\n'],
    ]);
    expect(await asked.answer).toBe('eu-central-1');
  });

  test('says what to do where nothing is found, and takes nothing then', async () => {
    const asked = ask(many, {});
    await type(asked, [
      ['Type to search.', 'x'],
      ['Nothing here is called so. Delete some of it to see more.', '\n\u007f029'],
      ['Which one? 029', '\n'],
    ]);
    expect(await asked.answer).toBe('+131755501029');
  });

  test('leaves nothing but the answer, as it is understood', async () => {
    const asked = ask({ ...text, setting: settingOf('didStart') }, { color: true });
    await type(asked, [['How many?', '" +1 (720) 555-0100 "\n']]);
    await asked.answer;
    expect(asked.stderr.text().endsWith('\u2714 How many? +17205550100\n')).toBe(true);
  });

  test('is followed by the next', async () => {
    const { terminal, stdin, stderr } = fakeTerminal(BASE);
    for (const one of ['1', '2', '3']) {
      const answer = terminal.ask({ ...text, message: `Number ${one}?` }, fine, never);
      while (!stderr.text().includes(`Number ${one}?`)) await new Promise(setImmediate);
      stdin.write(`${one}\n`);
      expect(await answer).toBe(one);
    }
  });

  test('is not drowned by a huge paste', async () => {
    const asked = ask(text, {}, (given) => Promise.resolve(given.length === 1_000 ? undefined : 'Too much.'));
    await type(asked, [['How many?', 'x'.repeat(5_000)]]);
    asked.stdin.write('\n');
    expect(await asked.answer).toHaveLength(1_000);
  });

  test.each([40, 80])('breaks between words at %d columns', async (columns) => {
    const message = 'Which of all the things that there are should it be in the end, if any?';
    const long = { ...choice, message, offer: { text: 'blue', origin: 'what the last run had here' } };
    const asked = ask(long, { err: { isTTY: true, columns } });
    await type(asked, [['Arrows move', '']]);
    const lines = asked.stderr.text().split('\n');
    expect(lines.map((line) => line.length).filter((length) => length > columns)).toEqual([]);
    // Every word is whole.
    expect(asked.stderr.text().replace(/\s+/g, ' ')).toContain(`${message} the red one the green one`);
    asked.stdin.write('\n');
    await asked.answer;
  });

  test('says that there is a secret, and not how long it is', async () => {
    const asked = ask(secret, {});
    await type(asked, [['Which secret?', 'abcdefg\n']]);
    await asked.answer;
    expect(asked.stderr.text()).toMatch(/Which secret\? is set\s*$/);
  });
});

describe('a question without redrawing', () => {
  test.each([text, secret, choice])('goes back on "<": $form', async (question) => {
    const asked = ask(question, PLAIN);
    await type(asked, [[question.message, '<\n']]);
    expect(await asked.answer).toBeUndefined();
  });

  test('numbers its choices, and takes a number, the value, or Enter', async () => {
    for (const [keys, answer] of [
      ['3\n', 'blue'],
      [' GREEN \n', 'green'],
      ['\n', 'red'],
    ] as const) {
      const asked = ask({ ...choice, offer: { text: 'red', origin: '' } }, PLAIN);
      await type(asked, [['Number from 1 to 3 (1):', keys]]);
      expect(await asked.answer).toBe(answer);
    }
  });

  test('asks again for what is no choice', async () => {
    const asked = ask(choice, PLAIN);
    await type(asked, [
      ['Number from 1 to 3:', '4\n'],
      ['Type a number from 1 to 3:', '\n'],
    ]);
    await type(asked, [['Type a number from 1 to 3:', '2\n']]);
    expect(await asked.answer).toBe('green');
    expect(asked.stderr.raw()).toBe(
      'Which one?\n  1. the red one\n  2. the green one\n  3. the blue one\nNumber from 1 to 3: Type a number from 1 to 3: Type a number from 1 to 3: ',
    );
  });

  test('ends with 130 on Ctrl-C while a secret is typed', async () => {
    const asked = ask(secret, PLAIN);
    await type(asked, [['Which secret?', '\u0003']]);
    await expect(asked.answer).rejects.toMatchObject({ message: 'Stopped by Ctrl-C.', exit: 130 });
  });

  test('says that a secret is set', async () => {
    const asked = ask(secret, PLAIN);
    await type(asked, [['Which secret?', 'abcdefg\n']]);
    await asked.answer;
    expect(asked.stderr.raw()).toBe('Which secret? (it is not shown): \nIt is set.\n');
  });

  test('asks again in full, with what Enter alone takes', async () => {
    const asked = ask(offered, PLAIN, even);
    await type(asked, [
      ['How many?', '7\n'],
      ['Use an even number.\nHow many? (8, the last run):', '\n'],
    ]);
    expect(await asked.answer).toBe('8');
  });

  test('stops reading once it is answered', async () => {
    const asked = ask(text, PLAIN);
    await type(asked, [['How many?', '1\n']]);
    await asked.answer;
    expect(asked.stdin.isPaused()).toBe(true);
  });
});
