import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { weekdayTimeThere } from '../../../i18n/time-there.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import { PeopleList } from '../../../ui/people-list.tsx';
import { placeOf } from '../format/zone-time.ts';
import { NeedWords, personLine } from './runway-reasons.tsx';
import './runway.css';

const MOST_NEXT = 3;

/** Who can take a case: on now and until when, and who comes next, on their clocks, the viewer's and the customer's. */
export function WhoCanTake({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const index = useRosterIndex();
  const now = useNow(nextMinute);
  const runway = useLiveValue('coverage.runway', { caseId: detail.caseId }, null);
  const people = useLiveValue('coverage.onNow', runway === null ? null : { selector: runway.need.selector, at: null }, null);
  const first = useLiveValue('coverage.nextAvailable', { caseId: detail.caseId }, null);
  const place = placeOf(detail.contactZone, detail.contactOffsetMinutes);
  // Before anything is planned there is nothing to tell.
  if (runway === null || people === null) return null;
  if (runway.runwayMs === null && people.on.length === 0 && people.next.length === 0) return null;
  const next = people.next.slice(0, MOST_NEXT);
  return (
    <section className="ib-context-part ib-who" aria-label={t('runway.who')}>
      <h3>{t('runway.who')}</h3>
      <NeedWords need={runway.need} />
      {first !== null && (
        <p className={first.isInTime ? 'muted' : 'ib-who-late'}>
          {t(first.isInTime ? 'runway.firstInTime' : 'runway.firstLate', {
            effort: formats.duration(first.effortMs),
            name: index.agents.get(first.agentId)?.name ?? first.agentId,
            time: formats.soonTime(first.from, now),
          })}
        </p>
      )}
      <PeopleList
        label={t('runway.onNow')}
        empty={t('runway.noneOn')}
        people={people.on.map(({ agentId, until }) => ({
          id: agentId,
          ...personLine(index, agentId, now, formats, t),
          when: t('runway.until', { time: formats.soonTime(until, now) }),
        }))}
      />
      <PeopleList
        label={t('runway.next')}
        empty={t('runway.noneNext')}
        people={next.map(({ agentId, from }) => {
          const line = personLine(index, agentId, from, formats, t);
          const customers = place === null ? '' : t('runway.customer', { time: weekdayTimeThere(formats, from, place) });
          return {
            id: agentId,
            ...line,
            time: [line.time, customers].filter((each) => each !== '').join(' · '),
            when: t('runway.from', { time: formats.soonTime(from, now) }),
          };
        })}
      />
      {people.next.length > next.length && <p className="muted">{t('runway.moreNext', { count: people.next.length - next.length })}</p>}
    </section>
  );
}
