/** What can be written as XML: an object's members are elements, a list is one element for each. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

/** Writes one element, or as many as a list has. Undefined writes nothing; `member` wraps lists, as query services do. */
export function writeXml(name: string, value: Xml, member?: string): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) {
    if (member === undefined) return value.map((one) => writeXml(name, one)).join('');
    return tagged(name, value.map((one) => writeXml(member, one, member)).join(''));
  }
  if (typeof value === 'object') {
    const inner = Object.entries(value).map(([child, one]) => writeXml(child, one, member));
    return tagged(name, inner.join(''));
  }
  return tagged(name, escapeXml(String(value)));
}

const tagged = (name: string, inner: string): string => `<${name}>${inner}</${name.split(' ')[0]}>`;

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');

/** An XML body is not well-formed, or more than anybody honest sends. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

/** The members of an element, by name: text, other elements, or a list where a name comes more than once. */
export interface Members {
  readonly [name: string]: Member;
}
type Member = string | Members | readonly Member[];

interface Open {
  readonly name: string;
  text: string;
  readonly members: Map<string, Member[]>;
}

const MAX_DEPTH = 16;
const DECLARATION_END: Readonly<Record<string, string>> = { '<!--': '-->', '<?': '?>' };

/** Reads a document as `{root: members}`. Attributes, comments and namespaces are passed over; a DTD is refused. */
export function readXml(text: string): Members {
  const top = opened('');
  const open = [top];
  for (let at = 0; at < text.length; ) {
    const current = open[open.length - 1] ?? top;
    const start = indexOf(text, '<', at, text.length);
    current.text += text.slice(at, start);
    if (start === text.length) break;
    const passed = Object.keys(DECLARATION_END).find((begin) => text.startsWith(begin, start));
    const end = passed ? (DECLARATION_END[passed] ?? '') : '>';
    at = indexOf(text, end, start) + end.length;
    if (!passed) take(open, text.slice(start + 1, at - 1));
  }
  if (open.length > 1 || top.members.size !== 1 || top.text.trim() !== '')
    throw new XmlError('The document is not one element.');
  return Object.fromEntries([...top.members].map(([name, [root = '']]) => [name, root]));
}

const opened = (name: string): Open => ({ name, text: '', members: new Map() });

function indexOf(text: string, wanted: string, from: number, missing?: number): number {
  const index = text.indexOf(wanted, from);
  if (index < 0 && missing === undefined) throw new XmlError('A tag does not end.');
  return index < 0 ? (missing ?? 0) : index;
}

/** Takes a tag, without its angle brackets. */
function take(open: Open[], tag: string): void {
  const [, slash, name = ''] = /^(\/?)([A-Za-z_][\w.:-]*)(?:[\s/]|$)/.exec(tag) ?? [];
  if (name === '') throw new XmlError('There is something other than elements.');
  if (slash) {
    close(open, name);
    return;
  }
  if (open.length > MAX_DEPTH) throw new XmlError('The document is nested too deeply.');
  open.push(opened(name));
  if (tag.endsWith('/')) close(open, name);
}

function close(open: Open[], name: string): void {
  const ended = open.pop();
  const parent = open[open.length - 1];
  if (!ended || !parent || ended.name !== name) throw new XmlError(`The tag ${name} ends, but did not begin.`);
  const content = contentOf(ended);
  const others = parent.members.get(name);
  // Added in place: a list may be long, and a copy for each of it would take for ever.
  if (others) others.push(content);
  else parent.members.set(name, [content]);
}

const contentOf = ({ text, members }: Open): Member =>
  members.size === 0
    ? unescapeXml(text)
    : Object.fromEntries(
        [...members].map(([name, [first = '', ...more]]) => [name, more.length ? [first, ...more] : first]),
      );

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7});|#x([0-9a-fA-F]{1,6});|(\w{1,8});)?/g, (whole, decimal, hex, name) => {
    if (decimal === undefined && hex === undefined) return ENTITIES.get(name) ?? refuseEntity(whole);
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : refuseEntity(whole);
  });

function refuseEntity(entity: string): never {
  throw new XmlError(`The entity ${entity} is unknown.`);
}
