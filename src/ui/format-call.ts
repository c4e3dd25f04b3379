import { formatDuration } from './format-duration.ts';
import { formatTable } from './format-table.ts';

/** As much of a call as is shown; `sandbox/telephony` makes it. */
export interface CallAccount {
  readonly heard: readonly string[];
  readonly durationMs: number;
  readonly flows: readonly {
    readonly type: string;
    readonly name: string;
    readonly ending: string;
    readonly detail?: string | undefined;
  }[];
  readonly actions: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly durationMs: number;
    readonly detail?: string | undefined;
  }[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly event: Readonly<Record<string, unknown>> | undefined;
  readonly triggers: readonly { readonly name: string; readonly matched: boolean; readonly why?: string | undefined }[];
  readonly workflows: readonly {
    readonly name: string;
    readonly status: string;
    readonly exitReason?: string | undefined;
    readonly detail?: string | undefined;
  }[];
  readonly objects: readonly { readonly bucket: string; readonly key: string; readonly content: string }[];
}

const section = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [`${title}: none`] : [`${title}:`, ...formatTable(rows).map((line) => `  ${line}`)];

const inBrackets = (text: string | undefined) => (text ? `(${text})` : '');

/** The caller has paid, but was gone before the platform let the workflow see it. */
const isUnseen = ({ attributes, workflows, objects }: CallAccount): boolean =>
  attributes['eo_paymentId'] !== undefined &&
  objects.length === 0 &&
  workflows.some(({ exitReason }) => exitReason === 'no payment');

const UNSEEN = [
  'The payment id was set, but the workflow did not see it yet: it started too soon after the call.',
  'Install with --trigger-delay 60 to let it start a minute later.',
];

/** A short account of a call: what was heard and pressed, and everything that followed. */
export function formatCall(call: CallAccount, unmet: readonly string[]): readonly string[] {
  const { heard, durationMs, flows, actions, attributes, event, triggers, workflows, objects } = call;
  return [
    ...(heard.length === 0 ? [] : ['The call:', ...heard.map((line) => `  ${line}`)]),
    `The call took ${formatDuration(durationMs)}.`,
    '',
    ...section(
      'Flows',
      flows.map(({ type, name, ending, detail }) => [type.toLowerCase(), name, ending, inBrackets(detail)]),
    ),
    ...section(
      'Data actions',
      actions.map(({ name, outcome, durationMs: ms, detail }) => [name, outcome, `${ms} ms`, inBrackets(detail)]),
    ),
    ...section('Participant data', Object.entries(attributes)),
    ...(event
      ? [`Event: ${['disconnectType', 'direction', 'ani', 'dnis'].map((name) => `${name} ${event[name]}`).join(', ')}`]
      : []),
    ...section(
      'Triggers',
      triggers.map(({ name, matched, why }) => [name, matched ? 'matched' : 'did not match', inBrackets(why)]),
    ),
    ...section(
      'Workflows',
      workflows.map(({ name, status, exitReason, detail }) => [name, status, exitReason ?? '', inBrackets(detail)]),
    ),
    ...(objects.length === 0
      ? ['Stored: nothing']
      : objects.flatMap((one) => [`Stored: s3://${one.bucket}/${one.key}`, `  ${one.content.trim()}`])),
    ...(isUnseen(call) ? UNSEEN : []),
    '',
    unmet.length === 0 ? 'It did what was expected.' : `It did not do what was expected: ${unmet.join(', ')}.`,
  ];
}
