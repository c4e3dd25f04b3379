import { converge } from '../../src/engine/apply.ts';
import type { Deps } from '../../src/engine/deps.ts';
import { settledTargets, type Target } from '../../src/engine/target.ts';
import type { FakeWorld } from './fake-world.ts';

/** What may be asked of the fake solution; the range cannot be changed in what has it. */
export interface Variant {
  readonly prefix?: string;
  readonly size?: number;
  readonly range?: string;
  readonly without?: readonly string[];
}

/** A small copy of the real graph. */
export function fakeSolution(
  { resources }: Pick<FakeWorld, 'resources'>,
  { prefix = '', size = 1, range = '1', without = [] }: Variant = {},
): readonly Target[] {
  const target = (
    id: string,
    kind: string,
    name: string,
    needs: readonly string[],
    own: object,
    after: readonly string[] = [],
  ): Target => {
    const { [kind]: resource } = resources;
    if (!resource) throw new Error(kind);
    const inputs: Target['inputs'] = (outputs) => ({
      size: 1,
      fixed: '',
      refs: needs.map((need) => String(Reflect.get(outputs(need), 'id'))),
      ...own,
    });
    return { id, resource, key: { name }, needs, after: after.filter((other) => !without.includes(other)), inputs };
  };
  const all = [
    target('bucket', 'plain', `${prefix}bucket`, [], {}),
    target('logs', 'plain', `${prefix}logs`, [], {}),
    target('role', 'plain', `${prefix}role`, [], { size }),
    target('credential', 'unmarked', `${prefix}credential`, ['role'], {}),
    target('integration', 'twocall', `${prefix}integration`, ['credential'], { size }),
    target('action', 'plain', `${prefix}action`, ['integration'], { fixed: range }, ['logs', 'bucket']),
    target('flow', 'receipted', 'flow', ['action'], { size }),
    target('pool', 'pool', 'pool', [], { fixed: range }),
    target('shared', 'pool', 'shared', [], {}),
    target('extra', 'plain', 'extra', ['role'], {}),
    target('trigger', 'plain', 'trigger', ['flow'], {}),
    target('ivr', 'plain', 'ivr', ['flow', 'pool', 'shared'], { size: Number(range) }, ['trigger']),
  ];
  return all.filter(({ id }) => !without.includes(id));
}

/** What a first install of it makes. */
export const OBJECTS = 11;

export const install = (world: FakeWorld, to: Variant = {}, options: Partial<Deps> = {}) =>
  converge(fakeSolution(world, to), world.run(options));

export const uninstall = (world: FakeWorld, options: Partial<Deps> = {}) => converge([], world.run(options));

/** Back to what the last finished run left. */
export function rollBack(world: FakeWorld) {
  const deps = world.run();
  return converge(settledTargets(deps.ledger.state.settled?.steps ?? {}, deps.resources), deps);
}
