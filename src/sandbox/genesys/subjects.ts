import type { Operation, Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';
import { type DivisionRecord, describeDivision, grant, grantsOf, homeDivision, withdraw } from './grants.ts';
import { clientOf, type OAuthClient } from './oauth.ts';
import { policiesOf } from './permissions.ts';
import { roleOf } from './role-record.ts';
import { row } from './row.ts';

const URI = '/api/v2/authorization/subjects';
const GRANT = `${URI}/{subjectId}/divisions/{divisionId}/roles/{roleId}`;
/** What a client is called among users and groups, of which the sandbox has none. */
const CLIENT = 'PC_OAUTH_CLIENT';

/** Who was granted which role, and where. */
export const subjectOperations: readonly Operation[] = [
  row({
    operation: 'getAuthorizationSubjectsMe',
    route: `GET ${URI}/me`,
    handle: (world, { caller }) => ({ status: 200, body: describeSubject(world, caller, clientOf(world, caller)) }),
  }),
  row({
    operation: 'getAuthorizationSubject',
    route: `GET ${URI}/{subjectId}`,
    permission: ['authorization:grant:view'],
    handle: (world, { path }) => {
      const client = clientOf(world, path['subjectId'] ?? '');
      if (!client) throw notFound();
      return { status: 200, body: describeSubject(world, client.id, client) };
    },
  }),
  row({
    operation: 'postAuthorizationSubjectDivisionRole',
    route: `POST ${GRANT}`,
    permission: ['authorization:grant:add'],
    handle: (world, request) => {
      const named = namedIn(world, request);
      // Without the type a user is meant, and there is none of this id.
      if (request.query.get('subjectType') !== CLIENT) throw notFound();
      grant(world, named, request.now);
      return { status: 204 };
    },
  }),
  row({
    operation: 'deleteAuthorizationSubjectDivisionRole',
    route: `DELETE ${GRANT}`,
    permission: ['authorization:grant:delete'],
    handle: (world, request) => {
      if (!withdraw(world, namedIn(world, request))) throw notFound();
      return { status: 204 };
    },
  }),
];

/** The client, the division and the role that a path names; there has to be each of them. */
function namedIn(world: World, { path }: Pick<Request, 'path'>) {
  const { subjectId = '', divisionId = '', roleId = '' } = path;
  const isDivision = divisionId === '*' || world.get('divisions', divisionId) !== undefined;
  if (!clientOf(world, subjectId) || !roleOf(world, roleId) || !isDivision) throw notFound();
  return { subjectId, divisionId, roleId };
}

const describeSubject = (world: World, id: string, client: OAuthClient | undefined): Item => ({
  id,
  name: client?.name ?? '',
  grants: client ? describeGrants(world, client) : [],
  version: 1,
});

const describeGrants = (world: World, client: OAuthClient): readonly Item[] =>
  grantsOf(world, client).map(({ subjectId, roleId, divisionId, createdAt }) => {
    const { name = '', description = '', permissions = [] } = roleOf(world, roleId) ?? {};
    return {
      subjectId,
      division: describePlace(world, divisionId),
      role: { id: roleId, name, description, policies: policiesOf(permissions), default: false },
      grantMadeAt: new Date(createdAt).toISOString(),
    };
  });

const describePlace = (world: World, divisionId: string): Item =>
  divisionId === '*'
    ? { id: '*', name: '*', description: '', homeDivision: false }
    : describeDivision(world.get<DivisionRecord>('divisions', divisionId) ?? homeDivision(world));
