import { MailCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { OutboxRow } from '../../../shared/contract/outbox.contract.ts';
import { goTo } from '../../state/session.ts';
import { useShownDeliveries } from '../../state/shown-deliveries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failed } from '../../ui/loaded.tsx';
import { Spinner } from '../../ui/progress.tsx';
import './outbox.css';
import { OutboxEntry } from './outbox-entry.tsx';
import { needsDecision, waitsForTime } from './outbox-text.ts';

const NO_REPLIES: readonly OutboxRow[] = [];

/** Replies that have not reached the customer, with the reason and what can be done. */
export function OutboxScreen(): ReactNode {
  const t = useWords('frame');
  const outbox = useLive('outbox.list', {});
  return (
    <div className="outbox">
      <header className="outbox-head">
        <h1>{t('outbox.title')}</h1>
        <p className="muted">{t('outbox.lead')}</p>
      </header>
      <OutboxBody outbox={outbox} />
    </div>
  );
}

function OutboxBody({ outbox }: { readonly outbox: ReturnType<typeof useLive<'outbox.list'>> }): ReactNode {
  const t = useWords('frame');
  const tLater = useWords('sendLater');
  const told = useShownDeliveries(outbox.state === 'ready' ? outbox.value : NO_REPLIES);
  if (outbox.state === 'loading') return <Spinner />;
  if (outbox.state === 'error') return <Failed code={outbox.error.code} />;
  const rows = told.filter((row) => row.state !== 'cancelled');
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<MailCheck />}
        title={t('outbox.emptyTitle')}
        description={t('outbox.emptyText')}
        actions={<Button onClick={() => goTo('inbox')}>{t('outbox.toInbox')}</Button>}
      />
    );
  }
  return (
    <>
      <Group title={t('outbox.groupDecide')} rows={rows.filter(needsDecision)} />
      <Group
        title={t('outbox.groupWaiting')}
        rows={rows.filter((row) => !needsDecision(row) && !waitsForTime(row) && row.state !== 'sent')}
      />
      <Group title={tLater('group')} rows={rows.filter(waitsForTime).toSorted((a, b) => (a.laterAt ?? 0) - (b.laterAt ?? 0))} />
      <Group title={t('outbox.groupDone')} rows={rows.filter((row) => !needsDecision(row) && row.state === 'sent')} />
    </>
  );
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly OutboxRow[] }): ReactNode {
  if (rows.length === 0) return null;
  return (
    <section className="outbox-group" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.outboxId}>
            <OutboxEntry row={row} />
          </li>
        ))}
      </ul>
    </section>
  );
}
