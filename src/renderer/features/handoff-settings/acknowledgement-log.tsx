import { CircleAlert, CircleSlash2, Clock3, MailCheck, MailX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { AcknowledgementEntry } from '../../../shared/contract/promise.contract.ts';
import { useLive } from '../../bridge/use-live.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { openCase } from '../../state/session.ts';
import { Badge } from '../../ui/badge.tsx';
import type { BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Spinner } from '../../ui/progress.tsx';

const FIRST = 20;
const MORE = 80;
const MOST = 500;

const LOOKS: { readonly [Kind in AcknowledgementEntry['kind']]: { readonly tone: BadgeTone; readonly icon: ReactNode } } = {
  queued: { tone: 'accent', icon: <Clock3 aria-hidden="true" /> },
  sent: { tone: 'ok', icon: <MailCheck aria-hidden="true" /> },
  silent: { tone: 'paused', icon: <CircleSlash2 aria-hidden="true" /> },
  dropped: { tone: 'paused', icon: <MailX aria-hidden="true" /> },
  failed: { tone: 'breach', icon: <CircleAlert aria-hidden="true" /> },
};

/** The last messages, and why each of them was answered by itself or not. */
export function AcknowledgementLog(): ReactNode {
  const t = useWords('handoffSettings');
  const tErrors = useWords('errors');
  const [limit, setLimit] = useState(FIRST);
  // One more than is shown tells whether there is more.
  const live = useLive('acknowledgements.log', { limit: Math.min(MOST, limit + 1) });
  const [last, setLast] = useState<readonly AcknowledgementEntry[] | null>(null);
  const entries = live.state === 'ready' ? live.value : last;
  if (entries !== last) setLast(entries);
  return (
    <section className="m-section">
      <div>
        <h3>{t('ack.log')}</h3>
        <p className="muted">{t('ack.logHint')}</p>
      </div>
      {live.state === 'error' && <p role="alert">{errorText(tErrors, live.error.code)}</p>}
      {entries === null && live.state === 'loading' && <Spinner />}
      {entries?.length === 0 && <p className="ack-empty muted">{t('ack.logEmpty')}</p>}
      {entries !== null && entries.length > 0 && (
        <ul className="ack-log">
          {entries.slice(0, limit).map((entry, index) => (
            <LogEntry key={entry.messageId ?? `${entry.caseId} ${String(index)}`} entry={entry} />
          ))}
        </ul>
      )}
      {entries !== null && entries.length > limit && (
        <div>
          <Button onClick={() => setLimit(Math.min(MOST, limit + MORE))}>{t('ack.logMore', { count: MORE })}</Button>
        </div>
      )}
    </section>
  );
}

function LogEntry({ entry }: { readonly entry: AcknowledgementEntry }): ReactNode {
  const t = useWords('handoffSettings');
  const formats = useFormats();
  const { kind, reasons, subject, text, at } = entry;
  const name = subject.trim() === '' ? t('ack.noSubject') : subject;
  return (
    <li>
      <time className="tabular muted" dateTime={new Date(at).toISOString()} title={formats.dateTimeFull(at)}>
        {formats.dateTime(at)}
      </time>
      <Badge tone={LOOKS[kind].tone} icon={LOOKS[kind].icon}>
        {t(`ack.kind.${kind}`)}
      </Badge>
      <div className="ack-entry">
        <button type="button" className="ack-case" aria-label={t('ack.logOpen', { subject: name })} onClick={() => openCase(entry.caseId)}>
          <span className="truncate" dir="auto">
            {name}
          </span>
        </button>
        {reasons.length > 0 && <span className="muted">{formats.list(reasons.map((reason) => t(`ack.reason.${reason}`)))}</span>}
        {text !== '' && (
          <details>
            <summary>{t('ack.logText')}</summary>
            <div className="ack-mail" dir="auto">
              {text}
            </div>
          </details>
        )}
      </div>
    </li>
  );
}
