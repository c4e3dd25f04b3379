import type { Rule } from '../context.ts';
import { callEndings } from './call-endings.ts';
import { callerInput } from './caller-input.ts';
import { dataActions } from './data-actions.ts';
import { deadAir } from './dead-air.ts';
import { emptyValues } from './empty-values.ts';
import { endlessLoops } from './endless-loops.ts';
import { exitReasons } from './exit-reasons.ts';
import { expressionErrors } from './expression-errors.ts';
import { flowType } from './flow-type.ts';
import { knownActions } from './known-actions.ts';
import { knownKeys } from './known-keys.ts';
import { literalTypes } from './literal-types.ts';
import { menuChoices } from './menu-choices.ts';
import { missingOutputs } from './missing-outputs.ts';
import { placeholders } from './placeholders.ts';
import { portableVoice } from './portable-voice.ts';
import { references } from './references.ts';
import { riskyScalars } from './risky-scalars.ts';
import { secureFlow } from './secure-flow.ts';
import { silentEnds } from './silent-ends.ts';
import { uniqueIds } from './unique-ids.ts';
import { unreachable } from './unreachable.ts';
import { unsetInputs } from './unset-inputs.ts';
import { valueTypes } from './value-types.ts';
import { variableNames } from './variable-names.ts';
import { variableOptions } from './variable-options.ts';

/** Everything that a flow is checked for; a rule looks at the types of flows that it has a meaning for. */
export const rules: readonly Rule[] = [
  ...[flowType, knownKeys, knownActions, references, uniqueIds, placeholders, riskyScalars],
  ...[variableNames, variableOptions, expressionErrors, valueTypes, literalTypes],
  ...[dataActions, missingOutputs, unreachable, endlessLoops, callEndings, menuChoices],
  ...[callerInput, secureFlow, deadAir, silentEnds, emptyValues, unsetInputs, exitReasons, portableVoice],
];
