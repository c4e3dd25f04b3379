import type { Exchange } from '../../src/sandbox/exchange.ts';
import { BY_HAND } from '../support/by-hand.ts';
import type { Contract, Contracted, Parameter } from './contract.ts';
import { answerValidator, requestValidator, type Validate } from './validator.ts';

/** What of an exchange is not as the contract says; of other services than the Platform API it says nothing. */
export type FaultsOf = (exchange: Exchange) => readonly string[];

/** Holds exchanges against a contract: `openTestSandbox({ observe: (one) => faults.push(...faultsOf(one)) })`. */
export function faultsIn(contract: Contract): FaultsOf {
  const validators = { request: requestValidator(contract), answer: answerValidator(contract) };
  return (exchange) => {
    const { operation, service, route } = exchange.matched.operation;
    if (service !== 'genesys') return [];
    const known = contract.operations.get(operation);
    if (!known) return [`${operation} is not in the contract`];
    const faults = [
      route === known.route ? undefined : `its route is ${route}`,
      ...answerFaults(known, exchange, validators.answer),
      ...(mayBeWrong(exchange) ? [] : requestFaults(known, exchange, validators.request)),
    ];
    return faults.flatMap((fault) => (fault === undefined ? [] : [`${operation} ${exchange.sent.status}: ${fault}`]));
  };
}

type Fault = string | undefined;

/** What a test words itself and the sandbox refuses, or the test calls wrong. */
function mayBeWrong({ incoming, sent }: Exchange): boolean {
  const byHand = incoming.headers[BY_HAND];
  return byHand !== undefined && (sent.status >= 400 || byHand === 'wrong');
}

function answerFaults({ responses }: Contracted, { sent }: Exchange, validate: Validate): readonly Fault[] {
  const answer = responses[sent.status] ?? (sent.status < 400 ? responses['default'] : undefined);
  if (!answer) return ['there is no such status'];
  const body = bodyOf(sent);
  if (sent.status >= 400 && !answer.errorCodes.includes(codeOf(body))) return [`the code ${codeOf(body)}`];
  if (answer.schema) return [validate(answer.schema, body)];
  return [body === undefined ? undefined : 'it has a body'];
}

function bodyOf({ headers, bytes }: Exchange['sent']): unknown {
  if (bytes.length === 0) return undefined;
  const text = Buffer.from(bytes).toString();
  return headers['content-type'] === 'application/json' ? JSON.parse(text) : text;
}

const codeOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'none';

function requestFaults(known: Contracted, { incoming, matched }: Exchange, validate: Validate): readonly Fault[] {
  const { searchParams: query } = incoming.url;
  const asked = known.parameters.filter((one) => one.in === 'query');
  const names = asked.map(({ name }) => name);
  const unknown = [...query.keys()].filter((name) => !names.includes(name)).map((name) => `the parameter ${name}`);
  return [
    ...unknown,
    ...Object.entries(matched.path).map(pathFault),
    ...asked.map((one) => queryFault(one, query)),
    bodyFault(known, matched.body, validate),
  ];
}

/** A value that was missing, or a name in the route that nothing was put in place of. */
const pathFault = ([name, value]: readonly [string, string]): Fault =>
  /^(undefined|null|\[object .*)$|^[{:]/.test(value) ? `the path has ${value} for ${name}` : undefined;

const TYPES: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
};

function queryFault(parameter: Parameter, query: URLSearchParams): Fault {
  const { name, required, type = '', enum: words = parameter.items?.enum } = parameter;
  const values = query.getAll(name).flatMap((value) => (type === 'array' ? value.split(',') : value));
  if (values.length === 0) return required ? `the parameter ${name} is missing` : undefined;
  const pattern = TYPES[type];
  const wrong = values.find((value) => (pattern && !pattern.test(value)) || (words && !words.includes(value)));
  return wrong === undefined ? undefined : `the parameter ${name} is ${wrong}`;
}

function bodyFault({ parameters }: Contracted, body: unknown, validate: Validate): Fault {
  const parameter = parameters.find((one) => one.in === 'body');
  if (!parameter) return body === undefined ? undefined : 'the request has a body';
  if (body === undefined) return parameter.required ? 'the request has no body' : undefined;
  const fault = parameter.schema && validate(parameter.schema, body);
  return fault === undefined ? undefined : `the request: ${fault}`;
}
