import { conversationKey, messageRef, placeOf } from './conversation-key.ts';
import { updateSchema } from './inbound-schema.ts';
import type { InboundMessage } from './inbound-schema.ts';
import { filesOf, forwardFact, isTooLarge, textOf } from './message-text.ts';
import type { WantedFile } from './message-text.ts';
import { numberOf } from './update-list.ts';
import type { TelegramAccount } from './telegram-account.ts';
import type { UpdateCursor } from './update-cursor.ts';
import type { KnownMessages } from '../connector.ts';
import { channelAddress } from '../../../../shared/domain/channel/capabilities.ts';
import { detectLanguage } from '../../../../shared/domain/language.ts';
import type { MessageOrigin, NormalizedMessage } from '../../../../shared/domain/message.ts';
import { instant } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';

/** What the bot is told about itself. */
export interface Bot {
  readonly id: number;
  readonly username: string;
  /** False with privacy mode: of groups it sees what is meant for it alone. */
  readonly seesAllInGroups: boolean;
}

/** A command that is answered with a few words and is no message for anybody. */
export interface Greeting {
  readonly chat: string;
  readonly topic: string | null;
  readonly language: string;
}

export type ReadUpdate =
  | { readonly kind: 'message'; readonly message: NormalizedMessage; readonly remoteRef: string; readonly files: readonly WantedFile[] }
  | {
      readonly kind: 'edited';
      readonly remoteRef: string;
      readonly text: string;
      readonly at: Instant;
      /** The message itself where it may not have been for us before it was changed. */
      readonly whole: Extract<ReadUpdate, { kind: 'message' }> | null;
    }
  | { readonly kind: 'greeting'; readonly greeting: Greeting };

/** One step through the updates: what up to `end` came of it. */
export interface ReadStep {
  readonly read: ReadUpdate | null;
  /** Everything up to this update has been read. */
  readonly end: number;
  /** False while something beyond `end` has been read, too (a picture of an album): then it must go on. */
  readonly isComplete: boolean;
  /** When it was said, in epoch milliseconds; null for what has no time. */
  readonly at: number | null;
  readonly cursor: UpdateCursor;
}

export interface Reading {
  readonly account: Pick<TelegramAccount, 'botId' | 'groups'>;
  readonly bot: Bot;
  /** What was fetched and sent where the account was held before. */
  readonly known?: KnownMessages | undefined;
  /** Hears of what could not be read: the number of the update, never what it said. */
  readonly skipped: (updateId: number | null, why: string) => void;
}

interface Parsed {
  readonly id: number;
  readonly message: InboundMessage | null;
  readonly edited: InboundMessage | null;
}

/** What is an update at all; kinds that are not read stay as numbers, so that the cursor passes them. */
function parseAll(reading: Reading, updates: readonly unknown[]): readonly Parsed[] {
  return updates.flatMap((update): Parsed[] => {
    const { success, data } = updateSchema.safeParse(update);
    if (success) return [{ id: data.update_id, message: data.message ?? null, edited: data.edited_message ?? null }];
    const id = numberOf(update);
    reading.skipped(id < 0 ? null : id, 'not as described');
    return id < 0 ? [] : [{ id, message: null, edited: null }];
  });
}

/** Goes through updates in their order. An album is one step; what was said in between its pictures follows it. */
export function* readUpdates(reading: Reading, start: UpdateCursor, updates: readonly unknown[]): Generator<ReadStep> {
  const parsed = parseAll(reading, updates).toSorted((a, b) => a.id - b.id);
  const done = new Set<number>();
  let cursor = start;
  let passed = 0;
  for (const [index, { id, message, edited }] of parsed.entries()) {
    if (done.has(id)) continue;
    const parts = message === null ? [] : albumFrom(parsed.slice(index), message);
    for (const each of [id, ...parts.map((part) => part.id)]) done.add(each);
    cursor = afterMove(cursor, message);
    cursor = afterUnseenMove(reading, cursor, message ?? edited);
    const messages = parts.length === 0 && message !== null ? [message] : parts.map((part) => part.message);
    const read = readOne(reading, cursor, id, messages, edited);
    if (read?.kind === 'message' && message !== null) cursor = afterJoin(cursor, message, read);
    while (done.has(parsed[passed]?.id ?? -1)) passed += 1;
    const end = parsed[passed - 1]?.id ?? id;
    yield { read, end, isComplete: end >= (parts.at(-1)?.id ?? id), at: message === null ? null : message.date * 1_000, cursor };
  }
}

/** Null for what is nobody's words to us, and for what could not be read: one update must not stop the channel. */
function readOne(
  reading: Reading,
  cursor: UpdateCursor,
  id: number,
  messages: readonly InboundMessage[],
  edited: InboundMessage | null,
): ReadUpdate | null {
  try {
    if (messages.length > 0) return readMessage(reading, cursor, messages);
    return edited === null ? null : readEdit(reading, cursor, edited);
  } catch (error) {
    reading.skipped(id, error instanceof Error ? error.name : 'failed');
    return null;
  }
}

interface Part {
  readonly id: number;
  readonly message: InboundMessage;
}

function albumFrom(rest: readonly Parsed[], first: InboundMessage): readonly Part[] {
  const { media_group_id: album } = first;
  if (album === undefined) return [];
  return rest.flatMap(({ id, message }) =>
    message?.media_group_id === album && message.chat.id === first.chat.id ? [{ id, message }] : [],
  );
}

/** A group that became a supergroup has a new number; the conversations in it go on. */
function afterMove(cursor: UpdateCursor, message: InboundMessage | null): UpdateCursor {
  if (message === null) return cursor;
  const to = message.migrate_to_chat_id ?? (message.migrate_from_chat_id === undefined ? undefined : message.chat.id);
  const from = message.migrate_from_chat_id ?? message.chat.id;
  if (to === undefined || cursor.moved.some(([, known]) => known === String(to))) return cursor;
  return { ...cursor, moved: [...cursor.moved, [firstNumber(cursor, from), String(to)]] };
}

/** A supergroup whose move another workstation was told of: what was said in it since is in conversations under its first number. */
function afterUnseenMove({ known }: Reading, cursor: UpdateCursor, message: InboundMessage | null): UpdateCursor {
  if (known === undefined || message?.chat.type !== 'supergroup') return cursor;
  const chat = String(message.chat.id);
  if (cursor.moved.some(([, to]) => to === chat)) return cursor;
  const conversation = known.conversationBelow(messageRef(chat, ''));
  const first = conversation === null ? null : (placeOf(conversation)?.chat ?? null);
  return first === null || first === chat ? cursor : { ...cursor, moved: [...cursor.moved, [first, chat]] };
}

/** The number that a chat had at first. */
export function firstNumber({ moved }: UpdateCursor, chat: number): string {
  return moved.findLast(([, to]) => to === String(chat))?.[0] ?? String(chat);
}

/** The number that a chat has now. */
export function latestNumber({ moved }: UpdateCursor, chat: string): string {
  return moved.findLast(([from]) => from === chat)?.[1] ?? chat;
}

/** Remembers whose conversation a message is in, where it is not its author's. */
function afterJoin(cursor: UpdateCursor, message: InboundMessage, read: Extract<ReadUpdate, { kind: 'message' }>): UpdateCursor {
  const conversation = read.message.origin?.conversation ?? '';
  if (message.chat.type === 'private' || conversation.endsWith(`:${authorNumber(message)}`)) return cursor;
  return { ...cursor, joined: [...cursor.joined, [read.remoteRef, conversation]] };
}

/** Who speaks: a member, or a chat in whose name an administrator does. */
function authorNumber(message: Pick<InboundMessage, 'from' | 'sender_chat'>): string {
  return String(message.sender_chat?.id ?? message.from?.id ?? 0);
}

function readEdit(reading: Reading, cursor: UpdateCursor, message: InboundMessage): ReadUpdate | null {
  // a live location moves all the time, and nobody has changed their words
  if (message.location !== undefined) return null;
  const text = textOf(message);
  if (text === '') return null;
  // who had forgotten to name us has done so now; what is known already stays as it is
  const isNamed = message.chat.type !== 'private' && isMeantForBot(reading.bot, message);
  const whole = isNamed ? readMessage(reading, cursor, [message]) : null;
  return {
    whole: whole?.kind === 'message' ? whole : null,
    kind: 'edited',
    remoteRef: messageRef(String(message.chat.id), message.message_id),
    text,
    at: instant((message.edit_date ?? message.date) * 1_000),
  };
}

function readMessage(reading: Reading, cursor: UpdateCursor, parts: readonly InboundMessage[]): ReadUpdate | null {
  // whose words they are that stand with an album
  const message = parts.find(({ caption }) => caption !== undefined) ?? parts[0];
  if (message === undefined || message.from?.id === reading.bot.id || message.is_automatic_forward === true) return null;
  const isPrivate = message.chat.type === 'private';
  if (!isPrivate && message.chat.type !== 'group' && message.chat.type !== 'supergroup') return null;
  const isAddressed = isPrivate || parts.some((part) => isMeantForBot(reading.bot, part));
  if (!isPrivate && (reading.account.groups === 'none' || (reading.account.groups === 'addressed' && !isAddressed))) return null;
  const greeting = isPrivate ? greetingOf(cursor, message) : null;
  if (greeting !== null) return { kind: 'greeting', greeting };
  const files = parts.flatMap(filesOf);
  const text = wordsOf(message, parts, isPrivate);
  if (text === '' && files.length === 0) return null;
  return {
    kind: 'message',
    message: normalized(reading, cursor, message, text, isAddressed),
    remoteRef: messageRef(String(message.chat.id), message.message_id),
    files: files.filter((file) => !isTooLarge(file)),
  };
}

/** All that is said in a message or an album. */
function wordsOf(message: InboundMessage, parts: readonly InboundMessage[], isPrivate: boolean): string {
  const payload = isPrivate ? startPayload(message) : null;
  if (payload !== null) return `[Opened with the link code ${payload}]`;
  const others = parts.filter((part) => part !== message).map((part) => textOf({ ...part, forward_origin: undefined }));
  const text = [textOf(message), ...others].filter((each) => each !== '').join('\n');
  if (text !== '' || parts.some((part) => filesOf(part).length > 0) || !isPrivate) return text;
  const kind = unknownKind(message);
  return kind === null ? '' : `[A message of a kind that can not be shown: ${kind}]`;
}

const COMMON = new Set(
  'message_id message_thread_id from sender_chat date chat is_topic_message edit_date reply_to_message external_reply quote via_bot has_protected_content is_from_offline effect_id sender_boost_count link_preview_options entities caption_entities show_caption_above_media has_media_spoiler reply_markup author_signature sender_tag text caption forward_origin'.split(
    ' ',
  ),
);
/** What the service tells about a chat, and nobody says. */
const SERVICE =
  /^(new_|left_|delete_|group_chat|supergroup_chat|channel_chat|migrate_|pinned_|successful_payment|refunded_payment|users_shared|chat_|connected_website|write_access|passport_data|proximity_|boost_|forum_|general_forum|giveaway_|video_chat|web_app_data|message_auto_delete|direct_message_price|paid_message_price|suggested_post|checklist_tasks|community_|poll_option|managed_bot|gift_upgrade)/u;

/** What a message brings that is not known here; null when it brings nothing. */
function unknownKind(message: InboundMessage): string | null {
  const kind = Object.keys(message).find((key) => !COMMON.has(key) && !SERVICE.test(key) && message[key] !== undefined);
  return kind === undefined ? null : kind.replaceAll(/[^a-z_]/gu, '').slice(0, 40);
}

function commandOf(message: InboundMessage): { readonly name: string; readonly rest: string } | null {
  const entity = message.entities?.find(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (entity === undefined || message.text === undefined || message.forward_origin !== undefined) return null;
  const name = message.text.slice(1, entity.length).split('@')[0] ?? '';
  return { name: name.toLowerCase(), rest: message.text.slice(entity.length).trim() };
}

/** What a link of ours that opened the chat brought along (`t.me/bot?start=PAYLOAD`); null without one. */
function startPayload(message: InboundMessage): string | null {
  const command = commandOf(message);
  return command?.name === 'start' && /^[A-Za-z0-9_-]{1,64}$/u.test(command.rest) ? command.rest : null;
}

function greetingOf(cursor: UpdateCursor, message: InboundMessage): Greeting | null {
  const command = commandOf(message);
  if (command === null || command.rest !== '' || (command.name !== 'start' && command.name !== 'help')) return null;
  return { chat: firstNumber(cursor, message.chat.id), topic: topicOf(message), language: message.from?.language_code ?? '' };
}

/** Threads of replies have a number, too, in supergroups without topics. */
function topicOf(message: InboundMessage): string | null {
  return message.is_topic_message === true && message.message_thread_id !== undefined ? String(message.message_thread_id) : null;
}

/** Names the bot, answers it, or is a command for it. */
export function isMeantForBot(bot: Bot, message: InboundMessage): boolean {
  if (message.reply_to_message?.from?.id === bot.id) return true;
  const text = message.text ?? message.caption ?? '';
  const entities = (message.text === undefined ? message.caption_entities : message.entities) ?? [];
  const own = `@${bot.username}`.toLowerCase();
  return entities.some(({ type, offset, length, user }) => {
    const words = text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return words === own;
    if (type === 'text_mention') return user?.id === bot.id;
    // with privacy mode the service itself hands over only the commands that are meant for the bot
    return type === 'bot_command' && (words.endsWith(own) || (!bot.seesAllInGroups && !words.includes('@')));
  });
}

function conversationOf(reading: Reading, cursor: UpdateCursor, message: InboundMessage): string {
  const chat = firstNumber(cursor, message.chat.id);
  const topic = topicOf(message);
  if (message.chat.type === 'private') return conversationKey({ chat, topic, asker: null });
  const answered = message.reply_to_message;
  if (answered !== undefined) {
    const ref = messageRef(String(message.chat.id), answered.message_id);
    const known = cursor.joined.findLast(([each]) => each === ref)?.[1];
    if (known !== undefined) return known;
    // what opens a topic is shown as answered by all that is said in it
    const isOurs = answered.from?.id === reading.bot.id;
    const isPerson = answered.from !== undefined && !isOurs && answered.message_id !== message.message_thread_id;
    const told = isOurs || isPerson ? (reading.known?.conversationOf(ref) ?? null) : null;
    // of a conversation in this chat: who is told of another one tells nobody where to answer
    if (told !== null && placeOf(told)?.chat === chat) return told;
    if (isPerson) return conversationKey({ chat, topic, asker: authorNumber(answered) });
  }
  return conversationKey({ chat, topic, asker: authorNumber(message) });
}

/** At most so many characters; a pair of surrogates stays together. */
function clip(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\ud800-\udbff]$/u.test(cut) ? cut.slice(0, -1) : cut;
}

interface Author {
  readonly origin: MessageOrigin['author'];
  readonly name: string;
  readonly isMachine: boolean;
}

function authorOf(message: InboundMessage): Author {
  const { from, sender_chat: sender } = message;
  const username = (sender ?? from)?.username ?? '';
  const name =
    sender === undefined ? [from?.first_name, from?.last_name].filter((each) => each !== undefined).join(' ') : (sender.title ?? '');
  // who speaks in the name of a chat comes with a stand-in, which is marked as a bot
  const isMachine = sender === undefined && from?.is_bot === true;
  return {
    origin: {
      nativeId: authorNumber(message),
      handle: username === '' ? null : `@${clip(username, 64)}`,
      verification: 'platform',
      facts: factsOf(message, isMachine),
    },
    name: clip(name.trim(), 200),
    isMachine,
  };
}

function factsOf(message: InboundMessage, isMachine: boolean): Readonly<Record<string, string>> {
  const { sender_chat: sender, from, chat } = message;
  const forwarded = forwardFact(message);
  const language = from?.language_code ?? '';
  return {
    ...(forwarded === null ? {} : { forwarded }),
    ...(isMachine ? { 'telegram.is-bot': 'true' } : {}),
    ...(sender === undefined ? {} : { 'telegram.sender-chat': clip(sender.type, 20) }),
    ...(chat.title === undefined ? {} : { 'telegram.group': clip(chat.title, 200) }),
    ...(/^[A-Za-z-]{2,20}$/u.test(language) ? { 'telegram.language': language } : {}),
  };
}

/** Messages have none of what mail says of machines. */
const NO_HEADERS = { returnPath: null, autoSubmitted: '', precedence: '', suppress: '', loop: '', hasListHeader: false } as const;

function normalized(
  reading: Reading,
  cursor: UpdateCursor,
  message: InboundMessage,
  text: string,
  isAddressed: boolean,
): NormalizedMessage {
  const author = authorOf(message);
  const conversation = conversationOf(reading, cursor, message);
  const nativeKey = messageRef(String(message.chat.id), message.message_id);
  const at = instant(message.date * 1_000);
  const isPrivate = message.chat.type === 'private';
  const preview = clip(text.replaceAll(/\s+/gu, ' ').trim(), 200);
  return {
    channel: 'telegram',
    direction: 'in',
    nativeKey,
    thread: { tokens: [], ownKey: null, parentKeys: [`conv:${conversation}`] },
    subject: clip(preview, 80),
    from: { address: channelAddress('telegram', author.origin.nativeId), name: author.name },
    to: [{ address: channelAddress('telegram', reading.account.botId), name: '' }],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview,
    language: detectLanguage(text),
    sentAt: at,
    receivedAt: at,
    senderOffsetMinutes: null,
    auto: author.isMachine ? 'auto-generated' : 'none',
    // a person who wrote to the bot alone: nobody else reads the answer, and no machine does
    ...(isPrivate && !author.isMachine && message.forward_origin === undefined
      ? { answerHints: { ...NO_HEADERS, from: [channelAddress('telegram', author.origin.nativeId)] } }
      : {}),
    bounce: null,
    attachments: [],
    warnings: message.forward_origin === undefined ? [] : ['forwarded'],
    raw: null,
    seen: false,
    origin: {
      conversation,
      nativeKey,
      author: author.origin,
      ...(isPrivate ? {} : { isSummon: isAddressed }),
      isPrivate,
    },
  };
}
