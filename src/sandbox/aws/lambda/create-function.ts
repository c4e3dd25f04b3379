import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import { placeOf } from '../operation.ts';
import { executionRole } from './execution-role.ts';
import { type Configuration, type CreateBody, checkRuntime, checkVariables } from './members.ts';
import {
  checkSettled,
  conflict,
  type FunctionRecord,
  functionArn,
  type LoggingConfig,
  leavingFunction,
  nameOf,
  sha256,
  showFunction,
} from './record.ts';
import { readZip } from './zip.ts';

/** The zip of a request, checked. That the handler is in it is seen only when it is run, as on AWS. */
export function readCode({ ZipFile }: { readonly ZipFile: string }) {
  const bytes = Buffer.from(ZipFile, 'base64');
  readZip(bytes);
  return { zip: ZipFile, CodeSha256: sha256(bytes) };
}

/** Makes a function. */
export function createFunction(world: World, request: Request<CreateBody>): Reply {
  const { body, now } = request;
  const FunctionName = nameOf(world, body.FunctionName);
  if (FunctionName.length > 64) {
    const text = `1 validation error detected: Value '${FunctionName}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`;
    throw new Refusal(400, 'ValidationException', text);
  }
  checkRuntime(body.Runtime);
  const environment = body.Environment?.Variables ?? {};
  checkVariables(environment);
  if (world.get('functions', FunctionName)) throw conflict(`Function already exist: ${FunctionName}`);
  const leaving = leavingFunction(world, request, FunctionName);
  if (leaving) checkSettled(leaving, request);
  const role = executionRole(world, body.Role, request);
  const record = world.put<FunctionRecord>('functions', FunctionName, {
    FunctionName,
    FunctionArn: functionArn(placeOf(world), FunctionName),
    Role: body.Role,
    roleId: role.RoleId,
    Runtime: body.Runtime,
    Handler: body.Handler,
    Description: body.Description ?? '',
    Timeout: body.Timeout ?? 3,
    MemorySize: body.MemorySize ?? 128,
    Architectures: body.Architectures ?? ['x86_64'],
    environment,
    LoggingConfig: loggingOf(FunctionName, body),
    ...readCode(body.Code),
    RevisionId: world.uuid(),
    Tags: body.Tags ?? {},
    createdAt: now,
  });
  return { status: 201, body: showFunction(record, request) };
}

/** Where and how a function logs; levels can be chosen only for JSON. */
export function loggingOf(name: string, { LoggingConfig: wanted }: Configuration): LoggingConfig {
  const { LogFormat = 'Text', LogGroup = `/aws/lambda/${name}`, ApplicationLogLevel, SystemLogLevel } = wanted ?? {};
  if (LogFormat === 'JSON')
    return {
      LogFormat,
      LogGroup,
      ApplicationLogLevel: ApplicationLogLevel ?? 'INFO',
      SystemLogLevel: SystemLogLevel ?? 'INFO',
    };
  if (ApplicationLogLevel === undefined && SystemLogLevel === undefined) return { LogFormat, LogGroup };
  const text = 'Log level configuration is not supported for the Text log format.';
  throw new Refusal(400, 'InvalidParameterValueException', text);
}
