import { type BinaryOperator, binaryOperators, type Node, type UnaryOperator, unaryOperators } from './ast.ts';
import { isScope } from './built-in-variables.ts';
import { ExpressionError } from './expression-error.ts';
import { lex, type Token } from './lex.ts';
import { MOST_INTEGER, make, NOT_SET, type Value } from './value.ts';

/** So that no expression is too deep to be walked. */
const MOST_NODES = 2_000;
const MOST_NESTING = 100;

/** The tokens, and how far they are read. */
interface Reader {
  readonly peek: () => Token;
  readonly next: () => Token;
  /** Reads the next token if it is this sign or word, whatever its case. */
  readonly take: (word: string) => Token | undefined;
  /** Counts a node. */
  readonly node: <N extends Node>(node: N) => N;
  /** Reads something one level deeper. */
  readonly within: <T>(read: () => T) => T;
}

/** The tree of an expression. Keywords are known whatever their case. */
export function parse(text: string): Node {
  const reader = readerOf(lex(text));
  if (reader.peek().kind === 'end') throw new ExpressionError('the expression is empty', 0);
  const node = readBinary(reader, 0);
  const { kind, offset, text: word } = reader.peek();
  if (kind !== 'end') throw new ExpressionError(`an operator is missing before ${shown(kind, word)}`, offset);
  return node;
}

function readerOf(tokens: readonly Token[]): Reader {
  const end: Token = tokens.at(-1) ?? { kind: 'end', text: '', offset: 0 };
  const read = { at: 0, nodes: 0, nesting: 0 };
  const peek = () => tokens[read.at] ?? end;
  const next = () => {
    const token = peek();
    read.at += 1;
    return token;
  };
  return {
    peek,
    next,
    take: (word) => (isWord(peek(), word) ? next() : undefined),
    node: (node) => {
      read.nodes += 1;
      if (read.nodes > MOST_NODES) throw new ExpressionError('the expression is too long', node.offset);
      return node;
    },
    within: (work) => {
      read.nesting += 1;
      if (read.nesting > MOST_NESTING) throw new ExpressionError('the expression is nested too deeply', peek().offset);
      const result = work();
      read.nesting -= 1;
      return result;
    },
  };
}

const isWord = ({ kind, text }: Token, word: string): boolean =>
  (kind === 'symbol' || kind === 'name') && text.toLowerCase() === word;

const shown = (kind: Token['kind'], text: string): string => {
  if (kind === 'end') return 'the end';
  return kind === 'string' ? 'this string' : `"${text}"`;
};

/** Where `not` stands in the table of binary operators: `not a == b` negates the comparison. */
const NOT_LEVEL = binaryOperators.findIndex((row) => row.some((operator) => operator === 'and')) + 1;

function readBinary(reader: Reader, level: number): Node {
  const row = binaryOperators[level];
  if (row === undefined) return readUnary(reader);
  if (level === NOT_LEVEL) {
    const token = reader.take('not');
    if (token) return unary(reader, 'not', token.offset, () => readBinary(reader, level));
  }
  let left = readBinary(reader, level + 1);
  for (;;) {
    const operator = (row as readonly BinaryOperator[]).find((each) => isWord(reader.peek(), each));
    if (operator === undefined) return left;
    const { offset } = reader.next();
    left = reader.node({ kind: 'binary', operator, left, right: readBinary(reader, level + 1), offset });
  }
}

function readUnary(reader: Reader): Node {
  const operator = unaryOperators.find((each) => isWord(reader.peek(), each));
  if (operator === undefined) return readPostfix(reader);
  const { offset } = reader.next();
  return unary(reader, operator, offset, () => readUnary(reader));
}

const unary = (reader: Reader, operator: UnaryOperator, offset: number, read: () => Node): Node =>
  reader.node({ kind: 'unary', operator, operand: reader.within(read), offset });

function readPostfix(reader: Reader): Node {
  let object = readPrimary(reader);
  for (;;) {
    if (reader.take('.')) {
      const { text, offset } = readName(reader);
      object = reader.node({ kind: 'member', object, name: text, offset });
    } else if (isWord(reader.peek(), '[')) {
      const { offset } = reader.next();
      const index = reader.within(() => readBinary(reader, 0));
      close(reader, ']', offset);
      object = reader.node({ kind: 'index', object, index, offset });
    } else return object;
  }
}

function readPrimary(reader: Reader): Node {
  const token = reader.next();
  const { kind, text, offset } = token;
  switch (kind) {
    case 'string':
      return reader.node({ kind: 'literal', value: make.string(text), offset });
    case 'number':
      return reader.node({ kind: 'literal', value: numberOf(text, offset), offset });
    case 'name':
      return readNamed(reader, token);
    default:
      if (text !== '(') throw new ExpressionError(`a value is missing before ${shown(kind, text)}`, offset);
      return readGroup(reader, offset);
  }
}

function readGroup(reader: Reader, offset: number): Node {
  const inner = reader.within(() => readBinary(reader, 0));
  close(reader, ')', offset);
  return inner;
}

function numberOf(text: string, offset: number): Value {
  const number = Number(text);
  if (text.includes('.')) return make.decimal(number);
  if (number > MOST_INTEGER) throw new ExpressionError(`an integer is at most ${MOST_INTEGER}`, offset);
  return make.integer(number);
}

const constants = new Map<string, Value>([
  ['true', make.boolean(true)],
  ['false', make.boolean(false)],
  ['not_set', NOT_SET],
]);

function readNamed(reader: Reader, { text, offset }: Token): Node {
  const value = constants.get(text.toLowerCase());
  if (value) return reader.node({ kind: 'literal', value, offset });
  if (text.toLowerCase() === 'and' || text.toLowerCase() === 'or')
    throw new ExpressionError(`a value is missing before "${text}"`, offset);
  if (isWord(reader.peek(), '(')) {
    const opened = reader.next().offset;
    return reader.node({ kind: 'call', name: text, arguments: readArguments(reader, opened), offset });
  }
  if (!isScope(text) || !reader.take('.')) return reader.node({ kind: 'variable', name: text, offset });
  return reader.node({ kind: 'variable', name: `${text}.${readName(reader).text}`, offset });
}

function readArguments(reader: Reader, opened: number): readonly Node[] {
  if (reader.take(')')) return [];
  const found: Node[] = [];
  do found.push(reader.within(() => readBinary(reader, 0)));
  while (reader.take(','));
  close(reader, ')', opened);
  return found;
}

function readName(reader: Reader): Token {
  const token = reader.next();
  if (token.kind !== 'name') throw new ExpressionError('a name is missing after "."', token.offset);
  return token;
}

function close(reader: Reader, sign: ')' | ']', opened: number): void {
  if (reader.take(sign)) return;
  const { kind, text, offset } = reader.peek();
  if (kind === 'end') throw new ExpressionError(`"${sign}" is missing for what is opened here`, opened);
  throw new ExpressionError(`an operator or "${sign}" is missing before ${shown(kind, text)}`, offset);
}
