import { type Document, isMap, isScalar, Scalar, visit, type YAMLMap } from 'yaml';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { type FlowDocument, FlowSyntaxError, offsetOf, parseFlow } from './document.ts';

/** What a flow of ours is called here, and what it uses. */
export interface FlowValues {
  readonly name: string;
  readonly description?: string | undefined;
  /** A division's name; without one the flow goes to Home. */
  readonly division?: string | undefined;
  /** What every call of a data action in the flow calls. */
  readonly dataAction?: { readonly category: string; readonly name: string } | undefined;
  /** Whether what the caller enters, and the call that takes it, are secure. */
  readonly isSecure?: boolean | undefined;
  /** The name of the secure flow that the flow transfers to. */
  readonly targetFlow?: string | undefined;
}

const LONGEST = 256;
/** A pre-processor's marks mean something to Architect; control and direction characters nothing good to anybody. */
const REFUSED = /\{\{|\$\{|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const PLACEHOLDER = /\{\{|\$\{/;

/** A flow with its values set on the parsed tree: nothing is ever pasted into its text. The same values, the same text. */
export function renderFlow(text: string, values: FlowValues): string {
  const { name, description, division, dataAction, isSecure, targetFlow } = values;
  for (const value of [name, description, division, dataAction?.category, dataAction?.name, targetFlow])
    if (value !== undefined) checkValue(value);
  const parsed = parseFlow(text);
  const { document, flow } = parsed;
  removeComments(document);
  for (const [key, value] of Object.entries({ name, description, division }))
    if (value !== undefined) flow.set(key, quoted(value));
  const { calls, transfers } = placesIn(document);
  checkPlaces(parsed, 'data action', calls, dataAction);
  checkPlaces(parsed, 'flow to transfer to', transfers, targetFlow);
  if (dataAction) for (const call of calls) setDataAction(parsed, call, dataAction);
  if (targetFlow !== undefined)
    for (const transfer of transfers) transfer.setIn(['targetFlow', 'name'], quoted(targetFlow));
  if (isSecure) makeSecure(document);
  checkLeftovers(parsed);
  return document.toString({ lineWidth: 0 });
}

/** They are for readers of the template: another comment must not make another flow. */
function removeComments(document: Document): void {
  document.commentBefore = null;
  document.comment = null;
  visit(document, {
    Node: (_, node) => {
      node.commentBefore = null;
      node.comment = null;
    },
  });
}

function checkValue(value: string): void {
  if (value.length <= LONGEST && value.trim() !== '' && !REFUSED.test(value)) return;
  throw new SetupError(`${JSON.stringify(value.slice(0, 60))} cannot be a name in a flow.`, {
    exit: exitCode.usage,
    hint: `Use 1 to ${LONGEST} characters, without control characters, "{{" and "\${".`,
  });
}

/** Quoted always: some readers of YAML take more words for numbers, dates and booleans than others. */
function quoted(value: string): Scalar<string> {
  const scalar = new Scalar(value);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** Every action that calls a data action, and every one that transfers to a secure flow. */
function placesIn(document: Document) {
  const calls: YAMLMap[] = [];
  const transfers: YAMLMap[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !isMap(value)) return;
      if ((key.value === 'callData' || key.value === 'callDataSecure') && value.has('category')) calls.push(value);
      if (key.value === 'transferToFlowSecure') transfers.push(value);
    },
  });
  return { calls, transfers };
}

/** A value without a place would be lost without a word, a place without a value would keep what the template has. */
function checkPlaces({ at, flow }: FlowDocument, what: string, places: readonly YAMLMap[], value: unknown): void {
  if (places.length > 0 === (value !== undefined)) return;
  throw new FlowSyntaxError(
    at(offsetOf(places[0] ?? flow)),
    value === undefined ? `needs the name of a ${what}` : `has no place for a ${what}`,
  );
}

/** `category: {<category>: {dataAction: {<name>: …}}}`: both names are keys. */
function setDataAction(parsed: FlowDocument, call: YAMLMap, { category, name }: NonNullable<FlowValues['dataAction']>) {
  const inner = renameOnlyKey(parsed, call, 'category', category);
  renameOnlyKey(parsed, inner, 'dataAction', name);
}

function renameOnlyKey({ at }: FlowDocument, map: YAMLMap, key: string, name: string): YAMLMap {
  const inner = map.get(key, true);
  const [pair, another] = isMap(inner) ? inner.items : [];
  if (!pair || another || !isMap(pair.value))
    throw new FlowSyntaxError(at(offsetOf(map)), `a data action has exactly one name under "${key}"`);
  pair.key = quoted(name);
  return pair.value;
}

/**
 * What is collected goes into secure variables, and data actions are called as secure ones. Nobody has published this
 * spelling yet: it follows from that of the flow's defaults and of Architect's own object model.
 */
function makeSecure(document: Document): void {
  const collected = new Set<string>();
  visit(document, {
    Pair: (_, pair) => {
      const { key, value } = pair;
      if (isScalar(key) && key.value === 'collectInput' && isMap(value))
        collected.add(String(value.getIn(['inputData', 'var'])).toLowerCase());
      if (isScalar(key) && key.value === 'callData' && isMap(value) && value.has('category'))
        pair.key = new Scalar('callDataSecure');
    },
  });
  visit(document, {
    Map: (_, map) => {
      const name = map.get('name');
      if (map.has('initialValue') && collected.has(String(name).toLowerCase())) map.set('isSecure', true);
    },
  });
}

function checkLeftovers({ document, at }: FlowDocument): void {
  visit(document, {
    Scalar: (_, scalar) => {
      if (PLACEHOLDER.test(String(scalar.value)))
        throw new FlowSyntaxError(at(offsetOf(scalar)), `${JSON.stringify(scalar.value)} is a placeholder left over`);
    },
  });
}
