import { CalendarPlus, CalendarX2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { BusinessCalendar } from '../../../shared/domain/time/calendar.ts';
import { machineZone } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CalendarEditor } from './calendar-editor.tsx';
import { LeavingList } from './leaving-list.tsx';
import { leaving } from './rules-changes.ts';
import { calendarDraft, newCalendar, newRuleId, weeklyHours } from './rules-draft.ts';
import type { CalendarDraft } from './rules-draft.ts';
import { RulesPage } from './rules-page.tsx';
import type { Rules } from './rules-page.tsx';
import { calendarFaults, countCalendarFaults } from './rules-problems.ts';
import { addCalendar, promises, putBackCalendar, useRules } from './rules.store.ts';

/** Business calendars: the hours that customers are promised. */
export function HoursPage(): ReactNode {
  const t = useWords('rules');
  return (
    <RulesPage title={t('tabs.hours')} lead={t('hours.lead')}>
      {(rules) => <Hours {...rules} />}
    </RulesPage>
  );
}

function Hours({ config, base, draft }: Rules): ReactNode {
  const t = useWords('rules');
  const calendarId = useRules((state) => state.calendarId);
  const shown = draft.calendars.find((each) => each.id === calendarId) ?? draft.calendars[0];
  const add = (): void => addCalendar(newCalendar(newRuleId('calendar'), t('hours.newName'), machineZone()));
  const addButton = (
    <Button icon={<CalendarPlus aria-hidden="true" />} onClick={add}>
      {t('hours.add')}
    </Button>
  );
  const others = (
    <>
      <LeavingList parts={leaving(base.calendars, draft.calendars)} onPutBack={putBackCalendar} />
      <RetiredList
        calendars={config.calendars.filter((each) => each.isRetired === true && draft.calendars.every(({ id }) => id !== each.id))}
      />
    </>
  );
  if (shown === undefined)
    return (
      <>
        <EmptyState icon={<CalendarX2 />} title={t('hours.emptyTitle')} description={t('hours.emptyText')} actions={addButton} />
        {others}
      </>
    );
  const saved = base.calendars.find((each) => each.id === shown.id);
  return (
    <div className="m-columns">
      <div className="m-side">
        <ul className="m-rows" aria-label={t('hours.list')}>
          {draft.calendars.map((each) => (
            <CalendarRow
              key={each.id}
              calendar={each}
              saved={base.calendars.find((other) => other.id === each.id)}
              isShown={each.id === shown.id}
            />
          ))}
        </ul>
        {addButton}
        {others}
      </div>
      <CalendarEditor
        key={shown.id}
        calendar={shown}
        saved={saved}
        versions={config.calendars.find((each) => each.id === shown.id)?.versions ?? []}
        promisedBy={draft.policies.filter((each) => promises(each, shown.id)).map((each) => each.name.trim() || t('policies.newName'))}
        faults={calendarFaults(shown, saved, clock.now())}
      />
    </div>
  );
}

/** Calendars that nobody may promise any more; each can be used again. */
function RetiredList({ calendars }: { readonly calendars: readonly BusinessCalendar[] }): ReactNode {
  const t = useWords('rules');
  if (calendars.length === 0) return null;
  return (
    <details className="rules-retired">
      <summary>{t('hours.retired', { count: calendars.length })}</summary>
      <ul>
        {calendars.map((each) => (
          <li key={each.id}>
            <span className="truncate" title={each.name}>
              {each.name}
            </span>
            <Button
              size="sm"
              aria-label={t('hours.useAgainName', { name: each.name })}
              onClick={() => putBackCalendar(calendarDraft(each, clock.now()))}
            >
              {t('hours.useAgain')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface CalendarRowProps {
  readonly calendar: CalendarDraft;
  readonly saved: CalendarDraft | undefined;
  readonly isShown: boolean;
}

function CalendarRow({ calendar, saved, isShown }: CalendarRowProps): ReactNode {
  const t = useWords('rules');
  const formats = useFormats();
  const faults = countCalendarFaults(calendarFaults(calendar, saved, clock.now()));
  const hours = formats.number(Math.round(weeklyHours(calendar.week) * 10) / 10);
  return (
    <li>
      <button
        type="button"
        className="m-row"
        aria-current={isShown ? 'true' : undefined}
        onClick={() => useRules.setState({ calendarId: calendar.id })}
      >
        <strong className="truncate">{calendar.name.trim() || t('hours.newName')}</strong>
        <span className="m-row-more muted truncate">
          {[calendar.zone ?? '', t('hours.perWeek', { hours })].filter(Boolean).join(' · ')}
        </span>
        {faults > 0 ? (
          <Badge tone="breach">{t('policies.fault', { count: faults })}</Badge>
        ) : (
          calendar !== saved && <Badge>{t('edited')}</Badge>
        )}
      </button>
    </li>
  );
}
