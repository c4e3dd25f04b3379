import type { Agent } from 'node:http';
import platformClient from 'purecloud-platform-client-v2';

/** What stands in the place of both the login and the API host. */
export interface Gateway {
  readonly host: string;
  readonly port?: number | undefined;
  /** By default `https`. */
  readonly protocol?: string | undefined;
  readonly pathParamsLogin?: string | undefined;
  readonly pathParamsApi?: string | undefined;
}

export interface SdkOptions {
  /** The region's domain: `mypurecloud.com`. */
  readonly domain: string;
  readonly gateway?: Gateway | undefined;
  /** What connects, for http and https alike; by default Node.js does. */
  readonly agent?: Agent | undefined;
}

interface SdkRequest {
  readonly method: string;
  /** With the names of `path` in braces. */
  readonly template: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body: unknown;
  readonly contentType: string;
}

/** The Genesys SDK as we use it; what it resolves and rejects with is its own. */
interface Sdk {
  /** Signs in; what is sent from then on carries the token. */
  readonly signIn: (clientId: string, clientSecret: string, signal: AbortSignal) => Promise<unknown>;
  readonly send: (request: SdkRequest, signal: AbortSignal) => Promise<unknown>;
}

/** The part of the SDK's client that is used here: its own types lack some of it, and are wrong about some. */
interface ApiClient {
  readonly config: {
    readonly setConfigPath: (path: string) => void;
    live_reload_config: boolean;
    readonly setEnvironment: (domain: string) => void;
    readonly setGateway: (gateway: object | undefined) => void;
    readonly logger: {
      log_level: string;
      log_to_console: boolean;
      log_file_path: string | undefined;
      readonly setLogger: () => void;
    };
  };
  readonly getHttpClient: () => { toAxiosConfig: (request: object) => object };
  readonly setReturnExtendedResponses: (isExtended: boolean) => void;
  readonly loginClientCredentialsGrant: (id: string, secret: string) => Promise<unknown>;
  readonly callApi: (
    path: string,
    method: string,
    pathParams: object,
    queryParams: object,
    headers: object,
    form: object,
    body: unknown,
    auth: readonly string[],
    contentTypes: readonly string[],
    accepts: readonly string[],
  ) => Promise<unknown>;
}

const LARGEST_ANSWER = 50 * 1024 * 1024;

/** A client of its own, apart from the SDK's singleton. */
export function createSdk(options: SdkOptions): Sdk {
  const { ApiClientClass } = platformClient as unknown as { readonly ApiClientClass: new () => ApiClient };
  const client = new ApiClientClass();
  configure(client, options);
  let ending: AbortSignal | undefined;
  const http = client.getHttpClient();
  const plain = http.toAxiosConfig.bind(http);
  http.toAxiosConfig = (request) => ({ ...plain(request), ...transport(options.agent), signal: ending });
  // The SDK makes its request before it returns, so this signal gets into no other one.
  const endedBy = (signal: AbortSignal, start: () => Promise<unknown>) => {
    ending = signal;
    return start();
  };
  const json = ['application/json'];
  return {
    signIn: (id, secret, signal) => endedBy(signal, () => client.loginClientCredentialsGrant(id, secret)),
    send: ({ method, template, path, query, body, contentType }, signal) =>
      endedBy(signal, () =>
        client.callApi(template, method, path, query, {}, {}, body, ['PureCloud OAuth'], [contentType], json),
      ),
  };
}

/** The SDK reads `~/.genesyscloudjavascript/config` when it is made; what that may have set is undone here. */
function configure(client: ApiClient, { domain, gateway }: SdkOptions): void {
  const { config } = client;
  config.live_reload_config = false;
  config.setConfigPath('');
  Object.assign(config.logger, { log_level: 'none', log_to_console: false, log_file_path: undefined });
  config.logger.setLogger();
  config.setEnvironment(domain);
  config.setGateway(
    gateway && {
      host: gateway.host,
      port: gateway.port,
      protocol: gateway.protocol,
      path_params_login: gateway.pathParamsLogin,
      path_params_api: gateway.pathParamsApi,
    },
  );
  client.setReturnExtendedResponses(true);
}

/** What axios is told besides. */
const transport = (agent: Agent | undefined) => ({
  // Ours is the only time-out: the SDK's own leaves out an answer that trickles in.
  timeout: 0,
  // A token never follows a redirect.
  maxRedirects: 0,
  maxContentLength: LARGEST_ANSWER,
  transformResponse: readBody,
  // Proxies are the agent's matter: axios would look for them in the environment of the process.
  proxy: false,
  ...(agent && { httpAgent: agent, httpsAgent: agent }),
});

/**
 * The body of an answer: axios itself takes everything for JSON that can be read as such, a template's text too, and all
 * else for text. A good status with a proxy's page, or with half of the JSON, is no success.
 */
function readBody(text: unknown, headers: Readonly<Record<string, unknown>>, status: number): unknown {
  const type = String(headers['content-type']);
  if (typeof text !== 'string' || text === '' || (status >= 300 && !isJson(type))) return text;
  if (/^text\/html/i.test(type)) throw unreadable(status);
  if (!isJson(type)) return text;
  try {
    return JSON.parse(text);
  } catch {
    if (status < 300) throw unreadable(status);
    return text;
  }
}

const isJson = (type: string) => /^application\/([\w.-]+\+)?json/i.test(type);

const unreadable = (status: number) =>
  Object.assign(new Error(`HTTP ${status}, with an answer that cannot be read`), { code: 'ERR_BAD_RESPONSE' });
