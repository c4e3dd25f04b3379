import { GetBucketTaggingCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Mark } from '../../src/engine/contract.ts';
import { s3Bucket } from '../../src/resources/aws/s3-bucket.ts';
import { marked, markOf, type Tags } from '../../src/resources/aws/tags.ts';
import { credential } from '../../src/resources/genesys/credential.ts';
import { installationIn, markIn, markText, remark } from '../../src/resources/genesys/marks.ts';
import { makeCredential, makeIntegration } from './genesys/subjects.ts';
import { openRig, type Rig } from './rig.ts';

const us = { installation: '0123456789ab', step: 'trigger' };
const others = { installation: 'ba9876543210', step: 'trigger' };
const neighbour = { installation: us.installation, step: 'ivr' };

describe('whose tags these are', () => {
  test.each<readonly [string, Tags, Mark]>([
    ['ours', marked({ team: 'x' }, us), 'ours'],
    ['nobody’s', { team: 'x' }, 'none'],
    ['those of another installation', marked({}, others), { other: 'the eo-setup installation ba9876543210' }],
    ['those of another step', marked({}, neighbour), { other: 'the step ivr of this installation' }],
    ['nobody’s, a half being gone', { 'eo-setup:step': 'trigger' }, 'none'],
    ['nobody’s, the other half being gone', { 'eo-setup:installation': us.installation }, 'none'],
  ])('%s', (_, tags, mark) => {
    expect(markOf(tags, us)).toEqual(mark);
  });
});

describe('whose mark a text carries', () => {
  test.each<readonly [string, string | undefined, Mark]>([
    ['ours', `Saves it ${markText(us)}`, 'ours'],
    ['ours, with a detail', markText(us, '+1-+2'), 'ours'],
    ['nobody’s', 'eo-setup made this', 'none'],
    ['nobody’s, there being no text', undefined, 'none'],
    ['that of another installation', markText(others), { other: 'the eo-setup installation ba9876543210' }],
    ['that of another step', markText(neighbour), { other: 'the step ivr of this installation' }],
  ])('%s', (_, text, mark) => {
    expect(markIn(text, us).mark).toEqual(mark);
  });

  test('is the installation’s alone where it stands for more than a step', () => {
    expect(installationIn(markText(neighbour), us.installation)).toBe('ours');
    expect(installationIn(markText(others), us.installation)).not.toBe('ours');
  });

  test('is written over another, and after what somebody wrote', () => {
    expect(remark(`a ${markText(others)} b`, us)).toBe(`a ${markText(us)} b`);
    expect(remark('a', us, 'x')).toBe(`a ${markText(us, 'x')}`);
    expect(markIn(remark('a', us, 'x'), us).detail).toBe('x');
  });
});

describe('a delete loses nothing of anybody’s', () => {
  const rigs: Rig[] = [];
  const open = async () => {
    const rig = await openRig();
    rigs.push(rig);
    return rig;
  };
  afterEach(async () => {
    await Promise.all(rigs.splice(0).map(({ sandbox }) => sandbox.close()));
  });

  test('of a credential that an integration of somebody else’s uses', async () => {
    const rig = await open();
    await makeIntegration(rig, others.installation);
    const { genesys } = rig.context('x');
    const operation = 'GET /api/v2/integrations/credentials/listing';
    const listed = () => genesys.page({ operation, schema: z.looseObject({ id: z.string() }) });
    const [live] = await listed();
    expect(await credential.delete(rig.context('pay-credential'), { id: live?.id ?? '' })).toEqual({
      kept: 'the integration "dev-pay-Lambda-Integration" uses it, and is not ours',
    });
    expect(await listed()).toHaveLength(1);
  });

  test('and takes a credential that nobody uses', async () => {
    const rig = await open();
    const id = await makeCredential(rig);
    expect(await credential.delete(rig.context('pay-credential'), { id })).toBe('gone');
  });

  test('of a bucket that holds something, unless that may go too', async () => {
    const rig = await open();
    const context = rig.context('bucket');
    const name = 'dev-payments';
    const inputs = {
      tags: {},
      policy: { Statement: [] },
      publicAccess: 'blocked' as const,
      ownership: 'BucketOwnerEnforced' as const,
      encryption: 'AES256' as const,
    };
    await s3Bucket.reconcile(context, { name }, inputs, undefined, async () => {});
    await context.aws.s3.send(new PutObjectCommand({ Bucket: name, Key: 'payment', Body: '{}' }));
    expect(await s3Bucket.read(context, { key: { name } }, undefined)).toMatchObject({
      holds: '1 object',
      mark: 'ours',
    });
    expect(await s3Bucket.delete(context, { name }, 'keep')).toEqual({ kept: '1 object' });
    expect(await context.aws.s3.send(new GetBucketTaggingCommand({ Bucket: name }))).toBeDefined();
    expect(await s3Bucket.delete(context, { name }, 'delete')).toBe('gone');
    expect(await s3Bucket.read(context, { key: { name } }, undefined)).toBeUndefined();
  });
});
