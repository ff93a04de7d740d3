import { BellRing, MessageCircleWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Condition } from '../../../../shared/domain/query/case-query.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { openHandoffs, setSearchText, useSession } from '../../../state/session.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { viewerZone } from '../format/zone-time.ts';

const STALE: readonly Condition[] = [{ field: 'is', not: false, values: ['stale'] }];
const STALE_TEXT = 'is:stale';
const ASKED = { filters: [STALE], zone: viewerZone() };
const NONE: readonly number[] = [];

/** Below the standing views: reminders that are mine, and customers who have heard nothing for a day. Each is there while there is one. */
export function PutOffItems(): ReactNode {
  const t = useWords('reminders');
  const formats = useFormats();
  const reminders = useLiveValue('reminders.counts', {}, null);
  const stale = useLiveValue('cases.countFilters', ASKED, NONE)[0] ?? 0;
  const isStaleOpen = useSession((state) => state.searchText.trim() === STALE_TEXT);
  const open = reminders?.open ?? 0;
  const due = reminders?.due ?? 0;
  return (
    <>
      {(stale > 0 || isStaleOpen) && (
        <li>
          <button
            type="button"
            className="ib-view"
            data-view="stale"
            data-tone={stale > 0 ? 'soon' : undefined}
            aria-current={isStaleOpen ? 'true' : undefined}
            onClick={() => setSearchText(STALE_TEXT)}
          >
            <MessageCircleWarning aria-hidden="true" />
            <span className="truncate">{t('followUp.view')}</span>
            <Count shown={formats.number(stale)} count={stale} />
          </button>
        </li>
      )}
      {open > 0 && (
        <li>
          <Tooltip content={t('page.go')} shortcut="g n" side="right">
            <button
              type="button"
              className="ib-view"
              data-view="reminders"
              data-tone={due > 0 ? 'breach' : undefined}
              onClick={() => openHandoffs('reminders')}
            >
              <BellRing aria-hidden="true" />
              <span className="truncate">{t('page.tab')}</span>
              {due > 0 && <span className="visually-hidden">{t('page.counted', { count: due })}</span>}
              <Count shown={due > 0 ? `${formats.number(due)}/${formats.number(open)}` : formats.number(open)} count={open} />
            </button>
          </Tooltip>
        </li>
      )}
    </>
  );
}

function Count({ shown, count }: { readonly shown: string; readonly count: number }): ReactNode {
  const t = useWords('inbox');
  return (
    <span className="ib-view-count tabular">
      <span aria-hidden="true">{shown}</span>
      <span className="visually-hidden">{t('views.count', { count })}</span>
    </span>
  );
}
