import { afterEach, describe, expect, test } from 'vitest';
import type { ArchyEnd } from '../../../src/clients/archy-results.ts';
import { archyPublisher } from '../../../src/resources/genesys/archy-publisher.ts';
import { openRig, type Rig } from '../rig.ts';
import { makeFlow, workflowYaml } from './subjects.ts';

const name = 'dev-EventOrchestrator Workflow';
const yaml = workflowYaml(name, 'ours');
const bytes = Buffer.from(yaml);
const { signal } = new AbortController();
const published: ArchyEnd = { isPublished: true, exit: 0, problems: [] };
const failed = (exit: number | undefined, ...problems: string[]): ArchyEnd => ({ isPublished: false, exit, problems });

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});

/** A publisher whose Archy ends like this, one time after the other, and the last way from then on; only so many times it has published. */
async function openPublisher(ends: readonly ArchyEnd[], windows: Parameters<typeof openRig>[0] = {}, times = 9) {
  const rig = await openRig(windows);
  rigs.push(rig);
  const asked: { readonly text: string; readonly at: number }[] = [];
  const publisher = archyPublisher(
    {
      identify: async () => ({ file: '/opt/archy', version: '2.43.2' }),
      publish: async (sent) => {
        asked.push({ text: Buffer.from(sent).toString(), at: rig.now() });
        const end = ends[asked.length - 1] ?? ends.at(-1) ?? published;
        if (end.isPublished && asked.length <= times) await makeFlow(rig, 'workflow', 'workflow', yaml);
        return end;
      },
    },
    signal,
  );
  const publish = (id?: string) =>
    publisher.publish(rig.context('workflow'), { type: 'workflow', name, yaml: bytes, id }, async () => {});
  return { rig, asked, publisher, publish };
}

test('it is told by its version and place, and publishes one at a time', async () => {
  const { publisher } = await openPublisher([published]);
  expect(await publisher.identify?.()).toBe('Archy 2.43.2 (/opt/archy)');
  expect(publisher.parallel).toBe(1);
});

describe('what Archy has published', () => {
  const idOf = ({ sandbox }: Rig) => sandbox.world.list('flows')[0]?.['id'];

  test('is found by its type and name, as Archy does not tell the id', async () => {
    const { rig, asked, publish } = await openPublisher([published]);
    expect(await publish()).toBe(idOf(rig));
    expect(asked.map(({ text }) => text)).toEqual([yaml]);
  });

  test('is waited for as long as look-ups by name do not show it', async () => {
    const { rig, publish } = await openPublisher([published], { 'flow.listed': { ms: 20_000 } });
    expect(await publish()).toBe(idOf(rig));
    expect(rig.notes.join()).toContain(`show the workflow flow "${name}", which Archy has published`);
  });

  test('keeps the id that it had', async () => {
    const { rig, publish } = await openPublisher([published]);
    const id = await publish();
    rig.requests();
    expect(await publish(id)).toBe(id);
  });
});

test('a publication that no new version came of is not believed', async () => {
  const { publish } = await openPublisher([published], {}, 1);
  const id = await publish();
  await expect(publish(id)).rejects.toThrow(
    `show a version after 1.0 of the workflow flow "${name}", which Archy has published`,
  );
});

describe('where Archy is throttled, which it calls a flow that it cannot find', () => {
  test.each([
    ['by its exit code', failed(107)],
    ['by what it says', failed(101, "could not find the flow with id '5a4d'")],
  ])('%s, it is asked for again, later each time', async (_, end) => {
    const { asked, publish, rig } = await openPublisher([end, end, published]);
    await publish();
    const [first = 0, ...others] = asked.map(({ at }) => at);
    expect(others.map((at) => at - first)).toEqual([15_000, 45_000]);
    expect(rig.notes).toContain('Genesys Cloud, which throttles Architect, usually for a minute or two');
  });

  test('it is not asked for ever', async () => {
    const { asked, publish } = await openPublisher([failed(107)]);
    await expect(publish()).rejects.toMatchObject({
      details: [
        expect.stringMatching(/exit code 107: a flow that it cannot find, which is what it calls being throttled/),
      ],
    });
    expect(asked).toHaveLength(5);
  });
});

describe('what Archy did not publish is told with what it said', () => {
  test.each<[ArchyEnd, readonly string[], RegExp]>([
    [
      failed(101, 'no matches', 'more'),
      ['no matches', 'more', 'Archy ended with the exit code 101: errors of Architect Scripting.'],
      /first message/,
    ],
    [
      failed(100),
      ['Archy ended with the exit code 100: the flow is not as its schema has it.'],
      /without --publisher archy/,
    ],
    [failed(7), ['Archy ended with the exit code 7.'], /without --publisher archy/],
    [failed(undefined), ['Archy ended with no exit code.'], /without --publisher archy/],
    [
      failed(0),
      ['Archy ended without an error, but does not say that it has published the flow.'],
      /without --publisher/,
    ],
  ])('%j', async (end, details, hint) => {
    const { asked, publish } = await openPublisher([end]);
    await expect(publish()).rejects.toMatchObject({
      message: `Archy did not publish the workflow flow "${name}".`,
      details,
      hint: expect.stringMatching(hint),
      exit: 1,
    });
    expect(asked).toHaveLength(1);
  });
});
