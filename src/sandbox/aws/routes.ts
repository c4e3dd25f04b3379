import { type Incoming, Refusal } from '../contract.ts';
import type { AwsOperation } from './operation.ts';

interface Route {
  readonly operation: AwsOperation;
  readonly method: string;
  readonly segments: readonly string[];
  /** What the query must have: `?tagging`, `?list-type=2`. */
  readonly flags: readonly string[];
}

interface Found {
  readonly operation: AwsOperation;
  readonly path: Readonly<Record<string, string>>;
}

type Router = (incoming: Incoming) => Found | undefined;

/**
 * Finds the operation for a request. A route is `GET /{bucket}/{key+}?tagging`: a parameter is one segment, one with a
 * plus is all that is left. The route that asks for the most of the query goes first.
 */
export function createRouter(operations: readonly AwsOperation[]): Router {
  const routes = operations.map(parseRoute).sort((a, b) => b.flags.length - a.flags.length);
  return ({ method, url }) => {
    const parts = url.pathname.split('/').slice(1);
    const route = routes.find(
      (one) => one.method === method && fits(one, parts) && one.flags.every((flag) => has(url.searchParams, flag)),
    );
    return route && { operation: route.operation, path: parametersOf(route, parts) };
  };
}

function parseRoute(operation: AwsOperation): Route {
  const [method = '', target = ''] = operation.route.split(' ');
  const [path = '', query = ''] = target.split('?');
  return { operation, method, segments: path.split('/').slice(1), flags: query === '' ? [] : query.split('&') };
}

function has(query: URLSearchParams, flag: string): boolean {
  const [name = '', value] = flag.split('=');
  return value === undefined ? query.has(name) : query.get(name) === value;
}

const isRest = (segment: string | undefined): boolean => segment?.endsWith('+}') ?? false;

function fits({ segments }: Route, parts: readonly string[]): boolean {
  const last = segments.length - 1;
  // What is left may be anything but nothing; elsewhere a slash at the end makes no difference.
  const fitting = isRest(segments[last]) ? parts.slice(last).join('/') !== '' : isAsLong(segments, parts);
  return fitting && segments.every((segment, index) => isRest(segment) || fitsSegment(segment, parts[index]));
}

const isAsLong = ({ length }: readonly string[], parts: readonly string[]): boolean =>
  parts.length === length || (parts.length === length + 1 && parts[length] === '');

const fitsSegment = (segment: string, part: string | undefined): boolean =>
  segment.startsWith('{') ? part !== undefined && part !== '' : segment === part;

function parametersOf({ segments }: Route, parts: readonly string[]): Readonly<Record<string, string>> {
  const named = segments.flatMap((segment, index) => {
    if (!segment.startsWith('{')) return [];
    const value = isRest(segment) ? parts.slice(index).join('/') : (parts[index] ?? '');
    return [[segment.replace(/^\{|\+?\}$/g, ''), decode(value)] as const];
  });
  return Object.fromEntries(named);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}
