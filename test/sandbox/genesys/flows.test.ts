import { afterEach, describe, expect, test } from 'vitest';
import { type Architect, openArchitect } from './architect.ts';
import { inboundYaml, secureYaml, transferYaml, workflowYaml } from './flow-yaml.ts';

let sandbox: Architect;
afterEach(() => sandbox.close());
const open = async (...options: Parameters<typeof openArchitect>) => {
  sandbox = await openArchitect(...options);
  return sandbox;
};
const lock = (id: string, lockedBy = 'Ann') =>
  sandbox.world.put('flows', id, { ...sandbox.world.get('flows', id), lockedBy });

describe('the list of flows', () => {
  const names = async (query: string) =>
    (await sandbox.call(`GET /flows?sortBy=name&${query}`)).body.entities.map(({ name }: { name: string }) => name);

  test('is filtered by type, name with wildcards, id, description and deletion', async () => {
    const { flowId, call } = await open();
    await flowId(inboundYaml('dev-Main'));
    const gone = await flowId(workflowYaml('dev-Gone'));
    const work = await flowId('workflow: {name: "dev-Work (1)", description: saves payments}');
    await call(`DELETE /flows/${gone}`);
    expect(await names('')).toEqual(['dev-Main', 'dev-Work (1)']);
    expect(await names('type=workflow')).toEqual(['dev-Work (1)']);
    expect(await names('type=workflow,inboundcall')).toHaveLength(2);
    expect(await names('type=workflow&type=inboundcall')).toHaveLength(2);
    expect(await names('name=DEV-work%20(1)')).toEqual(['dev-Work (1)']);
    expect(await names('name=dev')).toEqual([]);
    expect(await names('name=dev*')).toHaveLength(2);
    expect(await names('name=*(1)')).toEqual(['dev-Work (1)']);
    expect(await names('name=dev.Main')).toEqual([]);
    expect(await names('nameOrDescription=*PAYMENTS')).toEqual(['dev-Work (1)']);
    expect(await names(`id=${work}`)).toEqual(['dev-Work (1)']);
    expect(await names('deleted=true')).toEqual(['dev-Gone', 'dev-Main', 'dev-Work (1)']);
    expect(await names('sortOrder=desc')).toEqual(['dev-Work (1)', 'dev-Main']);
  });

  test('comes in pages', async () => {
    const { flowId, call } = await open();
    for (const name of ['a', 'b', 'c']) await flowId(workflowYaml(name));
    const { body } = await call('GET /flows?pageSize=2&pageNumber=2');
    expect(body).toMatchObject({ total: 3, pageCount: 2, pageNumber: 2 });
    expect(body.entities).toHaveLength(1);
  });

  test.each([
    ['type=chat', 'architect.invalid.flow.type'],
    ['type=WORKFLOW', 'architect.invalid.flow.type'],
    ['secure=any', 'invalid.query.param.value'],
    ['deleted=maybe', 'invalid.query.param.value'],
    ['sortBy=size', 'invalid.query.param.value'],
  ])('refuses %s', async (query, code) => {
    const { call } = await open();
    expect(await call(`GET /flows?${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  test('hears of a new flow later, of a new version at once', async () => {
    const { flowId, pass } = await open({ 'flow.listed': { ms: 20_000 } });
    const id = await flowId(workflowYaml('Work'));
    expect(await names('name=Work')).toEqual([]);
    expect((await sandbox.call(`GET /flows/${id}`)).status).toBe(200);
    await pass(20_000);
    await flowId(workflowYaml('WORK'));
    expect(await names('name=Work')).toEqual(['WORK']);
  });
});

describe('a new flow', () => {
  test('without content is there, and not published', async () => {
    const { call } = await open();
    const { body } = await call('POST /flows', { body: { name: 'Empty', type: 'INBOUNDCALL', description: 'soon' } });
    expect(body).toMatchObject({ name: 'Empty', type: 'INBOUNDCALL', description: 'soon' });
    expect(body).not.toHaveProperty('publishedVersion');
    expect((await call(`GET /flows/${body.id}`)).body).toEqual(body);
  });

  test.each([
    [{ type: 'WORKFLOW' }, 400, 'architect.flow.validate.failed.missing.name'],
    [{ name: 'a/b', type: 'WORKFLOW' }, 400, 'architect.flow.validate.failed.invalid.name.contains.slash'],
    [{ name: 'a-debug', type: 'WORKFLOW' }, 400, 'architect.flow.validate.failed.invalid.name.contains.debug'],
    [{ name: '!', type: 'WORKFLOW' }, 400, 'architect.flow.validate.failed.invalid.name.no.alpha'],
    [{ name: 'a' }, 400, 'architect.flow.validate.failed.missing.type'],
    [{ name: 'a', type: 'JUKEBOX' }, 400, 'invalid.value'],
    [{ name: 'a', type: 'WORKFLOW', colour: 'red' }, 400, 'bad.request'],
    [{ name: 'WORK', type: 'WORKFLOW' }, 409, 'architect.flow.already.exists'],
  ])('as %j is refused', async (body, status, code) => {
    const { call, flowId } = await open();
    await flowId(workflowYaml());
    expect(await call('POST /flows', { body })).toMatchObject({ status, body: { code } });
  });
});

describe('deleting a flow', () => {
  test('leaves it to be seen only by who asks for the deleted', async () => {
    const { call, flowId } = await open();
    const id = await flowId(workflowYaml());
    expect(await call(`DELETE /flows/${id}`)).toEqual({ status: 204, body: undefined });
    expect(await call(`GET /flows/${id}`)).toMatchObject({ status: 410, body: { code: 'architect.flow.deleted' } });
    expect((await call(`GET /flows/${id}?deleted=true`)).body).toMatchObject({ deleted: true, active: false });
    expect(await call(`DELETE /flows/${id}`)).toMatchObject({ status: 410, body: { code: 'architect.flow.deleted' } });
  });

  test('that is not there is refused', async () => {
    const { call } = await open();
    const missing = { status: 404, body: { code: 'architect.flow.not.found' } };
    expect(await call('DELETE /flows/none')).toMatchObject(missing);
    expect(await call('GET /flows/none')).toMatchObject(missing);
  });

  test('is refused while an IVR leads to it, and until that is quite gone', async () => {
    const { call, flowId, pool, pass } = await open({ 'ivr.released': { ms: 3000 } });
    const id = await flowId(inboundYaml());
    await pool('+13175550100');
    const { body: ivr } = await call('POST /architect/ivrs', { body: { name: 'I', openHoursFlow: { id } } });
    const inUse = { status: 409, body: { code: 'architect.flow.cannot.delete.used.in.ivr.configs' } };
    expect(await call(`DELETE /flows/${id}`)).toMatchObject(inUse);
    await call(`DELETE /architect/ivrs/${ivr.id}`);
    expect(await call(`DELETE /flows/${id}`)).toMatchObject({
      ...inUse,
      body: { details: [{ entityId: ivr.id, entityName: 'I' }] },
    });
    await pass(3000);
    expect((await call(`DELETE /flows/${id}`)).status).toBe(204);
  });

  test('is refused while another flow transfers to it', async () => {
    const { addAction, call, flowId } = await open();
    addAction('a');
    const secure = await flowId(secureYaml());
    const inbound = await flowId(transferYaml());
    expect(await call(`DELETE /flows/${secure}`)).toMatchObject({
      status: 409,
      body: { code: 'architect.flow.cannot.delete.used.in.flows' },
    });
    await call(`DELETE /flows/${inbound}`);
    expect((await call(`DELETE /flows/${secure}`)).status).toBe(204);
  });

  test('is refused while somebody else has it locked', async () => {
    const { call, flowId } = await open();
    const id = await flowId(workflowYaml());
    lock(id);
    expect(await call(`DELETE /flows/${id}`)).toMatchObject({
      status: 405,
      body: { code: 'architect.flow.cannot.delete.user.does.not.have.lock' },
    });
  });

  test('does not mind a trigger that starts it', async () => {
    const { call, flowId } = await open();
    const id = await flowId(workflowYaml());
    const topicName = 'v2.detail.events.conversation.{id}.customer.end';
    const body = { name: 'T', topicName, enabled: true, target: { type: 'Workflow', id } };
    expect((await call('POST /processautomation/triggers', { body })).status).toBe(200);
    expect((await call(`DELETE /flows/${id}`)).status).toBe(204);
  });
});

describe('an action on a flow', () => {
  test('unlocks it', async () => {
    const { call, flowId } = await open();
    const id = await flowId(workflowYaml());
    lock(id);
    const { body } = await call(`POST /flows/actions/unlock?flow=${id}`);
    expect(body).toMatchObject({ id });
    expect(body).not.toHaveProperty('lockedUser');
    expect((await call(`DELETE /flows/${id}`)).status).toBe(204);
  });

  test('publishes and checks in nothing where nothing is newer', async () => {
    const { call, flowId } = await open();
    const id = await flowId(workflowYaml());
    const done = { complete: true, actionStatus: 'SUCCESS' };
    expect((await call(`POST /flows/actions/checkin?flow=${id}`)).body).toMatchObject({
      ...done,
      actionName: 'CHECKIN',
    });
    expect((await call(`POST /flows/actions/publish?flow=${id}`)).body).toMatchObject({
      ...done,
      actionName: 'PUBLISH',
    });
    expect((await call(`GET /flows/${id}`)).body.publishedVersion.name).toBe('1.0');
  });

  test('names its flow, which is there', async () => {
    const { call } = await open();
    for (const action of ['unlock', 'checkin', 'publish']) {
      expect((await call(`POST /flows/actions/${action}`)).status).toBe(400);
      expect((await call(`POST /flows/actions/${action}?flow=none`)).status).toBe(404);
    }
  });

  test('cannot publish what is locked, empty, deleted or lacks what it uses', async () => {
    const { addAction, call, flowId, world } = await open();
    addAction('a');
    const publish = async (id: string) => {
      const { status, body } = await call(`POST /flows/actions/publish?flow=${id}`);
      return [status, body.code];
    };
    const locked = await flowId(workflowYaml('Locked'));
    lock(locked);
    expect(await publish(locked)).toEqual([409, 'architect.flow.locked.by.user']);
    const { body: empty } = await call('POST /flows', { body: { name: 'Empty', type: 'WORKFLOW' } });
    expect(await publish(empty.id)).toEqual([404, 'architect.flow.data.missing']);
    const secure = await flowId(secureYaml());
    world.remove('actions', 'a');
    expect(await publish(secure)).toEqual([409, 'architect.flow.cannot.publish.missing.dependencies']);
    await call(`DELETE /flows/${secure}`);
    expect(await publish(secure)).toEqual([410, 'architect.flow.deleted']);
  });
});

describe('dependency tracking', () => {
  const ask = (query: string) => sandbox.call(`GET /architect/dependencytracking/consumingresources?${query}`);

  test('names the flows and IVRs that use something', async () => {
    const { addAction, call, flowId } = await open();
    addAction('a');
    const secure = await flowId(secureYaml());
    const inbound = await flowId(transferYaml());
    const { body: ivr } = await call('POST /architect/ivrs', { body: { name: 'I', openHoursFlow: { id: inbound } } });
    expect((await ask('id=a&objectType=DATAACTION')).body).toMatchObject({
      total: 1,
      entities: [{ id: secure, name: 'Secure', type: 'SECURECALLFLOW', version: '1.0' }],
    });
    expect((await ask(`id=${secure}&objectType=SECURECALLFLOW`)).body.entities).toMatchObject([{ id: inbound }]);
    const consumers = (await ask(`id=${inbound}&objectType=INBOUNDCALLFLOW`)).body.entities;
    expect(consumers).toMatchObject([{ id: ivr.id, type: 'IVRCONFIGURATION' }]);
    expect((await ask(`id=${secure}&objectType=SECURECALLFLOW&resourceType=WORKFLOW`)).body.total).toBe(0);
  });

  test.each([
    ['objectType=WORKFLOW', 400, 'architect.query.parameter.missing'],
    ['id=a', 400, 'architect.query.parameter.missing'],
    ['id=a&objectType=CAT', 400, 'architect.dependency.object.invalid.type'],
    ['id=a&objectType=SECUREACTION', 404, 'architect.dependency.object.not.found'],
    ['id=b&objectType=DATAACTION', 404, 'architect.dependency.object.not.found'],
  ])('refuses %s', async (query, status, code) => {
    const { addAction } = await open();
    addAction('a');
    expect(await ask(query)).toMatchObject({ status, body: { code } });
  });
});
