import { eventIdFor } from '../identity.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { EventId, MessageId } from '../../../shared/domain/ids.ts';

/**
 * Ids of events that nobody did: they follow from the mail, so that two workstations which fetch the same mailbox tell one
 * event and not two. Which form an id has says how it was made; what others give an id of such a form must fit it, or somebody
 * could take the place of a mail before it came.
 */

/** What these ids begin with. */
const DERIVED = /^evt_(opened|message|automatic|merged|ended|bounce|edited|gone|read|botstart|botend|secret)-/u;

/**
 * The id that an event of a case must have when a program tells it; null for all that have an id of their own making.
 * @param stream `case.<id>`
 */
export function ingestEventId(
  stream: string,
  body: CaseEventBody | (Readonly<Record<string, unknown>> & { readonly type: string }),
): EventId | null {
  const of = (name: string): string => {
    const value: unknown = Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (body.type) {
    case 'case.opened':
      return eventIdFor('opened', [stream]);
    case 'case.messageReceived':
    case 'case.messageImported':
      return eventIdFor('message', [of('messageId')]);
    case 'case.replyQueued':
      return of('auto') === 'auto-reply' || of('auto') === 'bot' ? eventIdFor('automatic', [of('messageId')]) : null;
    case 'case.messageEdited':
      return eventIdFor('edited', [of('messageId'), of('at')]);
    case 'case.messageRemoved':
      return eventIdFor('gone', [of('messageId')]);
    case 'case.replyRead':
      return eventIdFor('read', [of('messageId')]);
    case 'case.botStarted':
      return eventIdFor('botstart', [stream, of('messageId')]);
    case 'case.botEnded':
      return eventIdFor('botend', [stream, of('messageId')]);
    case 'case.secretFound':
      return eventIdFor('secret', [of('messageId'), kindsIn(body)]);
    case 'case.merged':
      return eventIdFor('merged', [stream, of('into')]);
    case 'handoff.superseded':
      return of('reason') === 'merged' ? eventIdFor('ended', [of('handoffId')]) : null;
    default:
      return null;
  }
}

/** A message that was changed may hold other secrets than before. */
function kindsIn(body: object): string {
  const kinds: unknown = Reflect.get(body, 'kinds');
  return Array.isArray(kinds) ? kinds.join(' ') : '';
}

/** Of a mail that says that a message of ours did not arrive. */
export function bounceEventId(messageId: MessageId, nativeKey: string): EventId {
  return eventIdFor('bounce', [messageId, nativeKey]);
}

/** The authorship of what a program tells of a case. */
export function byMail(stream: string): { readonly actor: null; readonly eventId: (type: string, body: object) => EventId | null } {
  return { actor: null, eventId: (type, body) => ingestEventId(stream, { ...body, type }) };
}

/** Whether an event has the id that it must have. What others send is only taken with it. */
export function hasRightId(event: {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: string | null;
}): boolean {
  const derived =
    event.actor === null && event.stream.startsWith('case.') ? ingestEventId(event.stream, { ...event.body, type: event.type }) : null;
  if (derived !== null) return event.id === derived;
  const form = DERIVED.exec(event.id)?.[1];
  return form === undefined || (form === 'bounce' && event.actor === null && event.type === 'case.deliveryFailed');
}
