import * as z from 'zod';
import type { StaticType } from '../expression/value.ts';

const schema = z.looseObject({
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), z.looseObject({ type: z.string().optional() })).default({}),
});

/** A side of a data action's contract, as far as it is looked at: JSON schema. */
export type ContractSide = z.output<typeof schema>;

/** A data action that is known: its names, and what goes in and comes out. */
export interface ActionContract {
  readonly category: string;
  readonly name: string;
  readonly input: ContractSide;
  readonly output: ContractSide;
}

/** Reads one side of a contract. */
export const contractSide = (json: unknown): ContractSide => schema.parse(json);

const types: Readonly<Record<string, StaticType>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'integer',
  number: 'decimal',
};

/** The type of a member of a contract in Architect. */
export const typeOfMember = ({ properties }: ContractSide, name: string): StaticType =>
  types[properties[name]?.type ?? ''] ?? 'unknown';
