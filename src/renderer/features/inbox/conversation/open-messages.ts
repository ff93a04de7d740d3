import { useMemo, useState } from 'react';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import type { MessageItem } from './timeline-groups.ts';

/** How many of the newest messages are open at first. */
const OPEN_AT_FIRST = 3;

/**
 * The first of the messages that are open when a case is opened: the newest ones, and in a chat, where one thought comes in many
 * messages, all that was said since our last word. Null when there are none.
 */
export function firstOpen(messages: readonly MessageItem[], isChat: boolean): MessageId | null {
  const answered = messages.findLastIndex(({ direction }) => direction === 'out');
  const newest = Math.max(0, messages.length - OPEN_AT_FIRST);
  return messages[isChat ? Math.min(newest, answered + 1) : newest]?.messageId ?? null;
}

/**
 * The messages that are open unless somebody says otherwise. Whatever comes while the case is open is open, too, and closes nothing: what
 * is being read must not shrink under the reader.
 */
export function useOpenUnasked(items: readonly TimelineItem[], isChat: boolean): ReadonlySet<MessageId> {
  const messages = useMemo(() => items.filter((item) => item.kind === 'message'), [items]);
  const [first] = useState(() => firstOpen(messages, isChat));
  return useMemo(() => {
    const at = messages.findIndex(({ messageId }) => messageId === first);
    return new Set(messages.slice(Math.max(0, at)).map(({ messageId }) => messageId));
  }, [messages, first]);
}
