import { afterEach, describe, expect, test } from 'vitest';
import { flow } from '../../../src/resources/genesys/flow.ts';
import { markText } from '../../../src/resources/genesys/marks.ts';
import { editFlow } from '../../../src/sandbox/genesys/flow-edits.ts';
import type { FlowRecord } from '../../../src/sandbox/genesys/flow-record.ts';
import { SEED } from '../../../src/sandbox/seed.ts';
import { laws } from '../laws.ts';
import { INSTALLATION, openRig, type Rig } from '../rig.ts';
import { makeFlow, workflowYaml } from './subjects.ts';

const name = 'dev-EventOrchestrator Workflow';
const key = { type: 'workflow' as const, name };
const STEP = 'workflow';
const mark = markText({ installation: INSTALLATION, step: STEP });
const inputsOf = (rig: Rig, reason?: string) => ({ yaml: rig.artifact(workflowYaml(name, mark, reason)), uses: {} });

laws(flow, async (rig) => ({
  step: STEP,
  key,
  inputs: inputsOf(rig),
  change: { inputs: { ...inputsOf(rig, 'changed'), uses: { action: 'a' } }, drift: ['yaml', 'uses'] },
  makeForeign: () => makeFlow(rig, STEP, 'workflow', workflowYaml(name, 'by Ann')),
}));

const rigs: Rig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
});
async function rigWith(windows: Parameters<typeof openRig>[0] = {}) {
  const rig = await openRig(windows);
  rigs.push(rig);
  return { rig, context: rig.context(STEP), inputs: inputsOf(rig) };
}

test('a run that ends while its job goes on leaves the job in the receipt, and the next one follows it', async () => {
  const { rig, context, inputs } = await rigWith({ 'flow-job.done': { ms: 5_000 } });
  const made: object[] = [];
  await flow.reconcile(context, key, inputs, undefined, async (one) => void made.push(one)).catch(() => undefined);
  const job = made.map((one) => JSON.parse(JSON.stringify(one)).receipt).find((one) => one?.job);
  expect(job).toMatchObject({ yaml: inputs.yaml, job: expect.any(String) });
  const observed = await flow.read(context, { key, receipt: job }, inputs);
  rig.writes();
  expect(observed).toMatchObject({ mark: 'ours', drift: [] });
  await flow.reconcile(context, key, inputs, observed, async () => {});
  expect(rig.writes()).toEqual([]);
});

test('what Architect has to say of a flow that it does not publish is told', async () => {
  const { rig, context } = await rigWith();
  const text = workflowYaml(name, mark).replace(
    /- endWorkflow:[\s\S]*$/,
    '- callData: { name: Call, category: { Lambda: { dataAction: { nowhere: { inputs: {} } } } } }\n',
  );
  await expect(
    flow.reconcile(context, key, { yaml: rig.artifact(text), uses: {} }, undefined, async () => {}),
  ).rejects.toMatchObject({
    message: `Genesys Cloud did not publish the workflow flow "${name}".`,
    details: expect.arrayContaining([expect.stringContaining("by value of 'Lambda/nowhere' - no matches")]),
  });
});

test('a flow that somebody published after us has drifted', async () => {
  const { rig, context, inputs } = await rigWith();
  const { outputs, receipt } = await flow.reconcile(context, key, inputs, undefined, async () => {});
  await makeFlow(rig, STEP, 'workflow', workflowYaml(name, mark, 'edited'));
  expect((await flow.read(context, { key, outputs, receipt }, inputs))?.drift).toEqual(['yaml', 'uses']);
});

describe('a flow that somebody else had their hands on', () => {
  const published = async () => {
    const { rig, context, inputs } = await rigWith();
    const { outputs, receipt } = await flow.reconcile(context, key, inputs, undefined, async () => {});
    const record = () => {
      const found = rig.sandbox.world.get<FlowRecord>('flows', outputs.id);
      if (!found) throw new Error('There is no flow.');
      return found;
    };
    const jane = (what: 'lock' | 'save' | 'check-in' | 'publish') =>
      editFlow(rig.sandbox.world, record(), { user: 'Jane Doe', what }, rig.now());
    const read = () => flow.read(context, { key, outputs, receipt }, inputs);
    const takeOver = async () => {
      const observed = await read();
      if (!observed) throw new Error('There is no flow.');
      return flow.takeOver(context, key, observed);
    };
    return { rig, context, inputs, outputs, receipt, record, jane, read, takeOver };
  };
  const copy = (version: string) => `${name}-${version}-2026-07-01T00:00:00Z.yaml`;

  test('as it was edited, is exported with what they made of it', async () => {
    const { rig, jane, read, takeOver } = await published();
    jane('publish');
    expect(await read()).toMatchObject({
      drift: ['yaml', 'uses'],
      overwrites: { what: 'edited by Jane Doe on 2026-07-01, version 2.0', isTheirs: true },
    });
    rig.writes();
    expect(await takeOver()).toEqual([copy('2.0')]);
    expect(rig.copies.get(copy('2.0'))).toContain('# edited by Jane Doe');
    expect(rig.writes()).toEqual(['postFlowsExportJobs']);
  });

  test('as it is locked, is unlocked, and what they had saved is exported', async () => {
    const { rig, jane, record, read, takeOver } = await published();
    jane('save');
    expect(await read()).toMatchObject({
      drift: [],
      locked: 'Jane Doe',
      notes: ['Jane Doe saved changes in Architect on 2026-07-01 that are not published'],
    });
    rig.writes();
    expect(await takeOver()).toEqual([copy('2.0')]);
    expect(rig.copies.get(copy('2.0'))).toContain('# edited by Jane Doe');
    expect(rig.writes()).toEqual(['postFlowsActionsUnlock', 'postFlowsExportJobs']);
    expect(record()).not.toHaveProperty('lockedBy');
  });

  test('as it was checked in but not published, stays, and is exported before it is overwritten', async () => {
    const { rig, jane, read, takeOver } = await published();
    jane('check-in');
    expect(await read()).toMatchObject({
      drift: [],
      notes: ['Jane Doe checked in changes in Architect on 2026-07-01 that are not published'],
      overwrites: { isTheirs: false },
    });
    expect(await takeOver()).toEqual([copy('2.0')]);
    expect(rig.copies.get(copy('2.0'))).toContain('# edited by Jane Doe');
  });

  test('and locked without having changed it, is only unlocked', async () => {
    const { rig, jane, takeOver } = await published();
    jane('lock');
    expect(await takeOver()).toEqual([]);
    expect([...rig.copies]).toEqual([]);
  });

  test('both edited and locked, is exported before and after the lock is taken away', async () => {
    const { rig, jane, takeOver } = await published();
    jane('publish');
    jane('save');
    rig.writes();
    expect(await takeOver()).toEqual([copy('2.0'), copy('3.0')]);
    expect(rig.writes()).toEqual(['postFlowsExportJobs', 'postFlowsActionsUnlock', 'postFlowsExportJobs']);
  });

  test('is theirs too where it was our job that came before', async () => {
    const { rig, context, inputs, outputs, jane } = await published();
    const job = rig.sandbox.world.list('flow-jobs').at(-1)?.['id'];
    const receipt = { yaml: inputs.yaml, uses: {}, job: String(job) };
    expect(await flow.read(context, { key, outputs, receipt }, inputs)).toMatchObject({
      drift: [],
      overwrites: undefined,
    });
    jane('publish');
    const observed = await flow.read(context, { key, outputs, receipt }, inputs);
    expect(observed).toMatchObject({ drift: ['yaml', 'uses'], overwrites: { isTheirs: true } });
  });

  test('is in nobody’s way where it is our own client that has it locked', async () => {
    const { rig, record, read } = await published();
    rig.sandbox.world.put('flows', record().id, { ...record(), lockedBy: SEED.clientId });
    expect((await read())?.locked).toBeUndefined();
  });

  test.each([1_000, 10_000, 60_000])('is exported however long that takes: %i ms', async (ms) => {
    const { rig, jane, takeOver } = await published();
    jane('publish');
    rig.sandbox.setProfile({ latency: {}, windows: { 'flow-job.done': { ms } } });
    expect(await takeOver()).toEqual([copy('2.0')]);
    expect(rig.notes).toContain('Architect to export the flow');
  });

  test('stays as it is where Architect never ends the export', async () => {
    const { rig, jane, takeOver } = await published();
    jane('publish');
    rig.sandbox.setProfile({ latency: {}, windows: { 'flow-job.done': { ms: 999_999_999 } } });
    await expect(takeOver()).rejects.toMatchObject({
      message: `No copy of the workflow flow "${name}" can be kept, so it stays as it is.`,
      exit: 9,
    });
    expect([...rig.copies]).toEqual([]);
  });

  test.each([
    [403, 4, 'architect:jobExport:create'],
    [400, 1, 'exported by hand'],
  ])('stays as it is where the export is refused with %i', async (status, exit, hint) => {
    const { rig, jane, takeOver } = await published();
    jane('publish');
    const match = { operation: 'postFlowsExportJobs' };
    rig.sandbox.faults.set([{ match, when: 'before', then: 'refuse', status }]);
    const error = { exit, hint: expect.stringContaining(hint), details: [expect.stringContaining('export/jobs')] };
    await expect(takeOver()).rejects.toMatchObject(error);
  });

  test.each([403, 405])('stays as it is where Architect does not unlock it (%i)', async (status) => {
    const { rig, jane, record, takeOver } = await published();
    jane('lock');
    const match = { operation: 'postFlowsActionsUnlock' };
    rig.sandbox.faults.set([{ match, when: 'before', then: 'refuse', status }]);
    await expect(takeOver()).rejects.toMatchObject({
      message: `The workflow flow "${name}" cannot be unlocked, so it stays as it is.`,
      exit: 4,
      hint: expect.stringContaining('Ask Jane Doe'),
    });
    expect(record().lockedBy).toBe('Jane Doe');
  });

  test('and deleted meanwhile, needs no copy', async () => {
    const { context, jane, read, outputs } = await published();
    jane('publish');
    const observed = await read();
    if (!observed) throw new Error('There is no flow.');
    await flow.delete(context, outputs);
    expect(await flow.takeOver(context, key, observed)).toEqual([]);
  });
});
