import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { showPart, useTeam } from './team.store.ts';
import type { PartKind } from './team.store.ts';

export interface ListedPart {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly isActive: boolean;
}

export interface PartListProps {
  readonly kind: PartKind;
  readonly label: string;
  readonly parts: readonly ListedPart[];
  readonly shownId: string;
  readonly unnamed: string;
}

/** The list beside the editor; what is not in use comes last. */
export function PartList({ kind, label, parts, shownId, unnamed }: PartListProps): ReactNode {
  const t = useWords('team');
  const edits = useTeam((state) => state.edits);
  const ordered = [...parts.filter((part) => part.isActive), ...parts.filter((part) => !part.isActive)];
  return (
    <ul className="m-rows team-list" aria-label={label}>
      {ordered.map((part) => (
        <li key={part.id}>
          <button
            type="button"
            className="m-row"
            aria-current={part.id === shownId ? 'true' : undefined}
            onClick={() => showPart(kind, part.id)}
          >
            <strong className="truncate">{part.name.trim() || unnamed}</strong>
            {edits[part.id] !== undefined ? <Badge tone="accent">{t('edited')}</Badge> : !part.isActive && <Badge>{t('outOfUse')}</Badge>}
            <span className="m-row-more muted truncate">{part.detail}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
