import { ChevronRight, MessageSquareMore } from 'lucide-react';
import { use, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { FindQuery, isFoundIn } from '../search/find-query.ts';
import './chaser-line.css';
import type { MessageItem } from './timeline-groups.ts';

export interface ChaserLineProps {
  /** At least one, in the order of time. */
  readonly items: readonly MessageItem[];
  readonly draw: (item: MessageItem) => ReactNode;
}

/** Messages with which the customer only asked again, as one line that opens. */
export function ChaserLine({ items, draw }: ChaserLineProps): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const query = use(FindQuery);
  const [choice, setOpen] = useState<boolean | null>(null);
  const isOpen = choice ?? items.some((item) => isFoundIn(item.text, query));
  const last = items.at(-1);
  if (last === undefined) return null;
  return (
    <div className="ib-chasers">
      <button type="button" className="ib-chasers-line" aria-expanded={isOpen} title={t('chaser.hint')} onClick={() => setOpen(!isOpen)}>
        <ChevronRight className="ib-chasers-arrow" aria-hidden="true" />
        <MessageSquareMore aria-hidden="true" />
        <span>{t('chaser.line', { count: items.length, ago: formats.relative(last.at, now) })}</span>
        <span className="truncate muted" dir="auto">
          {last.text.trim().slice(0, 80)}
        </span>
      </button>
      {isOpen && items.map(draw)}
    </div>
  );
}
