import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { type AwsSandbox, zipOf } from '../aws-sandbox.ts';
import { sha256 } from '../by-hand.ts';
import { functionArn, roleArn } from './running.ts';

/** The function that the tests of the API are about, and its role. */
export const FunctionName = 'dev-f';
export const ARN = functionArn(FunctionName);
export const RoleName = 'dev-role';
export const Role = roleArn(RoleName);
export const ZipFile = zipOf('export const handler = () => 1');

/** What a test calls with that function, in the sandbox that it has then. */
export function functionCalls(sandbox: () => Pick<AwsSandbox, 'lambda'>) {
  const least = { FunctionName, Role, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile } } as const;
  return {
    create: (members: Partial<CreateFunctionCommandInput> = {}) =>
      sandbox().lambda.send(new CreateFunctionCommand({ ...least, ...members })),
    get: (name = FunctionName) => sandbox().lambda.send(new GetFunctionCommand({ FunctionName: name })),
    configuration: () => sandbox().lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
    updateCode: (members: object = {}) =>
      sandbox().lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf('// new'), ...members })),
    configure: (members: Partial<UpdateFunctionConfigurationCommandInput>) =>
      sandbox().lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...members })),
    remove: () => sandbox().lambda.send(new DeleteFunctionCommand({ FunctionName })),
  };
}

/** The hash of code, as Lambda shows it. */
export const codeHash = (zip: Uint8Array): string => Buffer.from(sha256(zip), 'hex').toString('base64');

/** How a request is refused that is not right in itself, or whose values do not go together. */
export const validation = { name: 'ValidationException', status: 400 };
export const parameter = { name: 'InvalidParameterValueException', status: 400 };
