import { type Document, parseDocument } from 'yaml';
import * as z from 'zod';
import { type FlowType, faultOfName } from './flow-record.ts';
import { type CollectedReference, collectReferences } from './flow-references.ts';

/** What a flow's YAML says of it, as far as publishing needs it. */
export interface FlowDocument {
  readonly type: FlowType;
  /** The root key: `inboundCall`, `secureCall`, `workflow`. */
  readonly root: string;
  readonly name: string;
  readonly description: string;
  /** The name of its division. */
  readonly division: string | undefined;
  readonly references: readonly CollectedReference[];
}

/** A flow's YAML read: the document, or what is wrong with it in the publisher's words. */
type ReadFlow = { readonly document: FlowDocument } | { readonly problems: readonly string[] };

/** The root keys of the flows that the sandbox publishes. */
const ROOTS: ReadonlyMap<string, FlowType> = new Map<string, FlowType>([
  ['inboundCall', 'INBOUNDCALL'],
  ['secureCall', 'SECURECALL'],
  ['workflow', 'WORKFLOW'],
]);

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_ALIASES = 100;

const rootSchema = z.looseObject({
  name: z.string({ error: "expected a string ('name')" }),
  description: z.string({ error: "expected a string ('description')" }).nullish(),
  division: z.string({ error: "expected a string ('division')" }).nullish(),
});

/** Reads Archy YAML: YAML 1.2 without tags of its own, in which one root says what kind of flow it is. */
export function readFlow(bytes: Uint8Array): ReadFlow {
  const text = decode(bytes);
  if (text === undefined) return problem('the flow file is not text in UTF-8');
  if (bytes.length > MOST_BYTES) return problem(`the flow file is larger than ${MOST_BYTES} bytes`);
  // Before it is parsed: to a YAML parser `{{ x }}` is a map in a map.
  const keys = [...text.matchAll(/\{\{(?:[^}\n]|\}(?!\}))*(?:\}\})?/g)].map(([key]) => key.trim());
  if (keys.length > 0) return { problems: [...new Set(keys)].map(leftOver) };
  const parsed = parse(text);
  return 'problems' in parsed ? parsed : readRoot(parsed.value);
}

const problem = (text: string): ReadFlow & { readonly problems: readonly string[] } => ({ problems: [text] });

const leftOver = (key: string): string =>
  `pre-processor substitution key of '${key}' was found in the flow YAML, but was not found in the options file.`;

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): { readonly value: unknown } | { readonly problems: readonly string[] } {
  try {
    const document: Document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, merge: false });
    // A tag that nobody knows is only a warning to the parser.
    const faults = [...document.errors, ...document.warnings].map(({ message }) => firstLine(message));
    return faults.length > 0 ? { problems: faults } : { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    // Too many aliases, or nested deeper than the parser can go.
    return problem(error instanceof Error ? firstLine(error.message) : String(error));
  }
}

const firstLine = (message: string): string => message.split('\n')[0]?.replace(/:$/, '') ?? message;

function readRoot(value: unknown): ReadFlow {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem(`expected a object but got ${kindOf(value)} ('/')`);
  const roots = Object.entries(value);
  const [first] = roots;
  if (!first || roots.length > 1) {
    const names = roots.map(([name]) => `'${name}'`).join(', ');
    return problem(`expected exactly one flow in the flow YAML but found ${roots.length}${names && `: ${names}`}`);
  }
  const [root, body] = first;
  const type = ROOTS.get(root);
  if (!type) return problem(`'${root}' is not a flow type, expected one of ${[...ROOTS.keys()].join(', ')}`);
  return readBody(root, type, body);
}

function readBody(root: string, type: FlowType, body: unknown): ReadFlow {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return problem(`expected a object but got ${kindOf(body)} ('/${root}')`);
  const parsed = rootSchema.safeParse(body);
  if (!parsed.success) return { problems: parsed.error.issues.map(({ message }) => `${message} '/${root}'`) };
  const { name, description, division } = parsed.data;
  const fault = faultOfName(name);
  if (fault) return problem(`${fault.message} (${fault.code}) ('name' '/${root}')`);
  const { references, problems } = collectReferences(root, body);
  if (problems.length > 0) return { problems };
  return {
    document: { type, root, name, description: description ?? '', division: division ?? undefined, references },
  };
}

const kindOf = (value: unknown): string =>
  value === null || value === undefined ? 'null' : Array.isArray(value) ? 'array' : typeof value;
