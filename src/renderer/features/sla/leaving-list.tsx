import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { Button } from '../../ui/button.tsx';

export interface LeavingListProps<Part> {
  readonly parts: readonly Part[];
  readonly onPutBack: (part: Part) => void;
}

/** What goes out of use when the draft is saved; each can be put back until then. Nothing while there is nothing. */
export function LeavingList<Part extends { readonly id: string; readonly name: string }>({
  parts,
  onPutBack,
}: LeavingListProps<Part>): ReactNode {
  const t = useWords('rules');
  if (parts.length === 0) return null;
  return (
    <section className="rules-leaving" aria-label={t('leaving.title')}>
      <h3>{t('leaving.title')}</h3>
      <ul>
        {parts.map((part) => (
          <li key={part.id}>
            <s className="truncate" title={part.name}>
              {part.name}
            </s>
            <Button
              size="sm"
              icon={<Undo2 aria-hidden="true" />}
              aria-label={t('leaving.putBackName', { name: part.name })}
              onClick={() => onPutBack(part)}
            >
              {t('leaving.putBack')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
