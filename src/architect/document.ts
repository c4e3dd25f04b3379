import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { exitCode, SetupError } from '../errors/setup-error.ts';

/** Flow types, as the Platform API calls them, by the root key of their YAML. */
const flowTypes = { inboundCall: 'inboundcall', secureCall: 'securecall', workflow: 'workflow' } as const;
type FlowRoot = keyof typeof flowTypes;

/** A flow of whatever type. */
export interface AnyFlow {
  readonly document: Document;
  /** The root key, which says the type: `inboundCall`. */
  readonly root: string;
  /** The flow's name in Architect. */
  readonly name: string;
  /** What is under the root key. */
  readonly flow: YAMLMap;
  /** `file:line:column` of an offset into the text: of a node's `range[0]`. */
  readonly at: (offset?: number) => string;
}

/** A flow of one of the types that are rendered and run here. */
export interface FlowDocument extends AnyFlow {
  readonly root: FlowRoot;
  readonly type: (typeof flowTypes)[FlowRoot];
}

const MOST_CHARACTERS = 2 * 1024 * 1024;
const MOST_ALIASES = 100;
/** The tags of the core schema, which only say what is plain anyway. */
const CORE_TAG = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** The text is not a flow: `file:line:column`, and why. */
export class FlowSyntaxError extends SetupError {
  override readonly name = 'FlowSyntaxError';
  readonly where: string;
  readonly what: string;
  constructor(where: string, what: string) {
    super(`${where} ${what}`, { exit: exitCode.usage, hint: 'Correct the flow there, and run again.' });
    this.where = where;
    this.what = what;
  }
}

/** Reads Archy YAML of one of our three types. */
export function parseFlow(text: string, file = 'flow'): FlowDocument {
  const { root, ...flow } = parseAnyFlow(text, file, isRoot, `none of ${Object.keys(flowTypes).join(', ')}`);
  return { ...flow, root, type: flowTypes[root] };
}

/**
 * Reads Archy YAML: YAML 1.2 with one root key, without tags of its own, keys that stand twice, or alias bombs. `isKnown`
 * says which roots are read; another one is refused as being what `otherwise` says.
 */
export function parseAnyFlow<R extends string>(
  text: string,
  file: string,
  isKnown: (root: string) => root is R,
  otherwise: string,
): AnyFlow & { readonly root: R } {
  const lines = new LineCounter();
  const at = (offset = 0) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  if (text.length > MOST_CHARACTERS) throw new FlowSyntaxError(at(), `is longer than ${MOST_CHARACTERS} characters`);
  const document = readDocument(text, lines, at);
  const { contents } = document;
  const [entry, another] = isMap(contents) ? contents.items : [];
  if (!entry || another || !isScalar(entry.key))
    throw new FlowSyntaxError(at(offsetOf(another?.key)), 'a flow has exactly one root key: its type');
  const root = String(entry.key.value);
  if (!isKnown(root)) throw new FlowSyntaxError(at(offsetOf(entry.key)), `"${root}" is ${otherwise}`);
  const flow = entry.value;
  const name = isMap(flow) ? flow.get('name') : undefined;
  if (!isMap(flow) || name === undefined || name === null || String(name).trim() === '')
    throw new FlowSyntaxError(at(offsetOf(entry.key)), 'the flow has no name');
  return { document, root, name: String(name), flow, at };
}

const isRoot = (key: string): key is FlowRoot => Object.hasOwn(flowTypes, key);

/** Where a node begins, if it is one and was read from text. */
export const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

type At = FlowDocument['at'];

function readDocument(text: string, lineCounter: LineCounter, at: At): Document {
  try {
    // Keys that stand twice are found below: the parser's own search is quadratic.
    const options = { version: '1.2', schema: 'core', prettyErrors: false, uniqueKeys: false, lineCounter } as const;
    const document: Document = parseDocument(text, options);
    // A tag that nobody knows is only a warning to the parser.
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new FlowSyntaxError(at(problem.pos[0]), plainly(problem));
    const { explicit, version } = document.directives?.yaml ?? {};
    if (explicit && version !== '1.2') throw new FlowSyntaxError(at(), `YAML ${version} is not read, only 1.2`);
    checkNodes(document, at);
    document.toJS({ maxAliasCount: MOST_ALIASES });
    return document;
  } catch (error) {
    if (error instanceof FlowSyntaxError) throw error;
    // What is thrown rather than collected: an unresolved alias, more aliases than allowed, the end of the stack.
    throw new FlowSyntaxError(at(), error instanceof Error ? plainly(error) : String(error));
  }
}

/** The parser's own words, but for the depth that it cannot read. */
const plainly = ({ message }: Error): string =>
  message.startsWith('Maximum call stack') ? 'is nested too deeply' : (message.split('\n', 1)[0] ?? message);

function checkNodes(document: Document, at: At): void {
  let aliases = 0;
  visit(document, {
    Node: (_, node) => checkTag(node, at),
    Alias: (_, alias) => {
      aliases += 1;
      if (aliases > MOST_ALIASES) throw new FlowSyntaxError(at(offsetOf(alias)), `more than ${MOST_ALIASES} aliases`);
    },
    Map: (_, map) => {
      checkTag(map, at);
      checkKeys(map, at);
    },
  });
}

function checkTag(node: Node, at: At): void {
  if (node.tag && !CORE_TAG.test(node.tag)) throw new FlowSyntaxError(at(offsetOf(node)), `has the tag ${node.tag}`);
}

function checkKeys({ items }: YAMLMap, at: At): void {
  const seen = new Map<string, number>();
  for (const { key } of items) {
    // To a YAML parser `{{ x }}` is a map in a map.
    if (!isScalar(key)) throw new FlowSyntaxError(at(offsetOf(key)), 'a key must be a name: is a {{…}} left over?');
    const name = String(key.value);
    const before = seen.get(name);
    if (before !== undefined)
      throw new FlowSyntaxError(at(offsetOf(key)), `"${name}" is there twice, first at ${at(before)}`);
    seen.set(name, offsetOf(key));
  }
}
