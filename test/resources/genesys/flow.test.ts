import { afterEach, expect, test } from 'vitest';
import { flow } from '../../../src/resources/genesys/flow.ts';
import { markText } from '../../../src/resources/genesys/marks.ts';
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

test.each([100, 1_000, 10_000, 60_000])('a job that takes %i ms is followed to its end, and told', async (ms) => {
  const { rig, context, inputs } = await rigWith({ 'flow-job.done': { ms } });
  const { receipt } = await flow.reconcile(context, key, inputs, undefined, async () => {});
  expect(receipt).toMatchObject({ yaml: inputs.yaml, version: expect.any(String) });
  expect(rig.notes).toContain('Architect to publish the flow');
});

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
