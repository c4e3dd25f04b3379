import { exitCode, SetupError } from '../errors/setup-error.ts';
import { endpointsInEnv, formatEndpoints } from './aws-endpoints.ts';
import type { Gateway } from './genesys-sdk.ts';

type Env = Readonly<Record<string, string | undefined>>;

const refusal = (name: string, value: string, valid: string) =>
  new SetupError(`${JSON.stringify(value)} (${name}) cannot be used.`, { exit: exitCode.usage, hint: valid });

/** The gateway that stands in front of Genesys Cloud, under the names that CX as Code has for it; undefined without one. */
export function gatewayOf(env: Env): Gateway | undefined {
  const {
    GENESYSCLOUD_GATEWAY_HOST: host,
    GENESYSCLOUD_GATEWAY_PORT: port = '',
    GENESYSCLOUD_GATEWAY_PROTOCOL: protocol = 'https',
  } = env;
  if (!host) return undefined;
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(host))
    throw refusal(
      'GENESYSCLOUD_GATEWAY_HOST',
      host,
      'Give the name of a host and nothing else, such as proxy.example.com.',
    );
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    throw refusal('GENESYSCLOUD_GATEWAY_PORT', port, 'Give a port from 1 to 65535.');
  if (protocol !== 'https' && protocol !== 'http')
    throw refusal('GENESYSCLOUD_GATEWAY_PROTOCOL', protocol, 'Use https, or http for a server on this machine.');
  return { host, protocol, ...(port !== '' && { port: Number(port) }) };
}

/** Where calls go instead of to the vendors, in words; undefined where they go to the vendors. */
export function endpointOf(env: Env): string | undefined {
  const gateway = gatewayOf(env);
  const genesys = gateway && `${gateway.protocol}://${gateway.host}${gateway.port ? `:${gateway.port}` : ''}`;
  const all = [...(genesys ? [`Genesys Cloud at ${genesys}`] : []), ...formatEndpoints(endpointsInEnv(env))];
  return all.length > 0 ? all.join(', ') : undefined;
}
