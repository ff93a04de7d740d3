import { paysElsewhere, type IsConfirmed } from './addresses.ts';
import type { OfficialRegistry, OutboundFinding, RegistrableDomain } from './guard-types.ts';
import { judgeLink } from './links.ts';
import { isOfficialHost } from './official-domains.ts';
import { europeanAskWords } from './outbound-words-european.ts';
import { askWords, type AskWords } from './outbound-words.ts';
import { isRedacted } from './placeholder.ts';
import { plainReading } from './plain-reading.ts';
import type { SecretKind, SecretScanner } from './secret-types.ts';

const languages: readonly AskWords[] = [...askWords, ...europeanAskWords];
/** A login page asks for these; typing them in is no reason to stop a text. */
const typedAtLogin: ReadonlySet<SecretKind> = new Set(['password', 'one-time-code', 'card-number']);

/** To hand over something that has no name here, to us or in this conversation. */
const HANDS_IT_OVER =
  /\b(?:send|share|give|tell|forward|submit|post|paste|type|write|text|dm|email) (?:me |us )?(?:it|them|those|these|that)\b(?: \w+){0,2}? ?(?:to (?:me|us)|here|in (?:this|the) chat|over|now|please|so (?:that )?(?:i|we)|[.!?]|$)|\b(?:send|give|tell|forward|show) (?:me|us) (?:it|them|those|these|all)\b|(?:请|請|麻烦|麻煩)?(?:您|你)?(?:把它|将它|將它)?(?:发|發|传|傳|贴|貼|告诉|告訴|写|寫)(?:给|給|到|在)?(?:我|我们|我們|这里|這裡|这边|這邊)|(?<!\p{L})(?:env[íi](?:e|a)(?:me|nos)?l[ao]s?|env[íi]emel[ao]s?|m[áa]nd[ae](?:me|nos)l[ao]s?|d[íi]g[ae](?:me|nos)l[ao]s?|p[áa]s[ae](?:me|nos)l[ao]s?)|(?<!\p{L})(?:envie-[ao]s?|mande-[ao]s?|me (?:envie|mande|passe)|envie para (?:mim|nós))|(?<!\p{L})(?:пришлите|отправьте|скиньте|напишите|сообщите|передайте|перешлите) (?:её|ее|их|его|мне|нам|сюда)|^\s?(?:(?:こちら|ここ|このチャット)(?:に|へ|で))?(?:教えて|送って|送信して|お知らせ|貼り付けて)(?:ください|下さい|いただ)|^\s?(?:여기에?\s?|저희에게\s?|이 채팅에\s?)?(?:보내|알려|적어|말씀해)\s?(?:주세|주시|주십|줘)/iu;

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
  let named: SecretKind | null = null;
  for (const { sentence, from } of sentencesOf(text)) {
    const kind = secretAskedFor(sentence) ?? (named !== null && handsItOver(sentence) ? named : null);
    if (kind !== null) {
      const start = from + (sentence.length - sentence.trimStart().length);
      findings.push({ code: 'asks-for-secret', severity: 'block', from: start, to: from + sentence.trimEnd().length, detail: kind });
    }
    named = secretNamed(sentence) ?? (sentence.trim() === '' ? named : null);
  }
  return findings;
}

/** The secret that a sentence speaks of as the customer's, where it neither warns nor tells of others; null when it does not. */
function secretNamed(sentence: string): SecretKind | null {
  const plain = plainSentence(sentence);
  for (const words of languages) {
    if (words.negation.test(plain.replaceAll(words.urging, ' '))) continue;
    const [noun] = nounsOf(plain, words);
    if (noun !== undefined) return noun.kind;
  }
  return null;
}

/** "Send it to me": what was named in the sentence before. */
function handsItOver(sentence: string): boolean {
  const plain = plainSentence(sentence);
  return HANDS_IT_OVER.test(plain) && !languages.some((words) => words.negation.test(plain.replaceAll(words.urging, ' ')));
}

/** Secrets that stand in the text itself, also in what it quotes. */
export function echoesSecret(text: string, scanner: SecretScanner): readonly OutboundFinding[] {
  return scanner
    .scan(text)
    .filter(isRedacted)
    .map((hit) => ({ code: 'echoes-secret', severity: 'block', from: hit.from, to: hit.to, detail: hit.kind }));
}

const LINK = /\bhttps?:[\\/]{2}[^\s<>"'“”«»（）()，。、；]+/giu;
/** Without a scheme; letters of look-alike scripts too. Chinese and Japanese set nothing between a word and a host. */
const BARE_HOST =
  /(?<![\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}@./:_-])(?:[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\d](?:[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\d-]{0,62})\.)+(?:[a-z]{2,24}|xn--[a-z\d-]+)(?:\/[^\s<>"'（），。]*)?(?![\w@])/giu;

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

export interface OutboundCheck {
  readonly scanner: SecretScanner;
  /** Null while the team has listed nothing: then links are not judged. */
  readonly links: LinkCheck | null;
  /** Whether somebody has confirmed an address for payments; null where addresses are not judged. */
  readonly isConfirmed: IsConfirmed | null;
}

/** All that is wrong with a text that is about to leave, in the order of the text. */
export function checkOutbound(text: string, check: OutboundCheck): readonly OutboundFinding[] {
  return [
    ...asRead(text, asksForSecret),
    ...echoesSecret(text, check.scanner),
    ...(check.links === null ? [] : leadsElsewhere(text, check.links)),
    ...(check.isConfirmed === null ? [] : asRead(text, (plain) => paysElsewhere(plain, check.isConfirmed ?? NOBODY))),
  ].toSorted((a, b) => a.from - b.from || a.to - b.to);
}

const NOBODY: IsConfirmed = () => false;

/** Judges a text as a person reads it: signs that are not seen between its letters make it no other text. */
function asRead(text: string, judge: (text: string) => readonly OutboundFinding[]): readonly OutboundFinding[] {
  const reading = plainReading(text);
  if (reading === null) return judge(text);
  const { places } = reading;
  return judge(reading.text).map((finding) => ({
    ...finding,
    from: places[finding.from] ?? 0,
    to: places[finding.to] ?? text.length,
  }));
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

/** Compatibility forms and curly marks folded; the length may change, only the sentence's place is told. */
function plainSentence(sentence: string): string {
  return sentence.normalize('NFKC').replaceAll(/[‘’]/gu, "'").replaceAll(/\s+/gu, ' ');
}

function secretAskedFor(sentence: string): SecretKind | null {
  const plain = plainSentence(sentence);
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
