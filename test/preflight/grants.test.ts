import { describe, expect, test } from 'vitest';
import { type Grant, type Holding, holdingOf } from '../../src/preflight/grants.ts';

const grant = (permission: string, divisionId = 'home', isConditional = false): Grant => ({
  permission,
  divisionId,
  isConditional,
});
const WANTED = 'architect:flow:publish';

describe('whether grants come to a permission', () => {
  test.each<[string, readonly Grant[], string | undefined, Holding]>([
    ['none', [], undefined, 'missing'],
    ['the permission itself', [grant(WANTED)], undefined, 'held'],
    ['the permission in other letters', [grant('Architect:Flow:Publish')], undefined, 'held'],
    ['another action', [grant('architect:flow:view')], undefined, 'missing'],
    ['another entity', [grant('architect:job:publish')], undefined, 'missing'],
    ['a part of the name', [grant('architect:flow:pub')], undefined, 'missing'],
    ['a star for the action', [grant('architect:flow:*')], undefined, 'held'],
    ['a star for the entity', [grant('architect:*:publish')], undefined, 'held'],
    ['stars for all', [grant('*:*:*')], undefined, 'held'],
    ['a star alone', [grant('*')], undefined, 'held'],
    ['a star elsewhere', [grant('routing:*:*')], undefined, 'missing'],
    ['too little', [grant('architect:flow')], undefined, 'missing'],
    ['that division', [grant(WANTED, 'sales')], 'sales', 'held'],
    ['another division', [grant(WANTED, 'home')], 'sales', 'elsewhere'],
    ['both divisions', [grant(WANTED, 'home'), grant(WANTED, 'sales')], 'sales', 'held'],
    ['all divisions', [grant(WANTED, '*')], 'sales', 'held'],
    ['any division, where it does not matter', [grant(WANTED, 'home')], undefined, 'held'],
    ['divisions named in the permission', [grant(`${WANTED}:home,sales`, 'home')], 'sales', 'held'],
    ['others named in the permission', [grant(`${WANTED}:home,support`, 'sales')], 'sales', 'elsewhere'],
    ['a star named in the permission', [grant(`${WANTED}:*`, 'home')], 'sales', 'held'],
    ['a condition', [grant(WANTED, 'home', true)], 'home', 'conditional'],
    ['a condition, and without', [grant(WANTED, 'home', true), grant('architect:*:*')], 'home', 'held'],
    ['a condition here, and none elsewhere', [grant(WANTED, 'home', true), grant(WANTED, 'x')], 'home', 'conditional'],
  ])('%s', (_, grants, divisionId, expected) => {
    expect(holdingOf(grants, WANTED, divisionId)).toBe(expected);
  });
});
