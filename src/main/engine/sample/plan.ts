import type { CasePlan } from './case-script.ts';
import { inventPerson, wakefulness } from './people.ts';
import type { Person } from './people.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { specialCases } from './specials.ts';
import { tellStory } from './story.ts';
import type { Ending, Standing } from './situation.ts';
import { meAt } from './duty.ts';
import type { SampleAgent } from './team.ts';
import { TOPIC_FACTS } from './topic-facts.ts';
import { VIP_REASONS } from './texts/notes.ts';
import { TOPICS } from './texts/phrases.ts';
import type { SampleLanguage } from './texts/phrases.ts';
import type { Tier } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** A customer and what the team knows about them besides their messages. */
export interface ContactPlan {
  readonly person: Person;
  readonly zone: string | null;
  readonly tier: Tier;
  readonly reason: string;
  readonly until: Instant | null;
}

export interface DraftPlan {
  readonly caseUid: CaseId;
  readonly person: Person;
  readonly kind: 'reply' | 'note';
  readonly text: string;
  readonly savedAt: Instant;
}

/** Everything that a sample workspace holds: pure data, a function of the seed and the time alone. */
export interface WorkspacePlan {
  readonly now: Instant;
  readonly me: SampleAgent;
  readonly cases: readonly CasePlan[];
  readonly contacts: readonly ContactPlan[];
  readonly drafts: readonly DraftPlan[];
}

/** Cases by language; together with the hand-made ones about 360. */
const LANGUAGE_CASES: Readonly<Record<SampleLanguage, number>> = { en: 112, 'zh-Hans': 62, ja: 46, es: 46, ko: 34, pt: 42 };
/** Customers by language: fewer than cases, because some come back. */
const LANGUAGE_PEOPLE: Readonly<Record<SampleLanguage, number>> = { en: 66, 'zh-Hans': 38, ja: 28, es: 29, ko: 22, pt: 26 };
const CHANNEL_WEIGHTS: readonly (readonly [Channel, number])[] = [
  ['email', 47],
  ['chat', 17],
  ['telegram', 13],
  ['web', 11],
  ['x', 7],
  ['community', 5],
];
/** How many cases stand where, of one hundred. */
const ENDING_SHARES: readonly (readonly [Ending, number])[] = [
  ['new', 10],
  ['claimed', 5],
  ['back', 11],
  ['answered', 3],
  ['pending', 12],
  ['hold', 4],
  ['snoozed', 4],
  ['solved', 51],
];
const LONGEST_WAIT_MS = 3 * DAY_MS - 20 * MINUTE_MS;
const SHORTEST_WAIT_MS = 2 * MINUTE_MS;

type Customer = Person & { readonly language: SampleLanguage };

/** Plans a whole workspace in small steps, for whoever must answer others in between. All of it takes about a second: most of that is writing and reading back the sources of the mails. */
export function startPlanning(seed: string, now: Instant): { readonly total: number; next(): boolean; result(): WorkspacePlan } {
  const random = seededRandom(`meridian sample ${seed}`);
  const me = meAt(now);
  const people = inventPeople(random.fork('people'));
  const vips = new Map(chooseVips(people, random.fork('vip'), now).map((contact) => [contact.person.party.address, contact]));
  const outlines = outlineCases(random.fork('outline'));
  const cases: CasePlan[] = [];
  const drafts: DraftPlan[] = [];
  const met = new Set<string>();
  const specials = specialCases({ now, me }, random.fork('special'));
  let index = 0;
  const wishes: { readonly mine: Standing[]; readonly theirs: Standing[] } = {
    mine: ['from-me', 'declined', 'from-me'],
    theirs: ['promised-to-me', 'taken-by-me', 'to-my-hub', 'urgent-to-me', 'to-my-hub'],
  };

  function tell(outline: Outline): void {
    const own = random.fork(`case ${index}`);
    const ageMs = ageOf(outline, index, own);
    const person = whoWrites(people[outline.language], met, after(now, -ageMs), own);
    met.add(person.party.address);
    const topic = own.weighted(TOPICS.map((each) => [each, TOPIC_FACTS[each].weight]));
    const standing =
      outline.ending === 'claimed' || outline.ending === 'back' ? (wishes[outline.isMine ? 'mine' : 'theirs'][0] ?? null) : null;
    const plan = tellStory({
      person,
      topic,
      ending: outline.ending,
      ageMs,
      now,
      me,
      isMine: outline.isMine,
      isVip: vips.has(person.party.address),
      standing,
      random: own,
    });
    if (standing !== null && isOffered(plan, now)) wishes[outline.isMine ? 'mine' : 'theirs'].shift();
    cases.push(plan);
    if (outline.isMine && outline.ending === 'back' && drafts.length < 3) drafts.push(draftFor(plan, drafts.length, now));
  }

  return {
    total: outlines.length,
    next: () => {
      const outline = outlines[index];
      if (outline === undefined) return false;
      tell(outline);
      index += 1;
      return index < outlines.length;
    },
    result: () => ({
      now,
      me,
      cases: [...specials.map((special) => special.plan), ...cases],
      contacts: [
        ...specials.map(({ plan, vip }) => ({
          person: plan.person,
          zone: plan.person.zone,
          tier: vip === true ? ('vip-plus' as const) : ('standard' as const),
          reason: vip === true ? 'Institutional client, agreed answer time of one hour' : '',
          until: null,
        })),
        ...contactsOf(people, met, vips, random.fork('zones')),
      ],
      drafts,
    }),
  };
}

/** Whether the case was offered to somebody in the last hour, as it was wished. */
function isOffered({ steps }: CasePlan, now: Instant): boolean {
  return steps.some(
    (step) => step.kind === 'events' && step.at > after(now, -HOUR_MS) && step.bodies.some((body) => body.type === 'handoff.offered'),
  );
}

function inventPeople(random: Random): Readonly<Record<SampleLanguage, readonly Customer[]>> {
  const seen = new Set<string>();
  const ofLanguage = (language: SampleLanguage): Customer[] => {
    const list: Customer[] = [];
    while (list.length < LANGUAGE_PEOPLE[language]) {
      const person = inventPerson(language, random.weighted(CHANNEL_WEIGHTS), random);
      if (seen.has(person.party.address)) continue;
      seen.add(person.party.address);
      list.push({ ...person, language });
    }
    return list;
  };
  return {
    en: ofLanguage('en'),
    'zh-Hans': ofLanguage('zh-Hans'),
    ja: ofLanguage('ja'),
    es: ofLanguage('es'),
    ko: ofLanguage('ko'),
    pt: ofLanguage('pt'),
  };
}

function chooseVips(people: Readonly<Record<SampleLanguage, readonly Customer[]>>, random: Random, now: Instant): ContactPlan[] {
  const all = Object.values(people).flat();
  return random
    .shuffled(all)
    .slice(0, Math.round(all.length / 10))
    .map((person, index) => ({
      person,
      zone: person.zone,
      tier: index % 4 === 0 ? ('vip-plus' as const) : ('vip' as const),
      reason: VIP_REASONS[index % VIP_REASONS.length] ?? '',
      until: index % 5 === 2 ? after(now, random.int(3, 80) * DAY_MS) : null,
    }));
}

interface Outline {
  readonly language: SampleLanguage;
  readonly ending: Ending;
  readonly isMine: boolean;
  /** The one that has waited the longest of all. */
  readonly isLongest: boolean;
}

/** Which languages and endings there are is counted out, not left to chance: a small workspace must show everything. */
function outlineCases(random: Random): Outline[] {
  const languages: SampleLanguage[] = ['en', 'zh-Hans', 'ja', 'es', 'ko', 'pt'];
  const spread = languages.flatMap((language) => Array.from({ length: LANGUAGE_CASES[language] }, () => language));
  const endings = ENDING_SHARES.flatMap(([ending, share]) =>
    Array.from({ length: Math.round((spread.length * share) / 100) }, () => ending),
  );
  const shuffled = random.shuffled(spread);
  return shuffled.map((language, index) => {
    const ending = endings[index] ?? 'solved';
    return {
      language,
      ending,
      isLongest: index === endings.indexOf('back'),
      isMine: ending !== 'new' && ending !== 'solved' && index % 7 === 0,
    };
  });
}

/** Milliseconds; see `Situation.ageMs`. Waiting times are spread evenly over their magnitudes, a little towards the short ones. */
function ageOf(outline: Outline, index: number, random: Random): number {
  const within = (min: number, max: number, skew: number): number => min * (max / min) ** (random.next() ** skew);
  switch (outline.ending) {
    case 'new':
      // The first case of all waits the shortest; somebody has always just written.
      return index === 0 ? SHORTEST_WAIT_MS : within(SHORTEST_WAIT_MS, 20 * HOUR_MS, 1.35);
    case 'claimed':
      return within(6 * MINUTE_MS, 14 * HOUR_MS, 1.2);
    case 'back':
      return outline.isLongest ? LONGEST_WAIT_MS : within(3 * MINUTE_MS, LONGEST_WAIT_MS, 1.3);
    case 'answered':
      return within(10 * MINUTE_MS, 9 * HOUR_MS, 1);
    case 'pending':
    case 'snoozed':
      return within(20 * MINUTE_MS, 4 * DAY_MS, 0.8);
    case 'hold':
      return within(2 * HOUR_MS, 6 * DAY_MS, 0.8);
    case 'solved':
      return within(25 * MINUTE_MS, 33 * DAY_MS, 0.45);
  }
}

/** Somebody who has not written yet if possible, and who is awake at that time. */
function whoWrites(people: readonly Customer[], met: ReadonlySet<string>, at: Instant, random: Random): Customer {
  const fresh = people.filter((person) => !met.has(person.party.address));
  const pool = fresh.length > 0 && random.chance(0.75) ? fresh : people;
  return random.weighted(pool.map((person) => [person, wakefulness(person.zone, at)]));
}

function contactsOf(
  people: Readonly<Record<SampleLanguage, readonly Customer[]>>,
  met: ReadonlySet<string>,
  vips: ReadonlyMap<string, ContactPlan>,
  random: Random,
): ContactPlan[] {
  return Object.values(people)
    .flat()
    .filter((person) => met.has(person.party.address))
    .map((person) => {
      // Of some customers the team knows no zone; a mail still tells their clock.
      const zone = random.chance(0.85) ? person.zone : null;
      return vips.get(person.party.address) ?? { person, zone, tier: 'standard', reason: '', until: null };
    });
}

const DRAFT_TEXTS: readonly (readonly ['reply' | 'note', string])[] = [
  ['reply', 'Thanks for the details. I have checked the request and can see that '],
  ['note', 'Called the payments team, they will look at it before '],
  ['reply', 'I understand that this is frustrating, and I am sorry for the wait.\n\n'],
];

function draftFor(plan: CasePlan, index: number, now: Instant): DraftPlan {
  const [kind, text] = DRAFT_TEXTS[index] ?? ['reply', ''];
  return { caseUid: plan.caseUid, person: plan.person, kind, text, savedAt: after(now, -(index + 1) * 7 * MINUTE_MS) };
}
