import type { Invocation } from './command.ts';
import type { Place } from './place.ts';
import type { Session } from './session.ts';

/** Says that this is the sandbox, or what takes the place of the vendors' own addresses. */
export function tellPlace({ reporter }: Invocation, { isSandbox, endpoint }: Place): void {
  if (isSandbox) reporter.say('SANDBOX: everything happens on this machine; no organization or account is touched.');
  else if (endpoint) reporter.say(`Endpoints: ${endpoint}.`);
}

/** Whose organization and account this is about; nobody should have to guess. */
export function introduce(invocation: Invocation, { identity, settings, place, installation }: Session): void {
  const { reporter } = invocation;
  tellPlace(invocation, place);
  const { organizationName, organizationId, awsAccount, awsArn } = identity;
  reporter.say(`Genesys Cloud: ${organizationName} (${organizationId}), ${settings.genesysRegion}.`);
  reporter.say(`AWS: account ${awsAccount}, ${settings.awsRegion}, as ${awsArn}.`);
  reporter.say(`Environment: ${settings.environment} (installation ${installation}).`);
}
