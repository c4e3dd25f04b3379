import type { Contract, Contracted, Schema } from './contract.ts';

/** The contract with what the vendor was seen to do and its description leaves out. */
export const withMeasured = ({ operations, definitions }: Contract): Contract => ({
  operations: new Map([...operations].map(([id, one]) => [id, withAnyInput(one)])),
  definitions: { ...definitions, ...tokenInfo(definitions), ...withoutNeed(definitions) },
});

/** What the description calls required, and the vendor does without. */
const NOT_REQUIRED: Readonly<Record<string, string>> = {
  CreateIntegrationRequest: 'name',
  DIDPool: 'name',
  Integration: 'intendedState',
};

const withoutNeed = (definitions: Contract['definitions']): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(NOT_REQUIRED).flatMap(([name, member]) => {
      const { required, ...described } = definitions[name] ?? {};
      if (!Array.isArray(required)) return [];
      const still = required.filter((one) => one !== member);
      return [[name, { ...described, ...(still.length > 0 && { required: still }) }]];
    }),
  );

/** A data action's inputs may be texts and numbers, not objects alone; a body that is a string is any text, JSON too. */
function withAnyInput(operation: Contracted): Contracted {
  const parameters = operation.parameters.map((parameter) => {
    const { schema } = parameter;
    if (schema?.['type'] === 'string') return { ...parameter, schema: {} };
    const isMapOfObjects = JSON.stringify(schema?.['additionalProperties']) === '{"type":"object"}';
    return isMapOfObjects ? { ...parameter, schema: { type: 'object' } } : parameter;
  });
  return { ...operation, parameters };
}

/** The token of a client comes with a user that is nobody. */
function tokenInfo({ TokenInfo: described }: Contract['definitions']): Record<string, Schema> {
  if (typeof described?.['properties'] !== 'object') return {};
  return {
    TokenInfo: { ...described, properties: { ...described['properties'], authenticatedUser: { type: 'null' } } },
  };
}
