import type { Outputs, Shape } from '../../../src/engine/contract.ts';
import type { Kind } from '../../../src/resources/context.ts';
import { converge, type Memory, type Subject } from '../laws.ts';
import type { Rig } from '../rig.ts';

type Wanted<S extends Shape> = Pick<Subject<S>, 'step' | 'key' | 'inputs'>;

const subjectOf = <S extends Shape>(wanted: Wanted<S>): Subject<S> => ({ ...wanted, makeForeign: async () => {} });

/** Makes a thing as the engine does: what a failed try learnt is known to the next. */
export const making = <S extends Shape>(kind: Kind<S>, rig: Rig, wanted: Wanted<S>, memory: Memory<S> = {}) => {
  const subject = subjectOf(wanted);
  return () => converge(kind, rig, subject, memory);
};

/** Makes a thing, and gives what changes it. */
export async function changing<S extends Shape>(
  kind: Kind<S>,
  rig: Rig,
  wanted: Wanted<S>,
  to: Partial<Subject<S>['inputs']>,
) {
  const memory: Memory<S> = {};
  await making(kind, rig, wanted, memory)();
  return making(kind, rig, { ...wanted, inputs: { ...wanted.inputs, ...to } }, memory);
}

/** Makes a thing, and gives what deletes it. */
export async function deleting<S extends Shape>(kind: Kind<S>, rig: Rig, wanted: Wanted<S>) {
  const memory: Memory<S> = {};
  await making(kind, rig, wanted, memory)();
  return () => kind.delete(rig.context(wanted.step), memory.outputs as Outputs<S>, 'delete');
}
