import { isMap, isScalar, type Node } from 'yaml';
import { offsetOf } from '../document.ts';
import { builtInVariable } from '../expression/built-in-variables.ts';
import { become, textOf } from '../expression/coerce.ts';
import { NOT_SET, nameOfType, typeOf, type Value } from '../expression/value.ts';
import { FlowFailure, NotRehearsed, type Spot } from './flow-failure.ts';
import { type Asked, type Frame, findVariable, scopeOf, type Variable } from './frame.ts';
import { suggestion } from './values.ts';

/** Puts a value into what `var: Task.x` or `variable: Task.x` names; `noValue` takes none. */
export function assign({ frame, spot }: Asked, target: Node | undefined, value: Value): void {
  const scalar = isMap(target) ? target.get('var', true) : target;
  if (!isScalar(scalar) || scalar.value === null) return;
  const at = { ...spot, offset: offsetOf(scalar) };
  const variable = variableFor(frame, String(scalar.value).trim(), at);
  const fitting = variable.type ? become(value, variable.type) : value;
  if (!fitting)
    throw new FlowFailure(
      `${variable.name} is ${nameOfType(variable.type ?? 'unknown')}, and cannot hold ${nameOfType(typeOf(value))}`,
      at,
    );
  variable.value = fitting;
  if (variable.isSecure) frame.run.secrets.keep(textOf(fitting) ?? '');
}

/** The name of the variable that something is assigned to. */
export function targetVariable({ frame }: Asked, target: Node | undefined): Variable | undefined {
  const scalar = isMap(target) ? target.get('var', true) : target;
  return isScalar(scalar) ? findVariable(frame, String(scalar.value).trim()) : undefined;
}

function variableFor(frame: Frame, name: string, at: Spot): Variable {
  const found = findVariable(frame, name);
  if (builtInVariable(name) && !found?.type)
    throw new FlowFailure(`${name} is built in, and cannot be assigned to`, at);
  if (found) return found;
  if (!/^[a-z]+\.[a-z]\w*$/i.test(name)) throw new NotRehearsed(`"${name}" is not assigned to here`, at);
  // Architect makes a variable of whatever something is assigned to. One that is never read is a slip of the pen.
  const meant = suggestion(frame, name);
  if (meant !== '' && !frame.run.model.isRead(name))
    throw new FlowFailure(`there is no variable ${name} here${meant}`, at);
  const made: Variable = { name, type: undefined, isSecure: false, value: NOT_SET };
  scopeOf(frame, name).set(name.toLowerCase(), made);
  return made;
}
