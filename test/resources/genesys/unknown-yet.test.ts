import { expect, test } from 'vitest';
import { fromGenesys } from '../../../src/clients/from-genesys.ts';
import { isUnknownYet } from '../../../src/resources/genesys/unknown-yet.ts';

const refused = (status: number, code: string, details: readonly object[] = []) =>
  fromGenesys({ status, headers: {}, body: { status, code, message: 'Bad Request', details } }, 'POST /api/v2/x');

test.each<[string, unknown, boolean]>([
  ['a refusal without a reason', refused(400, 'bad.request'), true],
  ['one that names the member', refused(400, 'bad.request', [{ fieldName: 'integrationId' }]), true],
  ['one that names the value of the member', refused(400, 'invalid.value', [{ fieldName: 'integrationId' }]), true],
  ['one that names another member', refused(400, 'bad.request', [{ fieldName: 'config.timeoutSeconds' }]), false],
  ['a schema that is not valid', refused(400, 'invalid.schema'), false],
  ['a value that is out of bounds', refused(400, 'constraint.validation'), false],
  ['a body that is too large', refused(400, 'response.entity.too.large'), false],
  ['a conflict', refused(409, 'request.conflict'), false],
  ['a denial', refused(403, 'missing.permissions'), false],
  ['something else', new TypeError('x'), false],
])('whether it is waited out: %s', (_, error, expected) => {
  expect(isUnknownYet(error, /integration/i)).toBe(expected);
});
