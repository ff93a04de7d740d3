import { INTAKE_FIELDS } from '../message.ts';
import type { Intake } from '../message.ts';
import { readOfficial } from './official-state.ts';
import type { OfficialState } from './official-state.ts';

/**
 * What a visitor of a web site and the team say to each other over the hub. Both sides read this file: the widget in a browser and the
 * connector in the engine, so it depends on nothing. Names on the wire are only ever added; what is not known is passed over.
 *
 * All visitors of a site share one user of the hub, which is no secret. So nothing on the wire can be read or forged with it: each
 * visitor makes a key pair, is named by the hash of its public half, and seals everything for the site's public key (see `chat-seal`).
 *
 * Subjects: `chat.in.<site>.<visitor>` and `chat.out.<site>.<visitor>` are stored by the hub; `live.in.…` and `live.out.…` are not,
 * and carry what is over in a moment.
 */

/** The part of a subject that names a visitor: 26 characters of Crockford's base 32 in lower case, from SHA-256 of the public key. */
export const VISITOR_PATTERN = /^[0-9a-hjkmnp-tv-z]{26}$/u;

export type ChatWay = 'in' | 'out';

export function chatSubject(kind: 'chat' | 'live', way: ChatWay, site: string, visitor: string): string {
  return `${kind}.${way}.${site}.${visitor}`;
}

/** The outside of an entry. `key`: the visitor's public key (P-256, raw, base64url), in entries of visitors alone. */
export interface ChatFrame {
  readonly v: 1;
  readonly key?: string;
  /** 12 bytes and the ciphertext of AES-256-GCM, base64url. */
  readonly iv: string;
  readonly box: string;
}

/** A file that was sent in pieces before the message that names it. */
export interface ChatFile {
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Hexadecimal SHA-256 of the whole. */
  readonly sha256: string;
  readonly pieces: number;
}

/** Bytes of a file in one entry; an entry of the hub holds 128 KiB. */
export const PIECE_BYTES = 30_000;
/** One `@` with something on both sides; whether a mail arrives there, only a mail can tell. */
export const MAIL_ADDRESS = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,188}\.[^\s@<>,;".]{2,63}$/u;
/** Code units of a message; longer ones are refused by the widget, and cut by the connector. */
export const MAX_CHAT_TEXT = 4_000;
export const MAX_TICKET_TEXT = 20_000;
export const MAX_CHAT_FILES = 5;
/** Of one file; the same as in the capabilities of the channel. */
export const MAX_CHAT_FILE_BYTES = 10 * 1024 * 1024;

/** Messages of ours that a page names in its hello. */
export const MOST_KNOWN = 100;

/** What a visitor says. `id`: 16-64 letters and digits, made by the widget; the same when it is sent again. `at`: the visitor's clock, for display alone. */
export type FromVisitor =
  /** The widget has opened, or its connection is back. `last`: the newest message of ours that it has; `has`: all that it has, the newest 100. */
  | {
      readonly t: 'hello';
      readonly id: string;
      readonly last: string | null;
      readonly has?: readonly string[] | undefined;
      readonly locale: string;
      readonly zone: string | null;
      readonly offsetMinutes: number;
      readonly page: string;
      readonly identity: string | null;
    }
  | {
      readonly t: 'message';
      readonly id: string;
      readonly at: number;
      readonly text: string;
      readonly locale: string;
      readonly zone: string | null;
      readonly offsetMinutes: number;
      /** A token that the site signed, saying who this is; null for somebody unknown. */
      readonly identity: string | null;
      readonly intake: Intake | null;
      readonly files: readonly ChatFile[];
    }
  /** The form for when nobody is there: becomes a ticket, answered by mail where there is an address and a mailbox to answer from. */
  | {
      readonly t: 'ticket';
      readonly id: string;
      readonly at: number;
      readonly name: string;
      readonly email: string;
      readonly subject: string;
      readonly text: string;
      readonly locale: string;
      readonly zone: string | null;
      readonly offsetMinutes: number;
      readonly identity: string | null;
      readonly intake: Intake | null;
      readonly files: readonly ChatFile[];
    }
  | { readonly t: 'piece'; readonly id: string; readonly fileId: string; readonly index: number; readonly data: string }
  /** They have read our message `upTo`, and all before it. */
  | { readonly t: 'read'; readonly id: string; readonly upTo: string; readonly at: number }
  /** Is this code of an agent of ours? */
  | { readonly t: 'check'; readonly id: string; readonly code: string }
  /** Live only. */
  | { readonly t: 'typing'; readonly on: boolean };

export interface ChatAuthor {
  readonly kind: 'agent' | 'bot' | 'system';
  readonly name: string;
}

/** What the team says. `id` of a message is its client key in the outbox, so that one that is sent twice is shown once. */
export type FromTeam =
  | {
      readonly t: 'message';
      readonly id: string;
      readonly at: number;
      readonly author: ChatAuthor;
      readonly text: string;
      /** Answers that can be chosen with one tap. */
      readonly options: readonly string[];
      readonly files: readonly ChatFile[];
      /** What the team said before it: a page that lacks it says hello. */
      readonly after?: string | null | undefined;
    }
  | { readonly t: 'piece'; readonly id: string; readonly fileId: string; readonly index: number; readonly data: string }
  /** The visitor's messages up to this one are with the team; `isRead`: a person has looked at them. `last`: the newest that the team said. */
  | { readonly t: 'got'; readonly upTo: string; readonly isRead: boolean; readonly last?: string | null | undefined }
  /** Who has the conversation, and when a person will be there; answer to `hello`, and whenever it changes. */
  | {
      readonly t: 'state';
      readonly with: 'bot' | 'agent' | 'nobody';
      readonly name: string | null;
      /** Epoch milliseconds of when a person is there; null while one is, or nobody can say. */
      readonly backAt: number | null;
      /** Whether nobody is there to chat: the form is shown. */
      readonly isOffline: boolean;
      /** Whether a form is answered by mail, too; an older team does not say and does not do it. */
      readonly isMailed?: boolean | undefined;
      readonly official?: OfficialState | null | undefined;
    }
  /** Messages after `last` of `hello`, oldest first. */
  | { readonly t: 'missed'; readonly messages: readonly Extract<FromTeam, { readonly t: 'message' }>[] }
  | { readonly t: 'checked'; readonly code: string; readonly ok: boolean; readonly name: string | null; readonly until: number | null }
  /** Live only. */
  | { readonly t: 'typing'; readonly on: boolean; readonly name: string };

type Json = Readonly<Record<string, unknown>>;

const ID = /^[A-Za-z0-9_@.<>-]{8,200}$/u;
const FILE_ID = /^[A-Za-z0-9]{16,64}$/u;
const SHA256 = /^[0-9a-f]{64}$/u;
const BASE64URL = /^[A-Za-z0-9_-]*$/u;

function asObject(value: unknown): Json | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object has string keys
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function str(value: unknown, most: number): string | null {
  return typeof value === 'string' && value.length <= most ? value : null;
}

function num(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function matching(value: unknown, pattern: RegExp): string | null {
  return typeof value === 'string' && pattern.test(value) ? value : null;
}

/** Null for anything that is no frame. */
export function readFrame(text: string): ChatFrame | null {
  let found: Json | null;
  try {
    found = asObject(JSON.parse(text));
  } catch {
    return null;
  }
  const iv = matching(found?.['iv'], /^[A-Za-z0-9_-]{16}$/u);
  const box = matching(found?.['box'], BASE64URL);
  const key = found?.['key'] === undefined ? undefined : matching(found['key'], /^[A-Za-z0-9_-]{87}$/u);
  if (found?.['v'] !== 1 || iv === null || box === null || key === null) return null;
  return { v: 1, iv, box, ...(key === undefined ? {} : { key }) };
}

function readFiles(value: unknown): readonly ChatFile[] | null {
  if (!Array.isArray(value) || value.length > MAX_CHAT_FILES) return null;
  const files = value.map((each): ChatFile | null => {
    const found = asObject(each);
    const fileId = matching(found?.['fileId'], FILE_ID);
    const name = str(found?.['name'], 300);
    const type = str(found?.['type'], 200);
    const size = num(found?.['size']);
    const sha256 = matching(found?.['sha256'], SHA256);
    const pieces = num(found?.['pieces']);
    if (fileId === null || name === null || type === null || size === null || sha256 === null || pieces === null) return null;
    const isFit = Number.isInteger(size) && size >= 0 && Number.isInteger(pieces) && pieces === Math.ceil(size / PIECE_BYTES);
    return isFit ? { fileId, name, type, size, sha256, pieces } : null;
  });
  return files.every((file) => file !== null) ? files : null;
}

function readIntake(value: unknown): Intake | null {
  const found = asObject(value);
  if (found === null) return null;
  const entries = INTAKE_FIELDS.flatMap((field) => {
    const text = str(found[field], 5_000);
    return text === null || text.trim() === '' ? [] : [[field, text] as const];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

interface Sender {
  readonly locale: string;
  readonly zone: string | null;
  readonly offsetMinutes: number;
  readonly identity: string | null;
}

function readSender(found: Json): Sender | null {
  const locale = str(found['locale'], 35);
  const offsetMinutes = num(found['offsetMinutes']);
  if (locale === null || offsetMinutes === null || !Number.isInteger(offsetMinutes) || Math.abs(offsetMinutes) > 1_500) return null;
  return { locale, offsetMinutes, zone: str(found['zone'], 64), identity: str(found['identity'], 8_000) };
}

function readPiece(found: Json, id: string): Extract<FromVisitor, { readonly t: 'piece' }> | null {
  const fileId = matching(found['fileId'], FILE_ID);
  const index = num(found['index']);
  const data = matching(found['data'], BASE64URL);
  if (fileId === null || data === null || index === null || !Number.isInteger(index) || index < 0) return null;
  return data.length <= Math.ceil((PIECE_BYTES * 4) / 3) ? { t: 'piece', id, fileId, index, data } : null;
}

function readHello(found: Json, id: string): Extract<FromVisitor, { readonly t: 'hello' }> | null {
  const sender = readSender(found);
  if (sender === null) return null;
  const has = Array.isArray(found['has']) ? found['has'].filter((each) => matching(each, ID) !== null).slice(-MOST_KNOWN) : undefined;
  return { t: 'hello', id, last: str(found['last'], 200), has, page: str(found['page'], 2_000) ?? '', ...sender };
}

/** What a visitor said; null for what is malformed or of a kind that is not known. Nothing in it is believed. */
export function readFromVisitor(value: unknown): FromVisitor | null {
  const found = asObject(value);
  if (found === null) return null;
  if (found['t'] === 'typing') return typeof found['on'] === 'boolean' ? { t: 'typing', on: found['on'] } : null;
  const id = matching(found['id'], ID);
  if (id === null) return null;
  switch (found['t']) {
    case 'hello':
      return readHello(found, id);
    case 'message':
    case 'ticket': {
      const sender = readSender(found);
      const at = num(found['at']);
      const files = readFiles(found['files']);
      const isTicket = found['t'] === 'ticket';
      const text = str(found['text'], isTicket ? MAX_TICKET_TEXT : MAX_CHAT_TEXT);
      if (sender === null || at === null || files === null || text === null) return null;
      const common = { id, at, text, files, intake: readIntake(found['intake']), ...sender };
      if (!isTicket) return { t: 'message', ...common };
      const name = str(found['name'], 200);
      const email = str(found['email'], 254);
      const subject = str(found['subject'], 300);
      return name === null || email === null || subject === null ? null : { t: 'ticket', name, email, subject, ...common };
    }
    case 'piece':
      return readPiece(found, id);
    case 'read': {
      const upTo = matching(found['upTo'], ID);
      const at = num(found['at']);
      return upTo === null || at === null ? null : { t: 'read', id, upTo, at };
    }
    case 'check': {
      const code = str(found['code'], 60);
      return code === null ? null : { t: 'check', id, code };
    }
    default:
      return null;
  }
}

function readTeamMessage(found: Json): Extract<FromTeam, { readonly t: 'message' }> | null {
  const id = matching(found['id'], ID);
  const at = num(found['at']);
  const author = asObject(found['author']);
  const kind = author?.['kind'];
  const name = str(author?.['name'], 200);
  const text = str(found['text'], MAX_TICKET_TEXT);
  const files = readFiles(found['files']);
  const options = Array.isArray(found['options']) ? found['options'].filter((each) => typeof each === 'string').slice(0, 10) : [];
  if (id === null || at === null || name === null || text === null || files === null) return null;
  if (kind !== 'agent' && kind !== 'bot' && kind !== 'system') return null;
  return { t: 'message', id, at, author: { kind, name }, text, options, files, after: matching(found['after'], ID) };
}

/** What the team said; null for what is malformed or of a kind that this widget does not know. */
export function readFromTeam(value: unknown): FromTeam | null {
  const found = asObject(value);
  if (found === null) return null;
  switch (found['t']) {
    case 'message':
      return readTeamMessage(found);
    case 'piece': {
      const id = matching(found['id'], ID);
      return id === null ? null : readPiece(found, id);
    }
    case 'got': {
      const upTo = matching(found['upTo'], ID);
      return upTo === null ? null : { t: 'got', upTo, isRead: found['isRead'] === true, last: matching(found['last'], ID) };
    }
    case 'state': {
      const holder = found['with'];
      if (holder !== 'bot' && holder !== 'agent' && holder !== 'nobody') return null;
      return {
        t: 'state',
        with: holder,
        name: str(found['name'], 200),
        backAt: num(found['backAt']),
        isOffline: found['isOffline'] === true,
        isMailed: found['isMailed'] === true,
        official: readOfficial(found['official']),
      };
    }
    case 'missed': {
      const messages = Array.isArray(found['messages']) ? found['messages'] : [];
      return {
        t: 'missed',
        messages: messages.flatMap((each) => {
          const message = asObject(each);
          const read = message === null ? null : readTeamMessage(message);
          return read === null ? [] : [read];
        }),
      };
    }
    case 'checked': {
      const code = str(found['code'], 60);
      return code === null
        ? null
        : { t: 'checked', code, ok: found['ok'] === true, name: str(found['name'], 200), until: num(found['until']) };
    }
    case 'typing':
      return typeof found['on'] === 'boolean' ? { t: 'typing', on: found['on'], name: str(found['name'], 200) ?? '' } : null;
    default:
      return null;
  }
}
