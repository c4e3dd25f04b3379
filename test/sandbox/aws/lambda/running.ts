import { CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda';
import { ACCOUNT, type AwsSandbox, LAMBDA_TRUST, policy, zipOf } from '../aws-sandbox.ts';

export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${name}`;
export const groupOf = (name: string): string => `/aws/lambda/${name}`;

/** The permissions of a function to write its log. */
export const mayLog = (name: string) => ({
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${groupOf(name)}:*`,
});

/** Makes a role that Lambda assumes, with these statements. */
export async function makeRole({ iam }: Pick<AwsSandbox, 'iam'>, RoleName: string, ...statements: readonly object[]) {
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: LAMBDA_TRUST }));
  if (statements.length === 0) return;
  const PolicyDocument = policy(...statements);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
}

/** Makes a function of this code, or these files, with a log group and a role of its own that may write to it. */
export async function makeFunction(
  sandbox: AwsSandbox,
  name: string,
  code: Parameters<typeof zipOf>[0],
  members: Partial<CreateFunctionCommandInput> = {},
) {
  await sandbox.logs.send(new CreateLogGroupCommand({ logGroupName: groupOf(name) }));
  if (members.Role === undefined) await makeRole(sandbox, name, mayLog(name));
  await sandbox.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: roleArn(name),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf(code) },
      ...members,
    }),
  );
}

/** Invokes a function, and gives its answer with the last of its log. */
export async function invoke(
  { lambda }: Pick<AwsSandbox, 'lambda'>,
  FunctionName: string,
  payload: unknown = {},
  members: Partial<InvokeCommandInput> = {},
) {
  const Payload = Buffer.from(JSON.stringify(payload));
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload, LogType: 'Tail', ...members }));
  const text = Buffer.from(answer.Payload ?? []).toString();
  return {
    status: answer.StatusCode,
    error: answer.FunctionError,
    version: answer.ExecutedVersion,
    answer: text === '' ? undefined : JSON.parse(text),
    log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
  };
}

/** What is in a function's log group. */
export async function loggedBy({ logs }: Pick<AwsSandbox, 'logs'>, name: string): Promise<readonly string[]> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: groupOf(name) }));
  return events.map(({ message = '' }) => message);
}
