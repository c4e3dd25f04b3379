import { describe, expect, test } from 'vitest';
import type { Found } from '../../src/bootstrap/look.ts';
import { changesAnything, givesSecret, planBootstrap } from '../../src/bootstrap/plan.ts';
import { administratorPermissions, policiesOf, rolePermissions } from '../../src/bootstrap/wanted.ts';
import { permissionsFor } from '../../src/preflight/permissions.ts';
import { PERMISSIONS } from '../../src/sandbox/genesys/permissions.ts';

const permissions = ['architect:flow:add', 'architect:flow:view', 'processautomation:trigger:add'];
const wanted = { permissions, there: new Set(permissions), divisions: ['home'], newSecret: false };
const role = {
  id: 'r',
  name: 'Role',
  permissionPolicies: [
    { domain: 'architect', entityName: 'flow', actionSet: ['view', 'add'] },
    { domain: 'processautomation', entityName: 'trigger', actionSet: ['add'] },
  ],
};
const client = { id: 'c', name: 'Client', state: 'active', roleDivisions: [{ roleId: 'r', divisionId: 'home' }] };
const whole: Found = { role, client, left: [] };
const nothing: Found = { role: undefined, client: undefined, left: [] };

describe('the plan', () => {
  test('is to make everything where nothing is', () => {
    const plan = planBootstrap(nothing, wanted);
    expect(plan).toMatchObject({
      role: { action: 'create', permissions, adds: permissions, drops: [] },
      client: { action: 'create', divisions: ['home'] },
      takesBack: false,
      unknown: [],
    });
    expect([changesAnything(plan), givesSecret(plan)]).toEqual([true, true]);
  });

  test('is to do nothing where all is as it should be', () => {
    const plan = planBootstrap(whole, wanted);
    expect([changesAnything(plan), givesSecret(plan)]).toEqual([false, false]);
  });

  test('names what the role lacks, and what it has besides', () => {
    const [flow] = role.permissionPolicies;
    const other = {
      ...role,
      permissionPolicies: [{ ...flow, domain: 'architect', entityName: 'flow', actionSet: ['view', 'delete'] }],
    };
    const plan = planBootstrap({ ...whole, role: other }, wanted);
    expect(plan.role).toMatchObject({
      action: 'change',
      adds: ['architect:flow:add', 'processautomation:trigger:add'],
      drops: ['architect:flow:delete'],
    });
    expect(givesSecret(plan)).toBe(false);
  });

  test('leaves out of the role what the organization does not know, and says so', () => {
    const there = new Set(permissions.slice(0, 2));
    expect(planBootstrap(nothing, { ...wanted, there })).toMatchObject({
      role: { permissions: permissions.slice(0, 2) },
      unknown: ['processautomation:trigger:add'],
    });
  });

  test.each([
    [
      'gives the client the role where it lacks it',
      { ...client, roleDivisions: [] },
      { action: 'change', divisions: ['home'] },
    ],
    [
      'leaves a client alone that has it everywhere',
      { ...client, roleDivisions: [{ roleId: 'r', divisionId: '*' }] },
      { action: 'keep', divisions: [] },
    ],
    ['switches on a client that is not', { ...client, state: 'inactive' }, { action: 'change', activates: true }],
    [
      'leaves other roles of the client alone',
      { ...client, roleDivisions: [...client.roleDivisions, { roleId: 'x', divisionId: 'y' }] },
      { action: 'keep' },
    ],
  ])('%s', (_, other, expected) => {
    expect(planBootstrap({ ...whole, client: other }, wanted).client).toMatchObject(expected);
  });

  test('gives the client of a role that was deleted the new one', () => {
    expect(planBootstrap({ ...whole, role: undefined }, wanted)).toMatchObject({
      role: { action: 'create' },
      client: { action: 'change', divisions: ['home'] },
    });
  });

  test('has another secret made for a client that is there; one that is made has one anyway', () => {
    expect(givesSecret(planBootstrap(whole, { ...wanted, newSecret: true }))).toBe(true);
    expect(planBootstrap(nothing, { ...wanted, newSecret: true }).newSecret).toBe(false);
  });

  test('takes back what a run that was killed left the administrator', () => {
    const plan = planBootstrap({ ...whole, left: ['home'] }, wanted);
    expect([plan.takesBack, changesAnything(plan)]).toEqual([true, true]);
  });
});

describe('the permissions of the role', () => {
  const known = Object.entries(PERMISSIONS).flatMap(([domain, entities]) =>
    Object.entries(entities).flatMap(([entity, actions]) => actions.map((action) => `${domain}:${entity}:${action}`)),
  );

  test('are what a run takes, and what it takes to look at them', () => {
    const more = rolePermissions().filter((permission) => !permissionsFor('change').includes(permission));
    expect(more).toEqual(['architect:flow:unlock', 'authorization:role:view', 'oauth:client:view']);
    expect(permissionsFor('change').filter((permission) => !rolePermissions().includes(permission))).toEqual([]);
  });

  test('are spelled out each, those of triggers too', () => {
    expect(JSON.stringify(policiesOf(rolePermissions()))).not.toContain('*');
    expect(policiesOf(rolePermissions())).toContainEqual({
      domain: 'processautomation',
      entityName: 'trigger',
      actionSet: expect.arrayContaining(['add', 'delete', 'edit', 'view']),
    });
  });

  test('and those of the administrator are permissions that Genesys Cloud has', () => {
    const all = [...rolePermissions(), ...administratorPermissions.make, ...administratorPermissions.remove];
    expect(all.filter((permission) => !known.includes(permission))).toEqual([]);
  });
});
