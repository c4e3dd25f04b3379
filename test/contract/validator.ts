import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Contract, Schema } from './contract.ts';

/** Says what is wrong with a value; undefined where nothing is. */
export type Validate = (schema: Schema, value: unknown) => string | undefined;

/** Holds what is sent against the contract: what the vendor sets may be left out, and what it does not know may not come. */
export const requestValidator = (contract: Contract): Validate =>
  validator(contract, (schema) => closed(withoutReadOnly(schema)));

/** Holds what is answered against the contract; what it does not know may not come here either. */
export const answerValidator = (contract: Contract): Validate => validator(contract, closed);

function validator({ definitions }: Contract, change: (schema: Schema) => Schema): Validate {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  formats.default(ajv);
  // Each is compiled when it is first needed, and once, whoever refers to it: that takes a schema of its own.
  for (const [name, schema] of Object.entries(definitions)) ajv.addSchema(named(change(schema)), PREFIX + name);
  const validateOf = (schema: Schema): ValidateFunction => {
    const { $ref: name } = schema;
    return (typeof name === 'string' ? ajv.getSchema(name) : undefined) ?? ajv.compile(schema);
  };
  const known = new Map<Schema, ValidateFunction>();
  return (schema, value) => {
    const validate = known.get(schema) ?? validateOf(named(schema));
    known.set(schema, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
}

const PREFIX = 'contract:';

const named = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', `"${PREFIX}`));

const membersOf = ({ properties }: Schema): Readonly<Record<string, unknown>> =>
  typeof properties === 'object' && properties !== null ? { ...properties } : {};

function withoutReadOnly(schema: Schema): Schema {
  const { required } = schema;
  if (!Array.isArray(required)) return schema;
  const members = membersOf(schema);
  const isReadOnly = (name: string) => {
    const member = members[name];
    return typeof member === 'object' && member !== null && 'readOnly' in member && member.readOnly === true;
  };
  const { required: _, ...rest } = schema;
  const still = required.filter((name) => !isReadOnly(name));
  return still.length > 0 ? { ...rest, required: still } : rest;
}

/** A description lists the members that there are, though Swagger takes it for the least that there is. */
const closed = (schema: Schema): Schema =>
  Object.keys(membersOf(schema)).length === 0 || 'additionalProperties' in schema
    ? schema
    : { ...schema, additionalProperties: false };
