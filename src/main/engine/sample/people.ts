import type { Random } from './random.ts';
import { NAMES } from './texts/names.ts';
import type { NamePart } from './texts/names.ts';
import type { SampleLanguage } from './texts/phrases.ts';
import { localHour } from './zone-clock.ts';
import type { Channel, Party } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** An invented customer. One person writes on one channel: the same person elsewhere is another contact until somebody links them. */
export interface Person {
  readonly language: SampleLanguage | 'ar';
  readonly channel: Channel;
  readonly party: Party;
  readonly zone: string;
  /** How they sign. */
  readonly name: string;
  readonly first: string;
  readonly family: string;
  /** How we address them. */
  readonly polite: string;
}

function fullName(language: SampleLanguage, given: string, family: string): string {
  if (language === 'zh-Hans' || language === 'ko') return `${family}${given}`;
  return language === 'ja' ? `${family} ${given}` : `${given} ${family}`;
}

function politeName(language: SampleLanguage, given: string, family: string): string {
  switch (language) {
    case 'ja':
      return `${family} 様`;
    case 'ko':
      return `${family}${given} 고객님`;
    case 'zh-Hans':
      return `${family}${given}`;
    case 'en':
    case 'es':
    case 'pt':
      return given;
  }
}

function mailAddress(given: NamePart, family: NamePart, domain: string, random: Random): string {
  const [first, last] = [given[1], family[1]];
  const local = random.pick([
    `${first}.${last}`,
    `${last}.${first}`,
    `${first}${last}${random.int(70, 99)}`,
    `${first.slice(0, 1)}.${last}`,
    `${first}_${last}`,
  ]);
  return `${local}@${domain}`;
}

/** Handles have the form of an address, so that one field holds them all; `.example` says that nobody has them. */
const HANDLE_DOMAINS: Readonly<Record<Exclude<Channel, 'email' | 'web'>, string>> = {
  chat: 'visitor.chat.example',
  telegram: 'telegram.example',
  x: 'x.example',
  community: 'community.example',
};

function addressOn(channel: Channel, given: NamePart, family: NamePart, domains: readonly string[], random: Random): string {
  if (channel === 'email' || channel === 'web') return mailAddress(given, family, random.pick(domains), random);
  const handle = random.pick([
    `${given[1]}_${family[1].slice(0, 1)}${random.int(1, 99)}`,
    `${given[1]}${family[1]}`,
    `${family[1]}.${given[1]}`,
    `${given[1]}x${random.hex(3)}`,
  ]);
  return `${handle}@${HANDLE_DOMAINS[channel]}`;
}

/** Somebody new. Two calls may invent the same address; who keeps a list drops the second. */
export function inventPerson(language: SampleLanguage, channel: Channel, random: Random): Person {
  const lists = NAMES[language];
  const given = random.pick(lists.given);
  const family = random.pick(lists.family);
  const name = fullName(language, given[0], family[0]);
  return {
    language,
    channel,
    party: { address: addressOn(channel, given, family, lists.mailDomains, random), name },
    zone: random.weighted(lists.zones),
    name,
    first: given[0],
    family: family[0],
    polite: politeName(language, given[0], family[0]),
  };
}

/** From 0 to 1: how likely somebody in this zone writes at this time. Most sleep at four in the morning; some do not. */
export function wakefulness(zone: string, at: Instant): number {
  const hour = localHour(zone, at);
  if (hour < 6) return 0.06;
  if (hour < 8) return 0.4;
  if (hour < 22) return 1;
  return 0.45;
}
