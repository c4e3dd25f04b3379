import { type Operation, Refusal } from '../contract.ts';
import { badRequest, notFound } from './error-body.ts';

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly segments: readonly string[];
}

interface Found {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the operation for a method and path. A literal segment wins over a parameter, and its case does not matter. */
export function createRouter(operations: readonly Operation[]): (method: string, pathname: string) => Found {
  const routes = operations.map(parseRoute).sort((a, b) => rank(a).localeCompare(rank(b)));
  return (method, pathname) => {
    const parts = pathname.split('/');
    const fitting = routes.filter(({ segments }) => fits(segments, parts));
    const route = fitting.find((one) => one.method === method);
    if (route) return { operation: route.operation, path: parametersOf(route, parts) };
    if (fitting.length > 0) throw new Refusal(405, 'method not allowed', 'HTTP 405 Method Not Allowed');
    throw notFound();
  };
}

function parseRoute(operation: Operation): Route {
  const [method = '', template = ''] = operation.route.split(' ');
  return { operation, method, segments: (template.split('?')[0] ?? '').split('/') };
}

const isParameter = (segment: string): boolean => segment.startsWith('{');

/** Where two routes first differ in kind, the one with the literal sorts first. */
const rank = ({ segments }: Route): string => segments.map((segment) => (isParameter(segment) ? '1' : '0')).join('');

const fits = (segments: readonly string[], parts: readonly string[]): boolean =>
  segments.length === parts.length &&
  segments.every((segment, index) => {
    const part = parts[index] ?? '';
    return isParameter(segment) ? part !== '' : segment.toLowerCase() === part.toLowerCase();
  });

const parametersOf = ({ segments }: Route, parts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    segments.flatMap((segment, index) =>
      isParameter(segment) ? [[segment.slice(1, -1), decode(parts[index] ?? '')]] : [],
    ),
  );

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`The path has a bad escape: ${part}`);
  }
}
