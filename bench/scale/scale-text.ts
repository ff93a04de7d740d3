import { allSentences } from '../../test/suggest/sentences.ts';
import type { Sentences } from '../../test/suggest/sentences.ts';

export type Chance = () => number;

export function pick<T>(chance: Chance, list: readonly T[]): T {
  const found = list[Math.floor(chance() * list.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

/** A whole number from `least` to `most`, both included. */
export function between(chance: Chance, least: number, most: number): number {
  return least + Math.floor(chance() * (most - least + 1));
}

/** Exponentially distributed with this mean. */
export function spread(chance: Chance, mean: number): number {
  return -Math.log(1 - chance()) * mean;
}

const german: Sentences = {
  language: 'de',
  share: 10,
  charset: 'windows-1252',
  offsetMinutes: 60,
  givenNames: ['Anna', 'Jürgen', 'Sören', 'Käthe', 'Lena', 'Björn', 'Jörg', 'Mia', 'Paul', 'Ute'],
  familyNames: ['Müller', 'Schröder', 'Weiß', 'Köhler', 'Krüger', 'Vogel', 'Jäger', 'Brandt', 'Günther', 'Lange'],
  familyFirst: false,
  subjects: [
    'Wo bleibt Bestellung #?',
    'Rückerstattung für # fehlt',
    'Doppelt abgebucht',
    'Anmeldung nicht möglich',
    'Rechnung zu # bitte',
  ],
  greetings: ['Guten Tag,', 'Hallo,', 'Sehr geehrte Damen und Herren,'],
  customer: [
    'Ich habe am @ die Bestellung # aufgegeben, und sie ist noch nicht angekommen.',
    'Die Sendungsverfolgung steht seit über einer Woche auf derselben Stelle, und der Paketdienst weiß nichts.',
    'Mir wurde eine Rückerstattung von $ innerhalb von fünf Tagen zugesagt, die ich auf der Karte nicht sehe.',
    'Offenbar wurde dieselbe Bestellung zweimal abgebucht, könnten Sie das bitte prüfen?',
    'Im Anhang finden Sie ein Bild der Fehlermeldung bei der Anmeldung; mit einem anderen Browser ist es dasselbe.',
    'Ich brauche die Ware vor dem Wochenende und wäre für eine Antwort noch heute dankbar.',
  ],
  agent: [
    'Vielen Dank für Ihre Nachricht, und entschuldigen Sie bitte die Umstände mit #.',
    'Wir haben den Paketdienst um eine Nachforschung gebeten; die Antwort kommt meist in zwei Werktagen.',
    'Die Rückerstattung von $ wurde am @ angewiesen und sollte in drei bis fünf Tagen gutgeschrieben sein.',
    'Nennen Sie uns bitte die letzten vier Ziffern der Karte und die Postleitzahl der Lieferanschrift.',
  ],
  closings: ['Mit freundlichen Grüßen', 'Viele Grüße', 'Vielen Dank und beste Grüße'],
};

/** How often each language is written, in hundredths, and the tag that cases have. */
const LANGUAGES = [
  ['en', 'en', 40],
  ['zh', 'zh-Hans', 18],
  ['ja', 'ja', 12],
  ['ko', 'ko', 8],
  ['es', 'es', 12],
  ['de', 'de', 10],
] as const;

export interface Tongue {
  readonly tag: string;
  readonly words: Sentences;
  /** Written without spaces. */
  readonly isDense: boolean;
}

const TONGUES: readonly { readonly tongue: Tongue; readonly share: number }[] = LANGUAGES.map(([language, tag, share]) => {
  const words = [...allSentences, german].find((each) => each.language === language);
  if (words === undefined) throw new RangeError(`no sentences in ${language}`);
  return { tongue: { tag, words, isDense: language === 'zh' || language === 'ja' }, share };
});

export function tongueAt(draw: number): Tongue {
  let left = draw * 100;
  const found = TONGUES.find(({ share }) => (left -= share) < 0) ?? TONGUES[0];
  if (found === undefined) throw new RangeError('no language');
  return found.tongue;
}

const ONSETS = ['b', 'br', 'd', 'dr', 'f', 'g', 'gl', 'h', 'k', 'kr', 'l', 'm', 'n', 'p', 'pr', 'r', 's', 'st', 't', 'tr', 'v', 'z'];
const CORES = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'io'];
const DENSE = [...'东南西北春夏秋冬山川河海云星光明安康宁和福顺达通华新金银铜铁木水火土石玉珠宝松竹梅兰菊荷桃杏龙凤虎鹤鹿马牛羊'];
const HANGUL = [...'가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후'];
/** Rare words, so that the index has a long tail as in life. */
const RARE_WORDS = 20_000;

/** Names of things that nobody else sells: the same for the same rank. Few are in many texts, most in a handful. */
function rareWord(rank: number, tongue: Tongue): string {
  const [a, b, c] = [rank % 22, Math.floor(rank / 22) % 22, Math.floor(rank / 484) % 22];
  if (tongue.isDense) return `${DENSE[rank % DENSE.length] ?? ''}${DENSE[(rank * 7 + b) % DENSE.length] ?? ''}`;
  if (tongue.tag === 'ko') return `${HANGUL[rank % HANGUL.length] ?? ''}${HANGUL[(rank * 5 + b) % HANGUL.length] ?? ''}`;
  const core = (place: number): string => CORES[(rank + place) % CORES.length] ?? 'a';
  const syllables = [ONSETS[a] ?? '', core(0), ONSETS[b] ?? '', core(b)];
  return (rank < 484 ? syllables : [...syllables, ONSETS[c] ?? '', core(c)]).join('');
}

function rank(chance: Chance): number {
  // few are common: the density falls with the rank
  return Math.floor(RARE_WORDS * chance() ** 4);
}

/** Fills in order numbers, amounts and dates. */
export function fill(chance: Chance, text: string, order: string): string {
  return text
    .replaceAll('#', order)
    .replaceAll('$', () => `${between(chance, 9, 900)},${between(chance, 10, 99)} EUR`)
    .replaceAll('@', () => `2026-${String(between(chance, 1, 9)).padStart(2, '0')}-${String(between(chance, 1, 28)).padStart(2, '0')}`);
}

/** A message of so many sentences. A mail has a greeting and ends with a name. */
export function composed(
  chance: Chance,
  tongue: Tongue,
  by: { readonly isOurs: boolean; readonly name: string; readonly isMail: boolean; readonly order: string; readonly sentences: number },
): string {
  const { words } = tongue;
  const pool = by.isOurs ? words.agent : words.customer;
  const sentences = Array.from({ length: by.sentences }, () => fill(chance, pick(chance, pool), by.order));
  if (chance() < 0.8) {
    const names = Array.from({ length: between(chance, 1, 3) }, () => rareWord(rank(chance), tongue));
    sentences.push(tongue.isDense ? `（${names.join('、')}）` : `(${names.join(', ')})`);
  }
  const body = sentences.join(tongue.isDense ? '' : ' ');
  return by.isMail ? [pick(chance, words.greetings), '', body, '', pick(chance, words.closings), by.name].join('\n') : body;
}
