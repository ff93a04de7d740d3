import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { AgentTier } from '../../../shared/domain/coverage/roster.ts';
import type { Selector } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { formatsFor } from '../../i18n/formats.ts';
import type { Formats } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { useRoster, useRosterIndex } from '../../state/roster.ts';
import { openCoverage, useSession } from '../../state/session.ts';
import type { PaletteGroup, PaletteItem } from './palette-item.ts';
import { readWho, selectorOf, whoVocabulary } from './who-words.ts';
import type { WhoTerm } from './who-words.ts';

/** Whom the palette tells about: all who fulfil a selector, or one person. */
export interface WhoQuestion {
  readonly label: string;
  readonly selector: Selector;
  readonly agentId: AgentId | null;
}

/** What the typed words offer to ask about who is on; first of all, when the question itself was typed. */
export function useWhoItems(
  text: string,
  ask: (question: WhoQuestion) => void,
): { readonly items: readonly PaletteItem[]; readonly isAsked: boolean } {
  const t = useWords('shifts');
  const roster = useRoster();
  const formats = useFormats();
  const needOfCase = useOpenCaseNeed(text !== '');
  const vocabulary = useMemo(
    () =>
      whoVocabulary(roster, {
        language: (tag) => [...new Set([formats.languageName(tag), formatsFor('en', 'UTC').languageName(tag), ownName(tag)])],
        tier: (tier: AgentTier) => [t(`who.tier.${tier}`), tier],
        questions: [...t('who.questions').split('|'), 'who is on', 'who is on now', 'who', 'on now'],
      }),
    [roster, formats, t],
  );
  return useMemo(() => {
    const { isAsked, meanings } = readWho(text, vocabulary);
    const items = meanings.map((terms): PaletteItem => {
      const words = terms.length === 0 ? t('who.everybody') : terms.map((term) => term.label).join(' · ');
      const label = isPerson(terms) ? t('who.isOn', { who: words }) : t('who.whoIsOn', { who: words });
      return {
        id: `who.${terms.map((term) => `${term.kind} ${term.value}`).join(' ')}`,
        kind: 'who',
        label,
        staysOpen: true,
        run: () => ask({ label, selector: selectorOf(terms), agentId: isPerson(terms) ? terms[0].value : null }),
      };
    });
    if (isAsked && needOfCase !== null) {
      const label = t('who.thisCase');
      items.unshift({
        id: 'who.case',
        kind: 'who',
        label,
        staysOpen: true,
        run: () => ask({ label, selector: needOfCase, agentId: null }),
      });
    }
    return { items, isAsked };
  }, [text, vocabulary, needOfCase, t, ask]);
}

function isPerson(terms: readonly WhoTerm[]): terms is readonly [Extract<WhoTerm, { kind: 'person' }>] {
  return terms.length === 1 && terms[0]?.kind === 'person';
}

/** A language's name in itself: 한국어. */
function ownName(tag: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function useOpenCaseNeed(isWanted: boolean): Selector | null {
  const caseId = useSession((state) => state.selectedCaseId);
  return useLiveValue('coverage.runway', isWanted && caseId !== null ? { caseId } : null, null)?.need.selector ?? null;
}

/** The answer: who is on now, and who comes next, on the viewer's clock, on theirs, and on that of the customer of the open case. */
export function useWhoGroups(
  question: WhoQuestion | null,
  typed: string,
): { readonly groups: readonly PaletteGroup[]; readonly isLoading: boolean } {
  const t = useWords('shifts');
  const formats = useFormats();
  const { agents, hubs } = useRosterIndex();
  const now = useNow(nextMinute);
  const caseId = useSession((state) => state.selectedCaseId);
  const customer = useLiveValue('cases.detail', question === null || caseId === null ? null : { caseId }, null);
  const people = useLiveValue('coverage.onNow', question === null ? null : { selector: question.selector, at: null }, null);
  const groups = useMemo(() => {
    if (question === null || people === null) return [];
    const isMeant = ({ agentId }: { readonly agentId: AgentId }): boolean =>
      (question.agentId === null || question.agentId === agentId) &&
      (agents.get(agentId)?.name ?? agentId).toLocaleLowerCase().includes(typed.toLocaleLowerCase());
    const item = (agentId: AgentId, at: Instant, group: 'on' | 'next', when: string): PaletteItem => {
      const agent = agents.get(agentId);
      const place = agent === undefined || agent.hubId === null ? '' : (hubs.get(agent.hubId)?.name ?? '');
      const there = agent === undefined ? '' : formats.weekdayTimeIn(at, agent.zone);
      const customers = customer === null ? '' : customerTime(at, customer, formats);
      const details = [when, `${place} ${there}`.trim(), customers === '' ? '' : t('who.customer', { time: customers })];
      return {
        id: `${group}.${agentId}`,
        kind: 'person',
        label: agent?.name ?? agentId,
        detail: details.filter((each) => each !== '').join(' · '),
        run: () => openCoverage('plan', at),
      };
    };
    const on = people.on
      .filter(isMeant)
      .map(({ agentId, until }) => item(agentId, now, 'on', t('ribbon.until', { time: formats.soonTime(until, now) })));
    const next = people.next
      .filter(isMeant)
      .map(({ agentId, from }) => item(agentId, from, 'next', t('who.from', { time: formats.soonTime(from, now) })));
    return [
      { id: 'on', label: t('who.onNow'), items: on },
      { id: 'next', label: t('who.next'), items: next },
    ].filter((group) => group.items.length > 0);
  }, [question, people, agents, hubs, formats, now, customer, typed, t]);
  return { groups, isLoading: question !== null && people === null };
}

/** `Mon 09:00` on the clock of a case's customer; empty when it is not known. */
function customerTime(
  at: Instant,
  { contactZone, contactOffsetMinutes }: { readonly contactZone: string | null; readonly contactOffsetMinutes: number | null },
  formats: Formats,
): string {
  const there = contactZone === null ? '' : formats.weekdayTimeIn(at, contactZone);
  if (there !== '' || contactOffsetMinutes === null) return there;
  return formats.weekdayTimeAtOffset(at, contactOffsetMinutes);
}
