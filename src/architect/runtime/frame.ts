import { builtInVariable } from '../expression/built-in-variables.ts';
import { NOT_SET, type Type, type Value } from '../expression/value.ts';
import type { Budget } from './budget.ts';
import type { FlowHost } from './contract.ts';
import type { Spot } from './flow-failure.ts';
import type { FlowModel } from './model.ts';
import type { Secrets } from './secrets.ts';

/** A variable while the flow runs. */
export interface Variable {
  readonly name: string;
  /** Undefined: it was not declared, and is what is assigned to it. */
  readonly type: Type | undefined;
  readonly isSecure: boolean;
  value: Value;
}

/** Variables by their names in lower case: names are the same in any case. */
export type Scope = Map<string, Variable>;

/** A flow while it runs. */
export interface Run {
  readonly model: FlowModel;
  readonly host: FlowHost;
  readonly secrets: Secrets;
  readonly budget: Budget;
  /** The flow's own variables, and those that are built in and set. */
  readonly flow: Scope;
}

/** A task or state while it runs, with its own variables. */
export interface Frame {
  readonly run: Run;
  readonly local: Scope;
}

/** Who asks for a value, and from where. */
export interface Asked {
  readonly frame: Frame;
  readonly spot: Spot;
  /** What is secure is read by data actions that are secure, and by nothing else. */
  readonly maySeeSecrets?: boolean;
}

/** The variables that a name of this kind belongs to. */
export const scopeOf = ({ run, local }: Frame, name: string): Scope =>
  /^(?:task|state)\./i.test(name) ? local : run.flow;

/** The variable of a name that is declared, built in and set, or was assigned to. */
export const findVariable = (frame: Frame, name: string): Variable | undefined =>
  scopeOf(frame, name).get(name.toLowerCase());

/** The value of a variable; undefined where there can be none of this name. */
export function lookUp(frame: Frame, name: string): Value | undefined {
  const variable = findVariable(frame, name);
  if (variable) return variable.value;
  const { model } = frame.run;
  const builtIn = builtInVariable(name);
  const isBuiltIn = builtIn !== undefined && (builtIn.flows?.includes(model.root) ?? true);
  return isBuiltIn || model.isAssigned(name) ? NOT_SET : undefined;
}

/** Sets a variable that is built in. */
export function setBuiltIn({ flow }: Run, name: string, value: Value): void {
  flow.set(name.toLowerCase(), { name, type: undefined, isSecure: false, value });
}

/** Whether whatever a caller enters is a secret. */
export const isSecureFlow = ({ model }: Run): boolean => model.root === 'secureCall';
