import type { Failure } from './failure.ts';
import type { SetupError } from './setup-error.ts';

/** What was thrown when it happened: by a vendor's SDK, by the system, or by a flow job of ours. */
export type Example =
  | {
      readonly from: 'AWS' | 'Genesys Cloud';
      readonly service: string;
      readonly operation: string;
      readonly thrown: unknown;
    }
  | { readonly from: 'system'; readonly thrown: Error }
  | { readonly from: 'flow job'; readonly thrown: SetupError };

/** One known failure in the user's terms. `{name}` in a text is a named group of `match.text`, or a member of the failure. */
export interface Explanation {
  /** What documents and `--json` call it; the same for two that say the same. */
  readonly id: string;
  /** All that is given must match; `text` is looked for in the message and in each detail. */
  readonly match: {
    readonly service?: RegExp;
    readonly operation?: RegExp;
    readonly status?: RegExp;
    readonly code?: RegExp;
    readonly text?: RegExp;
  };
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  readonly example: Example;
}

/** An explanation of one failure, its gaps filled. */
export type Explained = Pick<Explanation, 'id' | 'message' | 'hint'>;

/** What an explanation says of a failure; undefined where it is about another. */
export function applyTo(failure: Failure, { id, match, message, hint }: Explanation): Explained | undefined {
  const { service, operation, status, code } = failure;
  const isSo = (pattern: RegExp | undefined, value: string | number | undefined) =>
    !pattern || (value !== undefined && pattern.test(String(value)));
  if (!isSo(match.service, service) || !isSo(match.operation, operation)) return undefined;
  if (!isSo(match.status, status) || !isSo(match.code, code)) return undefined;
  const found = match.text?.exec([failure.message, ...failure.details].join('\n'));
  if (match.text && !found) return undefined;
  const words = new Map<string, unknown>([
    ...Object.entries({ service, operation, status, code }),
    ...Object.entries(found?.groups ?? {}),
  ]);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name) => String(words.get(name) ?? ''));
  return { id, message: fill(message), hint: fill(hint) };
}

/** As an AWS client throws a service's answer. */
export const awsAnswer = (
  service: string,
  operation: string,
  httpStatusCode: number,
  name: string,
  message: string,
) => ({
  from: 'AWS' as const,
  service,
  operation,
  thrown: { name, message, $fault: 'client', $metadata: { httpStatusCode, requestId: '7d1f4a' } },
});

/** As the Genesys SDK rejects with an answer. */
export const genesysAnswer = (
  operation: string,
  status: number,
  code: string,
  message: string,
  details: readonly object[] = [],
) => ({
  from: 'Genesys Cloud' as const,
  service: 'Genesys Cloud',
  operation,
  thrown: { status, headers: {}, body: { status, code, message, contextId: '5a4d0b0c', details } },
});

/** As Node.js throws what the system refused. */
export const systemError = (code: string, message: string) => ({
  from: 'system' as const,
  thrown: Object.assign(new Error(`${code}: ${message}`), { code }),
});
