import type { TimelineItem } from '../../src/shared/contract/cases.contract.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

type MessageItem = Extract<TimelineItem, { readonly kind: 'message' }>;

/** An invented message of a customer, as the page gets it; `over` says what is special about it. */
export function fakeMessage(name: string, over: Partial<MessageItem> = {}): MessageItem {
  return {
    kind: 'message',
    messageId: makeId('msg', name),
    direction: 'in',
    at: instant(Date.UTC(2026, 10, 25, 9)),
    from: { address: 'mei@customer.example', name: 'Mei' },
    to: [],
    cc: [],
    agentId: null,
    text: '',
    hasHtml: false,
    language: null,
    senderOffsetMinutes: null,
    auto: 'none',
    warnings: [],
    attachments: [],
    delivery: null,
    hasSource: false,
    removedOnServer: false,
    origin: null,
    readAt: null,
    editedAt: null,
    versions: [],
    ...over,
  };
}
