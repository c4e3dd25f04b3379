import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Options } from '../../src/commands/options.ts';
import { choosePlace } from '../../src/commands/place.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const io = {
  argv: [],
  env: {},
  stdin: new PassThrough(),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  cwd: '/nowhere',
  root: '/nowhere',
  clock: createVirtualClock(0),
  random: () => 0.5,
  onSignal: () => () => undefined,
  onCrash: () => () => undefined,
  exit: () => undefined,
};

test.each<[Omit<Options, 'flags'>, string, string]>([
  [{}, 'dev', 'eo-setup status'],
  [{}, 'test', 'eo-setup status --environment test'],
  [{ sandbox: true }, 'dev', 'eo-setup status --sandbox'],
  [{ stateDir: 'my states' }, 'dev', "eo-setup status --state-dir 'my states'"],
  [
    { sandbox: 'http://127.0.0.1:4566', stateDir: 'there' },
    'test',
    'eo-setup status --sandbox http://127.0.0.1:4566 --state-dir there --environment test',
  ],
])('with %o and the environment %s another command works here as: %s', (options, environment, typed) => {
  expect(choosePlace(io, { flags: {}, ...options }, environment, 'to the sandbox').again('status')).toBe(typed);
});
