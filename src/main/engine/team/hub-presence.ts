import { z } from 'zod';
import { MOST_TURNS } from '../../../shared/domain/collision/reply-claim.ts';
import { USER_NAME_PATTERN, presenceSubject } from './hub-names.ts';
import type { Presence, PresenceBoard } from './hub-link.ts';
import type { HubWire } from './hub-wire.ts';
import {
  longestSince,
  machineClock,
  machineMoment,
  systemTimers,
  type MachineClock,
  type MachineMoment,
  type Timers,
} from './machine-clock.ts';
import { textOf } from './message-headers.ts';
import { within } from './within.ts';

/** Everybody says so often that they are there. */
export const HEARTBEAT_MS = 10_000;
/** Whoever was not heard of for so long is not there: two heartbeats may be lost. */
export const FORGET_MS = 25_000;
/** At most four messages a second. */
const LEAST_GAP_MS = 250;
/** Answers to somebody who asks who is there are spread over this time. */
const ANSWER_WITHIN_MS = 500;
const GOODBYE_MS = 1_000;
const MAX_MESSAGE_BYTES = 2_048;
const MOST_WORKSTATIONS = 8;
/** The last moment that a date can hold, in milliseconds. */
const LAST_MOMENT = 8_640_000_000_000_000;
const SUBJECT_PREFIX = presenceSubject('');

const id = z.string().min(1).max(100);
const hereSchema = z.object({
  v: z.literal(1),
  kind: z.literal('here'),
  workstation: id,
  agentId: id.nullable(),
  onShift: z.boolean(),
  viewing: id.nullable(),
  writing: z.boolean(),
  // a workstation from before there were claims says nothing, and one that says nonsense claims nothing
  claim: z
    .object({ turn: z.int().min(0).max(MOST_TURNS), since: z.int().min(0).max(LAST_MOMENT) })
    .nullable()
    .default(null)
    .catch(null),
  address: z.string().max(300).nullable().catch(null),
  roundTripMs: z.number().min(0).max(600_000).nullable().catch(null),
});
const messageSchema = z.discriminatedUnion('kind', [
  hereSchema,
  z.object({ v: z.literal(1), kind: z.literal('gone'), workstation: id }),
  z.object({ v: z.literal(1), kind: z.literal('ask'), workstation: id }),
]);
type Message = z.infer<typeof messageSchema>;
type Own = Parameters<PresenceBoard['tell']>[0];

export interface PresenceOptions {
  readonly workstation: string;
  /** Where this workstation reaches the hub, as it is now. */
  readonly link: () => Pick<Presence, 'address' | 'roundTripMs'>;
  /** The person of a user, where the directory knows: then nobody is believed another one. */
  readonly agentOf: (user: string) => string | null;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly clock?: MachineClock;
  readonly timers?: Timers;
}

export interface HubPresence extends PresenceBoard, AsyncDisposable {
  /** Tells the others that this workstation is gone, while there is a connection. */
  [Symbol.asyncDispose](): Promise<void>;
}

function read(text: string): Message | null {
  if (text.length > MAX_MESSAGE_BYTES) return null;
  try {
    const parsed = messageSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function isSame(a: Presence, b: Presence): boolean {
  return (
    a.agentId === b.agentId &&
    a.onShift === b.onShift &&
    a.viewing === b.viewing &&
    a.writing === b.writing &&
    isSameClaim(a, b) &&
    a.address === b.address &&
    a.roundTripMs === b.roundTripMs
  );
}

function isSameClaim(a: Pick<Presence, 'claim'>, b: Pick<Presence, 'claim'>): boolean {
  return a.claim?.turn === b.claim?.turn && a.claim?.since === b.claim?.since;
}

interface Seen {
  readonly presence: Presence;
  readonly at: MachineMoment;
}

/**
 * Who is there and what they look at, by messages that nobody stores. A newcomer asks, and everybody answers. The hub lets users speak
 * for themselves only; what they say is checked for its shape and believed as far as it concerns themselves.
 */
export function createPresence(wire: HubWire, options: PresenceOptions): HubPresence {
  const { workstation, link, agentOf, random, clock = machineClock, timers = systemTimers } = options;
  const seen = new Map<string, Seen>();
  const listeners = new Set<() => void>();
  let own: Own | null = null;
  let sentAt: MachineMoment | null = null;
  let stopSending: (() => void) | null = null;
  let stopForgetting: (() => void) | null = null;
  let isOver = false;

  function publish(message: Message): void {
    try {
      wire.connection().publish(presenceSubject(wire.userName), JSON.stringify(message));
    } catch {
      // presence is a courtesy: with the next connection it is told anew
    }
  }

  /** A connection that is closed drops what it has not sent. */
  async function flushed(): Promise<void> {
    try {
      await within(wire.connection().flush(), GOODBYE_MS, 'the hub');
    } catch {
      // then they forget us by themselves
    }
  }

  /** At most so soon that four a second are never more. */
  function sendWithin(ms: number): void {
    if (isOver || own === null) return;
    stopSending?.();
    const earliestMs = sentAt === null ? 0 : LEAST_GAP_MS - longestSince(sentAt, clock);
    stopSending = timers.after(Math.max(0, earliestMs, ms), send);
  }

  function send(): void {
    if (own === null || isOver) return;
    sentAt = machineMoment(clock);
    publish({ v: 1, kind: 'here', workstation, ...own, ...link() });
    stopSending = timers.after(HEARTBEAT_MS, send);
  }

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function forget(): void {
    let isNews = false;
    for (const [key, { at }] of seen) {
      if (longestSince(at, clock) < FORGET_MS) continue;
      seen.delete(key);
      isNews = true;
    }
    forgetLater();
    if (isNews) changed();
  }

  function forgetLater(): void {
    stopForgetting?.();
    stopForgetting = null;
    if (isOver || seen.size === 0) return;
    const ages = [...seen.values()].map(({ at }) => longestSince(at, clock));
    stopForgetting = timers.after(Math.max(1, FORGET_MS - Math.max(...ages)), forget);
  }

  function note(user: string, message: Extract<Message, { kind: 'here' }>): void {
    const key = `${user} ${message.workstation}`;
    const before = seen.get(key);
    // one user cannot fill everybody's memory
    if (before === undefined && [...seen.keys()].filter((each) => each.startsWith(`${user} `)).length >= MOST_WORKSTATIONS) return;
    const { v: _version, kind: _kind, ...told } = message;
    const presence: Presence = { user, ...told, agentId: agentOf(user) ?? told.agentId };
    seen.set(key, { presence, at: machineMoment(clock) });
    if (stopForgetting === null) forgetLater();
    if (before === undefined || !isSame(before.presence, presence)) changed();
  }

  function hear(user: string, message: Message): void {
    switch (message.kind) {
      case 'here':
        note(user, message);
        return;
      case 'gone':
        if (seen.delete(`${user} ${message.workstation}`)) changed();
        return;
      case 'ask':
        sendWithin(random() * ANSWER_WITHIN_MS);
    }
  }

  const stops = [
    wire.subscribe(`${SUBJECT_PREFIX}*`, (received) => {
      const user = received.subject.slice(SUBJECT_PREFIX.length);
      const message = read(textOf(received));
      if (message === null || !USER_NAME_PATTERN.test(user)) return;
      if (user === wire.userName && message.workstation === workstation) return;
      hear(user, message);
    }),
    wire.onConnect(() => {
      publish({ v: 1, kind: 'ask', workstation });
      sendWithin(0);
    }),
  ];

  return {
    tell: (news) => {
      const before = own;
      own = { agentId: news.agentId, onShift: news.onShift, viewing: news.viewing, writing: news.writing, claim: news.claim };
      const isNews =
        before === null ||
        before.agentId !== own.agentId ||
        before.onShift !== own.onShift ||
        before.viewing !== own.viewing ||
        before.writing !== own.writing ||
        !isSameClaim(before, own);
      if (isNews) sendWithin(0);
    },
    others: () =>
      [...seen.values()]
        .filter(({ at }) => longestSince(at, clock) < FORGET_MS)
        .map(({ presence }) => presence)
        .toSorted((a, b) => (`${a.user} ${a.workstation}` < `${b.user} ${b.workstation}` ? -1 : 1)),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]: async () => {
      if (isOver) return;
      isOver = true;
      stopSending?.();
      stopForgetting?.();
      for (const stop of stops) stop();
      if (own === null) return;
      publish({ v: 1, kind: 'gone', workstation });
      await flushed();
    },
  };
}
