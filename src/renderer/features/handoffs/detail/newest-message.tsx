import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { nextRelativeChange } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Spinner } from '../../../ui/progress.tsx';

const MOST_CHARACTERS = 700;

export interface NewestMessageProps {
  readonly caseId: CaseId;
  /** How many the customer wrote since the case was offered. */
  readonly since?: number | undefined;
  /** The reader has not seen it yet. */
  readonly isNew?: boolean | undefined;
}

/** What the customer wrote last, in their own words; the rest is in the case. */
export function NewestMessage({ caseId, since = 0, isNew = false }: NewestMessageProps): ReactNode {
  const t = useWords('lanes');
  const words = useWords('handoff');
  const live = useLive('cases.timeline', { caseId });
  const message = live.state === 'ready' ? newestInbound(live.value) : null;
  return (
    <section className="hd-newest" data-new={isNew ? '' : undefined} aria-label={t('detail.newest')}>
      <header>
        <h3>{t('detail.newest')}</h3>
        {message !== null && <When at={message.at} />}
        {isNew && <Badge tone="soon">{words('view.changed')}</Badge>}
        {since > 0 && <Badge tone="accent">{t('detail.newestSince', { count: since })}</Badge>}
      </header>
      {live.state === 'loading' && <Spinner size="sm" label={t('loading')} />}
      {live.state !== 'loading' && message === null && <p className="muted">{t('detail.newestNone')}</p>}
      {message !== null && (
        <p className="hd-newest-text" dir="auto" lang={message.language ?? undefined}>
          {excerpt(message.text)}
        </p>
      )}
    </section>
  );
}

function When({ at }: { readonly at: Instant }): ReactNode {
  const formats = useFormats();
  const now = useNow((current) => nextRelativeChange(at, current));
  return (
    <time className="muted tabular" dateTime={new Date(at).toISOString()} title={formats.dateTimeFull(at)}>
      {formats.relative(at, now)}
    </time>
  );
}

type Message = Extract<TimelineItem, { kind: 'message' }>;

function newestInbound(items: readonly TimelineItem[]): Message | null {
  return items.findLast((item): item is Message => item.kind === 'message' && item.direction === 'in') ?? null;
}

/** Without what they quoted, and not longer than one screen takes. */
function excerpt(text: string): string {
  const own = text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
  return own.length <= MOST_CHARACTERS ? own : `${own.slice(0, MOST_CHARACTERS).trimEnd()}…`;
}
