import type * as z from 'zod';
import { Refusal } from '../contract.ts';
import type { Item } from '../world.ts';

/** What is wrong with one member of a request. */
interface Detail {
  readonly errorCode?: string;
  readonly fieldName?: string;
  readonly entityId?: string;
  readonly entityName?: string;
}

/** The form of every refusal of the Platform API. */
export interface ErrorBody extends Item {
  readonly message: string;
  readonly code: string;
  readonly status: number;
  readonly contextId: string;
  readonly messageWithParams: string;
  readonly messageParams: Readonly<Record<string, string>>;
  readonly details: readonly Detail[];
  readonly errors: readonly ErrorBody[];
}

/** A refusal as the Platform API sends it; `contextId` is what its support asks for. */
export const errorBodyOf = ({ status, code, message, extra }: Refusal, contextId: string): ErrorBody => ({
  message,
  code,
  status,
  contextId,
  messageWithParams: message,
  messageParams: {},
  details: [],
  errors: [],
  ...extra.body,
});

/** A refusal whose text has parameters: `messageWithParams` names each as `{name}`. */
export function refusalWith(
  status: number,
  code: string,
  messageWithParams: string,
  messageParams: Readonly<Record<string, string>>,
): Refusal {
  const message = messageWithParams.replace(/\{(\w+)\}/g, (whole, name) => messageParams[name] ?? whole);
  return new Refusal(status, code, message, { body: { messageWithParams, messageParams } });
}

/** 404, with the operation's own code where it has one (`general.resource.not.found` …). */
export const notFound = (code = 'not.found', message = 'The requested resource was not found.'): Refusal =>
  new Refusal(404, code, message);

/** 400 `bad.request`, with what is wrong with which member. */
export const badRequest = (message: string, details: readonly Detail[] = []): Refusal =>
  new Refusal(400, 'bad.request', message, { body: { details } });

/** 400 for a body that its schema does not accept: says where and why, and repeats no value. */
export function invalidBody({ issues }: z.ZodError): Refusal {
  const details = issues.map(({ code, path }) => ({ errorCode: code, fieldName: path.join('.') }));
  const said = issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  return badRequest(`Bad Request: ${said.join('; ')}`, details);
}

/** 409, or 400 where the operation says so, for a version that is not the live one. */
export const staleVersion = (status: 400 | 409, code: string, sent: number, current: number): Refusal =>
  refusalWith(status, code, 'The version {sent} does not match the current version {current}.', {
    sent: String(sent),
    current: String(current),
  });
