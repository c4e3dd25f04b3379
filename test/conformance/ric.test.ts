import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipOf } from '../sandbox/aws/aws-sandbox.ts';
import { installFunction, prepareRole, runFunctions } from './functions.ts';
import { ODD_HANDLERS } from './odd-handlers.ts';
import { openOurs, type Place } from './place.ts';
import { installed } from './server.ts';

// AWS's own runtime client in the place of ours: a package root in which our runtime's file is theirs.
const root = mkdtempSync(join(tmpdir(), 'eo-ric-'));
mkdirSync(join(root, 'dist'));
writeFileSync(join(root, 'package.json'), '{"type":"module"}');
const client = pathToFileURL(installed('ric', 'node_modules', 'aws-lambda-ric', 'index.mjs')).href;
writeFileSync(join(root, 'dist', 'lambda-runtime.js'), `import '${client}';\n`);

let ours: Place;
let theirs: Place;
beforeAll(async () => {
  [ours, theirs] = await Promise.all([openOurs(), openOurs({ root })]);
});
afterAll(async () => {
  await Promise.all([ours.close(), theirs.close()]);
  rmSync(root, { recursive: true });
});

test("both functions answer under AWS's own runtime as they do in the sandbox", async () => {
  const [own, aws] = await Promise.all([runFunctions(ours), runFunctions(theirs)]);
  expect(own['payment-id: nine digits']).toEqual({ status: 200, paymentId: 'a uuid' });
  expect(own).toEqual(aws);
});

describe("a function is answered for and logged as by AWS's own runtime if it", () => {
  const role = { isThere: false };
  const both = async (name: string, code: string) => {
    const places = [ours, theirs].map(({ context }) => context('a-step'));
    if (!role.isThere) await Promise.all(places.map(prepareOdd));
    role.isThere = true;
    return Promise.all(places.map((place) => invokeOdd(place, name, code)));
  };
  test.each(Object.entries(ODD_HANDLERS))('%s', async (what, code) => {
    const [own, aws] = await both(what.replace(/\W/g, '-'), code);
    expect(own).toEqual(aws);
  });
});

const prepareOdd = (place: ReturnType<Place['context']>) =>
  // The other test may have made it.
  prepareRole(place).catch((error: { code?: string }) => {
    if (error.code !== 'EntityAlreadyExistsException') throw error;
  });

async function invokeOdd(place: ReturnType<Place['context']>, name: string, code: string) {
  await installFunction(place, name, zipOf(code));
  const answer = await place.aws.lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: '{"n":1}', LogType: 'Tail' }),
  );
  const payload = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
  return {
    error: answer.FunctionError,
    payload: JSON.parse(lineAlike(JSON.stringify(alike(payload)))),
    log: log
      .split('\n')
      .map(lineAlike)
      .filter((line) => LAMBDAS.test(line)),
  };
}

/** Without the frames of a stack: they are the runtime's own. */
const alike = (value: unknown) =>
  typeof value === 'object' && value !== null && 'trace' in value && Array.isArray(value.trace)
    ? { ...value, trace: value.trace[0] }
    : value;

/** What Lambda or its runtime write, and not Node as it ends. */
const LAMBDAS = /^(START|TIME|\{|END|REPORT|RequestId|Runtime)/;

const lineAlike = (line: string) =>
  line
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'TIME')
    .replace(/[^'" ]*\/code-\w+/g, 'FOLDER')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/("stack(?:Trace)?":\["[^"]*").*?\]/, '$1]')
    .replace(/[\d.]+ ms/g, '0 ms')
    .replace(/(\r\s+at [^\r]*)+/g, '\r    at …');
