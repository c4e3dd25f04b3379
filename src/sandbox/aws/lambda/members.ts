import * as z from 'zod';
import { Refusal } from '../../contract.ts';

const refuse = (message: string): Refusal => new Refusal(400, 'InvalidParameterValueException', message);

const name = z
  .string()
  .min(1)
  .max(140)
  .regex(/^(arn:aws:lambda:[a-z0-9-]+:)?(\d{12}:)?(function:)?[a-zA-Z0-9-_]+(:\$LATEST)?$/);
const role = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/);
const handler = z
  .string()
  .max(128)
  .regex(/^[^\s]+$/);
const timeout = z.number().int().min(1).max(900);
const memory = z.number().int().min(128).max(10_240);
const architectures = z
  .array(z.enum(['x86_64', 'arm64']))
  .min(1)
  .max(1);
const variables = z.record(z.string(), z.string());
const level = z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);
const logging = z.object({
  LogFormat: z.enum(['Text', 'JSON']).optional(),
  LogGroup: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[.\-_/#A-Za-z0-9]+$/)
    .optional(),
  ApplicationLogLevel: level.optional(),
  SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(),
});
export const tags = z.record(z.string().min(1).max(128), z.string().max(256));

const absent = z.never('is not something that the sandbox has').optional();
/** What would change how a function runs, and is not done here. */
const unknown = {
  VpcConfig: z.object({ SubnetIds: z.array(z.string()).max(0).optional() }).optional(),
  Layers: z.array(z.string()).max(0).optional(),
  DeadLetterConfig: absent,
  KMSKeyArn: z.literal('').optional(),
  FileSystemConfigs: z.array(z.unknown()).max(0).optional(),
  ImageConfig: absent,
  EphemeralStorage: z.object({ Size: z.literal(512) }).optional(),
  SnapStart: z.object({ ApplyOn: z.literal('None') }).optional(),
  TracingConfig: z.object({ Mode: z.literal('PassThrough') }).optional(),
};

/** What the create and the update of a configuration share; everything may be left out of an update. */
export const configuration = z.object({
  Role: role.optional(),
  Handler: handler.optional(),
  Runtime: z.string().optional(),
  Description: z.string().max(256).optional(),
  Timeout: timeout.optional(),
  MemorySize: memory.optional(),
  Environment: z.object({ Variables: variables.optional() }).optional(),
  LoggingConfig: logging.optional(),
  RevisionId: z.string().optional(),
  ...unknown,
});
export type Configuration = z.infer<typeof configuration>;

/** A zip, sent along in base64. From S3 and from an image registry nothing is taken. */
const code = z.object({
  ZipFile: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/),
  S3Bucket: absent,
  S3Key: absent,
  ImageUri: absent,
});

export const createBody = configuration.required({ Role: true, Handler: true, Runtime: true }).extend({
  FunctionName: name,
  Code: code,
  Architectures: architectures.optional(),
  PackageType: z.literal('Zip').optional(),
  Publish: z.literal(false).optional(),
  Tags: tags.optional(),
  CodeSigningConfigArn: absent,
});
export type CreateBody = z.infer<typeof createBody>;

export const updateCodeBody = code.extend({
  Architectures: architectures.optional(),
  Publish: z.literal(false).optional(),
  DryRun: z.boolean().optional(),
  RevisionId: z.string().optional(),
});

const RUNTIMES = ['nodejs22.x', 'nodejs24.x'];
const OVER =
  /^(nodejs(|4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x|20\.x)|go1\.x|python(2\.7|3\.[6-9])|ruby2\.[57]|java8|dotnet(core)?[\d.]+|provided)$/;

/** Throws unless functions of this runtime can be made, and here. */
export function checkRuntime(runtime: string): void {
  if (RUNTIMES.includes(runtime)) return;
  if (OVER.test(runtime)) {
    const text = `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`;
    throw refuse(text);
  }
  const text = `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(', ')}] or be a valid ARN`;
  throw refuse(text);
}

const RESERVED = [
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION'],
  ...['AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME', 'LAMBDA_TASK_ROOT'],
  ...['AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME'],
  ...['AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_LAMBDA_RUNTIME_API', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  'LAMBDA_RUNTIME_DIR',
];

/** Throws unless a function may have these variables. */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const names = Object.keys(variables);
  const odd = names.find((one) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(one) && !RESERVED.includes(one));
  if (odd !== undefined)
    throw new Refusal(
      400,
      'ValidationException',
      `1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]`,
    );
  const reserved = names.filter((one) => RESERVED.includes(one));
  if (reserved.length > 0)
    throw refuse(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  if (Buffer.byteLength(JSON.stringify(variables)) > 4096)
    throw refuse(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(variables).length} bytes`,
    );
}
