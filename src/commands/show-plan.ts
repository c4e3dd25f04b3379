import { ConflictError } from '../engine/conflict-error.ts';
import { hasChanges, type Plan } from '../engine/plan.ts';
import { formatNotices } from '../ui/format-notices.ts';
import { formatSettings } from '../ui/format-settings.ts';
import type { Invocation } from './command.ts';
import type { Session } from './session.ts';

/** The settings, the plan, and what it means; a conflict ends it here, with nothing changed. */
export function showPlan({ reporter }: Invocation, { settings, origins }: Session, plan: Plan): void {
  const isChange = hasChanges(plan);
  if (isChange) reporter.show(['', 'Settings:', ...formatSettings(settings, origins), '', 'Plan:']);
  reporter.plan(plan);
  const notices = formatNotices(plan, settings);
  if (isChange) reporter.show(['', ...notices, ...(notices.length > 0 ? [''] : [])]);
  const conflicts = plan.steps.filter(({ action }) => action === 'conflict');
  if (conflicts.length > 0) throw new ConflictError(conflicts);
}
