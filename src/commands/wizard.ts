import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Secret } from '../clients/redact.ts';
import { describeError } from '../errors/describe-error.ts';
import { answerProblem, normalized } from '../settings/answer-problem.ts';
import { type Answers, type Known, OTHER_NUMBER, textOf, YES } from '../settings/answers.ts';
import { DEFAULT_FILE } from '../settings/file.ts';
import { formatSettingsFile } from '../settings/file-text.ts';
import type { Values } from '../settings/gather.ts';
import { readAwsProfiles } from '../settings/lookups/aws-profiles.ts';
import { baseOf } from '../settings/offers.ts';
import { nextQuestion, type Question } from '../settings/questions.ts';
import { stepBack, takeBack } from '../settings/step-back.ts';
import { settingOf } from '../settings/table.ts';
import { typedAnswers } from '../settings/typed-answers.ts';
import { formatCommand } from '../ui/format-command.ts';
import { formatWelcome } from '../ui/format-welcome.ts';
import type { Answered, Invocation } from './command.ts';
import { gatherGiven, start } from './gather-settings.ts';
import type { Io } from './io.ts';
import { ownName } from './own-name.ts';
import { ifPossible, type Learnt, lastRun, learner, RefusedError } from './wizard-learning.ts';

/** Asks for what is missing, if there is somebody to ask; otherwise the call stays as it is, and its lack is an error. */
export async function askMissing(invocation: Invocation): Promise<Invocation> {
  const { terminal, options } = invocation;
  if (!terminal.canAsk || options.input === false || options.json) return invocation;
  const begun = await start(invocation.io, options, 'no fallback');
  if (begun.place.isSandbox) return invocation;
  const { given, isEnough } = gatherGiven(begun, options, await lastRun(invocation));
  if (isEnough) return invocation;
  return { ...invocation, answers: await askAll(invocation, begun.place.env, given) };
}

/** How far the questions have come. */
interface Progress {
  readonly answers: Answers;
  readonly known: Known;
  readonly secret: Secret | undefined;
}

async function askAll(invocation: Invocation, env: Io['env'], given: Values): Promise<Answered> {
  const { io, terminal, reporter } = invocation;
  for (const line of formatWelcome(terminal.backKey, ownName(io.env))) reporter.say(line);
  const learn = learner(invocation, env);
  let progress: Progress = { answers: {}, known: await knownAtFirst(invocation, env, given), secret: undefined };
  for (;;) {
    try {
      const learnt = await learn(progress.answers, progress.known, progress.secret);
      progress = { ...progress, known: { ...progress.known, ...knownFrom(learnt) } };
      const question = nextQuestion(progress.answers, progress.known);
      if (!question) return finish(invocation, progress);
      progress = await ask(invocation, question, progress, learnt);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      progress = askAgain(invocation, error, progress);
    }
  }
}

async function knownAtFirst({ io, options }: Invocation, env: Io['env'], given: Values): Promise<Known> {
  const { flags, config, dryRun } = options;
  const secret = flags['clientSecret'] && { clientSecret: { value: '[secret]', source: '--client-secret-file' } };
  return {
    given: { ...given, ...secret },
    last: {},
    before: {},
    awsProfiles: await readAwsProfiles(env),
    hasAwsKeys: Boolean(env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']),
    freeNumbers: [],
    canSave: config === undefined && !dryRun && !existsSync(resolve(io.cwd, DEFAULT_FILE)),
  };
}

const knownFrom = ({ last, organization, account }: Learnt) => ({
  last,
  awsAccount: account?.awsAccount,
  freeNumbers: organization?.freeNumbers ?? [],
  didProvider: organization?.didProvider,
});

/** One question, and what its answer changes. */
async function ask(invocation: Invocation, question: Question, progress: Progress, learnt: Learnt): Promise<Progress> {
  const { terminal, reporter, signal } = invocation;
  const { answers, known } = progress;
  const kept = known.before[question.id] === undefined ? undefined : progress.secret;
  const isKept = (text: string) => question.form === 'secret' && kept !== undefined && text.trim() === '';
  const check = async (text: string) =>
    isKept(text) ? undefined : problemOf(invocation, question, text, progress, learnt);
  reporter.pause();
  const text = await terminal.ask(question, check, signal);
  if (text === undefined) {
    const back = stepBack(answers, known);
    if (!back) reporter.say('This is the first question. Ctrl-C leaves.');
    return back ? { ...progress, answers: back.answers, known: { ...known, before: back.before } } : progress;
  }
  const problem = question.form === 'choice' ? await check(text) : undefined;
  if (problem !== undefined) {
    reporter.say(problem);
    return progress;
  }
  const { id, setting, form } = question;
  if (form === 'secret')
    return {
      ...progress,
      answers: { ...answers, [id]: '[secret]' },
      secret: isKept(text) ? kept : new Secret(text.trim()),
    };
  return { ...progress, answers: { ...answers, [id]: setting ? normalized(setting, text) : text } };
}

/** What is wrong with an answer: in itself, beside the others, or because somebody else has it. */
async function problemOf(
  invocation: Invocation,
  { id, setting }: Question,
  text: string,
  { answers, known }: Progress,
  { organization, account }: Learnt,
): Promise<string | undefined> {
  const meant = id === 'numbers' && text !== OTHER_NUMBER ? settingOf('didStart') : setting;
  if (!meant) return undefined;
  const problem = answerProblem(meant, text, answers, known);
  if (problem !== undefined) return problem;
  // What talks to the clouds is loaded no sooner than it is needed: the first question should not wait for it.
  const { bucketProblem, divisionProblem, numbersProblem } = await import('./wizard-checks.ts');
  const value = normalized(meant, text);
  const environment = textOf('environment', answers, known) ?? '';
  if (id === 'bucket' && organization && account) {
    const { awsAccount } = account;
    const awsRegion = textOf('awsRegion', answers, known) ?? '';
    const place = { organizationId: organization.organizationId, awsAccount, awsRegion, environment };
    return ifPossible(() => bucketProblem(invocation, account.aws, value, place));
  }
  // The default is the organization's own, whatever it calls it.
  if (id === 'division' && organization && value !== baseOf(id, answers, known)?.text)
    return ifPossible(() => divisionProblem(organization.genesys, value));
  if ((id !== 'didStart' && id !== 'didEnd') || !organization) return undefined;
  const first = id === 'didStart' ? value : (textOf('didStart', answers, known) ?? value);
  return ifPossible(() => numbersProblem(organization.genesys, { first, last: value }, environment));
}

/** Says why a sign-in was refused, and takes back the answers that it may be due to; throws where none of them was asked for. */
function askAgain({ reporter }: Invocation, { cause, likely }: RefusedError, progress: Progress): Progress {
  const { known } = progress;
  const back = takeBack(likely, progress.answers, known);
  if (!back) throw cause;
  const { message, hint } = describeError(cause);
  reporter.say(message);
  if (hint) reporter.say(hint);
  return { ...progress, answers: back.answers, known: { ...known, before: back.before } };
}

function finish({ io, reporter }: Invocation, { answers, known, secret }: Progress): Answered {
  const values = typedAnswers(answers, known);
  reporter.say('');
  reporter.say(
    secret
      ? 'The same without questions, with the secret in GENESYSCLOUD_OAUTHCLIENT_SECRET:'
      : 'The same without questions:',
  );
  reporter.say(`  ${formatCommand(ownName(io.env), io.argv, values)}`);
  reporter.say('');
  const save = async () => {
    if (answers.save !== YES) return;
    await writeFile(resolve(io.cwd, DEFAULT_FILE), formatSettingsFile(values), { flag: 'wx' });
    reporter.say(`Saved the answers to ${DEFAULT_FILE}.`);
  };
  return { values, secret, save };
}
