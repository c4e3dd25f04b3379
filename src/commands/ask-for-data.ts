import type { Plan, PlannedRemoval } from '../engine/plan.ts';
import { labelOf } from '../resources/labels.ts';
import { canAnswer } from './ask.ts';
import type { Invocation } from './command.ts';

/**
 * Asks for the name of whatever is kept for what it holds, where somebody can answer: what is named goes with all of it.
 * Enter alone keeps it, and so does --yes.
 */
export async function askForData(invocation: Invocation, plan: Plan): Promise<Plan> {
  if (invocation.options.yes || !canAnswer(invocation)) return plan;
  const removals: PlannedRemoval[] = [];
  // One after the other: there is one terminal.
  for (const removal of plan.removals) removals.push(await asAnswered(invocation, removal));
  return { ...plan, removals };
}

async function asAnswered(invocation: Invocation, removal: PlannedRemoval): Promise<PlannedRemoval> {
  const { kind, name, action, holds } = removal;
  if (action !== 'keep' || holds === undefined) return removal;
  const { terminal, reporter, signal } = invocation;
  reporter.pause();
  reporter.say(`The ${labelOf(kind)} ${name} holds ${holds}, and is kept for that.`);
  const message = 'Type its name to delete it with all that it holds, or nothing to keep it';
  const check = async (text: string) =>
    ['', name].includes(text.trim()) ? undefined : `That is not its name, which is ${name}.`;
  const typed = await terminal.ask({ id: 'bucket', form: 'text', message, choices: [] }, check, signal);
  return typed?.trim() === name ? { ...removal, action: 'delete', withData: true } : removal;
}
