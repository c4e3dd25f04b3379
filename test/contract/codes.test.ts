import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { genesysOperations } from '../../src/sandbox/genesys/index.ts';
import { commonCode } from '../../src/sandbox/vendor-codes.ts';
import { contract } from './contract-faults.ts';

const folder = fileURLToPath(new URL('../../src/sandbox/genesys', import.meta.url));
const served = genesysOperations.flatMap(({ service, operation }) =>
  service === 'genesys' ? (contract.operations.get(operation) ?? []) : [],
);
const listed = new Set(
  served.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, { errorCodes }]) => errorCodes.map((code) => `${status} ${code}`)),
  ),
);

const REFUSAL = /(?:new Refusal|refusalWith|staleVersion)\(\s*(\d{3}),\s*'([^']+)'|notFound\('([^']+)'/g;
/** The login's codes have an underscore, and those of the store that flows are uploaded to begin with a capital. */
const isOfAnother = (code: string): boolean => /^[A-Z]|_/.test(code);

/** Every status and code that the sandbox's sources refuse with. */
function codesIn(text: string): readonly string[] {
  const found = [...text.matchAll(REFUSAL)].map(([, status = '404', code, missing]) => [status, code ?? missing ?? '']);
  return found.flatMap(([status, code = '']) => (isOfAnother(code) ? [] : [`${status} ${code}`]));
}

test('no code in the sandbox’s sources is made up', () => {
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const codes = new Set(sources.flatMap(codesIn));
  expect(codes.size).toBeGreaterThan(40);
  expect([...codes].filter((code) => !listed.has(code))).toEqual([]);
});

test('a refusal that was ordered without a code has one that the operation lists, wherever it lists the status', () => {
  const wrong = served.flatMap(({ operationId, responses }) =>
    Object.entries(responses)
      // Of the few that have 405 and 410, each has codes of its own.
      .filter(([status]) => Number(status) >= 400 && !['405', '410', '415'].includes(status))
      .filter(([status, { errorCodes }]) => !errorCodes.includes(commonCode('genesys', Number(status))))
      .map(([status]) => `${operationId} ${status}`),
  );
  expect(wrong).toEqual([]);
});
