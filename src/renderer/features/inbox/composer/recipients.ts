import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { Party } from '../../../../shared/domain/message.ts';

/** What became of text that was typed or pasted into a recipients field. */
export interface ParsedRecipients {
  readonly parties: readonly Party[];
  /** Pieces that are no address; they stay in the field so that no word is lost. */
  readonly rejected: readonly string[];
}

/** The same shape that the engine accepts, so that a chip that looks right is never refused later. */
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;".][^\s@<>,;"]*\.[^\s@<>,;".]+$/u;
const MAX_ADDRESS_LENGTH = 254;
const MAX_NAME_LENGTH = 200;

/** True when `text` is one address that mail can be sent to, as far as its form tells. */
export function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text) && !text.includes('..');
}

/** Splits at commas, semicolons and line breaks that are outside of quotes and angle brackets. */
function splitList(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  let angled = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === '<' && !quoted) angled = true;
    else if (character === '>' && !quoted) angled = false;
    const separates =
      character === '\n' || character === '\r' || character === '\t' || (!quoted && !angled && /[,;，；、]/u.test(character));
    if (separates) {
      pieces.push(piece);
      piece = '';
      if (character === '\n' || character === '\r') quoted = false;
    } else piece += character;
  }
  pieces.push(piece);
  return pieces.map((each) => each.trim()).filter((each) => each !== '');
}

function parseOne(piece: string): Party | null {
  const angled = /^(?<name>.*?)<(?<address>[^<>]+)>$/u.exec(piece);
  const address = (angled?.groups?.['address'] ?? piece).trim().replace(/^mailto:/iu, '');
  if (!isAddress(address)) return null;
  const name = (angled?.groups?.['name'] ?? '')
    .trim()
    .replaceAll(/^["']|["']$/gu, '')
    .replaceAll('\\"', '"');
  return { address: lowerDomain(address), name: name.slice(0, MAX_NAME_LENGTH) };
}

function lowerDomain(address: string): string {
  return address.toLowerCase();
}

/**
 * Reads a list of recipients as people paste it: `Ann <ann@example.org>, "Doe, Jane" <jane@example.org>; bo@example.org`,
 * one a line, or addresses separated by blanks. Equal addresses (ignoring case) are kept once.
 */
export function parseRecipients(text: string): ParsedRecipients {
  const parties: Party[] = [];
  const rejected: string[] = [];
  for (const piece of splitList(text)) {
    const whole = parseOne(piece);
    const blanks = whole === null && !piece.includes('<') ? piece.split(/\s+/u) : [];
    if (whole !== null) parties.push(whole);
    else if (blanks.length > 1 && blanks.every((each) => isAddress(each)))
      parties.push(...blanks.map((each) => ({ address: lowerDomain(each), name: '' })));
    else rejected.push(piece);
  }
  return { parties: addRecipients([], parties), rejected };
}

/** `list` with `more` added at its end; an address that is already there stays where it is and may gain a name. */
export function addRecipients(list: readonly Party[], more: readonly Party[]): readonly Party[] {
  const result = [...list];
  for (const party of more) {
    const at = result.findIndex((each) => each.address.toLowerCase() === party.address.toLowerCase());
    const known = result[at];
    if (known === undefined) result.push(party);
    else if (known.name === '' && party.name !== '') result[at] = { ...known, name: party.name };
  }
  return result;
}

/** `list` without the recipient with this address (ignoring case). */
export function withoutRecipient(list: readonly Party[], address: string): readonly Party[] {
  return list.filter((each) => each.address.toLowerCase() !== address.toLowerCase());
}

/** True when both lists name the same people in the same order. */
export function sameRecipients(a: readonly Party[], b: readonly Party[]): boolean {
  return a.length === b.length && a.every((each, index) => each.address === b[index]?.address && each.name === b[index].name);
}

/** Whether an answer to all differs from an answer. On a channel each goes into the same conversation, to whoever is in it. */
export function hasReplyAll(detail: Pick<CaseDetail, 'origin' | 'replyTo' | 'replyAllTo' | 'replyAllCc'>): boolean {
  return detail.origin === null && (detail.replyAllCc.length > 0 || !sameRecipients(detail.replyTo, detail.replyAllTo));
}
