import type { OfficialRegistry, OutboundFinding, RegistrableDomain } from './guard-types.ts';
import { judgeLink } from './links.ts';
import { isOfficialHost } from './official-domains.ts';
import { europeanAskWords } from './outbound-words-european.ts';
import { askWords, type AskWords } from './outbound-words.ts';
import { isRedacted } from './placeholder.ts';
import type { SecretKind, SecretScanner } from './secret-types.ts';

const languages: readonly AskWords[] = [...askWords, ...europeanAskWords];
/** A login page asks for these; typing them in is no reason to stop a text. */
const typedAtLogin: ReadonlySet<SecretKind> = new Set(['password', 'one-time-code', 'card-number']);

const MAX_SENTENCE = 500;
const OVERLAP = 150;

interface Sentence {
  readonly sentence: string;
  readonly from: number;
}

interface Noun {
  readonly kind: SecretKind;
  readonly from: number;
  readonly to: number;
}

/**
 * The sentences of a text that ask for a secret: a verb that hands over or types in, and beside it the name of a secret, in English,
 * Simplified and Traditional Chinese, Japanese, Korean, Spanish, Portuguese and Russian. A clause that says not to, that warns, or that
 * tells of others who ask, does not. Typing a password or a code into a page is no asking, handing it to us is; a recovery phrase and a
 * private key are to be typed nowhere that we tell somebody to.
 */
export function asksForSecret(text: string): readonly OutboundFinding[] {
  const findings: OutboundFinding[] = [];
  for (const { sentence, from } of sentencesOf(text)) {
    const kind = secretAskedFor(sentence);
    if (kind !== null) {
      const start = from + (sentence.length - sentence.trimStart().length);
      findings.push({ code: 'asks-for-secret', severity: 'block', from: start, to: from + sentence.trimEnd().length, detail: kind });
    }
  }
  return findings;
}

/** Secrets that stand in the text itself, also in what it quotes. */
export function echoesSecret(text: string, scanner: SecretScanner): readonly OutboundFinding[] {
  return scanner
    .scan(text)
    .filter(isRedacted)
    .map((hit) => ({ code: 'echoes-secret', severity: 'block', from: hit.from, to: hit.to, detail: hit.kind }));
}

const LINK = /\bhttps?:[\\/]{2}[^\s<>"'“”«»（）()，。、；]+/giu;
const BARE_HOST =
  /(?<![\p{L}\p{N}@./:_-])(?:[a-z\d](?:[a-z\d-]{0,62})\.)+(?:[a-z]{2,24}|xn--[a-z\d-]+)(?:\/[^\s<>"'（），。]*)?(?![\w@])/gu;

/** What is said of hosts that the team has not listed. */
export interface LinkCheck {
  readonly registry: OfficialRegistry;
  readonly registrableDomain: RegistrableDomain;
}

/** Links and hosts in the text that are not ours: look-alikes and disguised ones stop it, strangers are pointed out. */
export function leadsElsewhere(text: string, { registry, registrableDomain }: LinkCheck): readonly OutboundFinding[] {
  const findings: OutboundFinding[] = [];
  const judge = (href: string, from: number, length: number): void => {
    const host = hostOf(href);
    if (isOfficialHost(host, registry)) return;
    const found = judgeLink({ text: '', href }, registry, registrableDomain).find((finding) => finding.code !== 'text-differs');
    const place = { from, to: from + length };
    if (found?.code === 'look-alike') findings.push({ code: 'look-alike-domain', severity: 'block', ...place, detail: found.detail });
    else if (found !== undefined) findings.push({ code: 'disguised-link', severity: 'block', ...place, detail: found.code });
    else findings.push({ code: 'unofficial-domain', severity: 'warn', ...place, detail: host });
  };
  for (const match of text.matchAll(LINK)) {
    const href = match[0].replace(/[.,;:!?\])}]+$/u, '');
    judge(href, match.index, href.length);
  }
  for (const match of text.matchAll(BARE_HOST)) {
    const host = match[0].replace(/[.,;:!?\])}]+$/u, '');
    if (registrableDomain(hostOf(`https://${host}`)) !== null) judge(`https://${host}`, match.index, host.length);
  }
  return findings.toSorted((a, b) => a.from - b.from);
}

function hostOf(href: string): string {
  const authority = /^https?:[\\/]+(?<authority>[^\\/?#]*)/iu.exec(href)?.groups?.['authority'] ?? '';
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/u, '')
    .toLowerCase();
}

const ADDRESSES: readonly (readonly [network: string, pattern: RegExp])[] = [
  ['bitcoin', /(?<![\w])(?:bc1[02-9ac-hj-np-z]{11,87}|BC1[02-9AC-HJ-NP-Z]{11,87}|[13][1-9A-HJ-NP-Za-km-z]{25,34})(?!\w)/gu],
  ['ethereum', /(?<!\w)0x[\da-fA-F]{40}(?!\w)/gu],
  ['tron', /(?<!\w)T[1-9A-HJ-NP-Za-km-z]{33}(?!\w)/gu],
];

/**
 * Addresses for payments that are none of the confirmed ones (the platform's own for this customer, or what the customer has named).
 * Compared as a whole: an address whose first and last signs are right is how payments are led astray.
 */
export function paysElsewhere(text: string, confirmedAddresses: readonly string[]): readonly OutboundFinding[] {
  const findings: OutboundFinding[] = [];
  for (const [network, pattern] of ADDRESSES) {
    for (const match of text.matchAll(pattern)) {
      const isConfirmed = confirmedAddresses.some((known) =>
        network === 'ethereum' ? known.toLowerCase() === match[0].toLowerCase() : known === match[0],
      );
      if (isConfirmed) continue;
      const to = match.index + match[0].length;
      findings.push({ code: 'unofficial-address', severity: 'block', from: match.index, to, detail: network });
    }
  }
  return findings.toSorted((a, b) => a.from - b.from);
}

export interface OutboundCheck {
  readonly scanner: SecretScanner;
  /** Null while the team has listed nothing: then links are not judged. */
  readonly links: LinkCheck | null;
  /** Null where addresses are not judged. */
  readonly confirmedAddresses: readonly string[] | null;
}

/** All that is wrong with a text that is about to leave, in the order of the text. */
export function checkOutbound(text: string, check: OutboundCheck): readonly OutboundFinding[] {
  return [
    ...asksForSecret(text),
    ...echoesSecret(text, check.scanner),
    ...(check.links === null ? [] : leadsElsewhere(text, check.links)),
    ...(check.confirmedAddresses === null ? [] : paysElsewhere(text, check.confirmedAddresses)),
  ].toSorted((a, b) => a.from - b.from || a.to - b.to);
}

function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (const match of text.matchAll(/[.!?]+(?=\s|$|["'”’)])|[。！？]+|\n{2,}|\n(?=\s*(?:[-*•]|\d+[.)]))|\n(?=\p{Lu})/gu)) {
    const end = match.index + match[0].length;
    sentences.push({ sentence: text.slice(from, end), from });
    from = end;
  }
  if (from < text.length) sentences.push({ sentence: text.slice(from), from });
  return sentences.flatMap(inPieces);
}

/** A text without full stops is read in pieces that overlap: what is asked stands close together. */
function inPieces(whole: Sentence): readonly Sentence[] {
  if (whole.sentence.length <= MAX_SENTENCE) return [whole];
  const pieces: Sentence[] = [];
  for (let at = 0; at < whole.sentence.length; at += MAX_SENTENCE - OVERLAP) {
    pieces.push({ sentence: whole.sentence.slice(at, at + MAX_SENTENCE), from: whole.from + at });
  }
  return pieces;
}

function secretAskedFor(sentence: string): SecretKind | null {
  // compatibility forms and curly marks; the length may change, only the sentence's place is told
  const plain = sentence.normalize('NFKC').replaceAll(/[‘’]/gu, "'").replaceAll(/\s+/gu, ' ');
  for (const words of languages) {
    const nouns = nounsOf(plain, words);
    for (const noun of nouns) if (isAskedFor(plain, noun, words)) return noun.kind;
  }
  return null;
}

function nounsOf(sentence: string, words: AskWords): readonly Noun[] {
  const nouns: Noun[] = [];
  for (const [kind, pattern] of words.nouns) {
    for (const match of sentence.matchAll(pattern)) {
      const to = match.index + match[0].length;
      if (words.compound.test(sentence.slice(to))) continue;
      if (nouns.every((noun) => to <= noun.from || match.index >= noun.to)) nouns.push({ kind, from: match.index, to });
    }
  }
  return nouns;
}

function isAskedFor(sentence: string, noun: Noun, words: AskWords): boolean {
  const here = words.here.test(sentence);
  const verbs = [...sentence.matchAll(words.hand)];
  if (!typedAtLogin.has(noun.kind) || here) verbs.push(...sentence.matchAll(words.type));
  for (const verb of verbs) {
    const end = verb.index + verb[0].length;
    const isBefore = end <= noun.from && words.order !== 'noun-verb';
    const isAfter = verb.index >= noun.to && words.order !== 'verb-noun';
    // "for verification we need" may hold the noun itself
    const isAround = verb.index < noun.from && end > noun.to;
    if (!isBefore && !isAfter && !isAround) continue;
    const gap = isBefore ? sentence.slice(end, noun.from) : isAfter ? sentence.slice(noun.to, verb.index) : '';
    if (gap.length > words.gap || words.gapStop.test(gap)) continue;
    if (!isNegated(sentence, Math.min(verb.index, noun.from), Math.max(end, noun.to), words)) return true;
  }
  return words.direct.some((pattern) => isAskedDirectly(sentence, noun, pattern, words));
}

function isAskedDirectly(sentence: string, noun: Noun, pattern: string, words: AskWords): boolean {
  const marked = `${sentence.slice(0, noun.from)}\u{f8ff}${sentence.slice(noun.to)}`;
  const match = new RegExp(pattern.replace('NOUN', '\u{f8ff}'), 'iu').exec(marked);
  if (match === null) return false;
  // the pattern itself may speak of not giving ("if you do not provide"); what stands before it decides
  const before = clauseAround(marked, match.index, match.index, words);
  return !words.negation.test(
    before.replaceAll(words.urging, ' ').slice(0, Math.max(0, match.index - clauseStart(marked, match.index, words))),
  );
}

function isNegated(sentence: string, from: number, to: number, words: AskWords): boolean {
  const clause = clauseAround(sentence, from, to, words);
  return words.negation.test(clause.replaceAll(words.urging, ' '));
}

function clauseStart(sentence: string, at: number, words: AskWords): number {
  let start = 0;
  for (const match of sentence.slice(0, at).matchAll(words.clauseEnd)) start = match.index + match[0].length;
  return start;
}

/** The clause that holds a part of a sentence: in languages that negate behind the verb to its end, else to the end of the part. */
function clauseAround(sentence: string, from: number, to: number, words: AskWords): string {
  const start = clauseStart(sentence, from, words);
  if (words.order === 'verb-noun') return sentence.slice(start, to);
  const next = sentence.slice(to).search(new RegExp(words.clauseEnd.source, 'iu'));
  return sentence.slice(start, next === -1 ? sentence.length : to + next);
}
