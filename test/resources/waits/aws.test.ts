import { lambdaFunction } from '../../../src/resources/aws/lambda-function.ts';
import { logGroup } from '../../../src/resources/aws/log-group.ts';
import { s3Bucket } from '../../../src/resources/aws/s3-bucket.ts';
import { changing, deleting, making } from './at-work.ts';
import { stretch } from './stretch.ts';
import { otherCode, wantedBucket, wantedFunction, wantedGroup } from './wanted.ts';

const READY = /^Lambda to make the function ready, usually a few seconds$/;

stretch('a role that Lambda comes to know', {
  slow: ['role.assumable'],
  within: 90_000,
  note: /^IAM propagation, usually about 10 s$/,
  prepare: async (rig) => ({
    go: making(lambdaFunction, rig, await wantedFunction(rig)),
    left: { functions: 1 },
  }),
});

for (const message of [
  'The provided execution role does not have permissions to call PutLogEvents on CLOUDWATCH',
  'Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant.',
])
  stretch(
    `a role of which Lambda says: ${message}`,
    {
      slow: {
        match: { service: 'lambda', operation: 'CreateFunction' },
        ...{ status: 400, code: 'InvalidParameterValueException', message },
      },
      within: 90_000,
      note: /^IAM propagation, usually about 10 s$/,
      late: { code: 'InvalidParameterValueException' },
      explanation: 'aws.role-unusable',
      prepare: async (rig) => ({
        go: making(lambdaFunction, rig, await wantedFunction(rig)),
        left: { functions: 1 },
      }),
    },
    [10_000, 3_600_000],
  );

stretch('a function that becomes active', {
  slow: ['function.active'],
  within: 120_000,
  note: READY,
  prepare: async (rig) => ({ go: making(lambdaFunction, rig, await wantedFunction(rig)), left: { functions: 1 } }),
});

stretch('a function that is changed', {
  slow: ['function.updated'],
  within: 120_000,
  note: READY,
  prepare: async (rig) => ({
    go: await changing(lambdaFunction, rig, await wantedFunction(rig), otherCode(rig)),
    left: { functions: 1 },
  }),
});

stretch('a function that somebody else changes', {
  slow: {
    match: { service: 'lambda', operation: 'UpdateFunctionCode' },
    status: 409,
    code: 'ResourceConflictException',
    message:
      'The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:123456789012:function:dev-pay-lambda',
  },
  within: 90_000,
  note: /^Lambda to end what it does with the function, usually a few seconds$/,
  prepare: async (rig) => ({
    go: await changing(lambdaFunction, rig, await wantedFunction(rig), otherCode(rig)),
    left: { functions: 1 },
  }),
});

stretch('a function that is deleted', {
  slow: ['function.gone'],
  within: 60_000,
  note: /^Lambda to finish deleting the function, usually a few seconds$/,
  prepare: async (rig) => ({
    go: await deleting(lambdaFunction, rig, await wantedFunction(rig)),
    left: { functions: 0 },
  }),
});

stretch('a function whose deletion was interrupted, and that is made again', {
  slow: ['function.gone'],
  within: 90_000,
  note: /^Lambda to end what it does with the function, usually a few seconds$/,
  prepare: async (rig) => {
    const wanted = await wantedFunction(rig);
    const remove = await deleting(lambdaFunction, rig, wanted);
    // The wait of the delete is what was interrupted: it does not end for as long.
    const go = making(lambdaFunction, rig, wanted);
    let isFirst = true;
    return {
      go: () => {
        if (isFirst) void remove().catch(() => undefined);
        isFirst = false;
        return rig.pass(0).then(go);
      },
      left: { functions: 1 },
    };
  },
});

stretch('a bucket that is made again under the name of one that was deleted', {
  slow: ['bucket.released'],
  within: 120_000,
  note: /^S3 to end what it does with a bucket of this name/,
  prepare: async (rig) => {
    const remove = await deleting(s3Bucket, rig, wantedBucket);
    const make = making(s3Bucket, rig, wantedBucket);
    return { go: () => remove().then(make), left: { buckets: 1 } };
  },
});

stretch('a log group that is made again under the name of one that was deleted', {
  slow: ['log-group.released'],
  within: 60_000,
  note: /^CloudWatch Logs to finish deleting the log group of this name, usually a few seconds$/,
  prepare: async (rig) => {
    const remove = await deleting(logGroup, rig, wantedGroup);
    const make = making(logGroup, rig, wantedGroup);
    return { go: () => remove().then(make), left: { 'log-groups': 1 } };
  },
});
