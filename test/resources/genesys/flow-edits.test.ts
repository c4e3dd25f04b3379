import { describe, expect, test } from 'vitest';
import { checkedInAfter, lockerOf, overwritesIn, unpublishedIn } from '../../../src/resources/genesys/flow-edits.ts';
import type { LiveFlow } from '../../../src/resources/genesys/live-flow.ts';

const OURS = { createdByClient: { id: 'ours', name: 'eo-setup' } };
const THEIRS = { createdByClient: { id: 'theirs', name: 'CX as Code' } };
const JANE = { id: 'u1', name: 'Jane Doe' };
const DATE = { datePublished: '2026-11-20T23:59:59Z' };

const flow = (version: object | undefined, more: object = {}): LiveFlow => ({
  id: 'f',
  ...(version && { publishedVersion: { id: '4.0', name: '4.0', ...version } }),
  ...more,
});
const judged = (live: LiveFlow, version?: string, isOwnJob = false) =>
  overwritesIn(live, version === undefined ? undefined : { version }, { clientId: 'ours', isOwnJob });

describe('what a publication would overwrite', () => {
  test.each<[string, LiveFlow, string | undefined]>([
    ['was never published', flow(undefined), '3.0'],
    ['is the version that we published, whoever is named', flow({ createdBy: JANE }), '4.0'],
  ])('is nothing where it %s', (_, live, version) => {
    expect(judged(live, version)).toBeUndefined();
  });

  test.each<[string, LiveFlow, string]>([
    ['a user', flow({ createdBy: JANE, ...DATE }), 'edited by Jane Doe on 2026-11-20, version 4.0'],
    ['the publisher of the flow', flow(DATE, { publishedBy: JANE }), 'edited by Jane Doe on 2026-11-20, version 4.0'],
    [
      'a user without a name',
      flow({ createdBy: { id: 'u1', email: 'j@d.example' } }),
      'edited by j@d.example, version 4.0',
    ],
    ['a user of whom only the id is known', flow({ createdBy: { id: 'u1' } }), 'edited by the user u1, version 4.0'],
    [
      'another client',
      flow({ ...THEIRS, dateCreated: Date.UTC(2026, 10, 20) }),
      'published by the OAuth client CX as Code on 2026-11-20, version 4.0',
    ],
    [
      'another client without a name',
      flow({ createdByClient: { id: 'c' } }),
      'published by the OAuth client c, version 4.0',
    ],
  ])('is theirs where %s published it after us', (_, live, what) => {
    expect(judged(live, '3.0')).toEqual({ what, isTheirs: true });
    expect(judged(live)).toEqual({ what, isTheirs: true });
    expect(judged(live, undefined, true)).toEqual({ what, isTheirs: true });
  });

  test('is not ours to give away where our own client published it, but not by what is remembered', () => {
    expect(judged(flow(OURS), '3.0')).toEqual({
      what: 'published by this OAuth client, version 4.0',
      isTheirs: true,
    });
  });

  test('is only kept as a copy where nothing is remembered, and nobody else is named', () => {
    expect(judged(flow(OURS))).toEqual({ what: 'published by this OAuth client, version 4.0', isTheirs: false });
    expect(judged(flow({}))).toEqual({ what: 'published by somebody, version 4.0', isTheirs: false });
  });

  test('is nothing where the job that we started has made it', () => {
    expect(judged(flow(OURS), undefined, true)).toBeUndefined();
    expect(judged(flow({}), undefined, true)).toBeUndefined();
  });
});

describe('what is checked in after the last publication', () => {
  const checkedIn = (version: object) =>
    flow({}, { checkedInVersion: { name: '5.0', commitVersion: '5', ...version } });

  test.each<[string, LiveFlow, string]>([
    ['a user', checkedIn({ createdBy: JANE }), 'checked in by Jane Doe, version 5.0, not published'],
    ['another client', checkedIn(THEIRS), 'checked in by the OAuth client CX as Code, version 5.0, not published'],
    ['somebody', checkedIn({}), 'checked in by somebody, version 5.0, not published'],
  ])('by %s is kept as a copy', (_, live, what) => {
    expect(checkedInAfter(live, 'ours')).toEqual({ what, isTheirs: false });
  });

  test.each<[string, LiveFlow]>([
    ['there is nothing', flow({})],
    ['it is what is published', checkedIn({ name: '4.0', commitVersion: '4', createdBy: JANE })],
    ['it is ours: a job of ours did not come to its end', checkedIn(OURS)],
    ['nothing was ever published', { id: 'f', checkedInVersion: { name: '5.0' } }],
  ])('is nothing to keep where %s', (_, live) => {
    expect(checkedInAfter(live, 'ours')).toBeUndefined();
  });
});

test.each<[string, object, string | undefined]>([
  ['nobody', {}, undefined],
  ['a user', { lockedUser: JANE }, 'Jane Doe'],
  ['another client', { lockedClient: { id: 'theirs', name: 'CX as Code' } }, 'the OAuth client CX as Code'],
  ['another client without a name', { lockedClient: { id: 'theirs' } }, 'the OAuth client theirs'],
  ['our own client', { lockedClient: { id: 'ours', name: 'eo-setup' } }, undefined],
])('a flow that %s has locked', (_, more, expected) => {
  expect(lockerOf(flow({}, more), 'ours')).toBe(expected);
});

describe('changes that are not published', () => {
  const at = Date.UTC(2026, 10, 21);
  test.each<[string, object, readonly string[]]>([
    ['there are none', {}, []],
    [
      'what is saved and checked in is what is published',
      { savedVersion: { name: '4.0' }, checkedInVersion: { name: '4.0' } },
      [],
    ],
    [
      'somebody saved a draft',
      { savedVersion: { name: 'saved_version_0a', createdBy: JANE, dateSaved: at } },
      ['Jane Doe saved changes in Architect on 2026-11-21 that are not published'],
    ],
    [
      'somebody checked in a version',
      { checkedInVersion: { name: '5.0', createdBy: JANE, dateCreated: at } },
      ['Jane Doe checked in changes in Architect on 2026-11-21 that are not published'],
    ],
    [
      'nobody says who did',
      { savedVersion: { name: 'saved_version_0a' } },
      ['somebody saved changes in Architect that are not published'],
    ],
  ])('are told where %s', (_, more, expected) => {
    expect(unpublishedIn(flow({}, more))).toEqual(expected);
  });
});
