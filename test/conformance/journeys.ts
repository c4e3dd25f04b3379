import type { Inputs, Made, Shape } from '../../src/engine/contract.ts';
import { iamRole } from '../../src/resources/aws/iam-role.ts';
import { lambdaFunction } from '../../src/resources/aws/lambda-function.ts';
import { logGroup } from '../../src/resources/aws/log-group.ts';
import { s3Bucket } from '../../src/resources/aws/s3-bucket.ts';
import type { Kind } from '../../src/resources/context.ts';
import type { AwsContext, Place } from './place.ts';
import { createLog, type Seen } from './seen.ts';
import { bucketSubject, functionSubject, logGroupSubject, roleSubject, type Subject } from './subjects.ts';

/** Takes a place through something, and tells what was seen. */
export type Journey = (place: Place) => Promise<Seen>;

/** A kind's whole life: made, read back, changed, deleted; and once as somebody else's. */
const lifeOf =
  <S extends Shape>(kind: Kind<S>, subjectIn: (place: Place) => Promise<Subject<S>>): Journey =>
  async (place) => {
    const subject = await subjectIn(place);
    // None of the four asks for Genesys Cloud.
    const context = place.context('a-step') as AwsContext & Parameters<Kind<S>['read']>[0];
    const { key, inputs, changed } = subject;
    const { seen, see } = createLog();
    let memory: Made<S> = {};
    const look = (wanted?: Inputs<S>) => async () => {
      const observed = await kind.read(context, { key, ...memory }, wanted);
      return (
        observed && { mark: observed.mark, drift: observed.drift, unready: observed.unready, notes: observed.notes }
      );
    };
    const converge = (wanted: Inputs<S>) => async () => {
      const observed = await kind.read(context, { key, ...memory }, wanted);
      const made = await kind.reconcile(context, key, wanted, observed, async () => undefined);
      memory = made;
      return made.outputs;
    };
    const remove = async () => memory.outputs && kind.delete(context, memory.outputs, 'delete');

    await see('read where there is nothing', look(inputs));
    await see('create', converge(inputs));
    await see('read back', look(inputs));
    await see('create again, the answer having been lost', async () => {
      const made = await kind.reconcile(context, key, inputs, undefined, async () => undefined);
      return made.outputs;
    });
    await see('read for a change', look(changed));
    await see('change', converge(changed));
    await see('read back what was changed', look(changed));
    await see('add something by hand', async () => {
      await subject.add(context);
    });
    await see('change back', converge(inputs));
    await see('read back what was changed back', look(inputs));
    await see('is what was added still there', () => subject.isThere(context));
    await see('delete', remove);
    await see('read what was deleted', look());
    await see('delete twice', remove);
    await see("make one that is somebody else's", async () => {
      await subject.makeForeign(context);
    });
    await see("read somebody else's", async () => (await kind.read(context, { key }, inputs))?.mark);
    await see("delete somebody else's, as its owner", remove);
    await subject.after?.(context);
    return seen;
  };

/** The lives of the four kinds. */
export const lives: Readonly<Record<string, Journey>> = {
  [s3Bucket.kind]: lifeOf(s3Bucket, bucketSubject),
  [iamRole.kind]: lifeOf(iamRole, roleSubject),
  [lambdaFunction.kind]: lifeOf(lambdaFunction, functionSubject),
  [logGroup.kind]: lifeOf(logGroup, logGroupSubject),
};
