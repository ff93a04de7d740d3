import type { CaseEvent } from '../case.ts';
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
  #labels: readonly string[] = [];
  #isOpened = false;

  /** What the event means for the clocks, or null when nothing. */
  read(event: CaseEvent): SlaEvent | null {
    const found = this.#bodyOf(event);
    return found === null ? null : { id: event.id, sequence: event.sequence, at: found.at ?? event.at, body: found.body };
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
        return { body: { type: 'our-message', by: body.auto === 'none' ? 'human' : 'auto' }, at: body.at };
      case 'case.replySent':
        this.#sent.set(body.messageId, id);
        return { body: { type: 'our-message', by: 'human' }, at: body.at };
      case 'case.replyFailed':
        return this.#takenBack(body.messageId);
      case 'case.deliveryFailed':
        return body.permanent ? this.#takenBack(body.messageId) : null;
      case 'case.noReplyNeeded':
        return { body: { type: 'no-reply-needed' } };
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
  return events.map((event) => reader.read(event)).filter((event) => event !== null);
}

function writtenByPerson(auto: AutoKind): boolean {
  return auto === 'none' || auto === 'list';
}
