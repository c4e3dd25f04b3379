import type { Contract, Contracted, Schema } from './contract.ts';

/** The contract with what the vendor was seen to do and its description leaves out. */
export const withMeasured = ({ operations, definitions }: Contract): Contract => ({
  operations: new Map([...operations].map(([id, one]) => [id, withAnyInput(one)])),
  definitions: { ...definitions, ...tokenInfo(definitions) },
});

/** A data action's inputs may be texts and numbers, not objects alone. */
function withAnyInput(operation: Contracted): Contracted {
  const parameters = operation.parameters.map((parameter) => {
    const isMapOfObjects = JSON.stringify(parameter.schema?.['additionalProperties']) === '{"type":"object"}';
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
