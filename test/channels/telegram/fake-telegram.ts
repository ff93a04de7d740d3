import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACTIONS } from './bot-methods.ts';
import { bodyOf, readCall, Refusal } from './bot-request.ts';
import type { BotCall } from './bot-request.ts';
import type { Message, Update } from 'grammy/types';

/**
 * A FAKE of the Telegram Bot API, written from the official descriptions of its methods (the types of grammy are made from them, and
 * check its parameters). It shares every misreading of those with its writer: no result that was had with it says more than that.
 * Stricter than the real service where that shows mistakes: unknown parameters are refused, limits of sending hold to the letter.
 */

const MOST_TEXT = 4_096;
const MOST_CAPTION = 1_024;
const MOST_UPLOAD = 50_000_000;
const MOST_PHOTO = 10_000_000;
/** Its pages say 20 MB; its published source `20 << 20` (telegram-bot-api, Client.h). */
const MOST_DOWNLOAD = 20 * 1024 * 1024;

export interface FakeUser {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
}

interface FakeChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title?: string;
  readonly topics: ReadonlySet<number>;
  isBlocked: boolean;
  movedTo: number | null;
  lastId: number;
  readonly messages: Map<number, Record<string, unknown>>;
}

/** Something that the bot sent and the service took. */
export interface SentByBot {
  readonly method: string;
  readonly chat: number;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly topic: number | null;
  readonly answers: number | null;
  readonly messageIds: readonly number[];
}

/** How the next request of a kind is met. `answer` writes whatever it likes. */
export interface Trouble {
  readonly where: 'pull' | 'send' | 'file' | 'action';
  readonly answer: (response: ServerResponse) => void;
}

export type CutStage = 'body' | 'answer' | 'half-answer';

interface Waiting {
  readonly offset: number | null;
  readonly limit: number;
  readonly response: ServerResponse;
  readonly timer: NodeJS.Timeout;
}

export class FakeTelegram implements AsyncDisposable {
  readonly botUser = { id: 7_000_001, is_bot: true, first_name: 'Team Support', username: 'team_support_bot' } as const;
  readonly sent: SentByBot[] = [];
  readonly actions: { readonly chat: number; readonly action: string }[] = [];
  /** All requests by method, and when they came (epoch ms). */
  readonly calls: { readonly method: string; readonly at: number }[] = [];
  token = '7000001:AAfake-token-canary-0000000000000001';
  /** With privacy mode the bot sees of groups only what is meant for it. */
  hasPrivacyMode = true;
  webhook = '';
  now: () => number = () => Date.now();
  /** Requests of the limits of sending; off for tests of something else. */
  keepsLimits = true;
  readonly #chats = new Map<number, FakeChat>();
  readonly #files = new Map<string, { readonly path: string; readonly bytes: Buffer }>();
  readonly #sentAt: { readonly chat: number; readonly at: number }[] = [];
  #updates: Record<string, unknown>[] = [];
  #nextUpdate = 870_000_001;
  #allowed: readonly string[] | null = null;
  #waiting: Waiting | null = null;
  #troubles: Trouble[] = [];
  #cut: CutStage | null = null;
  #server: Server | null = null;
  #port = 0;

  static async start(): Promise<FakeTelegram> {
    const fake = new FakeTelegram();
    await fake.listen();
    return fake;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Stops and starts with all it knows, as a service does that is updated. */
  async restart(): Promise<void> {
    await this.close();
    await this.listen();
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#endPoll((waiting) => waiting.response.destroy());
    server?.closeAllConnections();
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  // ---- what people do

  /** A user who has pressed Start, so that the bot may write. */
  privateChat(user: FakeUser): number {
    this.#chat(user.id, 'private');
    return user.id;
  }

  group(id: number, title: string, topics: readonly number[] = []): number {
    this.#chat(id, id < -1_000_000_000_000 ? 'supergroup' : 'group', title, topics);
    return id;
  }

  #chat(id: number, type: FakeChat['type'], title?: string, topics: readonly number[] = []): FakeChat {
    const known = this.#chats.get(id);
    if (known !== undefined) return known;
    const chat = {
      id,
      type,
      ...(title === undefined ? {} : { title }),
      topics: new Set(topics),
      isBlocked: false,
      movedTo: null,
      lastId: 0,
      messages: new Map<number, Record<string, unknown>>(),
    };
    this.#chats.set(id, chat);
    return chat;
  }

  /** Somebody writes. @returns the message as the bot would see it */
  say(chatId: number, from: FakeUser, fields: Partial<Message> & Readonly<Record<string, unknown>>, at = this.now()): Message {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) throw new Error(`there is no chat ${chatId}`);
    chat.lastId += 1;
    const shown =
      chat.type === 'private'
        ? { id: chat.id, type: chat.type, first_name: from.first_name, ...(from.username === undefined ? {} : { username: from.username }) }
        : { id: chat.id, type: chat.type, title: chat.title, ...(chat.topics.size === 0 ? {} : { is_forum: true }) };
    const message = { message_id: chat.lastId, from, chat: shown, date: Math.floor(at / 1_000), ...fields };
    chat.messages.set(chat.lastId, message);
    if (this.#isSeen(chat, message)) this.push({ message });
    return message as unknown as Message;
  }

  /** What privacy mode lets through, by the description of it for bots. */
  #isSeen(chat: FakeChat, message: Readonly<Record<string, unknown>>): boolean {
    if (chat.type === 'private' || !this.hasPrivacyMode) return true;
    const text = (message['text'] ?? message['caption'] ?? '') as string;
    const answered = message['reply_to_message'] as { from?: { id: number } } | undefined;
    const isService = ['migrate_to_chat_id', 'migrate_from_chat_id', 'new_chat_members', 'pinned_message'].some((key) => key in message);
    return isService || answered?.from?.id === this.botUser.id || (text.startsWith('/') && text.includes(`@${this.botUser.username}`));
  }

  edit(chatId: number, messageId: number, fields: Readonly<Record<string, unknown>>): void {
    const message = this.#chats.get(chatId)?.messages.get(messageId);
    if (message === undefined) throw new Error('there is no such message');
    Object.assign(message, fields, { edit_date: Math.floor(this.now() / 1_000) });
    this.push({ edited_message: message });
  }

  message(chatId: number, messageId: number): Record<string, unknown> | undefined {
    return this.#chats.get(chatId)?.messages.get(messageId);
  }

  block(userId: number): void {
    const chat = this.#chats.get(userId);
    if (chat !== undefined) chat.isBlocked = true;
  }

  /** A group becomes a supergroup: another number, and messages are counted anew. */
  migrate(groupId: number, to: number, by: FakeUser): void {
    const group = this.#chats.get(groupId);
    if (group === undefined) throw new Error(`there is no group ${groupId}`);
    this.group(to, group.title ?? '');
    this.say(groupId, by, { migrate_to_chat_id: to });
    group.movedTo = to;
    this.say(to, by, { migrate_from_chat_id: groupId });
  }

  /** A file that the service keeps; `size` pretends to be larger than the bytes. */
  keepFile(bytes: Uint8Array, name: string): { file_id: string; file_unique_id: string; file_size: number } {
    const file_id = `file-${this.#files.size + 1}`;
    this.#files.set(file_id, { path: `documents/${file_id}_${name.replaceAll(/[^A-Za-z0-9.]/gu, '_')}`, bytes: Buffer.from(bytes) });
    return { file_id, file_unique_id: `u-${file_id}`, file_size: bytes.length };
  }

  /** Anything at all becomes an update; what it is numbered with may be given. */
  push(update: Readonly<Record<string, unknown>>): void {
    const kind = Object.keys(update).find((key) => key !== 'update_id') ?? '';
    if (this.#allowed !== null && update['update_id'] === undefined && !this.#allowed.includes(kind) && kind in KINDS) return;
    this.#updates.push({ update_id: this.#nextUpdate, ...update });
    this.#nextUpdate += 1;
    this.#answerPoll();
  }

  get waitingUpdates(): number {
    return this.#updates.length;
  }

  /** Whether everything was confirmed and the next thing is waited for, as it is after a week without updates. */
  get isQuiet(): boolean {
    return this.#updates.length === 0 && this.#waiting !== null;
  }

  /** After a week without updates the next number "will be chosen randomly": here below all that were used. */
  restartNumbers(): void {
    this.#nextUpdate = Math.max(1, this.#nextUpdate - 500_000_000);
  }

  /** The next `count` requests of a kind are met with trouble. */
  trouble(where: Trouble['where'], answer: Trouble['answer'], count = 1): void {
    for (let index = 0; index < count; index += 1) this.#troubles.push({ where, answer });
    if (where === 'pull' && this.#waiting !== null) this.#endPoll(({ response }) => this.#meet('pull', response));
  }

  calm(): void {
    this.#troubles = [];
    this.#cut = null;
  }

  cutNextSend(stage: CutStage): void {
    this.#cut = stage;
  }

  rotateToken(): string {
    this.token = `7000001:AAfake-token-canary-${String(this.#nextUpdate).padStart(16, '0')}`;
    this.#endPoll(({ response }) => refuse(response, new Refusal(401, 'Unauthorized')));
    return this.token;
  }

  // ---- what the service answers

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://fake').pathname);
    const [, file = '', token = '', rest = ''] = /^\/(file\/)?bot([^/]*)\/(.*)$/u.exec(path) ?? [];
    this.calls.push({ method: file === '' ? rest : 'file', at: Date.now() });
    if (token !== this.token) {
      await bodyOf(request);
      refuse(response, /^\d+:[A-Za-z0-9_-]{20,}$/u.test(token) ? new Refusal(401, 'Unauthorized') : new Refusal(404, 'Not Found'));
    } else if (file === '') await this.#call(rest, request, response);
    else if (!this.#meet('file', response)) {
      const found = [...this.#files.values()].find((each) => each.path === rest);
      response.writeHead(found === undefined ? 404 : 200).end(found?.bytes);
    }
  }

  async #call(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isSend = /^send(?!ChatAction)/iu.test(name);
    const kind = isSend ? 'send' : name === 'sendChatAction' ? 'action' : null;
    if (isSend && this.#cut === 'body') {
      this.#cut = null;
      request.once('data', () => request.socket.resetAndDestroy());
      return;
    }
    const body = await bodyOf(request);
    try {
      const read = readCall(name, request.headers['content-type'] ?? '', body);
      if (read.method === 'getUpdates') this.#getUpdates(read, response);
      else if (kind === null || !this.#meet(kind, response)) {
        const result = this.#result(read);
        if (isSend && this.#cut !== null) this.#cutAnswer(response, result);
        else answer(response, result);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(response, error);
    }
  }

  #cutAnswer(response: ServerResponse, result: unknown): void {
    const stage = this.#cut;
    this.#cut = null;
    if (stage === 'half-answer') {
      const text = JSON.stringify({ ok: true, result });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) });
      response.write(text.slice(0, text.length / 2), () => response.socket?.resetAndDestroy());
    } else response.socket?.resetAndDestroy();
  }

  /** True when trouble has answered. */
  #meet(where: Trouble['where'], response: ServerResponse): boolean {
    const index = this.#troubles.findIndex((each) => each.where === where);
    const [trouble] = index === -1 ? [] : this.#troubles.splice(index, 1);
    trouble?.answer(response);
    return trouble !== undefined;
  }

  #getUpdates({ values }: BotCall, response: ServerResponse): void {
    const {
      offset,
      limit = 100,
      timeout = 0,
      allowed_updates: allowed,
    } = values as Record<string, number | undefined> & { allowed_updates?: string[] };
    if (this.webhook !== '')
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    if (limit < 1 || limit > 100) throw new Refusal(400, 'Bad Request: limit must be between 1 and 100');
    if (allowed !== undefined) {
      const unknown = allowed.find((each) => !(each in KINDS));
      if (unknown !== undefined) throw new Refusal(400, `Bad Request: there are no updates "${unknown}"`);
      this.#allowed = allowed.length === 0 ? null : allowed;
    }
    // whoever asked before is told that somebody else does; nobody is when they have hung up
    this.#endPoll((waiting) =>
      refuse(
        waiting.response,
        new Refusal(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'),
      ),
    );
    if (this.#meet('pull', response)) return;
    if (offset !== undefined && offset < 0) this.#updates = this.#updates.slice(offset);
    // "considered confirmed as soon as getUpdates is called with an offset higher than its update_id": forgotten for everybody
    else if (offset !== undefined) this.#updates = this.#updates.filter((each) => (each['update_id'] as number) >= offset);
    if (this.#updates.length > 0 || timeout === 0) {
      answer(response, this.#updates.slice(0, limit));
      return;
    }
    const timer = setTimeout(() => this.#endPoll((waiting) => answer(waiting.response, [])), timeout * 1_000);
    this.#waiting = { offset: offset ?? null, limit, response, timer };
    response.once('close', () => {
      if (this.#waiting?.response === response) this.#endPoll(() => {});
    });
  }

  #endPoll(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) return;
    clearTimeout(waiting.timer);
    how(waiting);
  }

  #answerPoll(): void {
    this.#endPoll(({ limit, response }) => answer(response, this.#updates.slice(0, limit)));
  }

  #result(call: BotCall): unknown {
    const { values } = call;
    switch (call.method) {
      case 'getMe':
        return {
          ...this.botUser,
          can_join_groups: true,
          can_read_all_group_messages: !this.hasPrivacyMode,
          supports_inline_queries: false,
          can_connect_to_business: false,
          has_main_web_app: false,
        };
      case 'getWebhookInfo':
        return { url: this.webhook, has_custom_certificate: false, pending_update_count: this.#updates.length };
      case 'deleteWebhook':
        this.webhook = '';
        if (values['drop_pending_updates'] === true) this.#updates = [];
        return true;
      case 'getFile': {
        const found = this.#files.get(values['file_id'] as string);
        if (found === undefined) throw new Refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
        if (found.bytes.length > MOST_DOWNLOAD) throw new Refusal(400, 'Bad Request: file is too big');
        return {
          file_id: values['file_id'],
          file_unique_id: `u-${String(values['file_id'])}`,
          file_size: found.bytes.length,
          file_path: found.path,
        };
      }
      case 'sendChatAction': {
        const chat = this.#target(values);
        if (!ACTIONS.has(values['action'] as string)) throw new Refusal(400, 'Bad Request: wrong parameter action in request');
        this.actions.push({ chat: chat.id, action: values['action'] as string });
        return true;
      }
      case 'sendMessage':
      case 'sendPhoto':
      case 'sendDocument':
      case 'sendMediaGroup':
        return this.#send(call);
      case 'getUpdates':
        throw new Error('answered before');
    }
  }

  #target(values: BotCall['values']): FakeChat {
    const chat = this.#chats.get(values['chat_id'] as number);
    if (chat === undefined) throw new Refusal(400, 'Bad Request: chat not found');
    if (chat.movedTo !== null)
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.movedTo });
    if (chat.isBlocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    const topic = values['message_thread_id'] as number | undefined;
    if (topic !== undefined && !chat.topics.has(topic)) throw new Refusal(400, 'Bad Request: message thread not found');
    return chat;
  }

  #send(call: BotCall): unknown {
    const { method, values } = call;
    const chat = this.#target(values);
    const { text, files } = contentOf(call);
    const answers = this.#answered(chat, values);
    this.#keepLimits(chat);
    const messageIds = (files.length === 0 ? [null] : files).map(() => {
      chat.lastId += 1;
      const date = Math.floor(this.now() / 1_000);
      chat.messages.set(chat.lastId, { message_id: chat.lastId, from: this.botUser, chat: { id: chat.id, type: chat.type }, date, text });
      return chat.lastId;
    });
    const topic = (values['message_thread_id'] as number | undefined) ?? null;
    this.sent.push({ method, chat: chat.id, text, files, topic, answers, messageIds });
    const made = messageIds.map((id) => chat.messages.get(id));
    return method === 'sendMediaGroup' ? made : made[0];
  }

  #answered(chat: FakeChat, values: BotCall['values']): number | null {
    const reply = values['reply_parameters'] as { message_id?: number; allow_sending_without_reply?: boolean } | undefined;
    if (reply?.message_id === undefined) return null;
    if (chat.messages.has(reply.message_id)) return reply.message_id;
    if (reply.allow_sending_without_reply !== true) throw new Refusal(400, 'Bad Request: message to be replied not found');
    return null;
  }

  /** "avoid sending more than one message per second" in a chat, 20 a minute in a group, 30 a second in all (FAQ for bots). */
  #keepLimits(chat: FakeChat): void {
    const at = Date.now();
    const here = this.#sentAt.filter((each) => each.chat === chat.id).map((each) => each.at);
    const over = (times: readonly number[], count: number, perMs: number): number => {
      const nth = times.at(-count);
      return nth === undefined || at - nth >= perMs ? 0 : Math.ceil((perMs - (at - nth)) / 1_000);
    };
    // a message may be on its way longer than the one before it
    const wait = Math.max(
      over(here, 1, 900),
      chat.type === 'private' ? 0 : over(here, 20, 59_000),
      over(
        this.#sentAt.map((each) => each.at),
        30,
        900,
      ),
    );
    if (this.keepsLimits && wait > 0) throw new Refusal(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait });
    this.#sentAt.push({ chat: chat.id, at });
  }
}

interface MediaItem {
  readonly type?: string;
  readonly media?: string;
  readonly caption?: string;
}

/** What is sent, if the service would take it. */
function contentOf(call: BotCall): Pick<SentByBot, 'text' | 'files'> {
  const { method, values } = call;
  if (method === 'sendMessage') {
    const text = values['text'] as string;
    if (text.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
    if (text.length > MOST_TEXT) throw new Refusal(400, 'Bad Request: message is too long');
    return { text, files: [] };
  }
  const one = {
    media: values['photo'] ?? values['document'],
    caption: values['caption'],
    type: method === 'sendPhoto' ? 'photo' : 'document',
  };
  const items = (method === 'sendMediaGroup' ? values['media'] : [one]) as readonly MediaItem[];
  if (method === 'sendMediaGroup') checkAlbum(items);
  if (items.some(({ caption = '' }) => caption.length > MOST_CAPTION)) throw new Refusal(400, 'Bad Request: message caption is too long');
  const files = items.map(({ media = '' }) => fileOf(media, call.files));
  if (files.some(({ bytes }) => bytes.length > MOST_UPLOAD)) throw new Refusal(413, 'Request Entity Too Large');
  if (items[0]?.type === 'photo' && files.some(({ bytes }) => !isPicture(bytes)))
    throw new Refusal(400, 'Bad Request: IMAGE_PROCESS_FAILED');
  return { text: items.map(({ caption = '' }) => caption).join(''), files };
}

function checkAlbum(items: readonly MediaItem[]): void {
  if (items.length < 2 || items.length > 10) throw new Refusal(400, 'Bad Request: an album must include 2-10 items');
  if (new Set(items.map(({ type }) => (type === 'video' ? 'photo' : type))).size > 1)
    throw new Refusal(400, "Bad Request: documents can't be mixed with other media types");
}

function isPicture(bytes: Buffer): boolean {
  return bytes.length <= MOST_PHOTO && /^(\u0089PNG|\u00ff\u00d8\u00ff)/u.test(bytes.toString('latin1', 0, 4));
}

function fileOf(media: string, parts: BotCall['files']): { name: string; bytes: Buffer } {
  const part = parts.get(media.replace('attach://', ''));
  if (part === undefined) throw new Refusal(400, 'Bad Request: the file did not come along');
  return part;
}

/** Kinds of updates by the description; the compiler wants all of them. */
const KINDS: Readonly<Record<Exclude<keyof Update, 'update_id'>, true>> = {
  message: true,
  edited_message: true,
  channel_post: true,
  edited_channel_post: true,
  business_connection: true,
  business_message: true,
  edited_business_message: true,
  deleted_business_messages: true,
  guest_message: true,
  stopped_message_generation: true,
  message_reaction: true,
  message_reaction_count: true,
  inline_query: true,
  chosen_inline_result: true,
  callback_query: true,
  shipping_query: true,
  pre_checkout_query: true,
  purchased_paid_media: true,
  poll: true,
  poll_answer: true,
  my_chat_member: true,
  chat_member: true,
  chat_join_request: true,
  chat_boost: true,
  removed_chat_boost: true,
  managed_bot: true,
  subscription: true,
};

function answer(response: ServerResponse, result: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }));
}

export function refuse(response: ServerResponse, { status, message, parameters }: Refusal): void {
  const body = { ok: false, error_code: status, description: message, ...(Object.keys(parameters).length === 0 ? {} : { parameters }) };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
