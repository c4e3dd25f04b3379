import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { offsetOf } from '../document.ts';
import { builtInVariable } from '../expression/built-in-variables.ts';
import { become, textOf } from '../expression/coerce.ts';
import { type Json, make, NOT_SET, nameOfType, typeOfVariableKey, type Value } from '../expression/value.ts';
import { nodeAt, textAt } from '../model/entries.ts';
import type { FlowInput } from './contract.ts';
import { FlowFailure, type Spot } from './flow-failure.ts';
import { type Frame, type Run, type Scope, setBuiltIn } from './frame.ts';
import type { Place } from './model.ts';
import { valueAt } from './values.ts';

/** Values from outside by the names of variables in lower case. */
type Given = ReadonlyMap<string, Value>;

/** Sets up the flow's own variables, and those that are built in. */
export function declareFlow(run: Run, input: FlowInput): void {
  const { flow, root } = run.model;
  const given = new Map(
    Object.entries(input.variables).map(([name, value]) => [name.toLowerCase(), make.json(value as Json | undefined)]),
  );
  for (const [name, value] of Object.entries(input.variables)) {
    const { type } = builtInVariable(name) ?? {};
    if (type) setBuiltIn(run, name, become(make.json(value as Json | undefined), 'string') ?? NOT_SET);
  }
  setBuiltIn(run, 'Flow.StartDateTimeUtc', make.dateTime(run.host.clock.now()));
  // A rehearsal goes the way that a caller would.
  setBuiltIn(run, 'Flow.IsTest', make.boolean(false));
  const language = textAt(flow, 'defaultLanguage');
  if (language && root !== 'workflow') setBuiltIn(run, 'Call.Language', make.string(language));
  declare({ run, local: new Map() }, run.flow, flow, { path: `/${root}`, offset: offsetOf(flow) }, given);
}

/** A task or state that begins anew, with what it is called with. */
export function openFrame(run: Run, { body, spot }: Place, given: Given = new Map()): Frame {
  const frame = { run, local: new Map() };
  declare(frame, frame.local, body, spot, given);
  return frame;
}

function declare(frame: Frame, scope: Scope, holder: YAMLMap, around: Spot, given: Given): void {
  const list = nodeAt(holder, 'variables');
  for (const item of isSeq(list) ? list.items : []) {
    const [pair] = isMap(item) ? item.items : [];
    if (!pair || !isScalar(pair.key) || !isMap(pair.value)) continue;
    const kind = String(pair.key.value);
    const name = textAt(pair.value, 'name') ?? '';
    const spot = { path: `${around.path}/variables/${kind}[${name}]`, offset: offsetOf(pair.key) };
    const isSecure = textAt(pair.value, 'isSecure') === 'true' || /^secure\./i.test(name);
    // Where isInput is absent, what Archy takes it for is not documented: nothing comes in.
    const input = textAt(pair.value, 'isInput') === 'true' ? given.get(name.toLowerCase()) : undefined;
    const type = typeOfVariableKey(kind);
    const value = input ?? valueAt({ frame, spot, maySeeSecrets: isSecure }, initialOf(pair.value), type);
    const fitting = type ? become(value, type) : value;
    if (!fitting)
      throw new FlowFailure(
        `the input ${name} is ${nameOfType(type ?? 'unknown')}, and was given something else`,
        spot,
      );
    scope.set(name.toLowerCase(), { name, type, isSecure, value: fitting });
    if (isSecure) frame.run.secrets.keep(textOf(fitting) ?? '');
  }
}

const initialOf = (body: YAMLMap): Node | undefined => nodeAt(body, 'initialValue');
