import { SEED } from './seed.ts';

/** What settings and clients are told of every sandbox, wherever it is served. */
export const sandboxIdentity: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: SEED.accessKeyId,
  AWS_SECRET_ACCESS_KEY: SEED.secretAccessKey,
  AWS_REGION: SEED.awsRegion,
  GENESYSCLOUD_OAUTHCLIENT_ID: SEED.clientId,
  GENESYSCLOUD_OAUTHCLIENT_SECRET: SEED.clientSecret,
  GENESYSCLOUD_REGION: SEED.awsRegion,
};

/** The environment that points clients at a sandbox: `origin` is `http://127.0.0.1:port`. */
export function variablesFor(origin: string): Readonly<Record<string, string>> {
  const { hostname, port } = new URL(origin);
  return {
    AWS_ENDPOINT_URL: origin,
    ...sandboxIdentity,
    GENESYSCLOUD_GATEWAY_HOST: hostname,
    GENESYSCLOUD_GATEWAY_PORT: port,
    GENESYSCLOUD_GATEWAY_PROTOCOL: 'http',
  };
}
