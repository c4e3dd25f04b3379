import { expect, test } from 'vitest';
import { names } from '../../src/names.ts';
import { awsNeeds } from '../../src/preflight/aws-actions.ts';
import { permissionByOperation, permissionsFor } from '../../src/preflight/permissions.ts';
import type { AwsOperation } from '../../src/sandbox/aws/operation.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { held, NOTHING } from '../support/installed.ts';
import { openProgram } from '../support/program.ts';
import { sampleIdentity, sampleSettings } from '../support/sample-settings.ts';
import { permit } from './context.ts';

/** What a client reads its own role with. */
const TO_CHECK_ITSELF = ['authorization:role:view', 'oauth:client:view'];
/** What preflight itself asks for, and says that it could not know where it is refused. */
const ASKED_BY_PREFLIGHT = ['iam:SimulatePrincipalPolicy'];
const place = { account: sampleIdentity.awsAccount, region: sampleSettings.awsRegion };

/** The IAM actions that an AWS call took. */
function actionsOf({ matched, incoming }: Exchange): readonly string[] {
  const { operation, ...request } = matched;
  const row = operation as AwsOperation;
  const body = row.body?.safeParse(request.body).data ?? request.body;
  const asked = { ...incoming, ...request, body, service: row.service, operation: row.operation } as never;
  return [...row.permission, ...(row.also?.(place, asked) ?? []).map(({ action }) => action)];
}

test('a whole installation, its changes and its end take no permission that is not checked', async () => {
  const exchanges: Exchange[] = [];
  const program = await openProgram({ observe: (exchange) => void exchanges.push(exchange) });
  for (const argv of [
    ['install'],
    ['status'],
    ['install', '--did-end', '+13175550109', '--trigger-scope', 'all', '--log-retention-days', '7'],
    ['install', '--payment-prefix', 'other', '--bucket', 'another-bucket', '--delete-data'],
    ['install', '--did-provider', 'PURE_CLOUD', '--runtime', 'nodejs22.x'],
    ['rollback'],
    ['uninstall', '--drain', '0', '--delete-data'],
  ])
    expect((await program.inSandbox(...argv)).exit, argv.join(' ')).toBe(0);
  await program.close();

  const ofGenesys = exchanges.filter(({ matched }) => matched.operation.service === 'genesys');
  const guarded = ofGenesys.map(({ matched }) => matched.operation).filter(({ permission }) => permission.length > 0);
  expect(guarded.length).toBeGreaterThan(100);
  const checked = permissionsFor('change');
  expect(guarded.filter(({ permission }) => !permission.some((one) => checked.includes(one)))).toEqual([]);
  const listed = (route: string) => permissionByOperation[route] ?? '(not in the list)';
  expect(guarded.filter(({ route, permission }) => !permission.includes(listed(route)))).toEqual([]);

  const ofAws = exchanges.filter(({ matched }) =>
    ['s3', 'iam', 'lambda', 'logs', 'sts'].includes(matched.operation.service),
  );
  const needs = awsNeeds({
    identity: sampleIdentity,
    names: names(sampleSettings, sampleIdentity),
    needs: 'change',
    deletesData: true,
  });
  const simulated = [...needs.flatMap(({ actions }) => actions), ...ASKED_BY_PREFLIGHT];
  const taken = [...new Set(ofAws.flatMap(actionsOf))];
  expect(taken.length).toBeGreaterThan(30);
  expect(taken.filter((action) => !simulated.includes(action))).toEqual([]);
});

test('an uninstall that lacks a permission names it, and changes nothing', async () => {
  const program = await openProgram();
  await program.inSandbox('install', '--skip-verify');
  const needed = permissionsFor('remove');
  expect(needed).not.toContain('architect:flow:publish');
  program.writes();
  for (const lacking of needed.filter((one) => one.endsWith(':delete'))) {
    permit(program, [...needed.filter((one) => one !== lacking), ...TO_CHECK_ITSELF]);
    const { exit, err } = await program.inSandbox('uninstall', '--drain', '0');
    expect([exit, err], lacking).toEqual([4, expect.stringContaining(`lacks the permission ${lacking}.`)]);
  }
  expect(program.writes()).toEqual([]);
  permit(program, [...needed, ...TO_CHECK_ITSELF]);
  expect(await program.inSandbox('uninstall', '--drain', '0')).toMatchObject({ exit: 0 });
  expect(held(program.sandbox.world)).toEqual(NOTHING);
  await program.close();
});
