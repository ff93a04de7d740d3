import { AGENT_TIERS, EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { AgentTier, Roster, Selector } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId, HubId } from '../../../shared/domain/ids.ts';

/** Reads words such as `who is on L2 korean lisbon` as the people they mean. */

export type WhoTerm =
  | { readonly kind: 'tier'; readonly value: AgentTier; readonly label: string }
  | { readonly kind: 'hub'; readonly value: HubId; readonly label: string }
  | { readonly kind: 'language'; readonly value: string; readonly label: string }
  | { readonly kind: 'skill'; readonly value: string; readonly label: string }
  | { readonly kind: 'person'; readonly value: AgentId; readonly label: string };

interface Entry {
  readonly term: WhoTerm;
  /** Lower case, words apart by one space. */
  readonly names: readonly string[];
}

export interface WhoVocabulary {
  readonly entries: readonly Entry[];
  /** Words that ask the question itself, longest first. */
  readonly questions: readonly string[];
}

export interface WhoNames {
  readonly language: (tag: string) => readonly string[];
  readonly tier: (tier: AgentTier) => readonly string[];
  /** `who is on`, `on now` and the like, in any language. */
  readonly questions: readonly string[];
}

/** Terms in the order in which they are offered. */
const KINDS: readonly WhoTerm['kind'][] = ['tier', 'hub', 'language', 'skill', 'person'];

function folded(text: string): string {
  return text.trim().toLocaleLowerCase().replaceAll(/\s+/gu, ' ');
}

/** The words of a team: its tiers, hubs, languages, skills and people. */
export function whoVocabulary(roster: Roster, names: WhoNames): WhoVocabulary {
  const active = roster.agents.filter((agent) => agent.isActive);
  const languages = unique(active.flatMap((agent) => agent.languages.map((each) => each.name)));
  const skills = unique(active.flatMap((agent) => agent.skills.map((each) => each.name)));
  const tiers = AGENT_TIERS.filter((tier) => active.some((agent) => agent.tiers.includes(tier)));
  const entries: Entry[] = [
    ...tiers.map((value): Entry => entry({ kind: 'tier', value, label: names.tier(value)[0] ?? value }, names.tier(value))),
    ...roster.hubs.filter((hub) => hub.isActive).map((hub): Entry => entry({ kind: 'hub', value: hub.hubId, label: hub.name }, [hub.name])),
    ...languages.map((value): Entry =>
      entry({ kind: 'language', value, label: names.language(value)[0] ?? value }, [...names.language(value), value]),
    ),
    ...skills.map((value): Entry => entry({ kind: 'skill', value, label: value }, [value])),
    ...active.map((agent): Entry =>
      entry({ kind: 'person', value: agent.agentId, label: agent.name }, [agent.name, ...agent.name.split(/\s+/u)]),
    ),
  ];
  return { entries, questions: names.questions.map(folded).sort((a, b) => b.length - a.length) };
}

function entry(term: WhoTerm, names: readonly string[]): Entry {
  return { term, names: [...new Set(names.map(folded))].filter((name) => name !== '') };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}

export interface WhoReading {
  /** The question was asked in words, not only meant by naming somebody. */
  readonly isAsked: boolean;
  /** What may be meant, the likeliest first; each is a list of terms, and no terms are everybody. */
  readonly meanings: readonly (readonly WhoTerm[])[];
}

const MOST_MEANINGS = 6;
const LONGEST_NAME_WORDS = 4;

/**
 * What was typed, as people. Everything typed must be understood; the last word may be unfinished, which may mean
 * several things. Without the question in words at least one term must be named, with two letters or more.
 */
export function readWho(typed: string, vocabulary: WhoVocabulary): WhoReading {
  const text = folded(typed);
  const question = vocabulary.questions.find(
    (each) => text === each || text.startsWith(`${each} `) || (isScriptWithoutSpaces(each) && text.startsWith(each)),
  );
  const rest = (question === undefined ? text : text.slice(question.length)).trim();
  const isAsked = question !== undefined;
  if (rest === '') return { isAsked, meanings: isAsked ? [[], ...firstTerms(vocabulary)].slice(0, MOST_MEANINGS + 1) : [] };
  const words = rest.split(' ');
  const meanings = read(words, vocabulary.entries, isAsked ? 1 : 2).filter(isSensible);
  return { isAsked, meanings: meanings.slice(0, MOST_MEANINGS) };
}

function isScriptWithoutSpaces(text: string): boolean {
  return /\p{Script=Han}$/u.test(text);
}

/** With nothing named yet: one of each tier and hub. */
function firstTerms({ entries }: WhoVocabulary): readonly (readonly WhoTerm[])[] {
  return entries.filter(({ term }) => term.kind === 'tier' || term.kind === 'hub').map(({ term }) => [term]);
}

function read(words: readonly string[], entries: readonly Entry[], shortest: number): readonly (readonly WhoTerm[])[] {
  if (words.length === 0) return [[]];
  for (let count = Math.min(LONGEST_NAME_WORDS, words.length); count > 0; count -= 1) {
    const name = words.slice(0, count).join(' ');
    const exact = entries.filter((each) => each.names.includes(name));
    if (exact.length === 0) continue;
    const rests = read(words.slice(count), entries, shortest);
    return ordered(exact).flatMap((term) => rests.map((rest) => [term, ...rest]));
  }
  const last = words.join(' ');
  if (last.length < shortest) return [];
  return ordered(entries.filter((each) => each.names.some((name) => name.startsWith(last)))).map((term) => [term]);
}

function ordered(entries: readonly Entry[]): readonly WhoTerm[] {
  return entries.map(({ term }) => term).sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** A person is asked about alone, and nothing twice. */
function isSensible(terms: readonly WhoTerm[]): boolean {
  const keys = new Set(terms.map((term) => `${term.kind} ${term.value}`));
  return keys.size === terms.length && (terms.length === 1 || terms.every((term) => term.kind !== 'person'));
}

/** The selector that terms ask for; terms of one kind are alternatives. */
export function selectorOf(terms: readonly WhoTerm[]): Selector {
  const selector = { skills: [] as string[], languages: [] as string[], tiers: [] as AgentTier[], hubs: [] as HubId[] };
  for (const term of terms) {
    if (term.kind === 'tier') selector.tiers.push(term.value);
    else if (term.kind === 'hub') selector.hubs.push(term.value);
    else if (term.kind === 'language') selector.languages.push(term.value);
    else if (term.kind === 'skill') selector.skills.push(term.value);
  }
  return terms.length === 0 ? EVERYBODY : selector;
}
