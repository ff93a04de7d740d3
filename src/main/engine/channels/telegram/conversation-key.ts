/** Where an answer goes. In groups a conversation is what one member asked, in one topic. */
export interface Place {
  /** The number of the chat as it was first. */
  readonly chat: string;
  /** Null outside of topics. */
  readonly topic: string | null;
  /** Null in private chats. */
  readonly asker: string | null;
}

/** `p:48211`, `p:48211:7` in a topic of a private chat, `g:-100123:0:48211` in a group. */
export function conversationKey({ chat, topic, asker }: Place): string {
  if (asker === null) return topic === null ? `p:${chat}` : `p:${chat}:${topic}`;
  return `g:${chat}:${topic ?? '0'}:${asker}`;
}

/** Null for what is no conversation of ours. */
export function placeOf(conversation: string): Place | null {
  const found = /^(?:p:(?<chat>-?\d{1,20})(?::(?<topic>\d{1,20}))?|g:(?<group>-?\d{1,20}):(?<thread>\d{1,20}):(?<asker>-?\d{1,20}))$/u.exec(
    conversation,
  )?.groups;
  if (found === undefined) return null;
  const { chat, topic, group, thread, asker } = found;
  if (chat !== undefined) return { chat, topic: topic ?? null, asker: null };
  if (group === undefined || asker === undefined) return null;
  return { chat: group, topic: thread === undefined || thread === '0' ? null : thread, asker };
}

/** What a message is known by: numbers of messages are the chat's own. */
export function messageRef(chat: string, messageId: number | string): string {
  return `${chat}/${messageId}`;
}

/** The number of a message, if it is in this chat: a group that has moved counts anew, and its old numbers are those of other messages. */
export function messageIdIn(chat: string, ref: string): number | null {
  const [, where, number] = /^(-?\d{1,20})\/(\d{1,15})$/u.exec(ref) ?? [];
  return number === undefined || where !== chat ? null : Number(number);
}
