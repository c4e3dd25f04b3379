import type { Operation } from '../contract.ts';
import type { World } from '../world.ts';
import { grantsOf } from './grants.ts';
import { clientOf, revokeToken } from './oauth.ts';
import { row } from './row.ts';

/** The record `world` of `meta`. */
export type Organization = {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly homeDivisionId: string;
  /** Genesys Cloud's own AWS account, which assumes the roles of credentials. */
  readonly genesysAwsAccount: string;
  /** Whether `Contains` looks only into lists, not into text: what it does is not documented, so it can be either. */
  readonly containsIsForLists?: boolean;
  /** Domains of permissions that its licences leave out; none where absent. */
  readonly unlicensed?: readonly string[];
};

/** The one organization of this world. */
export function organizationOf(world: World): Organization {
  const organization = world.get<Organization>('meta', 'world');
  if (!organization) throw new TypeError('The world has no organization');
  return organization;
}

/** The organization, and who the token belongs to. */
export const organizationOperations: readonly Operation[] = [
  row({
    operation: 'getOrganizationsMe',
    route: 'GET /api/v2/organizations/me',
    handle: (world) => ({ status: 200, body: describe(organizationOf(world)) }),
  }),
  row({
    operation: 'getTokensMe',
    route: 'GET /api/v2/tokens/me',
    handle: (world, { caller }) => ({ status: 200, body: describeToken(world, caller) }),
  }),
  row({ operation: 'headTokensMe', route: 'HEAD /api/v2/tokens/me', handle: () => ({ status: 200 }) }),
  row({
    operation: 'deleteTokensMe',
    route: 'DELETE /api/v2/tokens/me',
    handle: (world, { headers }) => {
      revokeToken(world, headers);
      return { status: 200 };
    },
  }),
];

const describe = ({ organizationId, organizationName }: Organization) => ({
  id: organizationId,
  name: organizationName,
  defaultLanguage: 'en-us',
  defaultCountryCode: 'US',
  thirdPartyOrgName: 'sandbox',
  domain: 'sandbox',
  version: 1,
  state: 'active',
  productPlatform: 'PureCloud',
  features: {},
  selfUri: `/api/v2/organizations/${organizationId}`,
});

function describeToken(world: World, caller: string) {
  const { organizationId: id, organizationName: name } = organizationOf(world);
  const client = clientOf(world, caller);
  return {
    organization: { id, name },
    homeOrganization: { id, name },
    authorizedScope: [],
    // Nobody: a client has no user.
    authenticatedUser: null,
    ...(client && {
      // Spelled so by the vendor.
      OAuthClient: {
        id: client.id,
        name: client.name,
        authorizedGrantType: 'CLIENT-CREDENTIALS',
        scope: [],
        roleDivisions: grantsOf(world, client).map(({ roleId, divisionId }) => ({ roleId, divisionId })),
        state: client.state ?? 'active',
        organization: { id, name },
      },
    }),
  };
}
