import type { LogLevel } from '../log.ts';
import { WrongContent } from './hub-files.ts';
import type {
  ChatEntry,
  ChatLine,
  ChatNews,
  DirectoryUser,
  LeaseHolder,
  LinkState,
  Presence,
  PresenceBoard,
  SnapshotFile,
  TeamDirectory,
} from './hub-link.ts';
import type { MachineMoment } from './machine-clock.ts';
import { LogRefused, LogUnavailable, type Appended, type LogEntry, type LogIdentity, type NewEntry } from './team-log.ts';

/** What goes between the engine and the thread that holds the link. Both ends are of the same build: nothing here is kept or sent on. */

/** A lease as its holder in the other thread needs it. `renewedAt` is by the machine's clock, which all threads share. */
export interface ToldLease {
  readonly key: string;
  readonly fence: number;
  readonly safeMs: number;
  readonly renewedAt: MachineMoment;
  readonly isLost: boolean;
}

/** Calls that are answered. */
export interface LinkCalls {
  identity: { readonly input: null; readonly output: LogIdentity };
  append: { readonly input: NewEntry; readonly output: Appended };
  head: { readonly input: string; readonly output: LogEntry | null };
  at: { readonly input: number; readonly output: LogEntry | null };
  read: { readonly input: { readonly after: number; readonly limit: number }; readonly output: readonly LogEntry[] };
  readStream: {
    readonly input: { readonly stream: string; readonly after: number; readonly limit: number };
    readonly output: readonly LogEntry[];
  };
  acquire: { readonly input: { readonly key: string; readonly note: string }; readonly output: ToldLease | null };
  giveBack: { readonly input: { readonly key: string; readonly fence: number }; readonly output: null };
  putFile: { readonly input: { readonly sha256: string; readonly bytes: Uint8Array }; readonly output: null };
  getFile: { readonly input: { readonly sha256: string; readonly owners: readonly string[] }; readonly output: Uint8Array | null };
  listSnapshots: { readonly input: null; readonly output: readonly string[] };
  putSnapshot: {
    readonly input: { readonly manifest: string; readonly snapshot: SnapshotFile; readonly file: string };
    readonly output: null;
  };
  getSnapshot: { readonly input: { readonly snapshot: SnapshotFile; readonly file: string }; readonly output: boolean };
  keepOnlySnapshots: { readonly input: readonly string[]; readonly output: null };
  chatIdentity: { readonly input: null; readonly output: LogIdentity };
  chatPublish: {
    readonly input: Parameters<ChatLine['publish']>[0];
    readonly output: { readonly sequence: number; readonly isRepeated: boolean };
  };
  chatRead: {
    readonly input: { readonly site: string; readonly after: number; readonly limit: number; readonly visitor: string };
    readonly output: readonly ChatEntry[];
  };
  chatHolds: { readonly input: { readonly site: string; readonly visitor: string; readonly id: string }; readonly output: boolean };
  measure: { readonly input: null; readonly output: readonly { readonly address: string; readonly roundTripMs: number | null }[] };
  close: { readonly input: null; readonly output: null };
}

export type LinkCallName = keyof LinkCalls;

/** From the engine. */
export type ToLink =
  | { readonly t: 'call'; readonly id: number; readonly name: LinkCallName; readonly input: unknown }
  | { readonly t: 'listen'; readonly isOn: boolean }
  /** So many entries were worked off: as many more may come. */
  | { readonly t: 'taken'; readonly count: number }
  | { readonly t: 'presence'; readonly own: Parameters<PresenceBoard['tell']>[0] }
  | { readonly t: 'chatListen'; readonly site: string; readonly isOn: boolean }
  | { readonly t: 'chatTell'; readonly site: string; readonly visitor: string; readonly data: string }
  | { readonly t: 'nudge' };

/** To the engine. */
export type FromLink =
  | { readonly t: 'done'; readonly id: number; readonly value: unknown }
  | { readonly t: 'failed'; readonly id: number; readonly failure: ToldFailure }
  | { readonly t: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly t: 'entries'; readonly entries: readonly LogEntry[] }
  /** `clockMs`: what the other thread's clock says now. */
  | { readonly t: 'state'; readonly state: LinkState; readonly clockMs: number }
  | { readonly t: 'lease'; readonly lease: ToldLease }
  | { readonly t: 'holder'; readonly key: string; readonly holder: LeaseHolder | null }
  | { readonly t: 'others'; readonly others: readonly Presence[] }
  | { readonly t: 'directory'; readonly users: readonly DirectoryUser[]; readonly settings: ReturnType<TeamDirectory['settings']> }
  | { readonly t: 'chat'; readonly site: string; readonly news: ChatNews }
  | { readonly t: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: Readonly<Record<string, unknown>> };

/** So many entries may be on their way to the engine; of more the newest is told when there is room, and reading finds the others. */
export const MOST_UNDERWAY = 256;

/** One end of the way between the threads. */
export interface LinkPort<Out, In> {
  postMessage(message: Out, transfer?: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (message: In) => void): unknown;
}

/** An error that keeps its class on the way to another thread. */
export interface ToldFailure {
  readonly kind: 'unavailable' | 'refused' | 'wrong-content' | 'range' | 'other';
  readonly code: LogRefused['code'] | null;
  readonly message: string;
}

export function tellFailure(error: unknown): ToldFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof LogUnavailable) return { kind: 'unavailable', code: null, message };
  if (error instanceof LogRefused) return { kind: 'refused', code: error.code, message };
  if (error instanceof WrongContent) return { kind: 'wrong-content', code: null, message };
  if (error instanceof RangeError) return { kind: 'range', code: null, message };
  return { kind: 'other', code: null, message };
}

export function failureFrom({ kind, code, message }: ToldFailure): Error {
  switch (kind) {
    case 'unavailable':
      return new LogUnavailable(message);
    case 'refused':
      return new LogRefused(code ?? 'malformed', message);
    case 'wrong-content':
      return new WrongContent(message);
    case 'range':
      return new RangeError(message);
    case 'other':
      return new Error(message);
  }
}
