import { type Explanation, genesysAnswer } from './explanation.ts';

const ACTIONS = 'POST /api/v2/integrations/actions';
const isGenesys = /^Genesys Cloud$/;
/** A 400 that may mean anything; one with details must be about the right member. */
const UNNAMED = /^(bad\.request|general\.bad\.request|invalid\.value)$/;

const notAssumed = {
  id: 'genesys.role-not-assumed',
  message: 'Genesys Cloud cannot take on the IAM role that invokes the function.',
  hint: "The role must trust Genesys Cloud's AWS account (--genesys-aws-account) with the id of the organization as its ExternalId. Run `eo-setup install` to put that right; a role that was just made takes a minute.",
};
const EXECUTE = 'POST /api/v2/integrations/actions/{actionId}/execute';

/** Integrations, their data actions, triggers, and what all of them have in common. */
export const knownOfGenesysIntegrations: readonly Explanation[] = [
  {
    id: 'genesys.too-many-integrations',
    match: { code: /^max\.integrations\.reached$/ },
    message: 'The organization has as many integrations as it may have.',
    hint: 'Delete some that are not used any more (Admin > Integrations), or ask Genesys for a higher limit.',
    example: genesysAnswer('POST /api/v2/integrations', 400, 'max.integrations.reached', 'Bad Request'),
  },
  {
    id: 'genesys.contract-refused',
    match: { code: /^invalid\.schema$/ },
    message: 'Genesys Cloud does not take the contract of the data action.',
    hint: 'That is a mistake in eo-setup, or the organization has other rules than those known: report what is shown here.',
    example: genesysAnswer(ACTIONS, 400, 'invalid.schema', 'Bad Request'),
  },
  {
    id: 'genesys.integration-unknown',
    match: { operation: /^POST .*integrations\/actions$/, code: UNNAMED, text: /^[^\n]*$|integration/i },
    message:
      'Genesys Cloud does not take the data action, most likely because it does not know the new integration yet.',
    hint: 'Run the command again in a few minutes. If it stays so, look at the integration in Admin > Integrations: it must be active.',
    example: genesysAnswer(ACTIONS, 400, 'bad.request', 'Bad Request'),
  },
  {
    id: 'genesys.workflow-unknown',
    match: { operation: /^POST .*processautomation\/triggers$/, code: UNNAMED, text: /^[^\n]*$|target|workflow/i },
    message: 'Genesys Cloud does not take the trigger, most likely because it does not know the new workflow yet.',
    hint: 'Run the command again in a few minutes. If it stays so, look at the workflow in Architect: it must be published.',
    example: genesysAnswer('POST /api/v2/processautomation/triggers', 400, 'bad.request', 'Bad Request'),
  },
  {
    id: 'genesys.in-use',
    match: { operation: /^DELETE .*(?:integrations|processautomation)\//, status: /^409$/ },
    message: 'Something still uses what is to be deleted.',
    hint: 'Run the command again in a minute. If it stays so, free it in Genesys Cloud: Admin > Integrations shows what uses what.',
    example: genesysAnswer(
      'DELETE /api/v2/integrations/credentials/{credentialId}',
      409,
      'request.conflict',
      'Conflict',
    ),
  },
  {
    id: 'genesys.version-conflict',
    match: { service: isGenesys, text: /does not match the current version|version conflict|2 or more modifications/i },
    message: 'Somebody else changed the same object at the same time, again and again.',
    hint: 'Run the command again: it looks at the object anew.',
    example: genesysAnswer(
      'PUT /api/v2/integrations/{integrationId}/config/current',
      409,
      'version.conflict',
      'Integration configuration update failed due to version conflict.',
    ),
  },
  {
    ...notAssumed,
    match: { code: /^invalid\.credentials$/ },
    example: genesysAnswer(EXECUTE, 400, 'invalid.credentials', 'Bad Request'),
  },
  {
    ...notAssumed,
    match: { service: isGenesys, text: /invalid\.credentials|AssumeRole/i },
    example: genesysAnswer(EXECUTE, 400, 'bad.request', 'Bad Request', [{ errorCode: 'invalid.credentials' }]),
  },
];
