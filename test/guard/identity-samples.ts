import { allFakers } from '@faker-js/faker';
import type { Random } from '../../src/main/engine/sample/random.ts';
import { CONFUSABLES } from '../../src/shared/domain/guard/confusables.ts';
import type { OfficialRegistry } from '../../src/shared/domain/guard/guard-types.ts';

export const registry: OfficialRegistry = {
  accounts: [
    { channel: 'telegram', nativeId: '1001', name: 'Meridian Support', handle: 'meridian_support' },
    { channel: 'x', nativeId: '1002', name: 'CoinHarbor Help', handle: 'coinharborhelp' },
    { channel: 'discourse', nativeId: '7', name: 'Northwind Exchange', handle: 'northwind' },
  ],
  domains: ['coinharbor.com', 'northwind.io', 'meridianpay.com'],
  brands: ['Meridian', 'CoinHarbor', 'Northwind'],
};

const NAMES = ['Meridian Support', 'CoinHarbor Help', 'Northwind Exchange', 'meridian_support', 'coinharborhelp'];

function alikes(): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const match of CONFUSABLES.matchAll(/(?<to>[\da-f+]+):(?<from>[\da-f,\s]+?)(?=\s[\da-f+]+:|\s*$)/gu)) {
    const to = match.groups?.['to'] ?? '';
    if (to.includes('+')) continue;
    const from = (match.groups?.['from'] ?? '').split(/[,\s]+/u).filter((code) => code !== '');
    map.set(
      String.fromCodePoint(Number.parseInt(to, 16)),
      from.map((code) => String.fromCodePoint(Number.parseInt(code, 16))),
    );
  }
  return map;
}

/** Look-alikes written down by hand, so that not all of them come from the table that finds them. */
const BY_HAND: Readonly<Record<string, string>> = {
  a: 'аɑα',
  c: 'сϲ',
  d: 'ԁ',
  e: 'еҽ',
  h: 'һ',
  i: 'іıɩ',
  n: 'ո',
  o: 'оοօ',
  p: 'рρ',
  r: 'г',
  s: 'ѕ',
  t: 'т',
  u: 'υս',
  w: 'ԝѡ',
  x: 'х',
  y: 'у',
  b: 'Ь',
  m: 'м',
  k: 'κк',
  v: 'ν',
  M: 'МΜ',
  S: 'Ѕ',
  C: 'СϹ',
  H: 'НΗ',
  N: 'Ν',
  E: 'ЕΕ',
};

function replaceSome(random: Random, text: string, count: number, replacement: (letter: string) => string | null): string {
  const letters = [...text];
  const places = random.shuffled(letters.map((_letter, index) => index)).filter((index) => replacement(letters[index] ?? '') !== null);
  for (const index of places.slice(0, count)) letters[index] = replacement(letters[index] ?? '') ?? '';
  return letters.join('');
}

const shift = (text: string, upper: number, lower: number): string =>
  [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (code >= 0x41 && code <= 0x5a) return String.fromCodePoint(upper + code - 0x41);
      return code >= 0x61 && code <= 0x7a ? String.fromCodePoint(lower + code - 0x61) : letter;
    })
    .join('');

const letterAt = (random: Random, text: string): number => {
  const places = [...text].flatMap((letter, index) => (/[a-z]/iu.test(letter) && index > 0 ? [index] : []));
  return random.pick(places);
};

const ROLES = [
  'Support',
  'Help Desk',
  'Admin',
  'Official',
  'Recovery Team',
  'Customer Care',
  '客服',
  '官方支持',
  'サポート',
  '公式',
  '고객센터',
  'Soporte',
  'Ayuda',
  'Suporte',
  'Atendimento',
  'Поддержка',
  'Служба безопасности',
  'Destek',
  'Kundendienst',
  'Assistance',
];
const TWO_WORD_ROLES = ['Help Desk', 'Customer Care', 'Live Support', 'Recovery Agent', 'Security Team', 'Account Manager'];
const LEET: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1', e: '3', a: '4', s: '5', t: '7' };

type Make = (random: Random, name: string, brand: string) => string;

/** Ways to imitate a name. */
const ways: Readonly<Record<string, Make>> = {
  'look-alike letters, of the table': (random, name) => {
    const map = alikes();
    return replaceSome(random, name, random.int(1, 4), (letter) => {
      const found = map.get(letter);
      return found === undefined ? null : random.pick(found);
    });
  },
  'look-alike letters, by hand': (random, name) =>
    replaceSome(random, name, random.int(1, 4), (letter) => {
      const found = BY_HAND[letter];
      return found === undefined ? null : random.pick([...found]);
    }),
  'zero-width characters': (random, name) => {
    const at = letterAt(random, name);
    return name.slice(0, at) + random.pick(['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u3164']) + name.slice(at);
  },
  'full width': (_random, name) => shift(name, 0xff_21, 0xff_41),
  'mathematical bold': (_random, name) => shift(name, 0x1_d4_00, 0x1_d4_1a),
  'letters in squares': (_random, name) => shift(name.toUpperCase(), 0x1_f1_30, 0x1_f1_30),
  'negative squares': (_random, name) => shift(name.toUpperCase(), 0x1_f1_70, 0x1_f1_70),
  'letters in circles': (_random, name) => shift(name, 0x24_b6, 0x24_d0),
  'combining marks': (random, name) =>
    replaceSome(random, name, 3, (letter) =>
      /[a-z]/iu.test(letter) ? letter + random.pick(['\u0301', '\u0323', '\u0338', '\u0307']) : null,
    ),
  'digits for letters': (random, name) => replaceSome(random, name, random.int(1, 3), (letter) => LEET[letter] ?? null),
  'I for l, l for i': (random, name) =>
    replaceSome(random, name, 2, (letter) => (letter === 'i' ? random.pick(['l', 'I', '1', '|']) : letter === 'l' ? 'I' : null)),
  'rn for m': (_random, name) => name.replace(/m/iu, 'rn'),
  'a letter twice': (random, name) => {
    const at = letterAt(random, name);
    return name.slice(0, at) + (name[at] ?? '') + name.slice(at);
  },
  'a letter dropped': (random, name) => {
    const at = letterAt(random, name);
    return name.slice(0, at) + name.slice(at + 1);
  },
  'letters swapped': (random, name) => {
    const at = letterAt(random, name);
    return name.slice(0, at - 1) + (name[at] ?? '') + (name[at - 1] ?? '') + name.slice(at + 1);
  },
  'something around it': (random, name) =>
    random.pick([
      `${name} ✅`,
      `🔰 ${name}`,
      `${name} 24/7`,
      `The ${name}`,
      `real_${name}`,
      `${name}_${String(random.int(1, 99))}`,
      `☎ ${name} ☎`,
      `${name} (verified)`,
      `[${name}]`,
      `${name} | Telegram`,
    ]),
  'turned around': (_random, name) => `\u202e${[...name].toReversed().join('')}`,
  'brand and role': (random, _name, brand) => {
    const role = random.pick(ROLES);
    return random.pick([
      `${brand} ${role}`,
      `${role} ${brand}`,
      `${brand}${role}`,
      `${brand.toLowerCase()}_${role}`,
      `${role} - ${brand} Wallet`,
    ]);
  },
  'brand misspelt, role of two words': (random, _name, brand) => {
    const at = letterAt(random, brand);
    return `${brand.slice(0, at)}${brand.slice(at + 1)} ${random.pick(TWO_WORD_ROLES)}`;
  },
  'brand in other letters, and role': (random, _name, brand) =>
    `${replaceSome(random, brand, 2, (letter) => (BY_HAND[letter] === undefined ? null : random.pick([...(BY_HAND[letter] ?? '')])))} ${random.pick(ROLES)}`,
};

export function impostors(random: Random, perWay: number): readonly { readonly group: string; readonly name: string }[] {
  return Object.entries(ways).flatMap(([group, make]) =>
    Array.from({ length: perWay }, (_, index) => {
      const part = random.fork(`${group} ${String(index)}`);
      return { group, name: make(part, NAMES[index % NAMES.length] ?? '', registry.brands[index % registry.brands.length] ?? '') };
    }),
  );
}

/** Names of people, user names, and companies with "Support", of all the locales that the generator knows. */
export function benignNames(perLocale: number): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const [locale, faker] of Object.entries(allFakers)) {
    faker.seed(20_261_129);
    const list: string[] = [];
    for (let index = 0; index < perLocale; index += 1) {
      try {
        list.push(faker.person.fullName(), faker.internet.username(), `${faker.company.name()} Support`);
      } catch {
        // a locale without names of its own
        break;
      }
    }
    if (list.length > 0) names.set(locale, list);
  }
  return names;
}

/** Hosts that have nothing to do with the registry. */
export function benignHosts(perLocale: number): readonly string[] {
  const hosts = new Set<string>();
  for (const faker of Object.values(allFakers)) {
    faker.seed(20_261_130);
    for (let index = 0; index < perLocale; index += 1) {
      try {
        hosts.add(faker.internet.domainName().toLowerCase());
      } catch {
        break;
      }
    }
  }
  return [...hosts];
}
