import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { awsIdentity, connectAws } from '../../src/clients/aws.ts';
import { connectGenesys } from '../../src/clients/genesys.ts';
import { Secret } from '../../src/clients/redact.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { type Answer, json, type LocalServer, startServer, text } from './local-server.ts';
import { createWaiting } from './waiting.ts';

/** Every kind of call, to a server in the place of the vendors. */
function callsTo({ origin, port }: LocalServer) {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };
  const waiting = createWaiting();
  const aws = connectAws({ ...waiting, region: 'eu-west-1', env: { ...keys, AWS_ENDPOINT_URL: origin } });
  const gateway = { host: '127.0.0.1', port, protocol: 'http' };
  const client = { domain: 'mypurecloud.ie', gateway, clientId: 'id', clientSecret: new Secret('secret-secret') };
  const genesys = connectGenesys({ ...waiting, ...client });
  const body = { name: 'x' };
  return {
    'a question to STS': () => awsIdentity(aws),
    'a question to S3': () => aws.s3.send(new HeadBucketCommand({ Bucket: 'x' })),
    'a sign-in, a call': () => genesys.call({ operation: 'GET /api/v2/flows', schema: z.unknown() }),
    'a call that creates': () => genesys.call({ operation: 'POST /api/v2/flows', body, schema: z.unknown() }),
    'an upload': () => genesys.upload(`${origin}/flow`, {}, new Uint8Array(2)),
  };
}

type Way = keyof ReturnType<typeof callsTo>;
const ways: readonly Way[] = [
  ...(['a question to STS', 'a question to S3'] as const),
  ...(['a sign-in, a call', 'a call that creates', 'an upload'] as const),
];

describe.each(ways)('%s', (way) => {
  test.each([301, 302, 303, 307, 308])('is not sent on to another host after %d', async (status) => {
    const elsewhere = await startServer(json(200, { access_token: 'evil', id: 'evil' }));
    const headers = { location: `${elsewhere.origin}/there`, 'x-amz-bucket-region': 'us-east-1' };
    const redirects: Answer = text(status, '', headers);
    const signsIn = json(200, { access_token: 'token-0123456789' });
    const isSignIn = (url: string) => way !== 'a sign-in, a call' && url === '/oauth/token';
    const server = await startServer((response, seen) => (isSignIn(seen.url) ? signsIn : redirects)(response, seen));
    onTestFinished(() => Promise.all([server.close(), elsewhere.close()]).then(() => undefined));
    await expect(callsTo(server)[way]()).rejects.toMatchObject({ status, retryable: false });
    await expect(callsTo(server)[way]()).rejects.toBeInstanceOf(VendorError);
    expect(elsewhere.seen).toEqual([]);
    expect(server.seen.filter(({ url }) => !isSignIn(url))).toHaveLength(2);
  });
});
