import type { ChannelHold } from './channel-ownership.ts';
import type { SendResult } from '../channels/connector.ts';
import type { Log } from '../log.ts';
import { SEND_AGAIN } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { LogRefused } from '../team/team-log.ts';
import type { Appended, LogEntry } from '../team/team-log.ts';
import { readSendBody } from '../../../shared/contract/send-wire.ts';
import { readWire } from '../../../shared/contract/team-wire.ts';
import type { AccountId, OutboxId } from '../../../shared/domain/ids.ts';
import { attemptsOf, foldSend, isUnderway, judgeSend, startedBy } from '../../../shared/domain/team/send-fold.ts';
import type { SendAttempt, SendEvent, SendEventBody, SendState } from '../../../shared/domain/team/send-fold.ts';
import { judgeSettling, settledBy } from '../../../shared/domain/team/send-settling.ts';
import type { Settling } from '../../../shared/domain/team/send-settling.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The team's log as far as sending is concerned. */
export interface SendTeam {
  /** This workstation's name in the team. */
  readonly workstation: string;
  /** All entries of a stream that the log has. Throws LogUnavailable. */
  read(stream: string): Promise<readonly LogEntry[]>;
  /** Signs an entry and adds it behind `expected`. Throws LogUnavailable and LogRefused. */
  append(stream: string, type: string, body: Record<string, unknown>, expected: number): Promise<Appended>;
  /** Resolves when everything is applied here that the log has now. Throws LogUnavailable. */
  catchUp(): Promise<void>;
}

export interface SendGateDeps {
  /** Null in a workspace of one; `waiting` in a team whose hub is not connected. */
  readonly team: () => SendTeam | 'waiting' | null;
  readonly hold: (account: AccountId) => ChannelHold | null;
  /** Where the log has it that somebody wanted a reply sent, the last time, and whether such a wish still waits for the log. */
  readonly queuedPlace: (entry: GatedReply) => { readonly sequence: number; readonly isPending: boolean };
  readonly log: Log;
  /**
   * Whether what is stored here of replies is all that this workstation did with them. Not so after a recovery from a backup: then an
   * attempt without an end is of unknown fate even where it seems that it was never handed over.
   */
  readonly remembersAll: boolean;
}

/** What the gate must know of a reply. */
export type GatedReply = Pick<OutboxEntry, 'uid' | 'caseUid' | 'account' | 'clientKey' | 'state' | 'handedOver' | 'code'>;

export interface NotNow {
  readonly go: false;
  readonly why: 'not-holder' | 'no-hub' | 'behind';
}

/**
 * `not-holder`: another workstation sends for this account, or may. `no-hub`: nobody can say. `behind`: the log does not have it yet that
 * it is to be sent. `other-began`: an attempt has no end, so
 * the customer may have it. `sent`, `failed`: how it ended elsewhere. `dropped`: nobody wants it sent any more.
 */
export type SendRefusal =
  | NotNow
  | { readonly go: false; readonly why: 'other-began' }
  | { readonly go: false; readonly why: 'sent'; readonly at: Instant | null }
  | { readonly go: false; readonly why: 'failed'; readonly code: string }
  | { readonly go: false; readonly why: 'dropped' };
export type SendBegin = { readonly go: true; readonly fence: number } | SendRefusal;

/** What became of a reply elsewhere, as the log tells. */
export type SendFate = 'underway' | 'again' | Exclude<SendRefusal, NotNow | { readonly why: 'other-began' }>;

/** Lets a reply leave at one workstation of a team alone, once. */
export interface SendGate {
  /** Before the reply is looked at for the last time: is it ours to send, and is everything here that colleagues did? */
  prepare(account: AccountId): Promise<{ readonly go: true } | NotNow>;
  /** Writes into the log that it is being sent. Only then may it be. */
  begin(entry: GatedReply): Promise<SendBegin>;
  /** Right before the last bytes are released: false when the account may be somebody else's by now. */
  mayHandOver(entry: Pick<GatedReply, 'uid' | 'account'>): boolean;
  /** Writes how an attempt ended; once more until the log has it, when the customer got the reply. Never rejects. */
  ended(entry: GatedReply, result: SendResult): Promise<void>;
  /** What the log says of a reply of unknown fate; null in a workspace of one. Throws LogUnavailable. */
  fate(entry: GatedReply): Promise<SendFate | null>;
  /** Tells the log that a person wants a reply of unknown fate sent again. True when the log knows. */
  decided(entry: GatedReply): Promise<boolean>;
  /**
   * Carries out what a person has decided about a reply of unknown fate, unless it is known by now how that attempt ended. `isApplied`:
   * it was done now, and by this. Null: not here, or not now; in a workspace of one there is nothing to carry out.
   */
  settle(entry: GatedReply, settling: Settling): Promise<{ readonly isApplied: boolean; readonly state: SendState } | null>;
  /** Resolves when no reply of the account is between `begin` and `ended`. */
  idle(account: AccountId): Promise<void>;
  /** The log can be reached again. */
  kick(): void;
}

/** Somebody else is faster again and again. */
const MOST_TRIES = 5;

export function sendStream(outbox: OutboxId): string {
  return `send.${outbox}`;
}

/** What the log's entries say about a reply. What nobody signed, or what cannot be read, says nothing. */
export function sendEvents(entries: readonly LogEntry[]): readonly SendEvent[] {
  return entries.flatMap(({ id, data, stream, author }) => {
    const event = author?.isGenuine === false ? null : readWire(data);
    if (event === null || event.id !== id || event.stream !== stream) return [];
    if (author?.isGenuine === true && author.user !== event.user) return [];
    const body = readSendBody(event.type, event.body);
    return body === null ? [] : [{ id, body }];
  });
}

function isOurs(hold: ChannelHold | null): hold is ChannelHold {
  return hold !== null && !hold.isLeaving && hold.isHeld();
}

interface Underway {
  readonly account: AccountId;
  readonly attempt: SendAttempt | null;
}

export function createSendGate(deps: SendGateDeps): SendGate {
  const { log } = deps;
  /** Replies between `begin` and `ended`. */
  const underway = new Map<OutboxId, Underway>();
  /** Attempts that are known never to have been handed over, because nothing was done after they were written. */
  const unused = new Map<OutboxId, SendAttempt>();
  /** How attempts ended, and the log does not know. */
  const untold = new Map<OutboxId, SendEventBody>();
  const waiting = new Set<() => void>();

  function settle(uid: OutboxId): void {
    if (!underway.delete(uid)) return;
    for (const look of waiting) look();
  }

  async function history(team: SendTeam, uid: OutboxId): Promise<{ readonly events: readonly SendEvent[]; readonly last: number }> {
    const entries = await team.read(sendStream(uid));
    return { events: sendEvents(entries), last: entries.at(-1)?.sequence ?? 0 };
  }

  /** True when it is stored: nothing came in between. */
  async function tell(team: SendTeam, uid: OutboxId, { type, ...body }: SendEventBody, expected: number): Promise<boolean> {
    return (await team.append(sendStream(uid), type, body, expected)).kind !== 'moved';
  }

  async function begin(team: SendTeam, entry: GatedReply): Promise<SendBegin> {
    const { uid, account } = entry;
    if (deps.queuedPlace(entry).isPending) return { go: false, why: 'behind' };
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const hold = deps.hold(account);
      if (!isOurs(hold)) return { go: false, why: 'not-holder' };
      const mine = { fence: hold.fence, workstation: team.workstation };
      const { events, last } = await history(team, uid);
      switch (judgeSend(events, mine)) {
        case 'stale':
          return { go: false, why: 'not-holder' };
        case 'done': {
          const state = foldSend(events);
          // nobody got it, and somebody asked for it again after that
          if (state.kind !== 'failed' || deps.queuedPlace(entry).sequence <= last) return outcome(state);
          await tell(team, uid, { type: 'send.settled', as: 'send-again', attempt: state.attempts }, last);
          continue;
        }
        case 'unknown': {
          const state = foldSend(events);
          if (await tellAgain(team, entry, state, last)) continue;
          // ours, and it never left: it ends here, and the next one begins
          if (!(await tellUnused(team, entry, state, last))) return { go: false, why: 'other-began' };
          continue;
        }
        case 'start': {
          const started = startedBy(events, mine);
          const attempt: SendAttempt = { fence: started.fence, attempt: started.attempt, workstation: started.workstation };
          unused.set(uid, attempt);
          if (!(await tell(team, uid, started, last))) continue;
          const isCounted = isUnderway([...events, { id: '', body: started }], attempt);
          const now = deps.hold(account);
          if (!isCounted || !isOurs(now) || now.fence !== hold.fence) {
            return { go: false, why: 'not-holder' };
          }
          underway.set(uid, { account, attempt });
          unused.delete(uid);
          return { go: true, fence: hold.fence };
        }
      }
    }
    return { go: false, why: 'no-hub' };
  }

  /** A person wants a reply of unknown fate sent again: true when there was something to tell, told or not. */
  async function tellAgain(team: SendTeam, { uid, code }: GatedReply, state: SendState, last: number): Promise<boolean> {
    if (code !== SEND_AGAIN || state.kind === 'sent' || state.kind === 'idle') return false;
    await tell(team, uid, { type: 'send.settled', as: 'send-again', attempt: attemptsOf(state) }, last);
    return true;
  }

  /** Whether an attempt without an end is one of ours that cannot have reached anybody. */
  function isUnused(entry: GatedReply, team: SendTeam, attempt: SendAttempt): boolean {
    const known = unused.get(entry.uid);
    if (
      known !== undefined &&
      known.fence === attempt.fence &&
      known.attempt === attempt.attempt &&
      known.workstation === attempt.workstation
    )
      return true;
    // the hand-over is committed here before the last bytes leave
    return deps.remembersAll && attempt.workstation === team.workstation && entry.state === 'queued' && !entry.handedOver;
  }

  /** An attempt of ours that cannot have reached anybody ends as failed. True when there was one to tell of, told or not. */
  async function tellUnused(team: SendTeam, entry: GatedReply, state: SendState, last: number): Promise<boolean> {
    if (state.kind !== 'underway' || !isUnused(entry, team, state.attempt)) return false;
    await tell(team, entry.uid, { type: 'send.failed', ...state.attempt, code: 'interrupted', permanent: false }, last);
    return true;
  }

  async function settleUnknown(team: SendTeam, entry: GatedReply, settling: Settling): ReturnType<SendGate['settle']> {
    const { uid, account } = entry;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const hold = deps.hold(account);
      // what is being sent here tells soon how it ended
      if (!isOurs(hold) || underway.has(uid)) return null;
      const end = untold.get(uid);
      if (end !== undefined) await tellOutcome(uid, end);
      if (untold.has(uid)) return null;
      const { events, last } = await history(team, uid);
      const state = foldSend(events);
      if (hold.fence < state.fence) return null;
      if (await tellUnused(team, entry, state, last)) continue;
      if (judgeSettling(state, settling) === 'late') return { isApplied: false, state };
      const settled = settledBy(settling);
      if (await tell(team, uid, settled, last)) return { isApplied: true, state: foldSend([...events, { id: '', body: settled }]) };
    }
    return null;
  }

  function outcome(state: SendState): SendRefusal {
    if (state.kind === 'sent') return { go: false, why: 'sent', at: state.at };
    if (state.kind === 'failed') return { go: false, why: 'failed', code: state.code };
    if (state.kind === 'dropped') return { go: false, why: 'dropped' };
    return { go: false, why: 'other-began' };
  }

  async function tellEnd(team: SendTeam, uid: OutboxId, end: SendEventBody): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { events, last } = await history(team, uid);
      if (foldSend(events).kind === 'sent') return;
      if (await tell(team, uid, end, last)) return;
    }
  }

  /** Told until the log has it: before, nobody may take back what was begun. Of an attempt that is not the one any more it says nothing. */
  async function tellOutcome(uid: OutboxId, end: SendEventBody): Promise<void> {
    const team = deps.team();
    if (team === null) return;
    untold.set(uid, end);
    if (team === 'waiting') return;
    try {
      await tellEnd(team, uid, end);
      untold.delete(uid);
    } catch (error) {
      log('warn', 'the log of the team was not told how a reply ended', { outbox: uid, type: end.type, error });
      if (error instanceof LogRefused) untold.delete(uid);
    }
  }

  return {
    prepare: async (account) => {
      const team = deps.team();
      if (team === null) return { go: true };
      if (team === 'waiting') return { go: false, why: 'no-hub' };
      if (!isOurs(deps.hold(account))) return { go: false, why: 'not-holder' };
      try {
        await team.catchUp();
      } catch (error) {
        log('info', 'a reply waits for the hub', { account, error });
        return { go: false, why: 'no-hub' };
      }
      return isOurs(deps.hold(account)) ? { go: true } : { go: false, why: 'not-holder' };
    },
    begin: async (entry) => {
      const team = deps.team();
      if (team === 'waiting') return { go: false, why: 'no-hub' };
      // taken into account from now on: an account is not handed over in between
      underway.set(entry.uid, { account: entry.account, attempt: null });
      if (team === null) return { go: true, fence: 0 };
      let begun: SendBegin = { go: false, why: 'no-hub' };
      try {
        begun = await begin(team, entry);
      } catch (error) {
        log('info', 'a reply waits for the hub', { outbox: entry.uid, error });
      } finally {
        if (!begun.go) settle(entry.uid);
      }
      return begun;
    },
    mayHandOver: ({ uid, account }) => {
      if (deps.team() === null) return true;
      const attempt = underway.get(uid)?.attempt;
      const hold = deps.hold(account);
      // while the account is being handed over, what has begun still ends here
      return attempt !== undefined && attempt !== null && hold !== null && hold.isHeld() && hold.fence === attempt.fence;
    },
    ended: async (entry, result) => {
      const attempt = underway.get(entry.uid)?.attempt ?? null;
      try {
        if (result.status === 'sent') {
          await tellOutcome(entry.uid, { type: 'send.done', at: result.at, key: entry.clientKey });
        } else if (result.status === 'rejected' && attempt !== null) {
          const { code, permanent } = result;
          await tellOutcome(entry.uid, { type: 'send.failed', ...attempt, code: code.slice(0, 100), permanent });
        }
      } finally {
        settle(entry.uid);
      }
    },
    fate: async (entry) => {
      const team = deps.team();
      if (team === null) return null;
      if (team === 'waiting') return 'underway';
      const { events } = await history(team, entry.uid);
      const state = foldSend(events);
      if (state.kind === 'underway') return 'underway';
      // what this log never saw begun was sent before there was a team, or is known from a backup: only the channel or a person can say
      if (state.kind === 'idle') return state.attempts === 0 ? 'underway' : 'again';
      const ended = outcome(state);
      return ended.why === 'sent' || ended.why === 'failed' || ended.why === 'dropped' ? ended : 'underway';
    },
    decided: async (entry) => {
      const team = deps.team();
      if (team === null || team === 'waiting') return team === null;
      try {
        for (let tries = 0; tries < MOST_TRIES; tries += 1) {
          const { events, last } = await history(team, entry.uid);
          if (!(await tellAgain(team, entry, foldSend(events), last))) return true;
        }
        return false;
      } catch (error) {
        log('info', 'the hub was not told that a reply is to be sent again', { outbox: entry.uid, error });
        return error instanceof LogRefused;
      }
    },
    settle: async (entry, settling) => {
      const team = deps.team();
      return team === null || team === 'waiting' ? null : settleUnknown(team, entry, settling);
    },
    idle: async (account) => {
      const isBusy = (): boolean => [...underway.values()].some((each) => each.account === account);
      if (!isBusy()) return;
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (isBusy()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
    kick: () => {
      for (const [uid, end] of untold) void tellOutcome(uid, end);
    },
  };
}

/** A workspace of one: every reply may leave. */
export const openGate: SendGate = {
  prepare: async () => Promise.resolve({ go: true }),
  begin: async () => Promise.resolve({ go: true, fence: 0 }),
  mayHandOver: () => true,
  ended: async () => Promise.resolve(),
  fate: async () => Promise.resolve(null),
  decided: async () => Promise.resolve(true),
  settle: async () => Promise.resolve(null),
  idle: async () => Promise.resolve(),
  kick: () => {},
};
