import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Architect, openArchitect } from './architect.ts';
import { secureYaml, workflowYaml } from './flow-yaml.ts';

let sandbox: Architect;
let id: string;
beforeEach(async () => {
  sandbox = await openArchitect();
  id = await sandbox.flowId(workflowYaml());
});
afterEach(() => sandbox.close());

const get = async () => (await sandbox.call(`GET /flows/${id}`)).body;
async function edit(body: object, flow = id) {
  const answer = await fetch(`${sandbox.origin}/_sandbox/flows/${flow}/edits`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
async function exported(version?: string): Promise<string> {
  const flows = [{ flow: { id, version }, exportType: 'Yaml' }];
  const { body: job } = await sandbox.call('POST /flows/export/jobs', { body: { flows } });
  const { body } = await sandbox.call(`GET /flows/export/jobs/${job.id}?expand=messages`);
  return body.status === 'Success' ? (await fetch(body.downloadUrl)).text() : body.messages[0].text;
}
const EDITED = `${workflowYaml()}# edited by Ann\n`;

describe('a user', () => {
  test('locks a flow, which the API tells', async () => {
    expect((await edit({ user: 'Ann', what: 'lock' })).status).toBe(200);
    expect(await get()).toMatchObject({ lockedUser: { id: 'Ann', name: 'Ann' }, publishedVersion: { name: '1.0' } });
  });

  test('saves a draft, which is theirs', async () => {
    await edit({ user: 'Ann', what: 'save' });
    expect(await get()).toMatchObject({
      lockedUser: { name: 'Ann' },
      savedVersion: {
        name: expect.stringMatching(/^saved_version_/),
        type: 'SAVE',
        createdBy: { name: 'Ann' },
        dateSaved: Date.UTC(2026, 6, 1),
      },
      checkedInVersion: { name: '1.0' },
    });
    expect(await exported()).toBe(workflowYaml());
  });

  test('checks in a version, which is not published', async () => {
    await edit({ user: 'Ann', what: 'check-in' });
    const flow = await get();
    expect(flow).toMatchObject({
      publishedVersion: { name: '1.0', createdByClient: {} },
      checkedInVersion: { name: '2.0', type: 'CHECKIN', createdBy: { name: 'Ann' } },
    });
    expect(flow).not.toHaveProperty('lockedUser');
    expect([await exported(), await exported('2.0'), await exported('1.0')]).toEqual([EDITED, EDITED, workflowYaml()]);
  });

  test('publishes a version, under their name', async () => {
    const yaml = workflowYaml().replace('\n', '\n  description: by Ann\n');
    await edit({ user: 'Ann', what: 'publish', yaml });
    const flow = await get();
    expect(flow).toMatchObject({
      description: 'by Ann',
      publishedBy: { name: 'Ann' },
      publishedVersion: { name: '2.0', createdBy: { name: 'Ann' }, datePublished: '2026-07-01T00:00:00.000Z' },
    });
    expect(flow.publishedVersion).not.toHaveProperty('createdByClient');
    expect(await exported()).toBe(yaml);
  });

  test('is kept off a flow that somebody else has locked', async () => {
    await edit({ user: 'Ann', what: 'lock' });
    for (const what of ['lock', 'save', 'check-in', 'publish'])
      expect(await edit({ user: 'Bob', what })).toMatchObject({
        status: 409,
        body: { code: 'architect.flow.locked.by.user' },
      });
    expect((await edit({ user: 'Ann', what: 'publish' })).status).toBe(200);
  });

  test('cannot publish what is no flow, or uses what is not there', async () => {
    for (const yaml of ['nonsense', secureYaml()])
      expect((await edit({ user: 'Ann', what: 'publish', yaml })).status).toBe(409);
    expect((await edit({ user: 'Ann', what: 'lock' }, 'none')).status).toBe(404);
    expect((await get()).publishedVersion.name).toBe('1.0');
  });
});

describe('what was saved', () => {
  test('is checked in when the flow is unlocked', async () => {
    await edit({ user: 'Ann', what: 'save' });
    const { body } = await sandbox.call(`POST /flows/actions/unlock?flow=${id}`);
    expect(body).toMatchObject({ publishedVersion: { name: '1.0' }, checkedInVersion: { name: '2.0' } });
    expect(body).not.toHaveProperty('savedVersion');
    expect(body).not.toHaveProperty('lockedUser');
    expect(await exported()).toBe(EDITED);
  });

  test('goes live when it is published, as the next version', async () => {
    await edit({ user: 'Ann', what: 'check-in' });
    await sandbox.call(`POST /flows/actions/publish?flow=${id}`);
    const flow = await get();
    expect(flow.publishedVersion).toMatchObject({ createdByClient: { name: 'Sandbox' } });
    expect(flow.checkedInVersion).toEqual(flow.publishedVersion);
    expect(await exported()).toBe(EDITED);
  });

  test('is gone once a job publishes the flow anew, in a version after it', async () => {
    await edit({ user: 'Ann', what: 'check-in' });
    await sandbox.flowId(workflowYaml());
    expect(await get()).toMatchObject({ publishedVersion: { name: '3.0' }, checkedInVersion: { name: '3.0' } });
    expect(await exported()).toBe(workflowYaml());
  });
});
