import { Check, CornerDownRight, Inbox, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ConflictRow } from '../../../shared/contract/team.contract.ts';
import type { ConflictChange, ConflictChoice } from '../../../shared/domain/team/conflict.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { useConflictWords } from './conflict-words.ts';

export interface ConflictCardProps {
  readonly row: ConflictRow;
  readonly isCurrent: boolean;
  readonly isBusy: boolean;
  readonly onFocus: () => void;
  readonly onChoose: (choice: ConflictChoice) => void;
}

/** One conflict: why, what was done here beside what others did, and what can be decided. */
export function ConflictCard({ row, isCurrent, isBusy, onFocus, onChoose }: ConflictCardProps): ReactNode {
  const t = useWords('conflicts');
  const words = useConflictWords();
  const { conflict, alsoMineTypes } = row;
  const { mine, theirs, choices } = conflict;
  const reason = words.reason(conflict);
  const isOnlyLeft = !choices.includes('apply-mine');
  return (
    // The cards take the focus in turn, and the keys of the screen act on the one that has it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- focus is followed, nothing is clicked
    <article
      className="conflict"
      data-conflict-id={conflict.id}
      data-current={isCurrent || undefined}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={isCurrent ? 0 : -1}
      aria-label={reason}
      onFocus={onFocus}
    >
      <h3 className="conflict-reason">{reason}</h3>
      <div className="conflict-sides">
        <Side title={t('yours')} mark={t('yoursWaits')} who={words.mine(conflict)} at={mine.at} row={row} changes={mine.changes} />
        {theirs === null ? (
          <div role="group" className="conflict-side conflict-side-theirs" aria-label={t('theirs')}>
            <p className="muted">{t('nothingMet')}</p>
          </div>
        ) : (
          <Side
            isTheirs
            title={t('theirs')}
            mark={t('theirsCounts')}
            who={words.theirs(conflict)}
            at={theirs.at}
            row={row}
            changes={theirs.changes}
          />
        )}
      </div>
      {alsoMineTypes.length > 0 && <Also types={alsoMineTypes} />}
      <div className="conflict-buttons">
        <Button
          size="sm"
          icon={<Check aria-hidden="true" />}
          shortcut="shift+k"
          disabled={isBusy || !choices.includes('keep-theirs')}
          onClick={() => onChoose('keep-theirs')}
        >
          {isOnlyLeft ? t('understood') : t('keepTheirs')}
        </Button>
        {!isOnlyLeft && (
          <Button size="sm" icon={<Undo2 aria-hidden="true" />} shortcut="m" disabled={isBusy} onClick={() => onChoose('apply-mine')}>
            {t('applyMine')}
          </Button>
        )}
      </div>
    </article>
  );
}

function Also({ types }: { readonly types: readonly string[] }): ReactNode {
  const t = useWords('conflicts');
  const formats = useFormats();
  const words = useConflictWords();
  const what = formats.list([...new Set(types.map((type) => words.type(type)))]);
  return (
    <p className="conflict-also muted">
      <CornerDownRight aria-hidden="true" />
      <span>{t('also', { count: types.length, what })}</span>
    </p>
  );
}

interface SideProps {
  readonly title: string;
  /** Whether it counts now, in words. */
  readonly mark: string;
  readonly who: string;
  readonly at: Instant;
  readonly row: ConflictRow;
  readonly changes: readonly ConflictChange[];
  readonly isTheirs?: boolean;
}

function Side({ title, mark, who, at, row, changes, isTheirs = false }: SideProps): ReactNode {
  const t = useWords('conflicts');
  const formats = useFormats();
  const words = useConflictWords();
  const now = useNow(nextMinute);
  return (
    <div role="group" className={isTheirs ? 'conflict-side conflict-side-theirs' : 'conflict-side'} aria-label={title}>
      <header>
        <strong>{title}</strong>
        <span className="muted">{mark}</span>
      </header>
      <dl>
        {changes.map((change) => (
          <div key={`${change.field} ${change.part ?? ''}`}>
            <dt>{words.field(change)}</dt>
            <dd dir="auto">
              <span className="conflict-value">{words.value(row, change, change.to)}</span>
              {change.from !== null && <span className="muted"> {t('from', { from: words.value(row, change, change.from) })}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <time className="muted tabular" dateTime={new Date(at).toISOString()} title={formats.dateTimeFull(at)}>
        {t('by', { who, when: formats.soonTime(at, now) })}
      </time>
    </div>
  );
}

/** Where the conflicts below belong, with the way there. */
export function GroupHead({ of, onOpen }: { readonly of: ConflictRow['case']; readonly onOpen: () => void }): ReactNode {
  const t = useWords('conflicts');
  if (of === null) return <h2 className="conflict-group-head">{t('ofTeam')}</h2>;
  return (
    <div className="conflict-group-head">
      <h2 className="truncate" dir="auto">
        {of.subject.trim() === '' ? t('noSubject') : of.subject}
      </h2>
      <span className="muted truncate">{t('customer', { name: of.contactName })}</span>
      <Button size="sm" variant="ghost" icon={<Inbox aria-hidden="true" />} onClick={onOpen}>
        {t('openCase')}
      </Button>
    </div>
  );
}
