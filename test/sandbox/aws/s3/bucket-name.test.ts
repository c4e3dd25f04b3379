import { expect, test } from 'vitest';
import { checkBucketName } from '../../../../src/sandbox/aws/s3/bucket-name.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
const OWN = '-123456789012-eu-west-1-an';

test.each([
  ['dev-eo', 'global'],
  ['abc', 'global'],
  ['a'.repeat(63), 'global'],
  ['with.dots.9', 'global'],
  [`dev-eo${OWN}`, 'account-regional'],
  [`${'a'.repeat(63 - OWN.length)}${OWN}`, 'account-regional'],
])('a bucket may be called %s in the namespace %s', (name, namespace) => {
  expect(() => checkBucketName(name, namespace, place)).not.toThrow();
});

test.each([
  ['ab', 'global'],
  ['a'.repeat(64), 'global'],
  ['Upper', 'global'],
  ['under_score', 'global'],
  ['-starts', 'global'],
  ['ends-', 'global'],
  ['two..dots', 'global'],
  ['dot.-dash', 'global'],
  ['dash-.dot', 'global'],
  ['192.168.0.1', 'global'],
  ['xn--a', 'global'],
  ['sthree-a', 'global'],
  ['amzn-s3-demo-a', 'global'],
  ['a-s3alias', 'global'],
  ['a--ol-s3', 'global'],
  ['a.mrap', 'global'],
  ['a--x-s3', 'global'],
  ['a--table-s3', 'global'],
  ['line\nend', 'global'],
  ['ends-with-an', 'global'],
  ['dev-eo-999999999999-eu-west-1-an', 'global'],
  ['dev-eo-999999999999-eu-west-1-an', 'account-regional'],
  ['dev-eo-123456789012-us-east-1-an', 'account-regional'],
  ['dev-eo', 'account-regional'],
  [`${'a'.repeat(64 - OWN.length)}${OWN}`, 'account-regional'],
  ['dev-eo', 'another'],
])('a bucket may not be called %s in the namespace %s', (name, namespace) => {
  expect(() => checkBucketName(name, namespace, place)).toThrow('The specified bucket is not valid.');
});
