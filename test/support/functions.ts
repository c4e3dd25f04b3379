import { handler as takePayment } from '../../lambdas/payment-id/handler.ts';
import { createHandler } from '../../lambdas/save-data/create-handler.ts';
import type { Functions } from '../../src/sandbox/contract.ts';

/** Saves nothing: only what it refuses before that is of use here. */
const nowhere = { send: () => Promise.reject(new Error('Nothing is stored here.')) };

/** Our own functions, called in this process: where a test only wants them to answer, a worker is too slow. */
export const ownFunctions: Functions = {
  async run({ name, arn, environment }, payload) {
    const event: unknown = JSON.parse(Buffer.from(payload).toString());
    const save = createHandler({ s3: nowhere, bucket: environment['BUCKET_NAME'], now: () => new Date(0) });
    const isSave = environment['BUCKET_NAME'] !== undefined;
    try {
      const answer = await (isSave ? save(event, { invokedFunctionArn: arn }) : takePayment(event));
      return { payload: Buffer.from(JSON.stringify(answer)), log: `${name} answered\n` };
    } catch (error) {
      const { message = '' } = error instanceof Error ? error : {};
      const failure = { errorType: 'Error', errorMessage: message, trace: [] };
      return { payload: Buffer.from(JSON.stringify(failure)), functionError: 'Unhandled', log: `${name} failed\n` };
    }
  },
  close: () => Promise.resolve(),
};
