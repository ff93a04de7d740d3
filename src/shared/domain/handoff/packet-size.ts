import type { Packet, PacketPart } from './packet.ts';

/**
 * A packet is read on one screen. How many lines it takes is worked out from its text, so that it is the same on every
 * workstation: at 1280x800 the lane has room for this many beside its header and the read-back.
 */
export const SCREEN_LINES = 32;
export const SCREEN_COLUMNS = 84;

/** One text of a packet and the lines that it takes. */
export interface PacketText {
  readonly part: PacketPart;
  readonly field: 'goal' | 'state' | 'tried' | 'actions' | 'promises' | 'ifThen' | 'blockers' | 'notToDo' | 'waitingOn';
  /** Place in its list; 0 for what is no list. */
  readonly index: number;
  readonly lines: number;
}

export interface PacketSize {
  readonly lines: number;
  /** Lines beyond the screen; 0 when it fits. */
  readonly excess: number;
  /** What takes more than one line, the longest first: what to shorten. */
  readonly longest: readonly PacketText[];
}

/** How much of the screen the packet takes; each list begins with a line of its own. */
export function sizeOf(packet: Packet): PacketSize {
  const texts = textsOf(packet);
  const headings = new Set(texts.map((each) => each.field)).size;
  const lines = texts.reduce((sum, each) => sum + each.lines, headings);
  return {
    lines,
    excess: Math.max(0, lines - SCREEN_LINES),
    longest: texts.filter((each) => each.lines > 1).sort((a, b) => b.lines - a.lines),
  };
}

function textsOf(packet: Packet): PacketText[] {
  const listed = (part: PacketPart, field: PacketText['field'], texts: readonly string[]): PacketText[] =>
    texts.map((text, index) => ({ part, field, index, lines: linesOf(text) })).filter((each) => each.lines > 0);
  return [
    ...listed('patient', 'goal', [packet.goal]),
    ...listed('patient', 'state', [packet.state]),
    ...listed(
      'patient',
      'tried',
      packet.tried.map((each) => both(each.what, each.result)),
    ),
    ...listed(
      'actions',
      'actions',
      packet.actions.map((each) => (each.dueAt === null ? each.what : `${each.what}${' '.repeat(TIME_COLUMNS)}`)),
    ),
    ...listed(
      'situation',
      'promises',
      packet.promises.map((each) => `${each.text}${' '.repeat(TIME_COLUMNS)}`),
    ),
    ...listed(
      'situation',
      'ifThen',
      packet.ifThen.map((each) => both(each.when, each.action)),
    ),
    ...listed('situation', 'blockers', packet.blockers),
    ...listed('situation', 'notToDo', packet.notToDo),
    ...listed('situation', 'waitingOn', packet.waitingOn),
  ];
}

/** Room for a date and a time with their zone. */
const TIME_COLUMNS = 24;

function both(one: string, other: string): string {
  return `${one} → ${other}`;
}

function linesOf(text: string): number {
  if (text.trim() === '') return 0;
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / SCREEN_COLUMNS)), 0);
}

/** Characters of Chinese, Japanese and Korean are twice as wide. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

function columnsOf(line: string): number {
  let columns = 0;
  for (const character of line) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}
