import { Refusal } from '../contract.ts';

const PLACE = /\$!?\{([^{}]*)\}/g;

/**
 * Fills the places of a template: `${input.name}`, `${rawResult}`. The vendor's templates are a language with conditions
 * and macros; a template that uses more than places is refused, as is a place for which there is nothing.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  if (/#(?:if|set|foreach|parse|include|macro)\b|\$esc\b/.test(template))
    throw unfilled('The sandbox fills in places and knows nothing else of the template language.');
  return template.replace(PLACE, (place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined && !place.startsWith('$!')) throw unfilled(`There is no value for ${place}.`);
    return value ?? '';
  });
}

const unfilled = (message: string): Refusal => new Refusal(400, 'invalid.substitution', message);
