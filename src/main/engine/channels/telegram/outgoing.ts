import { InputFile } from 'grammy/web';
import type { Api } from 'grammy/web';
import type { InputMediaDocument, InputMediaPhoto, ReplyParameters } from 'grammy/types';
import { messageIdIn, placeOf } from './conversation-key.ts';
import type { Place } from './conversation-key.ts';
import type { OutboundAttachment, OutboundMessage } from '../connector.ts';

/** A caption may be this long (Bot API, sendPhoto and others), in UTF-16 units. */
const LONGEST_CAPTION = 1_024;
/** "The photo must be at most 10 MB in size" (Bot API, sendPhoto). */
const LARGEST_PHOTO = 10_000_000;

/** One call that carries a part of a message. */
export interface OutgoingCall {
  readonly bytes: number;
  /** @returns the numbers of the messages that were made of it */
  readonly make: (api: Api, chat: string) => Promise<readonly number[]>;
  /** The same pictures as files, for pictures that the service can not take as such. */
  readonly asFiles?: OutgoingCall;
}

export interface Outgoing {
  readonly place: Place;
  /** Words and files that do not fit together go one after the other, the words first. */
  readonly calls: readonly OutgoingCall[];
}

/** Null for a message that belongs to no conversation of ours. */
export function outgoingOf(message: Pick<OutboundMessage, 'text' | 'attachments' | 'conversation' | 'inReplyTo'>): Outgoing | null {
  const place = placeOf(message.conversation ?? '');
  if (place === null) return null;
  const { text, attachments } = message;
  const common = (chat: string): Common => {
    const answered = messageIdIn(chat, message.inReplyTo ?? '');
    return {
      ...(place.topic === null ? {} : { message_thread_id: Number(place.topic) }),
      // what was taken back meanwhile is answered all the same
      ...(answered === null ? {} : { reply_parameters: { message_id: answered, allow_sending_without_reply: true } }),
    };
  };
  const isTogether = attachments.length > 0 && text.length <= LONGEST_CAPTION;
  const words: OutgoingCall = {
    bytes: text.length,
    make: async (api, chat) => [(await api.sendMessage(chat, text, common(chat))).message_id],
  };
  const files = attachments.length === 0 ? [] : [filesCall(attachments, isTogether ? text : '', common)];
  return { place, calls: [...(text === '' || isTogether ? [] : [words]), ...files] };
}

type Common = { readonly message_thread_id?: number; readonly reply_parameters?: ReplyParameters };

function isPhoto({ type, bytes }: OutboundAttachment): boolean {
  return (type === 'image/jpeg' || type === 'image/png') && bytes.length <= LARGEST_PHOTO;
}

/** Quotes and separators would end the name early where it travels. */
function inputOf({ name, bytes }: OutboundAttachment): InputFile {
  return new InputFile(bytes, name.replaceAll(/[";\r\n\\]/gu, '_'));
}

function filesCall(attachments: readonly OutboundAttachment[], caption: string, common: (chat: string) => Common): OutgoingCall {
  const files = call(attachments, caption, common, 'document');
  // an album holds pictures or files, and not both
  return attachments.every(isPhoto) ? { ...call(attachments, caption, common, 'photo'), asFiles: files } : files;
}

function call(
  attachments: readonly OutboundAttachment[],
  caption: string,
  common: (chat: string) => Common,
  kind: 'photo' | 'document',
): OutgoingCall {
  const [first] = attachments;
  return {
    bytes: attachments.reduce((sum, { bytes }) => sum + bytes.length, caption.length),
    make: async (api, chat) => {
      if (attachments.length === 1 && first !== undefined) {
        const other = { ...common(chat), ...(caption === '' ? {} : { caption }) };
        const sent =
          kind === 'photo' ? await api.sendPhoto(chat, inputOf(first), other) : await api.sendDocument(chat, inputOf(first), other);
        return [sent.message_id];
      }
      const words = (index: number): { readonly caption?: string } => (index === 0 && caption !== '' ? { caption } : {});
      const media =
        kind === 'photo'
          ? attachments.map((each, index): InputMediaPhoto => ({ type: 'photo', media: inputOf(each), ...words(index) }))
          : attachments.map((each, index): InputMediaDocument => ({ type: 'document', media: inputOf(each), ...words(index) }));
      return (await api.sendMediaGroup(chat, media, common(chat))).map(({ message_id: id }) => id);
    },
  };
}
