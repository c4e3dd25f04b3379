import type { BootstrapPlan } from '../bootstrap/plan.ts';
import { byEntity } from '../by-entity.ts';

interface Names {
  readonly role: string;
  readonly client: string;
  /** A division's name by its id. */
  readonly division: (id: string) => string;
}

const line = (action: string, what: string) => `  ${action.padEnd(7)} ${what}`;
const below = (what: string) => `${' '.repeat(10)}${what}`;

/** The plan of a bootstrap: each permission by its name, and what happens to the administrator's own client. */
export function formatBootstrap(plan: BootstrapPlan, names: Names): readonly string[] {
  const lends = plan.client.action !== 'keep' || plan.newSecret;
  return [
    ...formatRole(plan, names),
    ...formatClient(plan, names),
    ...(plan.takesBack && !lends
      ? [line('change', 'your own client: it loses the role, which a run that broke off left it')]
      : []),
    ...(lends
      ? [
          '',
          'Nobody can hand out a role that they do not hold. So your own client is given it, and loses it again at the end.',
        ]
      : []),
  ];
}

function formatRole({ role, unknown }: BootstrapPlan, names: Names): readonly string[] {
  const what = `role "${names.role}"`;
  return [
    line(role.action, role.action === 'create' ? `${what} with ${role.permissions.length} permissions:` : what),
    ...(role.action === 'keep'
      ? []
      : grouped(role.adds).map((one) => below(role.action === 'create' ? one : `+ ${one}`))),
    ...(role.action === 'change' ? grouped(role.drops).map((one) => below(`- ${one}`)) : []),
    ...(unknown.length > 0
      ? [below('without these, which the organization does not know; its licence may lack them:')]
      : []),
    ...grouped(unknown).map((one) => below(`! ${one}`)),
  ];
}

function formatClient({ client, newSecret }: BootstrapPlan, { client: name, division }: Names): readonly string[] {
  const where = client.divisions.map((id) => `"${division(id)}"`).join(' and ');
  const what = `OAuth client "${name}"`;
  if (client.action === 'create')
    return [line('create', `${what} (client credentials), with the role in the division ${where}`)];
  const changes = [
    ...(client.divisions.length > 0 ? [`it gets the role in the division ${where}`] : []),
    ...(client.activates ? ['it is switched on again'] : []),
    ...(newSecret ? ['it gets another secret; the one that it has is worth nothing from then on'] : []),
  ];
  return [line(changes.length > 0 ? 'change' : 'keep', changes.length > 0 ? `${what}: ${changes.join('; ')}` : what)];
}

/** One entity a line: `architect:flow: add, edit, view`. */
const grouped = (permissions: readonly string[]): readonly string[] =>
  [...byEntity(permissions)].map(([entity, actions]) => `${entity}: ${actions.join(', ')}`);
