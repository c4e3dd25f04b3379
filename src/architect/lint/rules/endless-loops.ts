import type { YAMLMap } from 'yaml';
import { routed } from '../../model/kinds.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';
import { type Choice, everyWay, follow, onlyFailures } from '../paths.ts';
import { mainBlock, reachedFrom, startsOf, targetOfJump } from '../reach.ts';

/** No flow goes round for ever. */
export const endlessLoops: Rule = {
  name: 'endless-loops',
  check: (context) => {
    if (!routed.has(context.root)) return [];
    const always = jumpsThatStay(context, everyWay);
    const failing = jumpsThatStay(context, onlyFailures).filter((offset) => !always.includes(offset));
    return [
      ...always.map(
        (offset): Problem => ({ severity: 'error', message: 'this goes round for ever: no way leads out', offset }),
      ),
      ...failing.map((offset): Problem => {
        const message =
          'this goes round for as long as nothing is entered or the data action fails: count the attempts';
        return { severity: 'warning', message, offset };
      }),
    ];
  },
};

interface Place {
  readonly canLeave: boolean;
  readonly jumps: readonly { readonly to: YAMLMap; readonly offset: number }[];
}

/** Where, in places that no way leads out of, it is jumped to such a place that led here. */
function jumpsThatStay(context: LintContext, choose: Choice): readonly number[] {
  const places = placesOf(context, choose);
  const open = new Set([...places].flatMap(([body, { canLeave }]) => (canLeave ? [body] : [])));
  for (let before = -1; before !== open.size; ) {
    before = open.size;
    for (const [body, { jumps }] of places) if (jumps.some(({ to }) => open.has(to))) open.add(body);
  }
  const starts = startsOf(context);
  const reached = starts.length > 0 ? reachedFrom(context, starts) : new Set(places.keys());
  const order = [...places.keys()];
  return [...places].flatMap(([body, { jumps }]) =>
    open.has(body) || !reached.has(body)
      ? []
      : jumps.filter(({ to }) => order.indexOf(to) <= order.indexOf(body)).map(({ offset }) => offset),
  );
}

/** Menus can be left: whoever presses nothing does so. */
function placesOf(context: LintContext, choose: Choice): ReadonlyMap<YAMLMap, Place> {
  return new Map(
    context.model.containers.map(({ body, kind }) => {
      const block = mainBlock(context, body);
      if (kind === 'menu' || !block) return [body, { canLeave: true, jumps: [] }];
      const { exits, falls, jumps } = follow(block, choose);
      const found = jumps.map((action) => ({ action, to: targetOfJump(context, action) }));
      const isLost = found.some(({ to }) => to === undefined);
      const inside = found.flatMap(({ action, to }) => (to ? [{ to, offset: action.entry.start }] : []));
      return [body, { canLeave: exits || falls.length > 0 || isLost, jumps: inside }];
    }),
  );
}
