import { BlockList, isIP, isIPv6 } from 'node:net';
import { exitCode, SetupError } from '../errors/setup-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where a request goes to. */
interface Destination {
  readonly isSecure: boolean;
  /** An IPv6 address stands without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The proxy that a request goes through; undefined where it goes straight. */
export type ProxyFor = (destination: Destination) => URL | undefined;

/**
 * Reads the proxies from the environment, under the names that curl knows; undefined where there is none. What is on this
 * machine is never asked for through a proxy.
 */
export function proxiesOf(env: Env): ProxyFor | undefined {
  const secure = proxyIn(env, 'https_proxy') ?? proxyIn(env, 'all_proxy');
  const plain = proxyIn(env, 'http_proxy') ?? proxyIn(env, 'all_proxy');
  if (!secure && !plain) return undefined;
  const isExempt = exemptions(spelled(env, 'no_proxy')?.[1] ?? '');
  return ({ isSecure, host, port }) =>
    isLoopback(host) || isExempt(host.toLowerCase(), port) ? undefined : isSecure ? secure : plain;
}

/** Whether a host is this machine. */
export const isLoopback = (host: string): boolean => /^(127(\.\d+){3}|(.+\.)?localhost|\[?::1\]?)$/i.test(host);

/** What must not be shown of the proxies. */
export const proxySecrets = (env: Env): readonly string[] =>
  ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => {
    const password = proxyIn(env, name)?.password;
    return password ? [...new Set([password, decoded(password)])] : [];
  });

/** The value of a variable in either spelling, small letters first, and the spelling. */
function spelled(env: Env, name: string): readonly [name: string, value: string] | undefined {
  for (const spelling of [name, name.toUpperCase()]) {
    const value = env[spelling]?.trim();
    if (value) return [spelling, value];
  }
  return undefined;
}

function proxyIn(env: Env, variable: string): URL | undefined {
  const [name, value] = spelled(env, variable) ?? [];
  if (!name || !value) return undefined;
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A password with a slash that is not encoded ends the host early: a part of it would be taken for the host, and shown.
  const isTorn = url && `${url.pathname}${url.search}${url.hash}`.includes('@');
  if (url && /^https?:$/.test(url.protocol) && url.hostname && !isTorn) return url;
  // The value may hold a password, so it is not shown.
  throw new SetupError(`The proxy in ${name} cannot be used.`, {
    exit: exitCode.usage,
    hint: 'Give an HTTP proxy as http://host:port, or as http://name:password@host:port, with special characters percent-encoded (@ is %40).',
  });
}

/** A name and a password that were percent-encoded to stand in a URL; as it is where it only looks so. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Matches = (host: string, port: number) => boolean;

/** `NO_PROXY`: names with all that is below them, addresses, networks (`10.0.0.0/8`), each with a port if need be, or `*`. */
function exemptions(list: string): Matches {
  const entries = list.toLowerCase().split(/[\s,]+/);
  const matchers = entries.filter((entry) => entry !== '').map(exemption);
  return (host, port) => matchers.some((matches) => matches(host, port));
}

function exemption(entry: string): Matches {
  if (entry === '*') return () => true;
  const [, network = '', prefix = ''] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  if (isIP(network) && Number(prefix) <= (isIPv6(network) ? 128 : 32)) return within(network, Number(prefix));
  const [, bracketed, plain = entry, port] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  const name = (bracketed ?? plain).replace(/^\*?\./, '');
  return (host, its) =>
    (port === undefined || Number(port) === its) && (host === name || (!isIP(host) && host.endsWith(`.${name}`)));
}

function within(network: string, prefix: number): Matches {
  const addresses = new BlockList();
  addresses.addSubnet(network, prefix, family(network));
  return (host) => isIP(host) !== 0 && addresses.check(host, family(host));
}

const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
