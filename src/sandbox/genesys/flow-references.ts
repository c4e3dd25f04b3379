import * as z from 'zod';

/** A call of a data action, by category and name. */
export interface ActionReference {
  readonly kind: 'action';
  readonly category: string;
  readonly name: string;
  /** Called with `callDataSecure`. */
  readonly secure: boolean;
  readonly inputs: readonly string[];
  readonly successOutputs: readonly string[];
  /** Where it stands: `/secureCall/tasks/task[Task_10]/actions/callData[…]`. */
  readonly path: string;
}

/** A transfer to a secure flow, by name. */
export interface FlowReference {
  readonly kind: 'flow';
  readonly name: string;
  readonly path: string;
}

export type CollectedReference = ActionReference | FlowReference;

interface Collected {
  readonly references: readonly CollectedReference[];
  readonly problems: readonly string[];
}

const FAILURE_OUTPUTS = new Set([
  'errorCode',
  'status',
  'correlationId',
  'entityId',
  'entityName',
  'userMessage',
  'userParamsMessage',
  'userParams.key',
  'userParams.value',
  'details.errorCode',
  'details.fieldName',
  'details.entityId',
  'details.entityName',
]);

const MOST_NESTED = 500;

const keyed = z.record(z.string(), z.unknown());
const actionSchema = z
  .looseObject({ inputs: keyed.nullish(), successOutputs: keyed.nullish(), failureOutputs: keyed.nullish() })
  .nullable();
const transferSchema = z.looseObject({ targetFlow: z.looseObject({ name: z.string().min(1) }) });

/** Finds what a flow refers to by name, and where. `body` is what stands under the root. */
export function collectReferences(root: string, body: object): Collected {
  const references: CollectedReference[] = [];
  const problems: string[] = [];
  const around = new Set<object>();
  let unnamed = 0;

  const visit = (value: unknown, path: string): void => {
    if (!isObject(value)) return;
    // An alias may stand within what it stands for.
    if (around.has(value) || around.size === MOST_NESTED) return void problems.push(`nested too deep ('${path}')`);
    around.add(value);
    if (Array.isArray(value)) for (const member of value) visitNode(member, path);
    else for (const [key, member] of Object.entries(value)) visit(member, `${path}/${key}`);
    around.delete(value);
  };
  const visitNode = (node: unknown, path: string): void => {
    const [entry, another] = isObject(node) && !Array.isArray(node) ? Object.entries(node) : [];
    if (entry && !another) visitNamed(entry, path);
    else visit(node, path);
  };
  const visitNamed = ([key, value]: [string, unknown], path: string): void => {
    const at = `${path}/${key}[${refIdOf(key, value)}]`;
    const found = referenceOf(root, key, value, at);
    if (typeof found === 'string') problems.push(found);
    else if (found) references.push(found);
    visit(value, at);
  };
  // As Archy names what has no name.
  const refIdOf = (key: string, value: unknown): string => {
    const refId = isObject(value) && 'refId' in value ? value.refId : undefined;
    unnamed += 1;
    return typeof refId === 'string' ? refId : `_^_archy_${key}_${unnamed}__`;
  };
  for (const [key, value] of Object.entries(body)) visit(value, `/${root}/${key}`);
  return { references, problems };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What one action or menu choice refers to; a text where it is not allowed or not complete. */
function referenceOf(root: string, key: string, value: unknown, path: string): CollectedReference | string | undefined {
  switch (key) {
    case 'callData':
      return actionReference(value, path, false);
    case 'callDataSecure':
      if (root !== 'secureCall') return notAllowed(key, path);
      return actionReference(value, path, true);
    case 'transferToFlowSecure':
    case 'menuTransferFlowSecure':
      if (root !== 'inboundCall') return notAllowed(key, path);
      return flowReference(value, path);
    default:
      return undefined;
  }
}

const notAllowed = (key: string, path: string): string =>
  `unknown action '${key}' for this flow type ('${key}' '${path}')`;

function actionReference(value: unknown, path: string, secure: boolean): ActionReference | string {
  const category = onlyMember(value, 'category');
  if (!category) return `expected exactly one category ('category' '${path}')`;
  const dataAction = onlyMember(category.value, 'dataAction');
  if (!dataAction) return `expected exactly one data action ('dataAction' '${path}')`;
  const action = actionSchema.safeParse(dataAction.value);
  if (!action.success) return incomplete('dataAction', action.error, path);
  const unknown = keysOf(action.data?.failureOutputs).find((output) => !FAILURE_OUTPUTS.has(output));
  if (unknown !== undefined) return `unknown failure output '${unknown}' ('failureOutputs' '${path}')`;
  const inputs = keysOf(action.data?.inputs);
  const successOutputs = keysOf(action.data?.successOutputs);
  return { kind: 'action', category: category.name, name: dataAction.name, secure, inputs, successOutputs, path };
}

/** The one member of `value[key]`: a name, and what stands under it. */
function onlyMember(value: unknown, key: string): { readonly name: string; readonly value: unknown } | undefined {
  const outer = keyed.safeParse(value);
  const inner = keyed.safeParse(outer.data?.[key]);
  const [entry, another] = Object.entries(inner.data ?? {});
  return entry && !another ? { name: entry[0], value: entry[1] } : undefined;
}

const keysOf = (map: object | null | undefined): readonly string[] => Object.keys(map ?? {});

function flowReference(value: unknown, path: string): FlowReference | string {
  const transfer = transferSchema.safeParse(value);
  if (!transfer.success) return incomplete('targetFlow', transfer.error, path);
  return { kind: 'flow', name: transfer.data.targetFlow.name, path };
}

const incomplete = (property: string, error: z.ZodError, path: string): string =>
  `${error.issues[0]?.message ?? 'invalid value'} ('${property}' '${path}')`;
