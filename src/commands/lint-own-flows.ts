import type { ActionContract } from '../architect/lint/contracts.ts';
import type { Finding } from '../architect/lint/finding.ts';
import { lintFlow } from '../architect/lint/lint-flow.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { formatFinding } from '../ui/format-lint.ts';
import { fileOf, type OwnFlows, ownFlows } from './own-flows.ts';

/** What is found in flows as they would be published. Their lines are not those of the files they are made from. */
export const lintRendered = (flows: OwnFlows, actions: readonly ActionContract[]): readonly Finding[] =>
  ownFlows.flatMap((flow) => lintFlow(flows[flow], `flows/${fileOf(flow)} (rendered)`, { actions }));

/** Says what is not well with them; throws where one could not work, before anything is published. */
export function checkBeforePublish(
  flows: OwnFlows,
  actions: readonly ActionContract[],
  say: (line: string) => void,
): void {
  const findings = lintRendered(flows, actions);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new SetupError('A flow would not work as it is, so nothing is published.', {
      exit: exitCode.usage,
      hint: 'Correct the flow, and see what `eo-setup lint` says of it.',
      details: errors.map(formatFinding),
    });
  for (const finding of findings) if (finding.severity === 'warning') say(formatFinding(finding));
}
