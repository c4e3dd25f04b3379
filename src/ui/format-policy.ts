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
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const [service = '', name = ''] = action.split(':');
    services.set(service, [...(services.get(service) ?? []), name]);
  }
  return [...services].map(([service, names]) => `${service}: ${names.join(', ')}`);
}
