import type * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import type { World } from '../../world.ts';
import { loggingOf, readCode } from './create-function.ts';
import { executionRole } from './execution-role.ts';
import { type Configuration, checkRuntime, checkVariables, type updateCodeBody } from './members.ts';
import { checkSettled, type FunctionRecord, functionOf, showFunction } from './record.ts';

function checkRevision({ RevisionId }: FunctionRecord, wanted: string | undefined): void {
  if (wanted === undefined || wanted === RevisionId) return;
  const text =
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id';
  throw new Refusal(412, 'PreconditionFailedException', text);
}

/** Gives a function other code, and another architecture if it says so. */
export function updateCode(world: World, request: Request<z.infer<typeof updateCodeBody>>): Reply {
  const { body, now } = request;
  const record = functionOf(world, request);
  checkSettled(record, request);
  checkRevision(record, body.RevisionId);
  const { failure: _mended, ...kept } = record;
  const updated: FunctionRecord = {
    ...kept,
    ...readCode(body),
    ...(body.Architectures && { Architectures: body.Architectures }),
    RevisionId: world.uuid(),
    updatedAt: now,
  };
  if (!body.DryRun) world.put<FunctionRecord>('functions', record.FunctionName, updated);
  return { status: 200, body: showFunction(updated, request) };
}

/** Changes what is named; a role is bound anew, even one of the same ARN. */
export function updateConfiguration(world: World, request: Request<Configuration>): Reply {
  const { body, now } = request;
  const record = functionOf(world, request);
  checkSettled(record, request);
  checkRevision(record, body.RevisionId);
  const { Handler, Runtime, Description, Timeout, MemorySize, Role, Environment, LoggingConfig } = body;
  if (Runtime !== undefined) checkRuntime(Runtime);
  if (Environment?.Variables) checkVariables(Environment.Variables);
  const updated = world.put<FunctionRecord>('functions', record.FunctionName, {
    ...record,
    ...(Role !== undefined && { Role, roleId: executionRole(world, Role, request).RoleId }),
    ...(Handler !== undefined && { Handler }),
    ...(Runtime !== undefined && { Runtime }),
    ...(Description !== undefined && { Description }),
    ...(Timeout !== undefined && { Timeout }),
    ...(MemorySize !== undefined && { MemorySize }),
    ...(Environment && { environment: Environment.Variables ?? {} }),
    ...(LoggingConfig && { LoggingConfig: loggingOf(record.FunctionName, body) }),
    RevisionId: world.uuid(),
    updatedAt: now,
  });
  return { status: 200, body: showFunction(updated, request) };
}
