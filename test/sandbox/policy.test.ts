import { describe, expect, test } from 'vitest';
import { decide, matchesGlob, type Policy, policySchema, type Question } from '../../src/sandbox/policy.ts';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/dev-role`;
const OBJECT = 'arn:aws:s3:::dev-eo/payments/1.json';

const policy = (...Statement: readonly object[]): Policy => policySchema.parse({ Version: '2012-10-17', Statement });
const ask = (question: Partial<Question>): Question => ({
  action: 's3:PutObject',
  resource: OBJECT,
  context: {},
  ...question,
});
const allow = (members: object) => policy({ Effect: 'Allow', Action: '*', Resource: '*', ...members });

describe('a pattern', () => {
  test.each([
    ['*', '', true],
    ['s3:Put*', 's3:PutObject', true],
    ['s3:Put*', 's3:GetObject', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*/payments/*', 'arn:aws:s3:::dev-eo/payments/1.json', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXcYb', false],
    ['a.c', 'abc', false],
    ['abc', 'abcd', false],
    ['abc*', 'abc', true],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  test('with many stars takes no longer than it must', () => {
    expect(matchesGlob(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('statements', () => {
  test.each([
    ['an action by name', { Action: 's3:PutObject' }, 'allow'],
    ['an action in other case', { Action: 'S3:putobject' }, 'allow'],
    ['one of several actions', { Action: ['s3:GetObject', 's3:PutObject'] }, 'allow'],
    ['another action', { Action: 's3:GetObject' }, undefined],
    ['all but this action', { Action: undefined, NotAction: 's3:PutObject' }, undefined],
    ['all but another action', { Action: undefined, NotAction: 's3:Get*' }, 'allow'],
    ['the resource', { Resource: 'arn:aws:s3:::dev-eo/payments/*' }, 'allow'],
    ['the bucket without its objects', { Resource: 'arn:aws:s3:::dev-eo' }, undefined],
    ['a resource in other case', { Resource: OBJECT.toUpperCase() }, undefined],
    ['all but this resource', { Resource: undefined, NotResource: OBJECT }, undefined],
    ['a condition that holds', { Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } }, 'allow'],
    ['a condition that does not', { Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } }, undefined],
    ['a condition on a missing key', { Condition: { StringLike: { 'sts:ExternalId': '*' } } }, undefined],
    ['a negated condition on a missing key', { Condition: { StringNotEquals: { 'sts:ExternalId': 'x' } } }, 'allow'],
    ['a key in other case', { Condition: { Bool: { 'AWS:securetransport': true } } }, 'allow'],
    ['a false Bool', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, undefined],
    ['one of several values', { Condition: { StringLike: { 'aws:PrincipalArn': ['x', '*:role/dev-*'] } } }, 'allow'],
    ['an ARN part by part', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } } }, 'allow'],
    ['an ARN with too few parts', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:*role/*' } } }, undefined],
    [
      'two operators, one of which fails',
      {
        Condition: { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:PrincipalAccount': '1' } },
      },
      undefined,
    ],
    ['an operator that is not known', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }, undefined],
  ])('that allow %s: %o', (_, members, expected) => {
    const context = { 'aws:SecureTransport': 'true', 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalArn': ROLE };
    expect(decide([allow(members)], ask({ context }))).toBe(expected);
  });

  test('of a deny go before those of an allow, in whatever order', () => {
    const deny = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
    expect(decide([allow({}), deny], ask({}))).toBe('deny');
    expect(decide([deny, allow({})], ask({}))).toBe('deny');
  });

  test('that do not speak of it leave it open', () => {
    expect(decide([], ask({}))).toBeUndefined();
  });
});

describe('a trust policy', () => {
  const trust = (Principal: unknown, Condition?: object) =>
    policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });
  const assume = (names: readonly string[], account?: string, context: Question['context'] = {}) =>
    ask({ action: 'sts:AssumeRole', resource: ROLE, principal: { names, account }, context });

  test.each([
    ['a service', { Service: 'lambda.amazonaws.com' }, ['lambda.amazonaws.com'], undefined, 'allow'],
    ['another service', { Service: 'ec2.amazonaws.com' }, ['lambda.amazonaws.com'], undefined, undefined],
    ['a role by name', { AWS: ROLE }, ['arn:aws:sts::1:assumed-role/dev-role/s', ROLE], ACCOUNT, 'allow'],
    ['an account', { AWS: ACCOUNT }, [ROLE], ACCOUNT, 'delegate'],
    ["an account's root", { AWS: `arn:aws:iam::${ACCOUNT}:root` }, [ROLE], ACCOUNT, 'delegate'],
    ['another account', { AWS: 'arn:aws:iam::999999999999:root' }, [ROLE], ACCOUNT, undefined],
    ['anybody', '*', [ROLE], ACCOUNT, 'allow'],
    ['anybody of AWS', { AWS: '*' }, [ROLE], ACCOUNT, 'allow'],
  ])('for %s', (_, principal, names, account, expected) => {
    expect(decide([trust(principal)], assume(names, account))).toBe(expected);
  });

  test.each([
    ['the right external id', { 'sts:ExternalId': 'org' }, 'delegate'],
    ['a wrong one', { 'sts:ExternalId': 'other' }, undefined],
    ['none', {}, undefined],
  ])('with an external id, asked with %s', (_, context, expected) => {
    const document = trust({ AWS: ACCOUNT }, { StringEquals: { 'sts:ExternalId': 'org' } });
    expect(decide([document], assume([ROLE], ACCOUNT, context))).toBe(expected);
  });
});
