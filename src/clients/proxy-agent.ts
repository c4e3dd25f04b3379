import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { decoded, type ProxyFor } from './proxies.ts';

/** Sends each request through the proxy that it is meant to go through, or straight. For http and https alike. */
export class ProxyAgent extends Agent {
  readonly #proxyFor: ProxyFor;
  readonly #straight = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true }),
  };
  constructor(proxyFor: ProxyFor) {
    super({ keepAlive: true });
    this.#proxyFor = proxyFor;
  }
  override connect(request: ClientRequest, options: AgentConnectOpts): HttpAgent | Promise<Socket> {
    const isSecure = options.secureEndpoint;
    const destination = { isSecure, host: options.host ?? '', port: Number(options.port) };
    const proxy = this.#proxyFor(destination);
    if (!proxy) return isSecure ? this.#straight.https : this.#straight.http;
    // Each request to a plain server is addressed to the proxy, so their connections are not shared.
    return isSecure ? tunnel(proxy, request, options) : new HttpProxyAgent(withoutAccount(proxy), accountOf(proxy));
  }
  override destroy(): void {
    this.#straight.http.destroy();
    this.#straight.https.destroy();
    super.destroy();
  }
}

/** Has the proxy connect us; a request that is given up meanwhile leaves no connection behind. */
async function tunnel(proxy: URL, request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
  const { host = '', port } = options;
  const gone = new AbortController();
  const destroy = request.destroy.bind(request);
  // As long as it has no connection, nobody is told that a request was given up.
  request.destroy = (error) => {
    gone.abort();
    return destroy(error);
  };
  let status = 200;
  request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
    status = statusCode;
  });
  const agent = new HttpsProxyAgent(withoutAccount(proxy), { ...accountOf(proxy), signal: gone.signal });
  try {
    // The agent leaves out the host, and then an address would be looked for in vain in the certificate.
    const identified = { ...options, checkServerIdentity: (_: string, cert: object) => identity(host, cert) };
    const socket = await agent.connect(request, identified as AgentConnectOpts);
    if (status === 200) return socket;
  } catch (error) {
    throw unreachable(proxy, error);
  } finally {
    request.destroy = destroy;
  }
  throw refusal(proxy, `${host}:${port}`, status);
}

const identity = (host: string, cert: object) =>
  checkServerIdentity(host, cert as Parameters<typeof checkServerIdentity>[1]);

/** The agents write the URL that they are given to the console where they are debugged. */
function withoutAccount(proxy: URL): URL {
  const url = new URL(proxy);
  url.username = '';
  url.password = '';
  return url;
}

function accountOf({ username, password }: URL) {
  const account = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  return { headers: username || password ? { 'Proxy-Authorization': `Basic ${account}` } : {} };
}

const failure = (code: string, message: string, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });

function unreachable({ host }: URL, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  // A proxy that speaks TLS may show a certificate that is not trusted: that is an error of its own.
  if (code !== undefined && !/^E[A-Z]/.test(code)) return error;
  const why = code === undefined ? '' : ` (${code})`;
  return failure('ERR_PROXY_UNREACHABLE', `no answer from the proxy ${host}${why}`, error);
}

function refusal({ host }: URL, destination: string, status: number): Error {
  const answer = `the proxy ${host} did not connect to ${destination} (HTTP ${status})`;
  if (status === 407) return failure('ERR_PROXY_AUTH', answer);
  return failure(status >= 500 ? 'ERR_PROXY_FAILED' : 'ERR_PROXY_REFUSED', answer);
}
