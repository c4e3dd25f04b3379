import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { CallReport } from '../sandbox/telephony/contract.ts';
import type { Progress } from '../sandbox/telephony/live-calls.ts';

/** A call as it is asked for. */
export interface Wanted {
  readonly to: string;
  readonly from?: string | undefined;
  readonly direction?: 'INBOUND' | 'OUTBOUND' | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly hangUpAfter?: number | undefined;
  readonly events?: number | undefined;
}

/** Makes calls in a sandbox, embedded or served, by its own HTTP. */
export interface CallClient {
  /** A call whose caller does what the keys say, from its first ring to everything that follows. */
  readonly place: (call: Wanted) => Promise<CallReport>;
  /** A call that somebody makes; gives its id. */
  readonly begin: (call: Wanted) => Promise<string>;
  readonly follow: (id: string, since: number) => Promise<Progress>;
  readonly press: (id: string, key: string) => Promise<void>;
  readonly hangUp: (id: string) => Promise<void>;
}

/** `origin` is `http://127.0.0.1:port`. */
export function callClient(origin: string): CallClient {
  // The sandbox is of the same version as this program: what it answers is what it says it is.
  const send = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${origin}/_sandbox/calls${path}`, init).catch((cause: unknown) => {
      throw new SetupError(`The sandbox at ${origin} cannot be reached.`, {
        hint: 'Serve it with "eo-setup sandbox", or leave the address out to use the embedded one.',
        cause,
      });
    });
    const text = await answer.text();
    if (!answer.ok) throw refusal(text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const at = (id: string) => `/${encodeURIComponent(id)}`;
  return {
    place: (call) => send('POST', '', call),
    begin: async (call) => (await send<{ readonly id: string }>('POST', '', { ...call, live: true })).id,
    follow: (id, since) => send('GET', `${at(id)}?since=${since}`),
    press: (id, key) => send('POST', `${at(id)}/keys`, { key }),
    hangUp: (id) => send('POST', `${at(id)}/hang-up`),
  };
}

function refusal(text: string): SetupError {
  const { message = text, code } = JSON.parse(text) as { readonly message?: string; readonly code?: string };
  return callFailure(code ?? '', message);
}

/** A call that did not come about, or broke. */
export function callFailure(code: string, message: string): SetupError {
  const isUnanswered = code === 'no.such.number' || code === 'no.flow';
  return new SetupError(message, {
    exit: isUnanswered ? exitCode.verification : exitCode.failed,
    hint: isUnanswered ? 'Install into the sandbox first: eo-setup install --sandbox.' : undefined,
  });
}
