import { isMap } from 'yaml';
import { mapAt, nodeAt, textAt } from '../../model/entries.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** In a secure flow, what a caller enters is neither read aloud nor listened for, and is treated as a secret. */
export const secureFlow: Rule = {
  name: 'secure-flow',
  check: (context) => (context.root === 'secureCall' ? [...settings(context), ...entered(context)] : []),
};

function settings({ flow, entries }: LintContext): readonly Problem[] {
  const speech = mapAt(flow, 'settingsSpeechRec');
  const listening =
    textAt(speech, 'asrEnabledOnFlow') === 'true'
      ? [
          {
            severity: 'warning' as const,
            message: 'speech recognition is on in a secure flow',
            offset: at(nodeAt(speech, 'asrEnabledOnFlow')),
          },
        ]
      : [];
  const dialing = entries.flatMap(({ name, value }): readonly Problem[] =>
    name === 'listenForExtensionDialing' && isMap(value) && textAt(value, 'lit') === 'true'
      ? [{ severity: 'warning', message: 'extensions can be dialled in a secure flow', offset: at(value) }]
      : [],
  );
  return [...listening, ...dialing];
}

const at = (node: { readonly range?: readonly [number, number, number] | null | undefined } | undefined) =>
  node?.range?.[0] ?? 0;

function entered({ model, variables, expressions }: LintContext): readonly Problem[] {
  const inputs = model.actions.filter(({ kind }) => kind === 'collectInput');
  const aloud = inputs.flatMap(({ body }): readonly Problem[] => {
    const how = textAt(body, 'verificationType');
    if (how === undefined || how === 'none') return [];
    return [
      {
        severity: 'warning',
        message: 'what the caller enters is read aloud',
        offset: at(nodeAt(body, 'verificationType')),
      },
    ];
  });
  const secrets = new Set(inputs.flatMap(({ body }) => textAt(mapAt(body, 'inputData'), 'var')?.toLowerCase() ?? []));
  const isPlainCall = (path: string) => /\/callData\[/.test(path);
  const passed = variables.uses
    .filter(({ name, use, entry, declared }) => {
      const isSecret = secrets.has(name.toLowerCase()) && textAt(declared?.body, 'isSecure') !== 'true';
      return isSecret && use === 'read' && isPlainCall(entry.path) && entry.parent?.parent?.name === 'inputs';
    })
    .map(({ name, offset }): Problem => {
      const message = `${name}, which the caller entered, goes to a data action as ordinary, not as secure, data`;
      return { severity: 'note', message, offset };
    });
  return expressions.length === 0 ? aloud : [...aloud, ...passed];
}
