import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { SEED } from '../../../src/sandbox/seed.ts';
import { zipOf } from '../../sandbox/aws/aws-sandbox.ts';

/** What is wanted of a function, but for its code and its role. */
export const functionInputs = {
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  handler: 'index.handler',
  timeoutSeconds: 10,
  memoryMb: 256,
  environment: { REGION: SEED.awsRegion },
  tags: { Environment: 'dev' },
};

/** What may be wanted of it later. */
export const functionChange = { timeoutSeconds: 9, environment: {}, tags: { Environment: 'test' } };

/** Makes a function of this name that is somebody else's. */
export const createForeignFunction = (FunctionName: string, Role: string) =>
  new CreateFunctionCommand({
    FunctionName,
    Role,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: zipOf('export const handler = async () => ({});') },
  });
