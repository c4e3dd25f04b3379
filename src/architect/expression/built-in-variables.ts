import { MOST_INTEGER, make, type StaticType, type Value } from './value.ts';

/** A variable that Architect has in every flow, or in flows of some types. */
export interface BuiltInVariable {
  readonly name: string;
  readonly type: StaticType;
  /** The root keys of the flows that have it; all have it where absent. */
  readonly flows?: readonly string[];
  /** What it always is. */
  readonly value?: Value;
}

/** What the first part of a variable's name can be; Prompt and PromptSystem name recordings. */
const scopes = new Set([
  ...['flow', 'task', 'state', 'secure', 'system', 'menu', 'prompt', 'promptsystem'],
  ...['call', 'message', 'chat', 'email', 'session', 'slot'],
]);

/** Whether a name is the first part of variables' names, like `Flow`. */
export const isScope = (name: string): boolean => scopes.has(name.toLowerCase());

const calls = { flows: ['inboundCall', 'secureCall'] };
const inboundCalls = { flows: ['inboundCall'] };

const builtIns: readonly BuiltInVariable[] = [
  { name: 'Call.Ani', type: 'string', ...calls },
  { name: 'Call.CalledAddress', type: 'string', ...calls },
  { name: 'Call.CalledAddressOriginal', type: 'string', ...calls },
  { name: 'Call.ConversationId', type: 'string', ...calls },
  { name: 'Call.Language', type: 'string', ...calls },
  // A secure flow gets Flow.InvocationData instead.
  { name: 'Call.UUIData', type: 'string', ...inboundCalls },
  { name: 'Call.CurrentQueue', type: 'object', ...inboundCalls },
  { name: 'Call.LanguageSkill', type: 'object', ...inboundCalls },
  { name: 'Call.ACDSkills', type: 'objectCollection', ...inboundCalls },
  { name: 'Menu.LastCollectionNoInput', type: 'boolean', ...calls },
  { name: 'Menu.LastCollectionNoMatch', type: 'boolean', ...calls },
  { name: 'Flow.IsTest', type: 'boolean' },
  { name: 'Flow.Version', type: 'string' },
  { name: 'Flow.StartDateTimeUtc', type: 'dateTime' },
  { name: 'Flow.InvocationData', type: 'string', flows: ['secureCall'] },
  { name: 'System.MinInt', type: 'integer', value: make.integer(-MOST_INTEGER) },
  { name: 'System.MaxInt', type: 'integer', value: make.integer(MOST_INTEGER) },
  { name: 'System.MinDateTime', type: 'dateTime', value: make.dateTime(Date.UTC(1800, 0, 1)) },
  { name: 'System.MaxDateTime', type: 'dateTime', value: make.dateTime(Date.UTC(2200, 11, 31, 23, 59, 59, 999)) },
];

const byName = new Map(builtIns.map((variable) => [variable.name.toLowerCase(), variable]));

/** The built-in variable of a name, whatever its case: one of the table, or a prompt (`Prompt.Welcome`). */
export function builtInVariable(name: string): BuiltInVariable | undefined {
  const prompt = /^prompt(?:system)?\.(.+)$/i.exec(name);
  if (prompt) return { name, type: 'prompt', value: { type: 'prompt', name } };
  return byName.get(name.toLowerCase());
}
