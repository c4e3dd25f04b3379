import type { Block } from '../../model/model.ts';
import type { Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** Nobody is hung up on without a word. */
export const silentEnds: Rule = {
  name: 'silent-ends',
  check: ({ model, root }) => {
    if (root !== 'inboundCall' && root !== 'secureCall') return [];
    const blocks: readonly Block[] = [
      ...model.blocks,
      ...model.actions.flatMap(({ ways }) => ways.map(({ block }) => block)),
    ];
    return blocks.flatMap(({ actions }) =>
      actions.flatMap(({ kind, entry }, index): readonly Problem[] => {
        if (kind !== 'disconnect' || actions.slice(0, index).some((before) => before.kind === 'playAudio')) return [];
        return [
          { severity: 'note', message: 'the caller is hung up on without a word of goodbye', offset: entry.start },
        ];
      }),
    );
  },
};
