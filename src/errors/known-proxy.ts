import type { Explanation } from './explanation.ts';

const refused = (code: string, message: string) => ({
  from: 'AWS' as const,
  service: 'STS',
  operation: 'GetCallerIdentity',
  thrown: { name: 'Error', code, message },
});

const ACCOUNT =
  'Give both in HTTPS_PROXY (HTTP_PROXY for an address without TLS), as http://name:password@host:port with special characters percent-encoded (@ is %40).';

/** How a proxy says that it does not let us through. */
export const knownOfProxies: readonly Explanation[] = [
  {
    id: 'network.proxy-sign-in',
    match: { code: /^ERR_PROXY_AUTH$/, text: /the proxy (?<proxy>\S+) did not/ },
    message: 'The proxy {proxy} wants a name and a password, or does not take the ones that it was given.',
    hint: ACCOUNT,
    example: refused(
      'ERR_PROXY_AUTH',
      'the proxy proxy.example.com:3128 did not connect to sts.us-east-1.amazonaws.com:443 (HTTP 407)',
    ),
  },
  {
    id: 'network.proxy-sign-in-on-the-way',
    match: { status: /^407$/, service: /./ },
    message:
      'The proxy on the way to {service} wants a name and a password, or does not take the ones that it was given.',
    hint: ACCOUNT,
    example: {
      from: 'Genesys Cloud',
      service: 'Genesys Cloud',
      operation: 'POST /oauth/token',
      thrown: { status: 407, headers: {}, body: 'Proxy Authentication Required' },
    },
  },
  {
    id: 'network.proxy-refused',
    match: { code: /^ERR_PROXY_REFUSED$/, text: /the proxy (?<proxy>\S+) did not connect to (?<host>[^\s:]+)/ },
    message: 'The proxy {proxy} does not let anybody through to {host}.',
    hint: 'Ask who runs the proxy to allow that host; or name it in NO_PROXY, if it can be reached without the proxy.',
    example: refused(
      'ERR_PROXY_REFUSED',
      'the proxy proxy.example.com:3128 did not connect to sts.us-east-1.amazonaws.com:443 (HTTP 403)',
    ),
  },
  {
    id: 'network.proxy-cannot-reach',
    match: { code: /^ERR_PROXY_FAILED$/, text: /the proxy (?<proxy>\S+) did not connect to (?<host>[^\s:]+)/ },
    message: 'The proxy {proxy} cannot reach {host}.',
    hint: 'Check the region and any endpoint that is set. If they are right, tell who runs the proxy; or name the host in NO_PROXY, if it can be reached without the proxy.',
    example: refused(
      'ERR_PROXY_FAILED',
      'the proxy proxy.example.com:3128 did not connect to sts.us-east-1.amazonaws.com:443 (HTTP 502)',
    ),
  },
  {
    id: 'network.proxy-unreachable',
    match: { code: /^ERR_PROXY_UNREACHABLE$/, text: /from the proxy (?<proxy>\S+)/ },
    message: 'The proxy {proxy} cannot be reached.',
    hint: 'Check HTTPS_PROXY, and that the proxy runs. If no proxy is needed here, unset the variable, or name the hosts in NO_PROXY.',
    example: refused('ERR_PROXY_UNREACHABLE', 'no answer from the proxy proxy.example.com:3128 (ECONNREFUSED)'),
  },
];
