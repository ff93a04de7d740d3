import { Crown, Handshake, MailOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { openCase } from '../../../state/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { TwoClocks } from '../../../ui/packet/two-clocks.tsx';
import { NewestMessage } from '../detail/newest-message.tsx';
import type { BriefStep } from './brief-model.ts';

/** A case of the brief that nobody has handed over: when it is due, what was promised, what the customer wrote last. */
export function CaseCard({ step }: { readonly step: BriefStep }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { row } = step;
  const dueAt = row.sla?.dueAt ?? null;
  return (
    <article className="hd brief-card" aria-label={row.subject}>
      <header className="hd-header">
        <h2 className="truncate">
          <bdi>{row.subject}</bdi>
        </h2>
        {row.tier !== 'standard' && (
          <Badge tone="vip" icon={<Crown aria-hidden="true" />}>
            VIP
          </Badge>
        )}
        <span className="hd-customer truncate muted">{row.contactName === '' ? row.contactAddress : row.contactName}</span>
        <Button size="sm" icon={<MailOpen aria-hidden="true" />} shortcut="o" onClick={() => openCase(row.caseId)}>
          {t('action.openCase')}
        </Button>
      </header>
      <dl className="hd-facts">
        <div className="hd-fact">
          <dt>{t('detail.due')}</dt>
          <dd className="tabular">{dueAt === null ? '–' : formats.soonTime(dueAt, now)}</dd>
        </div>
        <div className="hd-fact">
          <dt>{t('detail.customerTime')}</dt>
          <dd className="tabular">{row.contactZone === null ? t('detail.unknown') : formats.weekdayTimeIn(now, row.contactZone)}</dd>
        </div>
        {row.nextPromise !== null && (
          <div className="hd-fact">
            <dt>{t('detail.nextPromise')}</dt>
            <dd>
              <TwoClocks at={row.nextPromise.dueAt} zone={row.nextPromise.zone} />
            </dd>
          </div>
        )}
      </dl>
      <div className="hd-main">
        {step.promise !== null && (
          <p className="brief-promise" dir="auto">
            <Handshake aria-hidden="true" />
            {step.promise.text}
          </p>
        )}
        <NewestMessage caseId={row.caseId} />
      </div>
    </article>
  );
}
