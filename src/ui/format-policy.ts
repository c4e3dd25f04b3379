import { groupBy } from '../group-by.ts';

/** What a policy allows, as far as it is shown. */
interface Shown {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** A policy for people: what is done to what; and how to have it as it is. */
export const formatPolicy = (statements: readonly Shown[]): readonly string[] => [
  ...statements.flatMap(({ Action, Resource }) => [...Resource, ...byService(Action).map((line) => `  ${line}`), '']),
  'As the document that AWS takes, for the policy of a user or a role: add --print.',
];

/** `s3: CreateBucket, DeleteBucket` */
function byService(actions: readonly string[]): readonly string[] {
  const services = groupBy(actions, (action) => action.split(':')[0] ?? '');
  return [...services].map(([service, all]) => `${service}: ${all.map((action) => action.split(':')[1]).join(', ')}`);
}
