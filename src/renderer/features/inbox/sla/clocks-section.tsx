import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { Instance } from '../../../../shared/domain/sla/clock.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { placeOf } from '../format/zone-time.ts';
import { openWhy } from '../inbox-store.ts';
import { DueBadge, RaisedMark } from './due-badge.tsx';

/** The clocks of a case that go on, in the customer's panel. */
export function ClocksSection({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const clocks = useLiveValue('sla.clocks', { caseId: detail.caseId }, null);
  const place = placeOf(detail.contactZone, detail.contactOffsetMinutes);
  const running = clocks?.instances.filter((each) => each.endedAt === null).sort(byDue) ?? [];
  return (
    <section className="ib-context-part" aria-label={t('context.clocks')}>
      <h3>{t('context.clocks')}</h3>
      {clocks !== null && running.length === 0 && <p className="muted">{t('context.noClocks')}</p>}
      {running.length > 0 && (
        <ul className="ib-clock-rows">
          {running.map((instance) => (
            <li key={`${instance.metric} ${String(instance.number)}`} className="ib-clock-row">
              <span>{t(`sla.metric.${instance.metric}`)}</span>
              <DueBadge badge={instance} place={place} />
              {instance.dueAt !== null && (
                <time className="tabular" dateTime={new Date(instance.dueAt).toISOString()} title={formats.dateTimeFull(instance.dueAt)}>
                  {t('sla.due', { at: formats.dateTime(instance.dueAt) })}
                </time>
              )}
            </li>
          ))}
        </ul>
      )}
      {detail.raised && <RaisedMark withWord />}
      <div>
        <Button size="sm" variant="ghost" shortcut="w" onClick={() => openWhy(detail.caseId)}>
          {t('sla.why')}
        </Button>
      </div>
    </section>
  );
}

/** What is due next comes first; a paused clock has no due time and comes last. */
function byDue(a: Instance, b: Instance): number {
  return (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY);
}
