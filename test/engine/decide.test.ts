import { describe, expect, test } from 'vitest';
import { type Action, type Case, decide, isWithin, owns, type Sighting } from '../../src/engine/decide.ts';
import type { Entry } from '../../src/engine/record.ts';

const outputs = { id: '1' };
const seen = (more: Partial<Sighting> = {}): Sighting => ({ outputs, mark: 'ours', drift: [], ...more });
const entry = (more: Partial<Entry> = {}): Entry => ({
  kind: 'k',
  key: { name: 'n' },
  status: 'ready',
  origin: 'created',
  needs: [],
  after: [],
  outputs,
  ...more,
});

describe('an object is ours', () => {
  const unmarked = seen({ mark: 'none' });
  test.each<readonly [string, Entry | undefined, Sighting, boolean]>([
    ['where it carries our mark, without any record', undefined, seen(), true],
    ['not where it carries another mark, whatever the record says', entry(), seen({ mark: { other: 'x' } }), false],
    ['not without a mark and without a record', undefined, unmarked, false],
    ['without a mark where the record has just these outputs', entry(), unmarked, true],
    ['not where the record has other outputs', entry({ outputs: { id: '2' } }), unmarked, false],
    [
      'where it was absent before the create that we began',
      entry({ outputs: undefined, absent: true }),
      unmarked,
      true,
    ],
    ['not where we began without knowing it absent', entry({ outputs: undefined }), unmarked, false],
    ['not where we only used it', entry({ origin: 'used' }), unmarked, false],
  ])('%s', (_, recorded, sighting, expected) => {
    expect(owns(recorded, sighting)).toBe(expected);
  });
});

describe('what is to be done', () => {
  const at = (more: Partial<Case>): Case => ({ entry: entry(), moved: false, observed: seen(), ...more });
  test.each<readonly [string, Case, Action]>([
    ['nothing is there', at({ observed: undefined }), 'create'],
    ['it is as it should be', at({}), 'keep'],
    ['something differs', at({ observed: seen({ drift: ['size'] }) }), 'update'],
    [
      'something differs that only another object can have',
      at({ observed: seen({ drift: ['fixed'] }), immutable: ['fixed'] }),
      'replace',
    ],
    ['it is settling', at({ observed: seen({ unready: { settling: true, why: '' } }) }), 'update'],
    ['it is broken', at({ observed: seen({ unready: { settling: false, why: '' } }) }), 'update'],
    ['its last run did not finish', at({ entry: entry({ status: 'reconciling' }) }), 'update'],
    ['it is ours, but another one than is recorded', at({ entry: entry({ outputs: { id: '2' } }) }), 'update'],
    ['it is ours and nobody remembers it', at({ entry: undefined }), 'update'],
    ['it is called otherwise from now on', at({ entry: undefined, moved: true, observed: undefined }), 'move'],
    ['the new name is ours already', at({ entry: undefined, moved: true }), 'move'],
    ['it is somebody else’s', at({ observed: seen({ mark: { other: 'x' } }) }), 'conflict'],
    ['it has our name and no mark', at({ entry: undefined, observed: seen({ mark: 'none' }) }), 'conflict'],
    [
      'the new name is somebody else’s',
      at({ entry: undefined, moved: true, observed: seen({ mark: 'none' }) }),
      'conflict',
    ],
    ['it is ours, but cannot be had', at({ observed: seen({ refusal: 'taken' }) }), 'conflict'],
    ['a foreign one may be used', at({ entry: undefined, observed: seen({ mark: 'none' }), foreign: 'use' }), 'use'],
    [
      'a foreign one is used already',
      at({ entry: entry({ origin: 'used' }), observed: seen({ mark: 'none' }), foreign: 'use' }),
      'keep',
    ],
    [
      'another foreign one is to be used',
      at({ entry: entry({ origin: 'used', outputs: { id: '2' } }), observed: seen({ mark: 'none' }), foreign: 'use' }),
      'use',
    ],
    [
      'a foreign one may be used but not had',
      at({ entry: undefined, observed: seen({ mark: 'none', refusal: 'partly' }), foreign: 'use' }),
      'conflict',
    ],
    ['one that may be foreign is ours', at({ foreign: 'use' }), 'keep'],
    ['what was used is ours by now', at({ entry: entry({ origin: 'used' }), foreign: 'use' }), 'update'],
    [
      'it is to be moved, and a foreign one of the new name may be used',
      at({ entry: undefined, moved: true, observed: seen({ mark: 'none' }), foreign: 'use' }),
      'use',
    ],
    [
      'the new name is ours already, and of what cannot be changed',
      at({ entry: undefined, moved: true, observed: seen({ drift: ['fixed'] }), immutable: ['fixed'] }),
      'replace',
    ],
    [
      'it is gone though it was being deleted',
      at({ entry: entry({ status: 'deleting' }), observed: undefined }),
      'create',
    ],
    ['it was being deleted and is still there', at({ entry: entry({ status: 'deleting' }) }), 'update'],
    ['it was kept, and is wanted again', at({ entry: entry({ status: 'kept' }) }), 'update'],
  ])('where %s', (_, given, action) => {
    expect(decide(given)).toBe(action);
  });
});

describe('a run does what its plan said, or less', () => {
  const lowered: Readonly<Record<Action, readonly Action[]>> = {
    keep: ['keep'],
    use: ['use', 'keep'],
    update: ['update', 'keep'],
    create: ['create', 'update', 'keep'],
    replace: ['move', 'create', 'update', 'keep'],
    move: ['move', 'create', 'update', 'keep'],
    conflict: [],
  };
  const actions = Object.keys(lowered) as Action[];
  test.each(actions.flatMap((planned) => actions.map((now) => [planned, now] as const)))(
    '%s planned, %s now',
    (planned, now) => {
      expect(isWithin(planned, now)).toBe(lowered[planned].includes(now));
    },
  );
});
