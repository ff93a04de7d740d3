import { BotReader } from './bot-reader.ts';
import { handoffLogEventOf } from '../case-owners.ts';
import type { CaseEvent, CaseEventType } from '../case.ts';
import { OwnershipFold } from '../handoff/ownership-fold.ts';
import type { OwnershipSummary } from '../handoff/ownership-fold.ts';
import type { HandoffId } from '../ids.ts';
import type { AutoKind } from '../message.ts';
import type { Instant } from '../time.ts';
import type { SlaEvent, SlaEventBody } from './sla-event.ts';

/**
 * Reads a case's events, in the order of the log, for what its clocks look at. Messages count at the channel's time,
 * everything else when it was done. A reply that failed, or bounced for good, is taken back: the customer never got it.
 * Events of streams that were merged into the case are among them; only the first opening counts.
 */
export class SlaEventReader {
  readonly #sent = new Map<string, string>();
  /** Decisions that no reply is needed, which may be taken back one by one. */
  readonly #settled: string[] = [];
  #labels: readonly string[] = [];
  #isOpened = false;

  #offeredId: HandoffId | null = null;
  readonly #bot = new BotReader();

  /**
   * What the event means for the clocks.
   * @param openHandoff the offer that stands once the event has happened, as the fold of the ownership tells
   */
  read(event: CaseEvent, openHandoff: OwnershipSummary['openHandoff']): readonly SlaEvent[] {
    const { id, sequence } = event;
    const found = [this.#bodyOf(event), this.#bot.read(event)].flatMap((each) => each ?? []);
    return [
      ...found.map(({ body, at }) => ({ id, sequence, at: at ?? event.at, body })),
      ...this.#handoffBodies(event, openHandoff).map((body) => ({ id, sequence, at: event.at, body })),
    ];
  }

  /** Offers begin and end by what the fold makes of them: an event that changed nothing moves no clock. */
  #handoffBodies(event: CaseEvent, openHandoff: OwnershipSummary['openHandoff']): readonly SlaEventBody[] {
    const before = this.#offeredId;
    const now = openHandoff?.state === 'offered' ? openHandoff.handoffId : null;
    this.#offeredId = now;
    if (now === before) return [];
    const bodies: SlaEventBody[] = [];
    if (before !== null) bodies.push({ type: 'handoff-ended', handoffId: before, how: endOf(event.body.type) });
    if (now !== null) bodies.push({ type: 'handoff-offered', handoffId: now });
    return bodies;
  }

  #bodyOf({ id, body }: CaseEvent): { readonly body: SlaEventBody; readonly at?: Instant } | null {
    switch (body.type) {
      case 'case.opened':
        if (this.#isOpened) return null;
        this.#isOpened = true;
        return {
          body: {
            type: 'opened',
            isHeldByBot: false,
            attributes: {
              channel: body.channel,
              tier: body.tier ?? 'standard',
              priority: null,
              language: body.language ?? null,
              team: null,
              labels: [],
            },
          },
        };
      case 'case.messageReceived':
        return writtenByPerson(body.auto) ? { body: { type: 'customer-message' }, at: body.at } : null;
      case 'case.messageImported':
        return { body: { type: 'our-message', by: writerOf(body.auto) }, at: body.at };
      case 'case.replySent':
        this.#sent.set(body.messageId, id);
        return { body: { type: 'our-message', by: writerOf(body.auto ?? 'none') }, at: body.at };
      case 'case.replyFailed':
        return this.#takenBack(body.messageId);
      case 'case.deliveryFailed':
        return body.permanent ? this.#takenBack(body.messageId) : null;
      case 'case.noReplyNeeded':
        this.#settled.push(id);
        return { body: { type: 'no-reply-needed' } };
      case 'case.replyNeeded': {
        const messageEventId = this.#settled.pop();
        return messageEventId === undefined ? null : { body: { type: 'message-failed', messageEventId } };
      }
      case 'case.statusChanged':
        if (body.undoes !== undefined) return { body: { type: 'message-failed', messageEventId: body.undoes } };
        return { body: { type: 'status-changed', to: body.to } };
      case 'case.priorityChanged':
        return { body: { type: 'attributes-changed', to: { priority: body.to } } };
      case 'case.labelAdded':
        this.#labels = [...this.#labels.filter((label) => label !== body.label), body.label].sort();
        return { body: { type: 'attributes-changed', to: { labels: this.#labels } } };
      case 'case.labelRemoved':
        this.#labels = this.#labels.filter((label) => label !== body.label);
        return { body: { type: 'attributes-changed', to: { labels: this.#labels } } };
      case 'case.attributesChanged': {
        const { type: _type, ...to } = body;
        return { body: { type: 'attributes-changed', to } };
      }
      case 'case.policyApplied':
        return { body: { type: 'policy-applied', policyId: body.policyId, version: body.version } };
      default:
        // Queued drafts, notes, snoozes, owners: none of them moves a clock.
        return null;
    }
  }

  #takenBack(messageId: string): { readonly body: SlaEventBody } | null {
    const messageEventId = this.#sent.get(messageId);
    return messageEventId === undefined ? null : { body: { type: 'message-failed', messageEventId } };
  }
}

/** All of a case's events as its clocks see them. */
export function slaEventsOf(events: readonly CaseEvent[]): readonly SlaEvent[] {
  const reader = new SlaEventReader();
  const owners = new OwnershipFold();
  return events.flatMap((event) => {
    const found = handoffLogEventOf(event);
    if (found !== null) owners.append(found, event.sequence);
    return reader.read(event, owners.summary().openHandoff);
  });
}

function endOf(type: CaseEventType): Extract<SlaEventBody, { readonly type: 'handoff-ended' }>['how'] {
  switch (type) {
    case 'handoff.accepted':
      return 'accepted';
    case 'handoff.declined':
      return 'declined';
    case 'handoff.expired':
    case 'handoff.escalated':
      return 'expired';
    default:
      // Whatever else ended it: the case was taken, solved, or offered no longer.
      return 'withdrawn';
  }
}

function writtenByPerson(auto: AutoKind): boolean {
  return auto === 'none' || auto === 'list';
}

function writerOf(auto: AutoKind): 'human' | 'bot' | 'auto' {
  if (auto === 'none') return 'human';
  return auto === 'bot' ? 'bot' : 'auto';
}
