import type { Instant } from '../../../shared/domain/time.ts';

/**
 * The port behind the events: one order of everything that a team agrees on. The local log orders at once (the workspace's own
 * table, no server); a hub's log does when it stores. Neither judges what an event means: the fold does, in this order.
 */
export interface TeamLog {
  readonly kind: 'local' | 'nats';
  /** Which log this is and how far it goes. Throws LogUnavailable. */
  identity(): Promise<LogIdentity>;
  /** Adds an entry. Throws LogUnavailable when it is not known whether it was stored, and LogRefused when it never will be. */
  append(entry: NewEntry): Promise<Appended>;
  /** The newest entry of a stream as the log's leader knows it; null when it has none. */
  head(stream: string): Promise<LogEntry | null>;
  /** The entries of one stream behind a sequence, in order, at most `limit`. */
  readStream(stream: string, after: number, limit: number): Promise<readonly LogEntry[]>;
  /** The entries behind a sequence, without gaps and in order, at most `limit`; none when the log ends there. */
  read(after: number, limit: number): Promise<readonly LogEntry[]>;
  /** One entry; null when there is none at this place. */
  at(sequence: number): Promise<LogEntry | null>;
  /** Hears of new entries. Some may be missing or come twice or out of order: what counts is what `read` gives. */
  onEntry(listener: (entry: LogEntry) => void): () => void;
}

export interface LogIdentity {
  /** Another one after the log was made anew. */
  readonly logId: string;
  /** Sequence of the newest entry; 0 when there is none. */
  readonly lastSequence: number;
}

export interface NewEntry {
  /** The event's id; the same id is stored once while the log remembers it. */
  readonly id: string;
  /** Such as `case.case_ab12`: a kind, a dot, an id. */
  readonly stream: string;
  /** The signed event, as `writeWire` makes it. */
  readonly data: string;
  /** Stored only while this is the sequence of the stream's newest entry (0: it has none). Left out: whatever came before. */
  readonly expected?: number;
  /** Stored only as the log's entry at this place; `moved` when another one is there. For giving a restored hub back what it lost. */
  readonly place?: number;
}

export interface LogEntry {
  /** Place in the log, from 1, without gaps. */
  readonly sequence: number;
  readonly id: string;
  readonly stream: string;
  /** When the log stored it, by the log's own clock. */
  readonly storedAt: Instant;
  readonly data: string;
  /** What is known of who signed it, where the log checks that. */
  readonly author?: EntryAuthor;
}

/** Whether the signature of an entry is that of the user it names, whose key was valid when the log stored it. */
export type EntryAuthor =
  | {
      readonly isGenuine: true;
      readonly user: string;
      readonly role: string;
      readonly agentId: string | null;
      /** Whether they may fetch and send for the team. */
      readonly holdsChannels: boolean;
    }
  | { readonly isGenuine: false; readonly reason: 'malformed' | 'unknown-user' | 'wrong-signature' | 'ended-key' };

/**
 * `stored`: it is in the log at `sequence`, which says nothing about who won. `repeated`: the log had it already. `moved`:
 * nothing was stored by this attempt and nothing will be, because another entry stands behind the one that was expected. The same entry
 * may have been stored before by an attempt that expected something else.
 */
export type Appended = { readonly kind: 'stored' | 'repeated'; readonly sequence: number } | { readonly kind: 'moved' };

/** The log did not answer, or not in time. Whether an entry was stored is unknown until it is looked for. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}

/** The log will not take this entry: asking again is useless until something else changes. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused';
  readonly code: 'not-permitted' | 'too-large' | 'full' | 'malformed';
  constructor(code: LogRefused['code'], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
