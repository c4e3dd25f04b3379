import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { openProgram } from '../support/program.ts';
import { clock, openTheirs, type Place, SERVERS, type ServerName } from './place.ts';

/** What there is of each kind. */
async function held({ context }: Place) {
  const { aws } = context('a-step');
  const [buckets, roles, functions, groups] = await Promise.all([
    aws.s3.send(new ListBucketsCommand({})),
    aws.iam.send(new ListRolesCommand({})),
    aws.lambda.send(new ListFunctionsCommand({})),
    aws.logs.send(new DescribeLogGroupsCommand({})),
  ]);
  return [buckets.Buckets, roles.Roles, functions.Functions, groups.logGroups].map((all) => all?.length ?? 0);
}

test.each(Object.keys(SERVERS) as ServerName[])(
  'the program installs into %s, changes what is there, and leaves nothing',
  async (server) => {
    const program = await openProgram();
    const place = await openTheirs(server);
    const env = { ...program.sandbox.variables, AWS_ENDPOINT_URL: place.origin };
    const run = async (...argv: readonly string[]) => {
      const ended = await program.run(argv, { env, clock });
      expect(ended.exit, `${argv.join(' ')}\n${ended.out}\n${ended.err}`).toBe(0);
      return ended.out;
    };
    try {
      // The Genesys Cloud beside it cannot reach functions in an AWS of others.
      const numbers = ['--did-start', '+13175550100', '--did-provider', 'PURE_CLOUD_VOICE'];
      await run('install', '--yes', '--skip-verify', ...numbers);
      expect(await held(place)).toEqual([1, 4, 2, 2]);
      expect(await run('status')).toContain('All 21 objects are as they should be.');
      expect(await run('install', '--yes')).toContain('No changes. 21 objects were checked.');
      await run(
        'install',
        '--yes',
        '--skip-verify',
        '--log-retention-days',
        '7',
        '--payment-prefix',
        'other',
        '--bucket',
        'dev-another',
      );
      expect(await held(place)).toEqual([1, 4, 2, 2]);
      expect(await run('status')).toContain('All 21 objects are as they should be.');
      await run('uninstall', '--yes', '--drain', '0');
      expect(await held(place)).toEqual([0, 0, 0, 0]);
    } finally {
      await place.close();
      await program.close();
    }
  },
);
