import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Architect, openArchitect } from './architect.ts';
import { inboundYaml, secureYaml, transferYaml, workflowYaml } from './flow-yaml.ts';

const PERMISSIONS = ['job:create', 'job:view', 'ui:view', 'flow:add', 'flow:edit', 'flow:publish', 'flow:view'].map(
  (permission) => `architect:${permission}`,
);

let sandbox: Architect;
afterEach(() => sandbox.close());
const open = async (...options: Parameters<typeof openArchitect>) => {
  sandbox = await openArchitect(...options);
  return sandbox;
};
const textsOf = ({ messages }: { messages: readonly { text: string }[] }) => messages.map(({ text }) => text);

describe('the upload', () => {
  const put = async (change: (headers: Record<string, string>) => object, url = (all: string) => all) => {
    const { body: job } = await sandbox.call('POST /flows/jobs', { body: {} });
    const headers: Record<string, string> = { ...job.headers };
    const init = { method: 'PUT', headers: { ...change(headers) }, body: Buffer.from(inboundYaml()) };
    const answer = await fetch(url(job.presignedUrl), init);
    const { body } = await sandbox.call(`GET /flows/jobs/${job.id}`);
    return { status: answer.status, text: await answer.text(), job: body.status };
  };
  beforeEach(() => open());

  test('with exactly the given headers starts the job', async () => {
    expect(await put((headers) => headers)).toEqual({ status: 200, text: '', job: 'Success' });
  });

  test.each<[string, (headers: Record<string, string>) => object]>([
    ['a token', (headers) => ({ ...headers, authorization: 'Bearer x' })],
    ['another content type', (headers) => ({ ...headers, 'Content-Type': 'text/yaml' })],
    ['no content type', ({ 'Content-Type': _, ...headers }) => headers],
    ['a header of its own', (headers) => ({ ...headers, 'x-amz-acl': 'private' })],
    ['no headers', () => ({})],
  ])('with %s is refused as S3 does, and starts nothing', async (_what, change) => {
    const { status, text, job } = await put(change);
    expect({ status, job }).toEqual({ status: 403, job: 'Registered' });
    expect(text).toMatch(/<Error><Code>\w+<\/Code><Message>/);
  });

  test('with another signature, or for a job that is not there, is refused', async () => {
    expect(
      (
        await put(
          (headers) => headers,
          (url) => `${url}0`,
        )
      ).status,
    ).toBe(403);
    expect(
      (
        await put(
          (headers) => headers,
          (url) => url.replace(/_upload\/[^?]*/, '_upload/x'),
        )
      ).status,
    ).toBe(403);
  });

  test('may be repeated, and publishes once', async () => {
    const { body: job } = await sandbox.call('POST /flows/jobs');
    expect((await sandbox.upload(job, inboundYaml())).status).toBe(200);
    expect((await sandbox.upload(job, inboundYaml('Other'))).status).toBe(200);
    expect((await sandbox.call('GET /flows')).body.entities).toMatchObject([
      { name: 'Main', publishedVersion: { name: '1.0' } },
    ]);
  });
});

describe('a job', () => {
  test('that waits for its upload stays registered', async () => {
    const { call, pass } = await open();
    const { body: job } = await call('POST /flows/jobs');
    expect(job).toMatchObject({ selfUri: `/api/v2/flows/jobs/${job.id}` });
    await pass(3_600_000);
    expect((await call(`GET /flows/jobs/${job.id}`)).body).toMatchObject({ status: 'Registered', command: 'Publish' });
  });

  test('that nobody registered is not found', async () => {
    const { call } = await open();
    expect(await call('GET /flows/jobs/none')).toMatchObject({
      status: 404,
      body: { code: 'general.resource.not.found', message: 'Unable to find a job with that jobId' },
    });
  });

  test('runs for a while, and its flow is not there before it is done', async () => {
    const { call, pass, begin } = await open({ 'flow-job.started': { ms: 500 }, 'flow-job.done': { ms: 6000 } });
    const id = await begin(inboundYaml());
    const look = async () => [(await call(`GET /flows/jobs/${id}`)).body.status, (await call('GET /flows')).body.total];
    expect(await look()).toEqual(['Registered', 0]);
    await pass(500);
    expect(await look()).toEqual(['Started', 0]);
    await pass(5499);
    expect(await look()).toEqual(['Started', 0]);
    await pass(1);
    expect(await look()).toEqual(['Success', 1]);
  });

  test('publishes in its own time, whether anybody looks or not', async () => {
    const windows = { 'flow-job.done': { ms: 6000 }, 'flow.listed': { ms: 20_000 }, 'flow.targetable': { ms: 2000 } };
    const { call, pass, begin } = await open(windows);
    const start = Date.UTC(2026, 6, 1);
    await begin(workflowYaml());
    await pass(25_999);
    expect((await call('GET /flows')).body.total).toBe(0);
    await pass(1);
    const { entities } = (await call('GET /flows')).body;
    expect(entities).toMatchObject([
      { name: 'Work', publishedVersion: { datePublished: new Date(start + 6000).toISOString() } },
    ]);
  });

  test('is done between two milliseconds, too', async () => {
    const { call, pass, begin } = await open({ 'flow-job.done': { ms: 1.5 } });
    await pass(0.3);
    const id = await begin(inboundYaml());
    await pass(1000.2);
    const { body } = await call(`GET /flows/jobs/${id}`);
    expect(body.status).toBe('Success');
    const { publishedVersion } = (await call(`GET /flows/${body.flow.id}`)).body;
    expect(publishedVersion.dateCreated - Date.UTC(2026, 6, 1)).toBeLessThan(3);
    expect(Number.isInteger(publishedVersion.dateCreated)).toBe(true);
  });

  test('is as done as it was when the sandbox becomes slower', async () => {
    const { call, setProfile, begin } = await open();
    const id = await begin(inboundYaml());
    setProfile({ latency: {}, windows: { 'flow-job.done': { ms: 60_000 } } });
    expect((await call(`GET /flows/jobs/${id}`)).body.status).toBe('Success');
    expect((await call('GET /flows')).body.total).toBe(1);
  });

  test('is done after so many looks where the profile counts them', async () => {
    const { call, begin } = await open({ 'flow-job.done': { reads: 2 } });
    const id = await begin(inboundYaml());
    const look = async () => (await call(`GET /flows/jobs/${id}`)).body.status;
    // The upload was the first to ask.
    expect([await look(), await look(), await look()]).toEqual(['Started', 'Success', 'Success']);
  });

  test('tells what went wrong only when asked to', async () => {
    const { call, begin } = await open();
    const id = await begin('nonsense');
    expect((await call(`GET /flows/jobs/${id}`)).body).not.toHaveProperty('messages');
    const { body } = await call(`GET /flows/jobs/${id}?expand=messages`);
    expect(body).toMatchObject({ status: 'Failure', messages: [{ type: 'Error' }, { text: /exit code: 100/ }] });
    expect(body).not.toHaveProperty('flow');
  });

  test('makes no stubs', async () => {
    const { call } = await open();
    expect((await call('POST /flows/jobs', { body: { createStubs: true } })).status).toBe(400);
  });
});

describe('a publication', () => {
  test('of a new name makes a flow, with what its YAML says of it', async () => {
    const { call, publish, world } = await open();
    world.put('divisions', 'd', { id: 'd', name: 'Sales', createdAt: 0 });
    const job = await publish('workflow: {name: W, description: saves, division: sales}');
    expect(job).toMatchObject({ status: 'Success', messages: [] });
    expect((await call(`GET /flows/${job.flow.id}`)).body).toMatchObject({
      name: 'W',
      type: 'WORKFLOW',
      description: 'saves',
      division: { id: 'd', name: 'Sales' },
      publishedVersion: { id: '1.0', commitVersion: '1', type: 'PUBLISH', secure: false },
      active: true,
      deleted: false,
    });
  });

  test('of the same name, in any case, is a new version of the same flow', async () => {
    const { call, flowId, world } = await open();
    const id = await flowId('workflow: {name: Work, description: old}');
    expect(await flowId(workflowYaml('WORK'))).toBe(id);
    const { body } = await call(`GET /flows/${id}`);
    expect(body).toMatchObject({ name: 'WORK', description: '', publishedVersion: { name: '2.0' } });
    expect(world.get('flows', id)).toMatchObject({ yaml: Buffer.from(workflowYaml('WORK')).toString('base64') });
    expect(await flowId(inboundYaml('Work'))).not.toBe(id);
  });

  test('of a deleted name makes another flow', async () => {
    const { call, flowId } = await open();
    const id = await flowId(workflowYaml());
    await call(`DELETE /flows/${id}`);
    expect(await flowId(workflowYaml())).not.toBe(id);
  });

  test('twice at once makes one flow', async () => {
    const { call, begin, pass } = await open({ 'flow-job.done': { ms: 1000 } });
    await Promise.all([begin(workflowYaml()), begin(workflowYaml())]);
    await pass(1000);
    expect((await call('GET /flows')).body.entities).toMatchObject([{ publishedVersion: { name: '2.0' } }]);
  });

  test('binds what it uses by id, whatever it is called later', async () => {
    const { addAction, flowId, world } = await open();
    addAction('action-1');
    const secure = await flowId(secureYaml());
    const inbound = await flowId(transferYaml());
    addAction('action-1', { name: 'renamed' });
    expect(world.get('flows', secure)).toMatchObject({ uses: [{ kind: 'action', id: 'action-1' }] });
    expect(world.get('flows', inbound)).toMatchObject({ uses: [{ kind: 'flow', id: secure }] });
  });

  test('calls a secure data action securely, and no other way', async () => {
    const { addAction, publish } = await open();
    addAction('a', { secure: true });
    expect((await publish(secureYaml({ call: 'callDataSecure' }))).status).toBe('Success');
    expect(textsOf(await publish(secureYaml()))[0]).toMatch(/no matches \('dataAction'/);
  });

  test.each(['bank.name', 'codes', 'rows.id'])('may take the output %s', async (output) => {
    const { addAction, publish } = await open();
    addAction('a');
    expect((await publish(secureYaml({ output: JSON.stringify(output) }))).status).toBe('Success');
  });

  test.each([
    ['a secure flow that is not there', transferYaml(), /'SECURE' - no matches \('targetFlow' \.\.\. '\/inboundCall\//],
    [
      'a secure flow that is not there',
      secureYaml(),
      /no matches \('dataAction' \.\.\. '\/secureCall\/tasks\/task\[Task_10\]/,
    ],
    ['a division that is not there', 'workflow: {name: W, division: None}', /'None' - no matches \('division'/],
  ])('with %s fails', async (_what, yaml, text) => {
    const { publish, call } = await open();
    const job = await publish(yaml);
    expect(job.status).toBe('Failure');
    expect(textsOf(job)).toEqual([expect.stringMatching(text), expect.stringMatching(/exit code: 101$/)]);
    expect((await call('GET /flows')).body.total).toBe(0);
  });

  test('with an input or output that the contract does not have fails', async () => {
    const { addAction, publish } = await open();
    addAction('a');
    expect(textsOf(await publish(secureYaml({ input: 'card' })))[0]).toMatch(/'card' - no matches \('inputs'/);
    expect(textsOf(await publish(secureYaml({ output: 'rows' })))[0]).toMatch(/'rows' - no matches \('successOutputs'/);
  });

  test('with a name that two data actions have fails', async () => {
    const { addAction, publish } = await open();
    addAction('a');
    addAction('b', { name: 'PAY', category: 'lambda' });
    expect(textsOf(await publish(secureYaml()))[0]).toMatch(/multiple data actions had the same name/);
  });

  test('to a secure flow that was never published fails', async () => {
    const { call, publish } = await open();
    await call('POST /flows', { body: { name: 'Secure', type: 'SECURECALL' } });
    expect((await publish(transferYaml())).status).toBe('Failure');
  });

  test('of a flow that somebody else has locked fails, and changes nothing', async () => {
    const { call, flowId, publish, world } = await open();
    const id = await flowId(workflowYaml());
    world.put('flows', id, { ...world.get('flows', id), lockedBy: 'Ann' });
    const job = await publish(workflowYaml());
    expect(textsOf(job)[0]).toMatch(/locked by another user: Ann/);
    expect((await call(`GET /flows/${id}`)).body).toMatchObject({
      lockedUser: { name: 'Ann' },
      publishedVersion: { name: '1.0' },
    });
  });

  test('needs the permissions of Architect, the hidden one too', async () => {
    const { addClient, publish, signIn } = await open();
    addClient('all', PERMISSIONS);
    expect((await publish(workflowYaml(), await signIn('all', 's'))).status).toBe('Success');
    addClient(
      'blind',
      PERMISSIONS.filter((one) => one !== 'architect:ui:view'),
    );
    expect(textsOf(await publish(workflowYaml(), await signIn('blind', 's')))).toEqual([
      'missing permission: architect:ui:view',
      'Architect Scripting session ended in error ( code: 99 )',
    ]);
    addClient(
      'reader',
      PERMISSIONS.filter((one) => !/add|publish/.test(one)),
    );
    const job = await publish(workflowYaml('New'), await signIn('reader', 's'));
    expect(textsOf(job)[0]).toBe('missing permission: architect:flow:add, architect:flow:publish');
  });

  test('is in the world from the first look at flows after its end', async () => {
    const { call, begin, world, pass } = await open({ 'flow-job.done': { ms: 1000 } });
    const id = await begin(workflowYaml());
    expect(world.list('flows')).toEqual([]);
    await pass(1000);
    await call('GET /flows');
    expect(world.list('flows')).toMatchObject([{ name: 'Work' }]);
    expect(world.get('flow-jobs', id)).not.toHaveProperty('outcome');
  });
});
