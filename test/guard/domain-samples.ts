/** Look-alikes of a domain, in the classes that the permutation tool dnstwist has. */
export interface DomainSample {
  readonly group: string;
  readonly host: string;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const VOWELS = [...'aeiou'];
const ENDINGS = ['net', 'org', 'co', 'app', 'info', 'xyz', 'site', 'online', 'support', 'cc', 'me', 'ru', 'de', 'co.uk', 'com.br', 'top'];
const WORDS = ['login', 'support', 'secure', 'verify', 'wallet', 'account', 'help', 'app', 'official', 'bonus', 'recovery', 'airdrop'];
const KEYS: Readonly<Record<string, string>> = {
  q: 'wa',
  w: 'qes',
  e: 'wrd',
  r: 'etf',
  t: 'ryg',
  y: 'tuh',
  u: 'yij',
  i: 'uok',
  o: 'ipl',
  p: 'ol',
  a: 'qsz',
  s: 'awdx',
  d: 'sefc',
  f: 'drgv',
  g: 'fthb',
  h: 'gyjn',
  j: 'hukm',
  k: 'jil',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
};
const ASCII_ALIKES: Readonly<Record<string, readonly string[]>> = {
  b: ['d', 'lb'],
  c: ['e'],
  d: ['b', 'cl', 'dl'],
  e: ['c'],
  g: ['q'],
  h: ['lh'],
  i: ['1', 'l'],
  k: ['lk', 'lc'],
  l: ['1', 'i'],
  m: ['n', 'nn', 'rn', 'rr'],
  n: ['m', 'r'],
  o: ['0'],
  q: ['g'],
  u: ['v'],
  v: ['u'],
  w: ['vv', 'v'],
};
const UNICODE_ALIKES: Readonly<Record<string, readonly string[]>> = {
  a: ['à', 'á', 'â', 'ã', 'ä', 'å', 'ɑ', 'ạ', 'ă', 'ą', 'а'],
  c: ['ϲ', 'с', 'ƈ', 'ċ', 'ć', 'ç', 'č'],
  d: ['ԁ', 'ɗ', 'đ', 'ď'],
  e: ['é', 'ê', 'ë', 'ē', 'ĕ', 'ě', 'ė', 'е', 'ẹ', 'ę', 'ҽ'],
  h: ['һ', 'ĥ', 'ḥ'],
  i: ['í', 'ì', 'ï', 'ı', 'ĩ', 'і', 'ỉ', 'ị'],
  m: ['ṃ', 'ṁ', 'м'],
  n: ['ń', 'ñ', 'ņ', 'ň', 'ṅ', 'ո'],
  o: ['о', 'ο', 'օ', 'ȯ', 'ọ', 'ỏ', 'ơ', 'ó', 'ö', 'ø'],
  p: ['р', 'ƿ'],
  r: ['г', 'ŕ', 'ř', 'ŗ', 'ṛ'],
  t: ['ţ', 'ŧ', 'ṭ', 'ť'],
  w: ['ԝ', 'ŵ', 'ẁ', 'ẃ', 'ẅ'],
  y: ['ý', 'ÿ', 'у', 'ỵ'],
};

/** As a browser sends it. */
function toAscii(host: string): string {
  return new URL(`https://${host}`).hostname;
}

function* alikes(label: string, table: Readonly<Record<string, readonly string[]>>): Generator<string> {
  for (let at = 0; at < label.length; at += 1) {
    for (const one of table[label[at] ?? ''] ?? []) {
      const once = label.slice(0, at) + one + label.slice(at + 1);
      yield once;
      // and a second place, as the tool does
      for (let second = at + one.length; second < once.length; second += 1) {
        for (const other of (table[once[second] ?? ''] ?? []).slice(0, 2)) yield once.slice(0, second) + other + once.slice(second + 1);
      }
    }
  }
}

type Fuzz = (label: string, ending: string) => Iterable<string>;

function* bitFlips(label: string): Generator<string> {
  for (let at = 0; at < label.length; at += 1) {
    for (let bit = 0; bit < 7; bit += 1) {
      const flipped = String.fromCodePoint((label.codePointAt(at) ?? 0) ^ (1 << bit));
      if (/[a-z\d-]/u.test(flipped)) yield label.slice(0, at) + flipped + label.slice(at + 1);
    }
  }
}

const at = (label: string, make: (before: string, letter: string, after: string) => readonly string[]): readonly string[] =>
  [...label].flatMap((letter, index) => make(label.slice(0, index), letter, label.slice(index + 1)));

const fuzzers: Readonly<Record<string, Fuzz>> = {
  addition: (label, ending) => [...LETTERS, ...'0123456789'].map((letter) => `${label}${letter}.${ending}`),
  bitsquatting: (label, ending) => [...bitFlips(label)].map((one) => `${one}.${ending}`),
  dictionary: (label, ending) =>
    WORDS.flatMap((word) =>
      [`${label}-${word}`, `${label}${word}`, `${word}-${label}`, `${word}${label}`].map((one) => `${one}.${ending}`),
    ),
  'homoglyph, ASCII': (label, ending) => [...alikes(label, ASCII_ALIKES)].map((one) => `${one}.${ending}`),
  'homoglyph, Unicode': (label, ending) => [...alikes(label, UNICODE_ALIKES)].map((one) => toAscii(`${one}.${ending}`)),
  hyphenation: (label, ending) => at(label, (before, letter, after) => (before === '' ? [] : [`${before}-${letter}${after}.${ending}`])),
  insertion: (label, ending) =>
    at(label, (before, letter, after) =>
      [...(KEYS[letter] ?? '')].flatMap((key) => [
        `${before}${key}${letter}${after}.${ending}`,
        `${before}${letter}${key}${after}.${ending}`,
      ]),
    ),
  omission: (label, ending) => at(label, (before, _letter, after) => [`${before}${after}.${ending}`]),
  plural: (label, ending) => at(label, (before, letter, after) => (after === '' ? [] : [`${before}${letter}s${after}.${ending}`])),
  repetition: (label, ending) => at(label, (before, letter, after) => [`${before}${letter}${letter}${after}.${ending}`]),
  replacement: (label, ending) =>
    at(label, (before, letter, after) => [...(KEYS[letter] ?? '')].map((key) => `${before}${key}${after}.${ending}`)),
  subdomain: (label, ending) =>
    at(label, (before, letter, after) => (before === '' || after.length < 2 ? [] : [`${before}.${letter}${after}.${ending}`])),
  'subdomain of a stranger': (label, ending) =>
    ['evil-site.net', 'login-page.org', 'pages.dev'].flatMap((foreign) => [
      `${label}.${ending}.${foreign}`,
      `${label}-login.${foreign}`,
      `www.${label}.${foreign}`,
    ]),
  transposition: (label, ending) =>
    at(label, (before, letter, after) =>
      after === '' || after[0] === letter ? [] : [`${before}${after[0] ?? ''}${letter}${after.slice(1)}.${ending}`],
    ),
  'other ending': (label, ending) => ENDINGS.filter((other) => other !== ending).map((other) => `${label}.${other}`),
  various: (label, ending) => [`www${label}.${ending}`, `${label}${ending}.com`, `www-${label}.${ending}`, `${label}-${ending}.com`],
  'vowel swapped': (label, ending) =>
    at(label, (before, letter, after) =>
      VOWELS.includes(letter) ? VOWELS.filter((vowel) => vowel !== letter).map((vowel) => `${before}${vowel}${after}.${ending}`) : [],
    ),
};

/** Every permutation of each domain, once, without the domains themselves. */
export function lookAlikeDomains(domains: readonly string[]): readonly DomainSample[] {
  const samples = new Map<string, DomainSample>();
  for (const domain of domains) {
    const dot = domain.indexOf('.');
    for (const [group, fuzz] of Object.entries(fuzzers)) {
      for (const host of fuzz(domain.slice(0, dot), domain.slice(dot + 1))) {
        if (!domains.includes(host) && /^[a-z\d.-]+$/u.test(host) && !/(?:^|\.)-|-\./u.test(host)) samples.set(host, { group, host });
      }
    }
  }
  return [...samples.values()];
}
