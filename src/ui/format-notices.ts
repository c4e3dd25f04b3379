import type { Plan } from '../engine/plan.ts';
import type { Settings } from '../settings/settings.ts';

/** What the platform takes at most of one organization's triggers, and of one trigger's target. */
const LIMIT = 'Genesys Cloud starts at most 36,000 workflows an hour and 6,000 a minute for a whole organization.';

type Numbers = Pick<Settings, 'didStart' | 'didEnd'>;

/** `+1317…`, or `+1317… to +1317…`. */
export const formatNumbers = ({ didStart, didEnd }: Numbers): string =>
  didStart === didEnd ? didStart : `${didStart} to ${didEnd}`;

const changeOf = ({ steps }: Plan, id: string) => {
  const action = steps.find((step) => step.id === id)?.action;
  return action === undefined || action === 'keep' ? undefined : action;
};

/** What the people on the phone will notice of a plan. */
function forCallers(plan: Plan, settings: Settings): readonly string[] {
  const numbers = formatNumbers(settings);
  const route = changeOf(plan, 'ivr');
  if (route === 'create' || route === 'move')
    return [`Callers: as the last step, calls to ${numbers} are answered with "Welcome to Cloud Store".`];
  if (route === 'replace')
    return [`Callers: calls to ${numbers} are not answered while what is replaced is taken down and built up again.`];
  if (route === 'update') return [`Callers: what calls to ${numbers} reach is changed as the last step.`];
  const isTouched = ['secure-flow', 'inbound-flow', 'pay-function', 'pay-action'].some((id) => changeOf(plan, id));
  return isTouched ? [`Callers: calls to ${numbers} get the changed version from the moment it is ready.`] : [];
}

/** Which ended calls start the workflow. */
function forTrigger({ triggerScope, triggerDelay, ...numbers }: Settings): readonly string[] {
  const when = triggerDelay === 0 ? 'when it ends' : `${triggerDelay} s after it ended`;
  if (triggerScope === 'number') return [`Workflow: each inbound call to ${formatNumbers(numbers)} starts it ${when}.`];
  return [
    `Workflow: each inbound voice call of the whole organization starts it ${when}, to whatever number. ${LIMIT}`,
  ];
}

/** What a person should know before saying yes. To a plan in conflict nobody can. */
export function formatNotices(plan: Plan, settings: Settings): readonly string[] {
  if (plan.steps.some(({ action }) => action === 'conflict')) return [];
  const flows = changeOf(plan, 'secure-flow') ?? changeOf(plan, 'pay-action');
  return [
    ...forCallers(plan, settings),
    ...(changeOf(plan, 'trigger') ? forTrigger(settings) : []),
    ...(flows
      ? [
          settings.secureDataAction === 'on'
            ? 'The card number is passed as secure data. Genesys has not confirmed how that is spelled in a flow: publishing may be refused, and nothing goes live then.'
            : 'Not for real cards: the nine digits pass through Architect and the data action as ordinary, not as secure, data.',
        ]
      : []),
  ];
}
