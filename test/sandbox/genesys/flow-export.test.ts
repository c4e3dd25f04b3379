import { afterEach, describe, expect, test } from 'vitest';
import { type Architect, openArchitect } from './architect.ts';
import { workflowYaml } from './flow-yaml.ts';

let sandbox: Architect;
afterEach(() => sandbox.close());
const open = async (...options: Parameters<typeof openArchitect>) => {
  sandbox = await openArchitect(...options);
  return sandbox;
};
const register = (flow: object, exportType = 'Yaml') =>
  sandbox.call('POST /flows/export/jobs', { body: { flows: [{ flow, exportType }] } });
const look = (id: string) => sandbox.call(`GET /flows/export/jobs/${id}?expand=messages`);

describe('an export', () => {
  test('gives the bytes that were published', async () => {
    const { flowId } = await open();
    const { body: registered } = await register({ id: await flowId(workflowYaml()) });
    expect(registered).toMatchObject({ totalFlows: 1, selfUri: `/api/v2/flows/export/jobs/${registered.id}` });
    const { body: job } = await look(registered.id);
    expect(job).toMatchObject({ status: 'Success', command: 'Export', messages: [] });
    const answer = await fetch(job.downloadUrl);
    expect(answer.headers.get('content-type')).toBe('text/yaml');
    expect(await answer.text()).toBe(workflowYaml());
    expect((await fetch(`${job.downloadUrl}0`)).status).toBe(403);
    expect((await fetch(job.downloadUrl, { headers: { authorization: 'Bearer x' } })).status).toBe(403);
  });

  test('finds a flow by type and name, and by its version', async () => {
    const { flowId } = await open();
    await flowId(workflowYaml());
    await flowId(workflowYaml());
    for (const version of ['latest', '2', '2.0'])
      expect((await register({ name: 'work', type: 'WORKFLOW', version })).body.status).toBe('Success');
    expect((await register({ name: 'work', type: 'WORKFLOW', version: '1.0' })).body.status).toBe('Failure');
  });

  test('runs for a while', async () => {
    const { begin, pass } = await open({ 'flow-job.started': { ms: 500 }, 'flow-job.done': { ms: 6000 } });
    await begin(workflowYaml());
    await pass(6000);
    const { body } = await register({ name: 'Work', type: 'WORKFLOW' });
    expect(body.status).toBe('Registered');
    await pass(500);
    expect((await look(body.id)).body).toMatchObject({ status: 'Started' });
    await pass(5500);
    expect((await look(body.id)).body).toMatchObject({ status: 'Success' });
  });

  test('of what cannot be had fails and says why', async () => {
    const { flowId, call } = await open();
    const why = async (flow: object, exportType?: string) => {
      const { body } = await look((await register(flow, exportType)).body.id);
      return `${body.status} ${body.messages[0].text}`;
    };
    expect(await why({ id: 'none' })).toMatch(/^Failure could not find the flow with id 'none'/);
    const id = await flowId(workflowYaml());
    expect(await why({ id }, 'Architect')).toMatch(/^Failure .*'Yaml' only/);
    const { body: empty } = await call('POST /flows', { body: { name: 'Empty', type: 'WORKFLOW' } });
    expect(await why({ id: empty.id })).toMatch(/^Failure .* no version 'latest'/);
  });

  test.each([
    [[], 'archy.export.invalid.flows.length'],
    [[{ flow: { id: 'a' } }, { flow: { id: 'b' } }], 'archy.export.invalid.flows.length'],
    [[null], 'archy.export.item.cannot.be.null'],
    [[{ exportType: 'Yaml' }], 'archy.export.missing.flow'],
    [[{ flow: { name: 'a' } }], 'archy.export.cannot.id.flow'],
    [[{ flow: { id: 'a', name: 'a' } }], 'archy.export.cannot.id.flow'],
    [[{ flow: { id: 'a' }, fileName: '../a' }], 'archy.export.invalid.file.name'],
  ])('of %j is refused', async (flows, code) => {
    const { call } = await open();
    expect(await call('POST /flows/export/jobs', { body: { flows } })).toMatchObject({ status: 400, body: { code } });
  });

  test('is asked for by its own id', async () => {
    const { begin } = await open();
    expect(await look('none')).toMatchObject({ status: 400, body: { code: 'archy.state.invalid.job.id' } });
    expect(await look(await begin(workflowYaml()))).toMatchObject({
      status: 400,
      body: { code: 'archy.state.wrong.endpoint' },
    });
    expect(await look('5a4d0b0c-0000-4000-8000-00000000ffff')).toMatchObject({
      status: 404,
      body: { code: 'general.resource.not.found' },
    });
  });
});
