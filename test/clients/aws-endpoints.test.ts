import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { awsIdentity, connectAws } from '../../src/clients/aws.ts';
import { awsEndpoints, endpointsInEnv, formatEndpoints } from '../../src/clients/aws-endpoints.ts';
import { endpointOf } from '../../src/clients/gateway.ts';
import { startServer, text } from './local-server.ts';
import { createWaiting } from './waiting.ts';

let folder: string;
/** Where the files of AWS are, both of them ours. */
let files: { readonly AWS_CONFIG_FILE: string; readonly AWS_SHARED_CREDENTIALS_FILE: string };

const config = `
[default]
endpoint_url = http://default.intern
[profile local]
endpoint_url = http://local.intern
[profile parts]
services = some
endpoint_url = http://rest.intern
[services some]
s3 =
  endpoint_url = http://s3.intern
cloudwatch_logs =
  endpoint_url = http://logs.intern
[profile real]
region = eu-west-1
[profile heedless]
endpoint_url = http://local.intern
ignore_configured_endpoint_urls = true
[profile broken]
endpoint_url = local.intern
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eo-setup-aws-'));
  files = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') };
  writeFileSync(files.AWS_CONFIG_FILE, config);
  writeFileSync(files.AWS_SHARED_CREDENTIALS_FILE, '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const everywhere = (url: string) => ({ S3: url, IAM: url, LAMBDA: url, CLOUDWATCH_LOGS: url, STS: url });
const env = 'http://env.intern';

describe('the endpoints of AWS', () => {
  test.each<[string, Record<string, string>, string | undefined, object]>([
    ["AWS's own, where nothing is set", {}, 'real', {}],
    ['that of AWS_ENDPOINT_URL', { AWS_ENDPOINT_URL: env }, undefined, everywhere(env)],
    [
      "a service's own first",
      { AWS_ENDPOINT_URL: env, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://own.intern' },
      'real',
      {
        ...everywhere(env),
        CLOUDWATCH_LOGS: 'http://own.intern',
      },
    ],
    ['that of the variable before the profile', { AWS_ENDPOINT_URL: env }, 'local', everywhere(env)],
    ['that of the profile that is asked for', {}, 'local', everywhere('http://local.intern')],
    ['that of AWS_PROFILE', { AWS_PROFILE: 'local' }, undefined, everywhere('http://local.intern')],
    ['that of the profile asked for before AWS_PROFILE', { AWS_PROFILE: 'local' }, 'real', {}],
    ['that of the default profile', {}, undefined, everywhere('http://default.intern')],
    [
      'those of the services of the profile',
      {},
      'parts',
      {
        ...everywhere('http://rest.intern'),
        S3: 'http://s3.intern',
        CLOUDWATCH_LOGS: 'http://logs.intern',
      },
    ],
    [
      'the variables for some, the profile for the rest',
      { AWS_ENDPOINT_URL_S3: env },
      'local',
      {
        ...everywhere('http://local.intern'),
        S3: env,
      },
    ],
    [
      'none where the variable says so',
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: env },
      'local',
      {},
    ],
    ['none of the profile where it says so', {}, 'heedless', {}],
    [
      "that of the variable, where only the profile's are ignored",
      { AWS_ENDPOINT_URL: env },
      'heedless',
      everywhere(env),
    ],
    ["AWS's own for a profile that there is not", {}, 'no-such-profile', {}],
  ])('are %s', async (_, variables, profile, expected) => {
    expect(await awsEndpoints({ ...files, ...variables }, profile)).toEqual(expected);
  });

  test.each(['intern', 'ftp://intern', 'http://ann:hunter2@intern', 'http://'])(
    'are refused as %s, and not shown',
    (url) => {
      const refusal = (() => {
        try {
          return endpointsInEnv({ AWS_ENDPOINT_URL_S3: url });
        } catch (error) {
          return error;
        }
      })();
      expect(refusal).toMatchObject({
        exit: 2,
        message: 'The endpoint that is set in AWS_ENDPOINT_URL_S3 cannot be used.',
      });
    },
  );

  test('are refused by the name of the profile that they stand in', async () => {
    await expect(awsEndpoints(files, 'broken')).rejects.toThrow('in endpoint_url of the AWS profile "broken"');
  });

  test('are called, each by its service', async () => {
    const identity =
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/x</Arn><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
    const [s3, rest] = [await startServer(text(200, '')), await startServer(text(200, identity))];
    onTestFinished(() => Promise.all([s3.close(), rest.close()]).then(() => undefined));
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };
    const endpoints = { ...everywhere(rest.origin), S3: s3.origin };
    const aws = connectAws({ ...createWaiting(), region: 'eu-west-1', env: keys, endpoints });
    await Promise.all([awsIdentity(aws), aws.s3.send(new HeadBucketCommand({ Bucket: 'x' }))]);
    expect([s3.seen.length, rest.seen.length]).toEqual([1, 1]);
  });
});

describe('in words', () => {
  test.each<[object, readonly string[]]>([
    [{}, []],
    [everywhere(env), [`AWS at ${env}`]],
    [{ S3: env }, [`S3 at ${env}`]],
    [{ S3: env, CLOUDWATCH_LOGS: env }, [`S3, CloudWatch Logs at ${env}`]],
    [
      { ...everywhere(env), STS: 'http://sts.intern' },
      [`S3, IAM, Lambda, CloudWatch Logs at ${env}`, 'STS at http://sts.intern'],
    ],
  ])('%o', (endpoints, expected) => expect(formatEndpoints(endpoints)).toEqual(expected));

  test.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ AWS_ENDPOINT_URL: env, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, undefined],
    [
      { GENESYSCLOUD_GATEWAY_HOST: 'gw.intern', GENESYSCLOUD_GATEWAY_PORT: '8443' },
      'Genesys Cloud at https://gw.intern:8443',
    ],
    [
      { GENESYSCLOUD_GATEWAY_HOST: 'gw.intern', GENESYSCLOUD_GATEWAY_PROTOCOL: 'http', AWS_ENDPOINT_URL_STS: env },
      `Genesys Cloud at http://gw.intern, STS at ${env}`,
    ],
    [{ AWS_ENDPOINT_URL_DYNAMODB: env }, undefined],
  ])('both clouds: %o', (variables, expected) => expect(endpointOf(variables)).toBe(expected));

  test.each(['gw.intern/x', 'ann@gw.intern', 'gw.intern:80', '-', 'http://gw.intern', 'gw intern'])(
    'a gateway is a host and nothing else: %s is refused',
    (host) => {
      expect(() => endpointOf({ GENESYSCLOUD_GATEWAY_HOST: host })).toThrow('GENESYSCLOUD_GATEWAY_HOST');
    },
  );
});
