import { VendorError } from '../clients/vendor-error.ts';
import { describeError } from '../errors/describe-error.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Finding } from './finding.ts';
import type { PreflightContext, Rule } from './rule.ts';
import { awsPermissions } from './rules/aws-permissions.ts';
import { genesysPermissions } from './rules/genesys-permissions.ts';
import { identity } from './rules/identity.ts';
import { clock, node } from './rules/machine.ts';
import { publisher } from './rules/publisher.ts';
import { genesysAccount, regions } from './rules/regions.ts';
import { triggerTopic } from './rules/trigger-topic.ts';

/** What is checked, in the order in which it is shown. What a plan reads anyway is left to the plan. */
const rules: readonly Rule[] = [
  identity,
  genesysPermissions,
  awsPermissions,
  regions,
  genesysAccount,
  triggerTopic,
  publisher,
  node,
  clock,
];

/** What may keep a run from taking everything away. All else is no reason to leave it there. */
const forRemoval: readonly Rule[] = [genesysPermissions, awsPermissions];

/** Checks everything at once. What a vendor does not tell is no error: it is not known. */
export async function preflight(context: PreflightContext): Promise<readonly Finding[]> {
  const applying = (context.needs === 'remove' ? forRemoval : rules).filter(
    ({ applies }) => applies?.(context) ?? true,
  );
  return (await Promise.all(applying.map((rule) => checkOne(rule, context)))).flat();
}

async function checkOne({ name, check }: Rule, context: PreflightContext): Promise<readonly Finding[]> {
  try {
    return await check(context);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { message, hint } = describeError(error);
    const what = name.replaceAll('-', ' ');
    return [
      { rule: name, severity: 'unknown', message: `The check of ${what} came to nothing: ${message}`, remedy: hint },
    ];
  }
}

/** Everything that is in the way, as one error. */
export function refusal(errors: readonly Finding[]): SetupError {
  const [first] = errors;
  const exit = exitCode.preflight;
  if (first && errors.length === 1) return new SetupError(first.message, { exit, hint: first.remedy });
  return new SetupError(`${errors.length} things are in the way, and nothing was changed.`, {
    exit,
    details: errors.map(({ message, remedy }) => (remedy ? `${message} ${remedy}` : message)),
    hint: 'Put these right, then run the command again. "eo-setup doctor" shows everything that is checked.',
  });
}
