import { describe, expect, test } from 'vitest';
import { VendorError } from '../../src/clients/vendor-error.ts';
import type { PlannedStep } from '../../src/engine/plan.ts';
import {
  conflictsIn,
  failureFinding,
  licenceFinding,
  locksIn,
  planFindings,
} from '../../src/preflight/plan-findings.ts';

const kinds: Readonly<Record<string, string>> = {
  bucket: 'aws.s3-bucket',
  'did-pool': 'genesys.did-pool',
  ivr: 'genesys.ivr',
};
const step = (id: string, action: PlannedStep['action'], why?: string): PlannedStep => ({
  id,
  kind: kinds[id] ?? 'genesys.flow',
  name: `dev-${id}`,
  action,
  drift: [],
  why,
  notes: [],
});
const plan = (...steps: readonly PlannedStep[]) => ({ steps, removals: [] });
const messages = (...steps: readonly PlannedStep[]) =>
  planFindings(plan(...steps)).flatMap(({ rule, message }) => (rule === 'secure-flows' ? [] : [message]));

describe('what a plan says', () => {
  test.each<[PlannedStep, string]>([
    [step('bucket', 'create'), 'No bucket is called dev-bucket yet.'],
    [step('bucket', 'move'), 'No bucket is called dev-bucket yet.'],
    [step('bucket', 'keep'), 'The bucket dev-bucket is ours.'],
    [step('did-pool', 'create'), 'Nothing else has dev-did-pool, in no DID pool yet: one will be made.'],
    [
      step('did-pool', 'use'),
      'Nothing else has dev-did-pool, in a DID pool of the organization, which is used as it is.',
    ],
    [step('did-pool', 'update'), 'Nothing else has dev-did-pool, in a DID pool of ours.'],
  ])('of $id, to $action', (one, message) => {
    expect(messages(one)).toEqual([message, 'Of the 1 names none is taken by something that is not ours.']);
  });

  test.each<[string, string, RegExp]>([
    ['bucket', 'bucket', /--bucket/],
    ['ivr', 'numbers', /--did-start/],
    ['did-pool', 'numbers', /--did-start/],
    ['inbound-flow', 'names', /--environment/],
  ])('of a conflict about %s', (id, rule, remedy) => {
    const conflict = step(id, 'conflict', 'It belongs to Sales.');
    expect(conflictsIn(plan(conflict))).toMatchObject([
      {
        rule,
        severity: 'error',
        message: expect.stringContaining('It belongs to Sales.'),
        remedy: expect.stringMatching(remedy),
      },
    ]);
  });

  test('of what somebody has locked is that it is in the way, whether it is changed or deleted', () => {
    const steps = [{ ...step('workflow', 'update'), locked: 'Jane Doe' }, step('secure-flow', 'update')];
    const removals = [{ id: 'workflow', kind: 'genesys.flow', name: 'old', action: 'delete' as const, locked: 'Ann' }];
    const remedy = expect.stringContaining('--force-unlock');
    expect(locksIn({ steps, removals })).toEqual([
      { rule: 'locks', severity: 'error', message: 'flow dev-workflow: Jane Doe has it locked in Architect.', remedy },
      { rule: 'locks', severity: 'error', message: 'flow old: Ann has it locked in Architect.', remedy },
    ]);
    expect(planFindings({ steps, removals })).toEqual(expect.arrayContaining([...locksIn({ steps, removals })]));
  });

  test('of what somebody else changed is a warning; what we may have made ourselves is none', () => {
    const theirs = { ...step('workflow', 'update'), overwrites: { what: 'edited by Jane Doe', isTheirs: true } };
    const known = { ...step('secure-flow', 'update'), overwrites: { what: 'published by us', isTheirs: false } };
    const warnings = planFindings(plan(theirs, known)).filter(({ severity }) => severity === 'warning');
    expect(warnings).toMatchObject([
      { message: expect.stringContaining('edited by Jane Doe'), remedy: expect.stringContaining('--overwrite-edits') },
    ]);
  });

  test('of numbers that somebody else has is not that they are free', () => {
    expect(messages(step('did-pool', 'create'), step('ivr', 'conflict', 'Sales has it.'))).toEqual([
      'IVR dev-ivr: Sales has it.',
      'Of the 2 names none is taken by something that is not ours.',
    ]);
  });
});

describe('that a plan cannot be made', () => {
  const failure = (status: number, code: string) =>
    new VendorError({ service: 'Genesys Cloud', operation: 'GET /api/v2/flows', status, code, message: 'No.' });

  test.each(['architect.secure.call.flow.not.supported', 'architect.secure.call.flow.invalid.operation'])(
    'for %s is that of the licence',
    (code) => {
      expect(licenceFinding(failure(405, code))).toMatchObject({ rule: 'secure-flows', severity: 'error' });
    },
  );

  test('for another reason is told with that', () => {
    expect(licenceFinding(failure(403, 'missing.permissions'))).toBeUndefined();
    expect(failureFinding(failure(403, 'missing.permissions'))).toMatchObject({
      rule: 'plan',
      severity: 'error',
      message: expect.stringContaining('cannot be read'),
    });
  });

  test('for a mistake of ours is thrown on', () => {
    expect(() => failureFinding(new TypeError('x'))).toThrow(TypeError);
  });
});
