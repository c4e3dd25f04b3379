import type { Item } from '../world.ts';

const HIDDEN = '[hidden]';
const SECRET = /secret|password|token|^fields$/i;
const BYTES = /^(zip|yaml|bytes|body|content)$/i;
const LONG = 2000;

/** A record as it may be shown: without secrets, and without the bytes it holds. */
export const veil = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, veilMember(name, value)]));

function veilMember(name: string, value: unknown): unknown {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (SECRET.test(name) || (BYTES.test(name) && typeof value === 'string')) return HIDDEN;
  if (typeof value === 'string') return value.length > LONG ? HIDDEN : value;
  if (Array.isArray(value)) return value.map((member) => veilMember('', member));
  return isItem(value) ? veil(value) : value;
}

/** A record as it is meant when its shown form was changed and sent back: what was hidden stays as it is. */
export const unveil = (shown: Item, actual: Item | undefined): Item =>
  Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, unveilMember(value, actual?.[name])]));

function unveilMember(value: unknown, actual: unknown): unknown {
  if (value === HIDDEN) return actual;
  if (Array.isArray(value)) {
    return value.map((member, index) => unveilMember(member, Array.isArray(actual) ? actual[index] : undefined));
  }
  return isItem(value) ? unveil(value, isItem(actual) ? actual : undefined) : value;
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
