import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { divisionNamed, homeDivision } from '../../src/preflight/divisions.ts';
import { readGrants } from '../../src/preflight/read-grants.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { openRig, type Rig } from '../resources/rig.ts';
import { SALES } from '../support/sales.ts';
import { permit } from './context.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.sandbox.close());

const read = () => readGrants(rig.context('none').genesys, SEED.clientId);
const SELF_CHECK = ['oauth:client:view', 'authorization:role:view'];
const home = (permission: string) => ({ permission, divisionId: SEED.homeDivisionId, isConditional: false });
const shownAsHome = (permission: string) => ({ ...home(permission), isHome: true });

/** Has the short way refused, or answered as if the client were nobody. */
const refuseOwn = (status: number) =>
  rig.sandbox.faults.set([
    { match: { operation: 'getAuthorizationSubjectsMe' }, when: 'before', then: 'refuse', status, code: 'not.for.you' },
  ]);

describe('what a client was granted', () => {
  test('is read in one call', async () => {
    permit(rig, ['architect:flow:view', 'telephony:plugin:all']);
    await rig.signIn();
    rig.requests();
    expect(await read()).toEqual(['architect:flow:view', 'telephony:plugin:all'].map(shownAsHome));
    expect(rig.requests()).toBe(1);
  });

  test.each([400, 403, 404])('is read from its roles where the short way is refused with %i', async (status) => {
    permit(rig, ['architect:flow:view', ...SELF_CHECK]);
    refuseOwn(status);
    expect(await read()).toEqual(['architect:flow:view', ...SELF_CHECK].map(home));
  });

  test('is not known where it may not look at its roles either', async () => {
    permit(rig, ['architect:flow:view', 'oauth:client:view']);
    refuseOwn(400);
    expect(await read()).toBeUndefined();
  });

  test('is not known where it sees no grants of its own, since it may be nobody there', async () => {
    permit(rig, []);
    expect(await read()).toBeUndefined();
  });

  test('is an error where the vendor fails', async () => {
    rig.sandbox.faults.set([
      { match: { operation: 'getAuthorizationSubjectsMe' }, when: 'before', then: 'refuse', status: 500, code: 'x' },
    ]);
    await expect(read()).rejects.toThrow(VendorError);
  });
});

describe('the divisions', () => {
  test.each([
    ['Sales', 'd'],
    ['sales', 'd'],
    ['Home', SEED.homeDivisionId],
    ['Sale', undefined],
    ['Support', undefined],
  ])('called %s', async (name, id) => {
    rig.sandbox.world.put('divisions', SALES.id, SALES);
    expect(await divisionNamed(rig.context('none').genesys, name)).toBe(id);
  });

  test('that is Home', async () => {
    expect(await homeDivision(rig.context('none').genesys)).toBe(SEED.homeDivisionId);
  });
});
