import { ExpressionError } from './expression-error.ts';

/** A word or sign, and where it stands. */
export type Token =
  | { readonly kind: 'number' | 'string' | 'name' | 'symbol'; readonly text: string; readonly offset: number }
  | { readonly kind: 'end'; readonly text: ''; readonly offset: number };

const MOST_CHARACTERS = 32_768;

const patterns = [
  ['space', /\s+/y],
  ['number', /\d+(?:\.\d+)?(?![\p{L}\d_])/uy],
  ['name', /[\p{L}_][\p{L}\d_]*/uy],
  ['symbol', /[=!<>]=|[<>+\-*/%^&|!~()[\].,]/y],
] as const;

/** What people write from other languages, and what Architect has instead. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/&&/y, '"&&" is no operator: write "and"'],
  [/\|\|/y, '"||" is no operator: write "or"'],
  [/<>/y, '"<>" is no operator: write "!="'],
  [/=(?!=)/y, '"=" is no operator: write "==" to compare'],
  [/['‘’“”„]/uy, 'a string stands in straight double quotes'],
];

/** The words and signs of an expression, ending with `end`. A string token's text is what the string says. */
export function lex(text: string): readonly Token[] {
  if (text.length > MOST_CHARACTERS)
    throw new ExpressionError(`an expression has at most ${MOST_CHARACTERS} characters`, 0);
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const { token, end } = text[offset] === '"' ? readString(text, offset) : readToken(text, offset);
    if (token) tokens.push(token);
    offset = end;
  }
  return [...tokens, { kind: 'end', text: '', offset: text.length }];
}

interface Read {
  readonly token?: Token;
  readonly end: number;
}

function readToken(text: string, offset: number): Read {
  for (const [slip, message] of slips) if (matchAt(slip, text, offset)) throw new ExpressionError(message, offset);
  for (const [kind, pattern] of patterns) {
    const found = matchAt(pattern, text, offset);
    if (found === undefined) continue;
    const end = offset + found.length;
    return kind === 'space' ? { end } : { token: { kind, text: found, offset }, end };
  }
  if (/\d/.test(text[offset] ?? '')) throw new ExpressionError('a number ends in letters here', offset);
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  const shown = /[\p{C}\p{Z}]/u.test(character) ? 'an invisible character' : `"${character}"`;
  throw new ExpressionError(`${shown} has no meaning in an expression`, offset);
}

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', r: '\r', t: '\t' };

function readString(text: string, offset: number): Read {
  let value = '';
  for (let at = offset + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') return { token: { kind: 'string', text: value, offset }, end: at + 1 };
    if (character !== '\\') {
      value += character;
      continue;
    }
    at += 1;
    const escaped = escapes[text[at] ?? ''];
    if (escaped === undefined)
      throw new ExpressionError('after a backslash comes one of " \\ n r t: write \\\\ for a backslash', at - 1);
    value += escaped;
  }
  throw new ExpressionError('this string does not end: a double quote is missing', offset);
}
