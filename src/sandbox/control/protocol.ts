import { type Incoming, type Matched, type Operation, type Protocol, Refusal, type Sent } from '../contract.ts';

const PREFIX = '/_sandbox/';

/** How the sandbox speaks for itself: JSON under `/_sandbox/`, to this machine only. */
export function createControl(operations: readonly Operation[]): Protocol {
  const routes = operations.map((operation) => ({ operation, ...parseRoute(operation.route) }));
  return {
    claims: ({ url }) => url.pathname.startsWith(PREFIX),
    match: (incoming) => {
      const { method, url } = incoming;
      for (const { operation, verb, segments } of routes) {
        const path = verb === method ? pathOf(segments, url.pathname) : undefined;
        if (path) return { operation, path, query: url.searchParams, body: decode(incoming) };
      }
      throw new Refusal(404, 'no.such.route', `The sandbox has no ${method} ${url.pathname}.`, {
        body: { routes: operations.map(({ route }) => route) },
      });
    },
    authenticate: (_world, { headers }) => {
      // A page in a browser, of whatever origin, must not empty somebody's sandbox.
      if (headers['origin'] !== undefined || !isLoopback(headers['host'] ?? '')) {
        throw new Refusal(403, 'not.local', 'The sandbox is controlled from this machine, and not by web pages.');
      }
      return 'control';
    },
    authorize: () => undefined,
    render: (_incoming: Incoming, _matched: Matched | undefined, { status, body }) => json(status, body),
    refuse: (_incoming, _matched, { status, code, message, extra }) =>
      json(status, { ...extra.body, status, code, message }),
  };
}

function parseRoute(route: string): { readonly verb: string; readonly segments: readonly string[] } {
  const [verb = '', path = ''] = route.split(' ');
  return { verb, segments: path.split('?')[0]?.split('/') ?? [] };
}

function pathOf(segments: readonly string[], pathname: string): Record<string, string> | undefined {
  const parts = pathname.split('/');
  if (parts.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined && segment !== part) return undefined;
    if (name !== undefined) path[name] = decodePart(part);
  }
  return path;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, 'bad.path', `The path has a bad escape: ${part}`);
  }
}

function decode({ bytes }: Incoming): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new Refusal(400, 'bad.json', 'The body is not JSON.');
  }
}

const isLoopback = (host: string): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);

const json = (status: number, body: unknown): Sent => ({
  status,
  headers: body === undefined ? {} : { 'content-type': 'application/json' },
  bytes: body === undefined ? new Uint8Array() : Buffer.from(`${JSON.stringify(body, null, 2)}\n`),
});
