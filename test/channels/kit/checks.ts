import { capabilityChecks } from './capability-checks.ts';
import { limitChecks } from './limit-checks.ts';
import type { Driver, Peer } from './peer.ts';
import { receiveChecks } from './receive-checks.ts';
import { sendChecks } from './send-checks.ts';
import type { Station, StationOptions } from './station.ts';

/** What a check is run with. Stations are ended when it is over, whatever has become of it. */
export interface Scene {
  readonly driver: Driver;
  readonly peer: Peer;
  /** The check's own words, which nothing else of the run has. */
  words(name: string): string;
  station(options?: StationOptions): Promise<Station>;
  /** Everything that the stations said. */
  readonly said: () => readonly string[];
  /** Something that could not be had on this channel within a check that was run; it goes into the table. */
  note(text: string): void;
}

export interface Check {
  readonly id: string;
  readonly title: string;
  /** Why the channel can not have it; null when it can. */
  readonly without: (driver: Driver) => string | null;
  /** `slow` ones run by command alone. */
  readonly pace: 'fast' | 'slow';
  /** Counts what the process holds: nothing else may run at the same time. */
  readonly isAlone?: boolean;
  readonly run: (scene: Scene) => Promise<void>;
}

/** The contract that every connector has to keep, in the order of its description (docs/channels.md). */
export const CHECKS: readonly Check[] = [...receiveChecks, ...sendChecks, ...limitChecks, ...capabilityChecks].toSorted(
  (a, b) => Number(a.id.replaceAll(/\D/gu, '')) - Number(b.id.replaceAll(/\D/gu, '')) || a.id.localeCompare(b.id),
);
