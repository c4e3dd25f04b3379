const KEYS = /^[\d*#.!]+$/;
export const KEYS_RULE = 'Keys are 0 to 9, * and #; . is silence, ! hangs up.';

/** What a caller presses, in groups with spaces between: `1 123456789`. Undefined if it is not all keys. */
export function keyGroups(text: string): readonly string[] | undefined {
  const groups = text.split(/\s+/).filter(Boolean);
  return groups.every((group) => KEYS.test(group)) ? groups : undefined;
}
