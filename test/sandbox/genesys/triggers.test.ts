import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Architect, openArchitect, TOPIC } from './architect.ts';
import { inboundYaml, workflowYaml } from './flow-yaml.ts';

const URI = '/processautomation/triggers';
const voice = { jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' };
const event = { mediaType: 'VOICE', direction: 'INBOUND', dnis: 'tel:+13175550100', conversationId: 'c' };

let sandbox: Architect;
let workflowId = '';
beforeEach(async () => {
  sandbox = await openArchitect({ 'genesys.listed': { ms: 2000 }, 'flow.targetable': { ms: 2000 } });
  workflowId = await sandbox.flowId(workflowYaml());
  await sandbox.pass(2000);
});
afterEach(() => sandbox.close());

const least = () => ({
  name: 'Disconnected',
  topicName: TOPIC,
  enabled: true,
  target: { type: 'Workflow', id: workflowId },
});
const create = (change: object = {}) => sandbox.call(`POST ${URI}`, { body: { ...least(), ...change } });

describe('a trigger', () => {
  test('is made as asked for', async () => {
    const wanted = {
      ...least(),
      description: 'ours',
      delayBySeconds: 60,
      target: { type: 'Workflow', id: workflowId, workflowTargetSettings: { dataFormat: 'TopLevelPrimitives' } },
      matchCriteria: [voice, { jsonPath: '$.direction', operator: 'In', values: ['INBOUND'] }],
    };
    const { status, body } = await create(wanted);
    expect(status).toBe(200);
    expect(body).toEqual({ ...wanted, id: body.id, version: 1, selfUri: `/api/v2${URI}/${body.id}` });
    expect((await sandbox.call(`GET ${URI}/${body.id}`)).body).toEqual(body);
  });

  test('takes null for a member of a criterion that is left out, as Terraform’s provider sends it', async () => {
    const direction = { jsonPath: 'direction', operator: 'In', values: ['INBOUND'] };
    const matchCriteria = [voice, direction].map((one) => ({ value: null, values: null, ...one }));
    const { body } = await sandbox.call(`POST ${URI}`, { body: { ...least(), matchCriteria }, wrong: true });
    expect(body.matchCriteria).toEqual([voice, direction]);
  });

  test.each<[string, object]>([
    ['no name', { name: undefined }],
    ['a long name', { name: 'x'.repeat(257) }],
    ['a long description', { description: 'x'.repeat(513) }],
    ['a text for enabled', { enabled: 'true' }],
    ['a topic that is none', { topicName: 'v2.nothing' }],
    ['no target', { target: undefined }],
    ['another kind of target', { target: { type: 'Lambda', id: 'x' } }],
    ['a short time to live', { eventTTLSeconds: 9 }],
    ['a short delay', { delayBySeconds: 59 }],
    ['a long delay', { delayBySeconds: 901 }],
    ['a time to live and a delay', { eventTTLSeconds: 10, delayBySeconds: 60 }],
    ['an unknown operator', { matchCriteria: [{ ...voice, operator: 'Like' }] }],
    ['value and values', { matchCriteria: [{ ...voice, values: ['VOICE'] }] }],
    ['neither value nor values', { matchCriteria: [{ ...voice, value: undefined }] }],
    ['values for Equal', { matchCriteria: [{ jsonPath: 'a', operator: 'Equal', values: ['b'] }] }],
    ['value for In', { matchCriteria: [{ jsonPath: 'a', operator: 'In', value: 'b' }] }],
    ['a path to many places', { matchCriteria: [{ ...voice, jsonPath: '$..a' }] }],
    ['an unknown member', { colour: 'red' }],
  ])('with %s is refused', async (_what, change) => {
    expect(await create(change)).toMatchObject({ status: 400, body: { code: 'bad.request' } });
  });

  test('starts a published workflow, once it is known', async () => {
    const refused = { status: 400, body: { code: 'bad.request', details: [{ fieldName: 'target.id' }] } };
    const aim = (id: string) => create({ target: { type: 'Workflow', id } });
    expect(await aim('none')).toMatchObject(refused);
    expect(await aim(await sandbox.flowId(inboundYaml()))).toMatchObject(refused);
    const { body: empty } = await sandbox.call('POST /flows', { body: { name: 'Empty', type: 'WORKFLOW' } });
    expect(await aim(empty.id)).toMatchObject(refused);
    const fresh = await sandbox.flowId(workflowYaml('Fresh'));
    expect(await aim(fresh)).toMatchObject(refused);
    await sandbox.pass(2000);
    expect((await aim(fresh)).status).toBe(200);
    await sandbox.flowId(workflowYaml('Fresh'));
    expect((await aim(fresh)).status).toBe(200);
  });

  test('is changed with its version, and keeps its topic', async () => {
    const { body: trigger } = await create({ matchCriteria: [voice], description: 'old' });
    const put = (change: object) =>
      sandbox.call(`PUT ${URI}/${trigger.id}`, { body: { ...least(), version: 1, ...change } });
    expect(await put({ version: undefined })).toMatchObject({ status: 400 });
    expect(await put({ topicName: TOPIC.replace('end', 'start') })).toMatchObject({ status: 400 });
    expect(await put({ target: { type: 'Workflow', id: 'none' } })).toMatchObject({ status: 400 });
    const { body: changed } = await put({ enabled: false });
    expect(changed).toMatchObject({ id: trigger.id, version: 2, enabled: false, matchCriteria: [] });
    expect(changed).not.toHaveProperty('description');
    expect(await put({})).toMatchObject({
      status: 409,
      body: { code: 'request.conflict', message: expect.stringContaining('does not match the current version') },
    });
  });

  test('is gone when it is deleted', async () => {
    const { body: trigger } = await create();
    expect(await sandbox.call(`DELETE ${URI}/${trigger.id}`)).toEqual({ status: 204, body: undefined });
    const missing = { status: 404, body: { code: 'not.found' } };
    expect(await sandbox.call(`GET ${URI}/${trigger.id}`)).toMatchObject(missing);
    expect(await sandbox.call(`DELETE ${URI}/${trigger.id}`)).toMatchObject(missing);
    expect(await sandbox.call(`PUT ${URI}/${trigger.id}`, { body: { ...least(), version: 1 } })).toMatchObject(missing);
  });

  test('is listed a little later, filtered, and by cursor', async () => {
    const names = async (query = '') =>
      (await sandbox.call(`GET ${URI}${query}`)).body.entities.map(({ name }: { name: string }) => name);
    await create({ name: 'a' });
    await create({ name: 'b', enabled: false, delayBySeconds: 60 });
    await create({ name: 'c', topicName: TOPIC.replace('end', 'start') });
    expect(await names()).toEqual([]);
    await sandbox.pass(2000);
    expect(await names()).toEqual(['a', 'b', 'c']);
    expect(await names('?enabled=false')).toEqual(['b']);
    expect(await names('?hasDelayBy=false')).toEqual(['a', 'c']);
    expect(await names(`?topicName=${encodeURIComponent(TOPIC)}`)).toEqual(['a', 'b']);
    expect(await names(`?topicName=${encodeURIComponent(`${TOPIC},${TOPIC.replace('end', 'start')}`)}`)).toHaveLength(
      3,
    );
    const { body: page } = await sandbox.call(`GET ${URI}?pageSize=2`);
    const { body: rest } = await sandbox.call(`GET ${page.nextUri.replace('/api/v2', '')}`);
    expect(rest.entities).toMatchObject([{ name: 'c' }]);
    expect(rest).not.toHaveProperty('nextUri');
    expect((await sandbox.call(`GET ${URI}?pageSize=201`)).status).toBe(400);
  });

  test('answers in any case of its path', async () => {
    expect((await sandbox.call('GET /processAutomation/triggers')).status).toBe(200);
  });
});

describe('a test of a trigger', () => {
  const send = async (body: unknown, change: object = {}) => {
    const { body: trigger } = await create({ enabled: false, matchCriteria: [voice], ...change });
    return sandbox.call(`POST ${URI}/${trigger.id}/test`, { body });
  };

  test.each([
    ['JSON', event],
    ['a JSON string', JSON.stringify(event)],
  ])('takes the event as %s, and says what would happen', async (_what, sent) => {
    expect((await send(sent)).body).toMatchObject({
      schemaValidation: { matches: true, details: [] },
      targetValidation: { matches: true, details: [] },
      jsonPathValidation: {
        matches: true,
        details: [{ ...voice, match: true, jsonPathExtraction: [{ value: 'VOICE', path: "$['mediaType']" }] }],
      },
      triggerMatches: true,
    });
  });

  test('says what does not match', async () => {
    const none = { jsonPath: 'subject', operator: 'Equal', value: 'x' };
    const { body } = await send(event, { matchCriteria: [voice, none] });
    expect(body).toMatchObject({
      triggerMatches: false,
      jsonPathValidation: { matches: false, details: [{ match: true }, { match: false, jsonPathExtraction: [] }] },
    });
  });

  test('says where the event is not one of its topic', async () => {
    const { body } = await send({ ...event, mediaType: 'PIGEON', eventTime: 'now' });
    expect(body.schemaValidation.matches).toBe(false);
    expect(body.schemaValidation.details.join(' ')).toMatch(/\$\.eventTime: .*\$\.mediaType: /);
  });

  test('says when its workflow is gone', async () => {
    const { body: trigger } = await create();
    await sandbox.call(`DELETE /flows/${workflowId}`);
    const { body } = await sandbox.call(`POST ${URI}/${trigger.id}/test`, { body: event });
    expect(body).toMatchObject({ triggerMatches: true, targetValidation: { matches: false } });
  });

  test('needs an event', async () => {
    expect((await send('{"mediaType":')).status).toBe(400);
    expect((await send(undefined)).status).toBe(400);
    expect((await sandbox.call(`POST ${URI}/none/test`, { body: event })).status).toBe(404);
  });
});

describe('the topics', () => {
  test('are listed by cursor', async () => {
    const { body: first } = await sandbox.call(`GET ${URI}/topics?pageSize=5`);
    expect(first.entities).toContain(TOPIC);
    const { body: next } = await sandbox.call(`GET ${first.nextUri.replace('/api/v2', '')}`);
    expect(next.entities).toHaveLength(5);
    expect(next.entities).not.toContain(TOPIC);
  });

  test('say which triggers an event would start', async () => {
    await create({ name: 'calls', matchCriteria: [voice] });
    await create({ name: 'chats', matchCriteria: [{ ...voice, value: 'CHAT' }] });
    await create({ name: 'starts', topicName: TOPIC.replace('end', 'start') });
    const test = (topic: string) =>
      sandbox.call(`POST ${URI}/topics/${encodeURIComponent(topic)}/test`, { body: JSON.stringify(event) });
    expect((await test(TOPIC)).body).toMatchObject({
      schemaValidation: { matches: true },
      triggerMatchValidation: {
        matchedTriggers: [{ name: 'calls', enabled: true }],
        unmatchedTriggers: [{ name: 'chats' }],
      },
    });
    expect((await test('v2.nothing')).status).toBe(404);
  });
});
