import { expect, test } from 'vitest';
import { applyTo, type Explanation } from '../../src/errors/explanation.ts';
import { explanations } from '../../src/errors/explanations.ts';
import { failureOf } from '../../src/errors/failure.ts';
import { errorOf } from './examples.ts';

const topics: Readonly<Record<string, string>> = {
  network: 'The network',
  machine: 'This machine',
  aws: 'AWS',
  genesys: 'Genesys Cloud',
  architect: 'Architect, when it publishes a flow',
  vendor: 'AWS or Genesys Cloud',
};

const topicOf = (id: string) => id.split('.')[0] ?? '';
/** As code: what a vendor says may look like anything. */
const asCode = (text: string) => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

/** As it is: an underscore at the edge of a word would begin or end something slanted. */
const asText = (text: string) => text.replace(/(?<!\w)_|_(?!\w)/g, '\\_');

/** What stood on the screen, or in a log, before anybody explained it. */
function heard({ example }: Explanation): string {
  const failure = failureOf(errorOf(example));
  if (!failure) throw new Error('The example is not a failure that can be explained.');
  const { service, operation, status, code, message, details } = failure;
  const from = [service, operation].filter(Boolean).join(' ');
  const marks = [status && `HTTP ${status}`, code].filter(Boolean).join(', ');
  const text = example.from === 'flow job' ? details.join(' ') : [message, ...details].join('; ');
  return asCode(`${from ? `${from}: ` : ''}${text}${marks ? ` (${marks})` : ''}`);
}

function sectionOf(id: string, all: readonly Explanation[]): readonly string[] {
  const [first] = all;
  const failure = first && failureOf(errorOf(first.example));
  const said = failure && applyTo(failure, first);
  if (!said) throw new Error(`${id} does not explain its own example.`);
  return [
    `### ${id}`,
    '',
    asText(said.message),
    '',
    ...all.map((one) => `- Seen as: ${heard(one)}`),
    `- To do: ${asText(said.hint)}`,
    '',
  ];
}

function page(): string {
  const ids = [...new Set(explanations.map(({ id }) => id))];
  const sections = Object.entries(topics).flatMap(([topic, title]) => [
    `## ${title}`,
    '',
    ...ids
      .filter((id) => topicOf(id) === topic)
      .flatMap((id) =>
        sectionOf(
          id,
          explanations.filter((one) => one.id === id),
        ),
      ),
  ]);
  return [
    '# Troubleshooting',
    '',
    'Every failure that eo-setup knows, by the name that it has as `explanation` with `--json`. Names and numbers are examples. Whatever happened, running the same command again goes on from where it stopped.',
    '',
    ...sections,
  ].join('\n');
}

test('docs/troubleshooting.md has every known failure', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/troubleshooting.md');
});

test('every known failure has a topic, and those of one name say the same', () => {
  const said = new Map<string, string>();
  for (const { id, message, hint } of explanations) {
    expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
    expect(Object.keys(topics)).toContain(topicOf(id));
    expect(said.get(id) ?? message + hint).toBe(message + hint);
    said.set(id, message + hint);
  }
});
