import type { Check, Scene } from './checks.ts';
import type { Driver } from './peer.ts';
import { startStation } from './station.ts';
import type { Station } from './station.ts';

export type Verdict = 'pass' | 'fail' | 'not applicable';

export interface Outcome {
  readonly verdict: Verdict;
  /** Why it failed or can not be had, and what a check that passed could not look at. */
  readonly notes: readonly string[];
  readonly ms: number;
  readonly error: unknown;
}

let serial = 0;

/** Runs one check with a service and a workspace of its own. Never rejects. */
export async function runCheck(driver: Driver, check: Check): Promise<Outcome> {
  const begun = Date.now();
  const done = (verdict: Verdict, notes: readonly string[], error: unknown = null): Outcome => ({
    verdict,
    notes,
    error,
    ms: Date.now() - begun,
  });
  const reason = check.without(driver);
  if (reason !== null) return done('not applicable', [reason]);
  const obstacle = driver.obstacle();
  if (obstacle !== null) return done('fail', [obstacle], new Error(obstacle));
  serial += 1;
  const number = serial;
  const stations: Station[] = [];
  const notes = new Set<string>();
  const peer = await driver.start();
  const scene: Scene = {
    driver,
    peer,
    words: (name) => `${check.id.toLowerCase().replace('+', 'x')}-${number}-${process.pid} ${name}.`,
    station: async (options) => {
      const station = await startStation(peer, options);
      stations.push(station);
      return station;
    },
    said: () => stations.flatMap(({ said }) => said),
    note: (text) => notes.add(text),
  };
  try {
    await check.run(scene);
    return done('pass', [...notes]);
  } catch (error) {
    return done('fail', [error instanceof Error ? error.message : String(error)], error);
  } finally {
    await Promise.allSettled(stations.map(async (station) => station[Symbol.asyncDispose]()));
    await peer[Symbol.asyncDispose]();
  }
}
