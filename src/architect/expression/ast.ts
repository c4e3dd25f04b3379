import type { Value } from './value.ts';

/** Operators before one value. */
export const unaryOperators = ['-', '!', '~', 'not'] as const;
export type UnaryOperator = (typeof unaryOperators)[number];

/** Binary operators, those that bind least first; within a row from left to right. */
export const binaryOperators = [
  ['or'],
  ['and'],
  ['|'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
  ['^'],
] as const;
export type BinaryOperator = (typeof binaryOperators)[number][number];

/** A parsed expression. An offset is where in the text the node is best pointed at: an operator, a name, a literal. */
export type Node =
  | { readonly kind: 'literal'; readonly value: Value; readonly offset: number }
  | { readonly kind: 'variable'; readonly name: string; readonly offset: number }
  | { readonly kind: 'member'; readonly object: Node; readonly name: string; readonly offset: number }
  | { readonly kind: 'index'; readonly object: Node; readonly index: Node; readonly offset: number }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Node[]; readonly offset: number }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node; readonly offset: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Node;
      readonly right: Node;
      readonly offset: number;
    };

/** A node of one kind. */
export type NodeOf<K extends Node['kind']> = Extract<Node, { kind: K }>;

/** The nodes directly below one. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'variable':
      return [];
    case 'member':
      return [node.object];
    case 'index':
      return [node.object, node.index];
    case 'call':
      return node.arguments;
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
  }
}
