import { describe, expect, test } from 'vitest';
import type { Grant } from '../../src/preflight/grants.ts';
import { divisionFor, permissionByOperation, permissionsFor, titleOf } from '../../src/preflight/permissions.ts';
import { judgePermissions } from '../../src/preflight/rules/genesys-permissions.ts';
import { PERMISSIONS } from '../../src/sandbox/genesys/permissions.ts';

const all = permissionsFor('change');
const where = { home: 'home', flows: 'home', name: 'Home' };
const granted = (permissions: readonly string[], divisionId = 'home'): readonly Grant[] =>
  permissions.map((permission) => ({ permission, divisionId, isConditional: false }));
const without = (lacking: string) => granted(all.filter((permission) => permission !== lacking));

describe('the list of permissions', () => {
  test('has what a flow job takes, though no operation names it', () => {
    expect(all).toEqual(expect.arrayContaining(['architect:ui:view', 'architect:flow:publish', 'architect:flow:add']));
  });

  test('has what every operation takes', () => {
    const most = permissionsFor('change', true);
    expect(Object.values(permissionByOperation).filter((permission) => !most.includes(permission))).toEqual([]);
  });

  test('has what takes away a lock only for who may', () => {
    const more = permissionsFor('change', true).filter((permission) => !all.includes(permission));
    expect(more).toEqual(['architect:flow:unlock']);
  });

  test('has nothing that Genesys Cloud does not know', () => {
    const known = Object.entries(PERMISSIONS).flatMap(([domain, entities]) =>
      Object.entries(entities).flatMap(([entity, actions]) => actions.map((action) => `${domain}:${entity}:${action}`)),
    );
    expect(all.filter((permission) => !known.includes(permission))).toEqual([]);
  });

  test('is short for who only looks', () => {
    expect(permissionsFor('look')).toEqual([
      'architect:flow:view',
      'integrations:action:view',
      'integrations:integration:view',
      'processautomation:trigger:view',
      'routing:callRoute:view',
      'telephony:plugin:all',
    ]);
  });

  test('says of each where it is ticked, in the words of the console', () => {
    expect(titleOf('architect:ui:view')).toBe('Architect > UI > View');
    expect(titleOf('processautomation:trigger:add')).toBe('Process Automation > Trigger > Add');
    expect(all.map(titleOf).filter((title) => !/^[A-Z]\w+( \w+)? > [A-Z][\w ]+ > [A-Z]\w+$/.test(title))).toEqual([]);
  });
});

describe('a client that lacks one permission', () => {
  test.each(all)('%s is told so by its name, and where it is to be had', (permission) => {
    const [finding, ...others] = judgePermissions(without(permission), all, where);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', message: expect.stringContaining(` ${permission}.`) });
    expect(finding?.remedy).toContain(titleOf(permission));
    expect(finding?.remedy).toContain('up to five minutes');
  });

  test('that only changes take is not missed where nothing is changed', () => {
    expect(judgePermissions(without('architect:flow:delete'), permissionsFor('look'), where)).toMatchObject([
      { severity: 'ok' },
    ]);
  });

  test('for triggers hears that it may be the licence', () => {
    const [finding] = judgePermissions(without('processautomation:trigger:add'), all, where);
    expect(finding?.remedy).toContain('licence');
  });
});

test('a client that lacks everything is told of each permission', () => {
  const findings = judgePermissions(granted(['made:up:thing']), all, where);
  expect(findings.map(({ severity }) => severity)).toEqual(all.map(() => 'error'));
});

test.each([
  ['each of them', all],
  ['stars', ['*:*:*']],
])('a client that has all, by %s, hears nothing else', (_, permissions) => {
  expect(judgePermissions(granted(permissions), all, where)).toEqual([
    {
      rule: 'genesys-permissions',
      severity: 'ok',
      message: `The OAuth client has all ${all.length} permissions that this takes.`,
    },
  ]);
});

describe('a client that has all, but in another division than that of the flows,', () => {
  const inSales = { home: 'home', flows: 'sales', name: 'Sales' };
  const divided = all.filter((permission) => divisionFor(permission) === 'flows');

  test('is told of what is looked at by division, and of nothing else', () => {
    const findings = judgePermissions(granted(all), all, inSales);
    expect(findings).toHaveLength(divided.length);
    for (const { message } of findings) expect(message).toContain('but not in the division "Sales"');
  });

  test('needs no more than the flows there', () => {
    const both = [...granted(all), ...granted(divided, 'sales')];
    expect(judgePermissions(both, all, inSales)).toMatchObject([{ severity: 'ok' }]);
  });

  test('and not where all else is, is told of the IVR', () => {
    const findings = judgePermissions(granted(all, 'sales'), all, inSales);
    expect(findings.map(({ message }) => message).join('\n')).toMatch(/routing:callRoute:add, but not in .*"Home"/);
  });
});

test('what is held on a condition is not known', () => {
  const grants = granted(all).map((one) => ({ ...one, isConditional: one.permission === 'architect:flow:view' }));
  expect(judgePermissions(grants, all, where)).toMatchObject([
    { severity: 'unknown', message: expect.stringContaining('architect:flow:view') },
  ]);
});

test('where nobody knows, that is said, with everything that is to be seen to by hand', () => {
  const [finding, ...others] = judgePermissions(undefined, all, where);
  expect(others).toEqual([]);
  expect(finding?.severity).toBe('unknown');
  expect(finding?.remedy).toContain('oauth:client:view');
  expect(finding?.remedy).toContain('architect:jobExport:create,view; architect:ui:view');
});
