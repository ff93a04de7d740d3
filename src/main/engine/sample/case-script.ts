import { replyKey } from '../usecases/client-keys.ts';
import { caseIdFor, messageIdFor } from '../identity.ts';
import { normalizeMail } from '../channels/email/normalize-mail.ts';
import { parseMail } from '../channels/email/mime/parse-mail.ts';
import type { SampleFile } from './files.ts';
import { bounceSource, mailSource } from './mail-source.ts';
import type { SampleMail } from './mail-source.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { sampleAccount, sampleAccountParty } from './sample-accounts.ts';
import type { SampleAgent } from './team.ts';
import { previewOf, richHtml } from './wording.ts';
import { zoneOffsetMinutes } from './zone-clock.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { makeId, ulid } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, MessageId, OutboxId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage, Party } from '../../../shared/domain/message.ts';
import type { HoldReason } from '../../../shared/domain/outbox.ts';
import { replySubject } from '../../../shared/domain/mail-headers.ts';
import { after, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What became of a reply of ours. */
export type Fate =
  | { readonly kind: 'sent' }
  /** Tried in vain and waiting for the next attempt. */
  | { readonly kind: 'retrying'; readonly nextAttemptAt: Instant; readonly code: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly code: string; readonly detail: string }
  | { readonly kind: 'unknown'; readonly code: string; readonly detail: string }
  /** Still to be decided: a later `hold` step names why it did not go out. */
  | { readonly kind: 'waiting' };

export interface ReplyStep {
  readonly kind: 'reply';
  readonly at: Instant;
  readonly agent: AgentId;
  readonly agentName: string;
  readonly outboxId: OutboxId;
  readonly messageId: MessageId;
  readonly clientKey: string;
  readonly subject: string;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly text: string;
  readonly parentKeys: readonly string[];
  readonly fate: Fate;
}

/** One thing that happens in a case, in the order in which it must be written. */
export type Step =
  | { readonly kind: 'in'; readonly at: Instant; readonly message: NormalizedMessage }
  | ReplyStep
  | { readonly kind: 'hold'; readonly at: Instant; readonly outboxId: OutboxId; readonly reason: HoldReason }
  | {
      readonly kind: 'note';
      readonly at: Instant;
      readonly agent: AgentId;
      readonly agentName: string;
      readonly messageId: MessageId;
      readonly text: string;
    }
  | { readonly kind: 'events'; readonly at: Instant; readonly agent: AgentId | null; readonly bodies: readonly CaseEventBody[] };

export interface CasePlan {
  readonly caseUid: CaseId;
  readonly person: Person;
  readonly steps: readonly Step[];
}

interface LetterOptions {
  readonly html?: string | true;
  readonly files?: readonly SampleFile[];
  readonly headers?: readonly string[];
  readonly cc?: readonly Party[];
  readonly subject?: string;
  /** Written by somebody else than the customer. */
  readonly from?: Party;
}

/** Writes down a case step by step. Times must not go back. */
export interface CaseScript {
  readonly subject: string;
  /** When the last step happened; null before the first. */
  lastAt(): Instant | null;
  /** Our last reply. */
  lastReply(): MessageId | null;
  /** What was said last, for quoting. */
  last(): { readonly at: Instant; readonly author: Party; readonly text: string } | null;
  customer(at: Instant, text: string, options?: LetterOptions): void;
  /** A message of ours that was written with another program. */
  elsewhere(at: Instant, text: string): void;
  reply(agent: SampleAgent, at: Instant, text: string, fate?: Fate): OutboxId;
  bounce(at: Instant, diagnostic: string): void;
  hold(at: Instant, outboxId: OutboxId, reason: HoldReason): void;
  note(agent: SampleAgent, at: Instant, text: string): void;
  events(agent: SampleAgent | null, at: Instant, ...bodies: readonly CaseEventBody[]): void;
  /** @param unread whether the customer's last message has not been looked at yet */
  finish(unread: boolean): CasePlan;
}

/**
 * @param deps.random ids are drawn from it: the same seed gives the same ids
 * @param deps.earlier keys of the messages that a thread already holds, when the script goes on with one
 */
export function startScript(deps: {
  readonly person: Person;
  readonly subject: string;
  readonly random: Random;
  readonly earlier?: readonly string[];
}): CaseScript {
  const { person, subject, random } = deps;
  const { channel } = person;
  const { accountId, address } = sampleAccount(channel);
  const ours = sampleAccountParty(channel);
  const isMail = channel === 'email';
  const conversation = isMail || deps.earlier !== undefined ? null : `conversation:${random.hex(14)}`;
  const steps: Step[] = [];
  const keys: string[] = [...(deps.earlier ?? [])];
  let copied: readonly Party[] = [];
  let last: { readonly at: Instant; readonly author: Party; readonly text: string } | null = null;
  let lastReplyKey: string | null = null;
  let lastReplyId: MessageId | null = null;

  function mail(at: Instant, text: string, options: LetterOptions & { readonly outgoing?: boolean }): NormalizedMessage {
    const from = options.outgoing === true ? ours : (options.from ?? person.party);
    const source: SampleMail = {
      messageId: newKey(from.address),
      parentIds: keys.slice(-12),
      from,
      to: [options.outgoing === true ? person.party : ours],
      cc: copied,
      subject: options.subject ?? (keys.length === 0 ? subject : replySubject(subject)),
      text,
      html: options.html === true ? richHtml(text) : (options.html ?? null),
      files: options.files ?? [],
      sentAt: after(at, -random.int(2, 20) * SECOND_MS),
      offsetMinutes: zoneOffsetMinutes(person.zone, at),
      headers: [`Content-Language: ${person.language}`, ...(options.headers ?? [])],
    };
    keys.push(source.messageId);
    const raw = mailSource(source);
    return normalizeMail(
      parseMail(raw),
      { raw, receivedAt: at, seen: true, inSentFolder: options.outgoing === true, warnings: [] },
      { address },
    );
  }

  function talk(at: Instant, text: string): NormalizedMessage {
    const ownKey = newKey('');
    const parentKeys = conversation === null ? keys.slice(-12) : [conversation];
    keys.push(ownKey);
    return {
      channel,
      direction: 'in',
      nativeKey: `sample-${ownKey}`,
      thread: { tokens: [], ownKey, parentKeys },
      subject,
      from: person.party,
      to: [ours],
      cc: [],
      replyTo: [],
      text,
      html: null,
      preview: previewOf(text),
      language: person.language,
      sentAt: at,
      receivedAt: at,
      senderOffsetMinutes: null,
      auto: 'none',
      bounce: null,
      attachments: [],
      warnings: [],
      raw: null,
      seen: true,
    };
  }

  function newKey(author: string): string {
    return isMail ? `${random.hex(20)}@${author.slice(author.lastIndexOf('@') + 1)}` : `${channel}:${random.hex(20)}`;
  }

  function push(step: Step): void {
    const before = steps.at(-1);
    if (before !== undefined && step.at < before.at) throw new RangeError(`${step.kind} goes back in time`);
    steps.push(step);
  }

  function newReply(agent: SampleAgent, at: Instant, text: string, fate: Fate): ReplyStep {
    const outboxId = makeId('out', ulid(at, random.bytes(10)));
    const clientKey = replyKey(outboxId, { address });
    return {
      kind: 'reply',
      at,
      agent: agent.agentId,
      agentName: agent.name,
      outboxId,
      messageId: messageIdFor(accountId, clientKey),
      clientKey,
      subject: replySubject(subject),
      to: [person.party],
      cc: copied,
      text,
      parentKeys: keys.map((key) => `<${key}>`),
      fate,
    };
  }

  return {
    subject,
    lastAt: () => steps.at(-1)?.at ?? null,
    last: () => last,
    lastReply: () => lastReplyId,
    customer: (at, text, options = {}) => {
      if (options.cc !== undefined) copied = options.cc;
      push({ kind: 'in', at, message: isMail ? mail(at, text, options) : talk(at, text) });
      last = { at, author: options.from ?? person.party, text };
    },
    elsewhere: (at, text) => {
      push({ kind: 'in', at, message: mail(at, text, { outgoing: true }) });
      last = { at, author: ours, text };
    },
    reply: (agent, at, text, fate = { kind: 'sent' }) => {
      const step = newReply(agent, at, text, fate);
      push(step);
      lastReplyId = step.messageId;
      lastReplyKey = step.clientKey.replaceAll(/[<>]/gu, '');
      keys.push(lastReplyKey);
      last = { at, author: ours, text };
      return step.outboxId;
    },
    bounce: (at, diagnostic) => {
      if (lastReplyKey === null) throw new Error('nothing was sent that could come back');
      const raw = bounceSource({
        messageId: newKey('@mx.aurelia.example'),
        originalId: lastReplyKey,
        recipient: person.party.address,
        diagnostic,
        at,
        subject: replySubject(subject),
        text: `This is the mail system at host mx.aurelia.example.\n\nYour message could not be delivered to <${person.party.address}>:\n${diagnostic}`,
      });
      const message = normalizeMail(parseMail(raw), { raw, receivedAt: at, seen: true, inSentFolder: false, warnings: [] }, { address });
      push({ kind: 'in', at, message });
    },
    hold: (at, outboxId, reason) => push({ kind: 'hold', at, outboxId, reason }),
    note: (agent, at, text) =>
      push({ kind: 'note', at, agent: agent.agentId, agentName: agent.name, messageId: makeId('msg', ulid(at, random.bytes(10))), text }),
    events: (agent, at, ...bodies) => {
      if (bodies.length > 0) push({ kind: 'events', at, agent: agent?.agentId ?? null, bodies });
    },
    finish: (unread) => {
      const root = conversation ?? keys[0];
      if (root === undefined) throw new Error('a case begins with a message');
      return { caseUid: caseIdFor(accountId, root), person, steps: unread ? withLastUnseen(steps) : steps };
    },
  };
}

function withLastUnseen(steps: readonly Step[]): Step[] {
  const index = steps.findLastIndex((step) => step.kind === 'in' && step.message.direction === 'in');
  return steps.map((step, position) =>
    position === index && step.kind === 'in' ? { ...step, message: { ...step.message, seen: false } } : step,
  );
}
