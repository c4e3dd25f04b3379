import { actionDraftOperations } from './action-drafts.ts';
import { actionRunOperations } from './action-run-operations.ts';
import { actionOperations } from './actions.ts';
import { authorizationOperations } from './authorization.ts';
import { credentialOperations } from './credentials.ts';
import { didPoolOperations } from './did-pools.ts';
import { didOperations } from './dids.ts';
import { flowExportOperations } from './flow-export.ts';
import { flowJobOperations } from './flow-jobs.ts';
import { flowOperations } from './flows.ts';
import { integrationOperations } from './integrations.ts';
import { ivrOperations } from './ivrs.ts';
import { oauthOperations } from './oauth.ts';
import { oauthClientOperations } from './oauth-clients.ts';
import { organizationOperations } from './organization.ts';
import { createGenesys } from './protocol.ts';
import { triggerTopicOperations } from './trigger-topics.ts';
import { triggerOperations } from './triggers.ts';

/** Every operation of Genesys Cloud that the sandbox has. */
export const genesysOperations = [
  ...oauthOperations,
  ...organizationOperations,
  ...authorizationOperations,
  ...oauthClientOperations,
  ...credentialOperations,
  ...integrationOperations,
  ...actionOperations,
  ...actionDraftOperations,
  ...actionRunOperations,
  ...flowOperations,
  ...flowJobOperations,
  ...flowExportOperations,
  ...didPoolOperations,
  ...didOperations,
  ...ivrOperations,
  ...triggerOperations,
  ...triggerTopicOperations,
];

/** Genesys Cloud as the sandbox has it. */
export const genesys = createGenesys(genesysOperations);
