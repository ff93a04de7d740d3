import type { InboundEntity, InboundFileRef, InboundMessage } from './inbound-schema.ts';
import { safeFileName } from '../attachment-name.ts';

/** Bots may fetch files up to this size: "20 MB" (Bot API, getFile), which its published source has as `20 << 20`. */
export const LARGEST_DOWNLOAD = 20 * 1024 * 1024;
/** Longer than any message of the service may be: 32,768 characters of a rich message. */
const LONGEST_TEXT = 40_000;

/** A file of a message, as it is fetched and named. */
export interface WantedFile {
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  /** Null when the service does not say. */
  readonly sizeBytes: number | null;
}

/** Whether bots are not given a file because of its size. */
export function isTooLarge(file: WantedFile): boolean {
  return (file.sizeBytes ?? 0) > LARGEST_DOWNLOAD;
}

/** The files of a message. Of a photo there are several sizes: the largest is the one that was sent. */
export function filesOf(message: InboundMessage): readonly WantedFile[] {
  const files: WantedFile[] = [];
  const add = (ref: InboundFileRef | undefined, name: string, type: string): void => {
    if (ref === undefined) return;
    const declared = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/u.test(ref.mime_type ?? '') ? (ref.mime_type ?? type) : type;
    files.push({
      fileId: ref.file_id,
      name: safeFileName(ref.file_name ?? name, declared, message.message_id),
      type: declared,
      sizeBytes: ref.file_size ?? null,
    });
  };
  const number = message.message_id;
  add(message.photo?.at(-1), `photo-${number}.jpg`, 'image/jpeg');
  add(message.animation, `animation-${number}.mp4`, 'video/mp4');
  // an animation comes as a document, too
  if (message.animation === undefined) add(message.document, `file-${number}`, 'application/octet-stream');
  add(message.video, `video-${number}.mp4`, 'video/mp4');
  add(message.video_note, `video-${number}.mp4`, 'video/mp4');
  add(message.audio, `audio-${number}.mp3`, 'audio/mpeg');
  add(message.voice, `voice-${number}.ogg`, 'audio/ogg');
  return files;
}

/** A note for a file that stays where it is. */
export function missingNote(file: WantedFile): string {
  const size = file.sizeBytes === null ? '' : `, ${(file.sizeBytes / 1_000_000).toFixed(1)} MB`;
  return isTooLarge(file)
    ? `[File ${file.name}${size}: Telegram gives bots files up to ${LARGEST_DOWNLOAD / 1024 / 1024} MB only. Ask for it by another way.]`
    : `[File ${file.name}${size}: it could not be fetched.]`;
}

/** What is said in a message, with words for what is no text. Empty when it has nothing for anybody to read. */
export function textOf(message: InboundMessage): string {
  const own = message.text ?? message.caption ?? richText(message.rich_message);
  const entities = (message.text === undefined ? message.caption_entities : message.entities) ?? [];
  const parts = [
    forwardedFrom(message),
    withLinks(own, entities),
    ...placeholders(message),
    ...filesOf(message).filter(isTooLarge).map(missingNote),
  ];
  return parts
    .filter((part) => part !== '')
    .join('\n')
    .slice(0, LONGEST_TEXT);
}

/** Who said it first, when the sender only passes it on; empty for the sender's own words. */
export function forwardedFrom({ forward_origin: origin }: InboundMessage): string {
  if (origin === undefined) return '';
  const name = oneLine(originName(origin));
  return name === '' ? '[Forwarded]' : `[Forwarded from ${name}]`;
}

/** As it stands in the facts about an author: `user 48211 (Mei)`. */
export function forwardFact({ forward_origin: origin }: InboundMessage): string | null {
  if (origin === undefined) return null;
  const number = origin.sender_user?.id ?? origin.sender_chat?.id ?? origin.chat?.id;
  return `${oneLine(origin.type)}${number === undefined ? '' : ` ${number}`} (${oneLine(originName(origin))})`;
}

function originName(origin: NonNullable<InboundMessage['forward_origin']>): string {
  const { sender_user: user, sender_user_name: hidden, sender_chat: sender, chat } = origin;
  if (user !== undefined) return [user.first_name, user.last_name ?? ''].join(' ').trim();
  return hidden ?? sender?.title ?? chat?.title ?? '';
}

function placeholders(message: InboundMessage): readonly string[] {
  const { sticker, location, venue, contact, poll, dice, voice, video_note: round } = message;
  const lines: string[] = [];
  if (sticker !== undefined) lines.push(`[Sticker${sticker.emoji === undefined ? '' : ` ${oneLine(sticker.emoji)}`}]`);
  if (voice !== undefined) lines.push(`[Voice message${lengthOf(voice.duration)}]`);
  if (round !== undefined) lines.push(`[Video message${lengthOf(round.duration)}]`);
  // a place has its location, too
  if (venue !== undefined) lines.push(`[Place: ${oneLine(venue.title)}, ${oneLine(venue.address)} (${pointOf(venue.location)})]`);
  else if (location !== undefined)
    lines.push(`[${location.live_period === undefined ? 'Location' : 'Live location'}: ${pointOf(location)}]`);
  if (contact !== undefined)
    lines.push(`[Contact: ${oneLine([contact.first_name, contact.last_name ?? ''].join(' '))}, ${oneLine(contact.phone_number)}]`);
  if (poll !== undefined)
    lines.push(`[Poll: ${oneLine(poll.question)}]`, ...poll.options.slice(0, 12).map(({ text }) => `- ${oneLine(text)}`));
  if (dice !== undefined) lines.push(`[${oneLine(dice.emoji)} ${dice.value}]`);
  return lines;
}

function pointOf({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

function lengthOf(seconds: number | undefined): string {
  if (seconds === undefined || seconds < 0 || seconds > 86_400) return '';
  const whole = Math.floor(seconds);
  return `, ${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** Where words hide a link, the link follows them: nobody may be led elsewhere than they read. */
function withLinks(text: string, entities: readonly InboundEntity[]): string {
  const links = entities
    .filter((each) => each.type === 'text_link' && each.url !== undefined && each.offset + each.length <= text.length)
    .toSorted((a, b) => b.offset - a.offset)
    .slice(0, 100);
  return links.reduce((said, { offset, length, url = '' }) => {
    const end = offset + length;
    const words = said.slice(offset, end);
    return words === url ? said : `${said.slice(0, end)} (${oneLine(url)})${said.slice(end)}`;
  }, text);
}

const DEEPEST = 20;
const MOST_PIECES = 2_000;
/** Fields of blocks that hold words (RichBlock, RichBlockCaption, RichBlockTableCell). */
const WORDS = new Set(['text', 'title', 'summary', 'caption', 'credit', 'expression']);

/** Words within a line: a text, a list of them, or one with a form. */
function inlineText(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return '';
  if (Array.isArray(value)) return value.map((each) => inlineText(each, depth + 1)).join('');
  const { text, alternative_text: emoji, url }: { text?: unknown; alternative_text?: unknown; url?: unknown } = value;
  const words = inlineText(text ?? emoji, depth + 1);
  return typeof url === 'string' && url !== words ? `${words} (${oneLine(url)})` : words;
}

/** The words of a rich message (blocks within blocks), a line for each block. */
function richText(rich: unknown): string {
  const pieces: string[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (depth > DEEPEST || pieces.length > MOST_PIECES || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) walk(each, depth + 1);
      return;
    }
    for (const [key, each] of Object.entries(value)) {
      const words = WORDS.has(key) ? inlineText(each, depth + 1) : '';
      if (words === '') walk(each, depth + 1);
      else pieces.push(words);
    }
  };
  walk(rich, 0);
  return pieces.join('\n');
}
