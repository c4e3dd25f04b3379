import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Difference, differencesIn, known, knownOf } from './differences.ts';
import { runFunctions } from './functions.ts';
import { type Journey, lives } from './journeys.ts';
import { openOurs, openTheirs, type Place, SERVERS, type ServerName } from './place.ts';
import { probes } from './probes.ts';

/** moto runs no function without Docker: it echoes. */
const RUNNING: Readonly<Record<ServerName, boolean>> = { moto: false, ministack: true };
const journeys: Readonly<Record<string, Journey>> = { ...lives, ...probes, functions: runFunctions };
const takenBy = (server: ServerName) =>
  Object.entries(journeys).filter(([name]) => name !== 'functions' || RUNNING[server]);
const servers = Object.keys(SERVERS) as ServerName[];

let ours: Place;
beforeAll(async () => {
  ours = await openOurs();
});
afterAll(() => ours.close());

describe.each(servers)('%s, which we did not write, shows what our sandbox does, or what is listed', (server) => {
  let theirs: Place;
  beforeAll(async () => {
    theirs = await openTheirs(server);
  });
  afterAll(() => theirs?.close());

  test.each(takenBy(server))('%s', async (journey, take) => {
    const [own, other] = [await take(ours), await take(theirs)];
    expect(Object.keys(own).length).toBeGreaterThan(3);
    expect(differencesIn(server, journey, own, other)).toEqual(knownOf(server, journey));
  });
});

test('whatever is listed is of a journey that is taken', () => {
  const isTaken = ({ server, step }: Difference) =>
    server === 'aws-lambda-ric' || takenBy(server).some(([name]) => step.startsWith(`${name}: `));
  expect(known.filter((one) => !isTaken(one))).toEqual([]);
});
