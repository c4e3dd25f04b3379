import { become, jsonOf } from '../coerce.ts';
import { isSame } from '../compare.ts';
import { itemType } from '../members.ts';
import { make, type StaticType, scalarTypes, type Value } from '../value.ts';
import { define, type FunctionDefinition, many } from './define.ts';
import { aCollection, anInteger, anything, type List } from './parameters.ts';

const sameCollection = ([type = 'unknown']: readonly StaticType[]): StaticType =>
  type === 'json' ? 'jsonCollection' : type;

const typeOfItem = ([type = 'unknown']: readonly StaticType[]): StaticType => itemType(type) ?? 'unknown';

/** A collection holds one type: that of its first item. */
const collectionOfFirst = ([type = 'unknown']: readonly StaticType[]): StaticType => {
  const scalar = scalarTypes.find((each) => each === type);
  return scalar ? `${scalar}Collection` : 'unknown';
};

const same = (item: Value, other: Value): boolean => isSame(item, other) === true;

const listOf = ({ of }: List, items: readonly Value[]): Value => make.collection(of, items);

const indexesOf = ({ items }: List, wanted: Value): readonly number[] =>
  items.flatMap((item, index) => (same(item, wanted) ? [index] : []));

/** On collections. The first index is 0. */
export const collectionFunctions: readonly FunctionDefinition[] = [
  define('MakeList', [many(anything('item'))], collectionOfFirst, ([items], { failure }) => {
    const type = items[0]?.type;
    const of = scalarTypes.find((each) => each === type);
    const fitting = of && items.map((item) => become(item, of));
    if (!of || !fitting?.every((item) => item !== undefined)) throw failure('makes a collection of one type only');
    return make.collection(of, fitting);
  }),
  define('Count', [aCollection('collection')], 'integer', ([{ items }]) => make.integer(items.length)),
  define('GetAt', [aCollection('collection'), anInteger('index')], typeOfItem, ([list, index], { failure }) => {
    const item = list.items[index];
    if (!item) throw failure(`was given an index that no item has: the collection has ${list.items.length}, from 0`);
    return item;
  }),
  define('AddItem', [aCollection('collection'), anything('item')], sameCollection, ([list, item], { failure }) => {
    const fitting = list.of === 'json' ? make.json(jsonOf(item)) : become(item, list.of);
    if (!fitting) throw failure(`cannot add it to a collection (${list.of})`);
    return listOf(list, [...list.items, fitting]);
  }),
  define('RemoveItem', [aCollection('collection'), anything('item')], sameCollection, ([list, wanted]) =>
    listOf(
      list,
      list.items.filter((item) => !same(item, wanted)),
    ),
  ),
  define(
    'RemoveItemAt',
    [aCollection('collection'), anInteger('index')],
    sameCollection,
    ([list, index], { failure }) => {
      if (!list.items[index])
        throw failure(`was given an index that no item has: the collection has ${list.items.length}, from 0`);
      return listOf(list, list.items.toSpliced(index, 1));
    },
  ),
  define('RemoveDups', [aCollection('collection')], sameCollection, ([list]) =>
    listOf(
      list,
      list.items.filter((item, index) => list.items.findIndex((other) => same(item, other)) === index),
    ),
  ),
  define('Find', [aCollection('collection'), anything('item')], 'integerCollection', ([list, wanted]) =>
    make.collection('integer', indexesOf(list, wanted).map(make.integer)),
  ),
  define('FindFirst', [aCollection('collection'), anything('item')], 'integer', ([list, wanted]) =>
    make.integer(indexesOf(list, wanted)[0] ?? -1),
  ),
];
