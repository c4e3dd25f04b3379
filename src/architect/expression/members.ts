import { itemsOf, unwrapped } from './coerce.ts';
import { ExpressionError } from './expression-error.ts';
import { itemTypeOf, type Json, make, NOT_SET, nameOfType, type StaticType, typeOf, type Value } from './value.ts';

/** What can stand behind a dot, by the type of what is before it. JSON has whatever it has. */
const members: Readonly<Record<string, Readonly<Record<string, StaticType>>>> = {
  phoneNumber: { e164: 'string', dialingCode: 'string', isTel: 'boolean', isSip: 'boolean' },
  currency: { amount: 'decimal', code: 'string' },
  object: { id: 'string', name: 'string' },
  prompt: { name: 'string' },
};

/** The type of `value.name`, as far as it is known beforehand; undefined where there is no such member. */
export function memberType(type: StaticType, name: string): StaticType | undefined {
  if (type === 'unknown') return 'unknown';
  if (type === 'json') return 'json';
  const found = Object.entries(members[type] ?? {}).find(([each]) => each.toLowerCase() === name.toLowerCase());
  // Queues, users and the others each have more members than these two.
  return found?.[1] ?? (type === 'object' ? 'unknown' : undefined);
}

/** `value.name`: a member of JSON that is not there is NOT_SET. */
export function memberOf(value: Value, name: string, offset: number): Value {
  switch (value.type) {
    case 'json':
      return make.json(propertyOf(value.value, name));
    case 'phoneNumber':
      return phoneNumberMember(value.value, name.toLowerCase()) ?? missing(value, name, offset);
    case 'currency':
      if (name.toLowerCase() === 'amount') return make.decimal(value.amount);
      return name.toLowerCase() === 'code' ? make.string(value.code) : missing(value, name, offset);
    case 'object':
      if (name.toLowerCase() === 'id') return make.string(value.id);
      return name.toLowerCase() === 'name' ? make.string(value.name) : missing(value, name, offset);
    case 'prompt':
      return name.toLowerCase() === 'name' ? make.string(value.name) : missing(value, name, offset);
    case 'notSet':
      throw new ExpressionError(`what ".${name}" is asked of is NOT_SET: guard it with If(IsSet(…), …, …)`, offset);
    default:
      return missing(value, name, offset);
  }
}

function missing(value: Value, name: string, offset: number): never {
  throw new ExpressionError(noMember(typeOf(value), name), offset);
}

/** The message for a member that a type does not have. */
export const noMember = (type: StaticType, name: string): string => {
  const known = Object.keys(members[type] ?? {});
  const what = `${nameOfType(type)} has no member "${name}"`;
  return known.length === 0 ? what : `${what}: it has ${known.join(', ')}`;
};

function phoneNumberMember(number: Extract<Value, { type: 'phoneNumber' }>['value'], name: string): Value | undefined {
  const { e164, dialingCode, isTel, isSip } = number;
  const text = (given: string | undefined) => (given === undefined ? NOT_SET : make.string(given));
  if (name === 'e164') return text(e164);
  if (name === 'dialingcode') return text(dialingCode);
  if (name === 'istel') return make.boolean(isTel);
  return name === 'issip' ? make.boolean(isSip) : undefined;
}

/** An own property of a JSON object, whose names are as they are written; undefined where there is none. */
export function propertyOf(json: Json, name: string): Json | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json) || !Object.hasOwn(json, name)) return undefined;
  return (json as Readonly<Record<string, Json>>)[name];
}

/** The type of an item of what has that type; undefined where there are no items. */
export const itemType = (type: StaticType): StaticType | undefined =>
  type === 'json' || type === 'unknown' ? type : itemTypeOf(type);

/** `value[index]`, the first being 0. */
export function itemAt(value: Value, index: Value, offset: number): Value {
  const items = itemsOf(value);
  if (!items) throw new ExpressionError(`${nameOfType(typeOf(value))} has no items`, offset);
  const at = unwrapped(index);
  if (at.type !== 'integer') throw new ExpressionError(`an index is an integer, not ${nameOfType(typeOf(at))}`, offset);
  const item = items[at.value];
  if (!item) throw new ExpressionError(`no item has this index: the collection has ${items.length}, from 0`, offset);
  return item;
}
