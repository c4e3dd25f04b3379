import { type AnyStep, step } from './engine/contract.ts';
import type { HalfNames } from './names.ts';
import { iamRole } from './resources/aws/iam-role.ts';
import { lambdaFunction } from './resources/aws/lambda-function.ts';
import { logGroup } from './resources/aws/log-group.ts';
import type { PolicyDocument } from './resources/aws/policy-document.ts';
import { credential } from './resources/genesys/credential.ts';
import { dataAction } from './resources/genesys/data-action.ts';
import { integration } from './resources/genesys/integration.ts';
import type { Settings } from './settings/settings.ts';

type Json = Record<string, unknown>;

/** What one half of the solution (taking a payment, saving it) is made of besides names. */
export interface HalfMaterials {
  /** sha256 (hex) of the function's zip. */
  readonly zip: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly executionPolicy: PolicyDocument;
  readonly invokePolicy: PolicyDocument;
  readonly contract: { readonly input: Json; readonly output: Json };
}

interface Half {
  readonly own: HalfNames;
  readonly made: HalfMaterials;
  /** What the function works with. */
  readonly after: readonly AnyStep[];
  /** Whether what is given to the data action is secure data. */
  readonly isSecure: boolean;
  /** What both halves share. */
  readonly around: {
    readonly settings: Settings;
    readonly materials: { readonly lambdaTrust: PolicyDocument; readonly genesysTrust: PolicyDocument };
    readonly tags: Readonly<Record<string, string>>;
  };
}

/** A function, the roles and logs it needs, and the data action that flows call it through. */
export function half(id: 'pay' | 'save', { own, made, after, isSecure, around }: Half) {
  const { settings, materials, tags } = around;
  const logs = step(`${id}-logs`, logGroup, {
    key: { name: own.logGroup },
    inputs: () => ({ retentionDays: settings.logRetentionDays, tags }),
  });
  // It comes first and goes last: where the state is lost, the prefix of all else is found by it.
  const executionRole = step(`${id}-execution-role`, iamRole, {
    key: { name: own.executionRole },
    after: [logs],
    inputs: () => ({ trust: materials.lambdaTrust, permissions: made.executionPolicy, tags }),
  });
  const invokeRole = step(`${id}-invoke-role`, iamRole, {
    key: { name: own.invokeRole },
    after: [logs],
    inputs: () => ({ trust: materials.genesysTrust, permissions: made.invokePolicy, tags }),
  });
  const lambda = step(`${id}-function`, lambdaFunction, {
    key: { name: own.function },
    needs: { role: executionRole },
    after,
    inputs: ({ role }) => ({
      code: made.zip,
      role: role.arn,
      roleId: role.roleId,
      runtime: settings.runtime,
      architecture: 'arm64',
      handler: 'index.handler',
      timeoutSeconds: 10,
      memoryMb: 256,
      environment: made.environment,
      tags,
    }),
  });
  const key = step(`${id}-credential`, credential, {
    key: { name: own.credential },
    after: [invokeRole],
    inputs: () => ({ roleArn: own.invokeRoleArn }),
  });
  const link = step(`${id}-integration`, integration, {
    key: { name: own.integration },
    needs: { credential: key },
    inputs: (needs) => ({ credentialId: needs.credential.id, state: 'ENABLED' as const }),
  });
  const action = step(`${id}-action`, dataAction, {
    key: { name: own.action, category: own.category },
    needs: { integration: link },
    inputs: (needs) => ({
      integrationId: needs.integration.id,
      functionArn: own.functionArn,
      contract: made.contract,
      timeoutSeconds: 15,
      secure: isSecure,
    }),
  });
  const path = { ...own, trust: materials.genesysTrust };
  return { lambda, action, path, steps: [logs, executionRole, invokeRole, lambda, key, link, action] };
}
