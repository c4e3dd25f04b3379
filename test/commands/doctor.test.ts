import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { permissionsFor } from '../../src/preflight/permissions.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { allow, permit } from '../preflight/context.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(() => program.close());

const without = (...lacking: readonly string[]) =>
  permit(
    program,
    permissionsFor('change').filter((permission) => !lacking.includes(permission)),
  );
const somebodysNumber = () => {
  const { world } = program.sandbox;
  const division = { id: SEED.homeDivisionId };
  const pool = {
    id: 'p',
    startPhoneNumber: '+13175550000',
    endPhoneNumber: '+13175550199',
    provider: 'PURE_CLOUD_VOICE',
  };
  world.put('did-pools', 'p', { ...pool, name: 'Sales', division, version: 1, createdAt: 0, modifiedAt: 0 });
  const ivr = { id: 'i', name: 'Sales', dnis: ['+13175550100'], version: 1, createdAt: 0 };
  world.put('ivrs', 'i', { ...ivr, divisionId: SEED.homeDivisionId, modifiedAt: 0 });
};

describe('doctor', () => {
  test('says of everything that it is well, who is signed in, and changes nothing', async () => {
    const { exit, out, err } = await program.inSandbox('doctor');
    expect({ exit, err: err.match(/Warning|Not known/) }).toEqual({ exit: 0, err: null });
    expect(out).toContain('Signed in to the organization Cloud Store (sandbox)');
    expect(out).toContain('as arn:aws:iam::123456789012:user/sandbox');
    expect(out).toContain('in no DID pool yet: one will be made');
    expect(out).toContain('Nothing is in the way.');
    expect(out).not.toMatch(/ERROR|WARNING|unknown/);
    expect(program.writes()).toEqual([]);
  });

  test('says the same once all is installed', async () => {
    await program.inSandbox('install');
    const { exit, out } = await program.inSandbox('doctor');
    expect(exit).toBe(0);
    expect(out).toContain('in a DID pool of ours');
  });

  test('ends with 4 and says everything that is in the way at once, whose number it is included', async () => {
    without('architect:ui:view', 'routing:callRoute:add');
    somebodysNumber();
    const { exit, out } = await program.inSandbox('doctor');
    expect(exit).toBe(4);
    expect(out).toContain('lacks the permission architect:ui:view');
    expect(out).toContain('To do: Tick Routing > Call Route > Add');
    expect(out).toMatch(/ERROR +IVR .*\+13175550100 .*is assigned to the IVR "Sales"/);
    expect(out).toContain('3 things are in the way.');
  });

  test('says what cannot be read as well as why', async () => {
    without('integrations:integration:view');
    const { exit, out } = await program.inSandbox('doctor');
    expect(exit).toBe(4);
    expect(out).toContain('What is there cannot be read');
    expect(out).toContain('lacks the permission integrations:integration:view');
  });

  test('warns, and ends with 0, where regions differ and where something cannot be known', async () => {
    allow(program, { Effect: 'Allow', NotAction: 'iam:SimulatePrincipalPolicy', Resource: '*' });
    const { exit, out } = await program.inSandbox('doctor', '--genesys-region', 'eu-west-1');
    expect(exit).toBe(0);
    expect(out).toMatch(/WARNING +The functions are in us-east-1, the organization is in eu-west-1/);
    expect(out).toMatch(/unknown +What .*user\/sandbox may do at AWS cannot be known/);
  });

  test('with --json gives each finding, and counts them in the result', async () => {
    without('architect:ui:view');
    const { out } = await program.inSandbox('doctor', '--json');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        type: 'finding',
        rule: 'genesys-permissions',
        severity: 'error',
        remedy: expect.any(String),
      }),
    );
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      command: 'doctor',
      exit: 4,
      errors: 1,
      warnings: 0,
      unknown: 0,
    });
  });

  test('says everything that is missing where it is not told enough', async () => {
    const { exit, err } = await program.run(['doctor']);
    expect(exit).toBe(2);
    expect(err).toContain('EO_SETUP_DID_START');
  });
});

test.each(['doctor', 'install'])('%s ends with 4 where the licence has no secure call flows', async (command) => {
  program.sandbox.faults.set([
    {
      match: { operation: 'getFlows' },
      when: 'before',
      then: 'refuse',
      status: 405,
      code: 'architect.secure.call.flow.not.supported',
    },
  ]);
  const { exit, out, err } = await program.inSandbox(command);
  expect(exit).toBe(4);
  expect(out + err).toContain('The licence of the organization has no secure call flows.');
});

describe('install', () => {
  test('stops before anything is changed, with all that is in the way, conflicts included', async () => {
    without('architect:ui:view', 'processautomation:trigger:delete');
    somebodysNumber();
    const { exit, err } = await program.inSandbox('install', '--genesys-region', 'eu-west-1');
    expect(exit).toBe(4);
    expect(err).toContain('Warning: The functions are in us-east-1');
    expect(err).toContain('3 things are in the way, and nothing was changed.');
    for (const said of ['architect:ui:view', 'processautomation:trigger:delete', 'is assigned to the IVR "Sales"'])
      expect(err).toContain(said);
    expect(program.writes()).toEqual([]);
  });

  test('says which permission is missing, where reading fails for the lack of it', async () => {
    without('integrations:action:view');
    const { exit, err } = await program.inSandbox('install');
    expect(exit).toBe(4);
    expect(err).toContain('Tick Integrations > Action > View in a role of the client');
  });

  test('stops where AWS does not allow something', async () => {
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    allow(program, all, { Effect: 'Deny', Action: 'lambda:CreateFunction', Resource: '*' });
    const { exit, err } = await program.inSandbox('install');
    expect({ exit, err }).toMatchObject({ exit: 4, err: expect.stringContaining('AWS forbids') });
    expect(program.writes()).toEqual([]);
  });

  test('goes on where something is only to be known, and says it', async () => {
    allow(program, { Effect: 'Allow', NotAction: 'iam:SimulatePrincipalPolicy', Resource: '*' });
    const { exit, err } = await program.inSandbox('install', '--genesys-region', 'eu-west-1');
    expect(exit).toBe(0);
    expect(err).toContain('Warning: The functions are in us-east-1');
    expect(err).toContain('Not known: What arn:aws:iam::123456789012:user/sandbox may do');
  });

  test.each([['plan'], ['install', '--dry-run']])('%s %s takes no more than to look', async (...argv) => {
    permit(program, permissionsFor('look'));
    expect(await program.inSandbox(...argv)).toMatchObject({ exit: 0 });
    permit(program, permissionsFor('look').slice(1));
    expect(await program.inSandbox(...argv)).toMatchObject({ exit: 4 });
  });
});
