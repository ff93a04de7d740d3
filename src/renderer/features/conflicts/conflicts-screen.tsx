import { GitMerge, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment, useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ConflictRow } from '../../../shared/contract/team.contract.ts';
import type { ConflictChoice } from '../../../shared/domain/team/conflict.ts';
import { useLive } from '../../bridge/use-live.ts';
import { goTo, openCase, openSettings } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyHint as Keys } from '../../ui/kbd.tsx';
import { Failed } from '../../ui/loaded.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { ConflictCard, GroupHead } from './conflict-card.tsx';
import { nextAfter, splitConflicts } from './conflict-groups.ts';
import './conflicts.css';
import { DoneList } from './done-list.tsx';
import { resolveConflict } from './resolve.ts';
import { focusConflict, useConflictKeys } from './use-conflict-keys.ts';

/** What was done here while others did something else, and what a person decides about it. */
export function ConflictsScreen(): ReactNode {
  const t = useWords('conflicts');
  const team = useLive('team.get', {});
  const live = useLive('team.conflicts', { state: 'all' });
  const isAlone = team.state === 'ready' && team.value === null;
  return (
    <div className="conflicts">
      <header className="conflicts-head">
        <h1>{t('title')}</h1>
        <p className="muted">{t('lead')}</p>
      </header>
      {isAlone && <EmptyState icon={<Users />} title={t('noTeamTitle')} description={t('noTeamText')} actions={<TeamHubButton />} />}
      {!isAlone && live.state === 'loading' && <Spinner />}
      {!isAlone && live.state === 'error' && <Failed code={live.error.code} />}
      {!isAlone && live.state === 'ready' && <Conflicts rows={live.value} />}
    </div>
  );
}

function TeamHubButton(): ReactNode {
  const t = useWords('hub');
  return <Button onClick={() => openSettings('team-hub')}>{t('tab')}</Button>;
}

function Conflicts({ rows }: { readonly rows: readonly ConflictRow[] }): ReactNode {
  const t = useWords('conflicts');
  const { groups, done } = useMemo(() => splitConflicts(rows), [rows]);
  const open = useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  const [wanted, setWanted] = useState<string | null>(null);
  const [busyId, setBusyId] = useState<string | null>(null);
  const current = open.find((row) => row.conflict.id === wanted) ?? open[0] ?? null;

  const choose = async (row: ConflictRow, choice: ConflictChoice): Promise<void> => {
    const { id } = row.conflict;
    if (busyId !== null) return;
    const next = nextAfter(
      open.map((each) => each.conflict.id),
      id,
    );
    setBusyId(id);
    const isDecided = await resolveConflict(id, choice);
    setBusyId(null);
    if (!isDecided) return;
    setWanted(next);
    if (next !== null) focusConflict(next);
  };
  useConflictKeys({
    rows: open,
    current,
    onMove: setWanted,
    onKeep: (row) => void choose(row, 'keep-theirs'),
    onApply: (row) => void choose(row, 'apply-mine'),
    onOpen: (row) => row.case !== null && openCase(row.case.caseId),
  });
  return (
    <>
      {open.length === 0 ? (
        <EmptyState
          icon={<GitMerge />}
          title={t('emptyTitle')}
          description={t('emptyText')}
          actions={<Button onClick={() => goTo('inbox')}>{t('toInbox')}</Button>}
        />
      ) : (
        <KeyHint />
      )}
      {groups.map((group) => (
        <section key={group.key} className="conflict-group">
          <GroupHead of={group.case} onOpen={() => group.case !== null && openCase(group.case.caseId)} />
          {group.rows.map((row) => (
            <ConflictCard
              key={row.conflict.id}
              row={row}
              isCurrent={row === current}
              isBusy={busyId !== null}
              onFocus={() => setWanted(row.conflict.id)}
              onChoose={(choice) => void choose(row, choice)}
            />
          ))}
        </section>
      ))}
      <DoneList rows={done} />
    </>
  );
}

const HINT_KEYS = { move: ['j', 'k'], keep: ['shift+k'], apply: ['m'], open: ['enter'] } as const;
/** Stands for the keys in the sentence until it is taken apart. */
const mark = (name: keyof typeof HINT_KEYS): string => `\u0000${name}\u0000`;

/** The keys of this screen, drawn into their sentence. */
function KeyHint(): ReactNode {
  const t = useWords('conflicts');
  const parts = t('hint', { move: mark('move'), keep: mark('keep'), apply: mark('apply'), open: mark('open') }).split('\u0000');
  return (
    <p className="conflicts-hint muted">
      {parts.map((part) => (
        <Fragment key={part}>{isHintKey(part) ? HINT_KEYS[part].map((keys) => <Keys key={keys} keys={keys} />) : part}</Fragment>
      ))}
    </p>
  );
}

function isHintKey(part: string): part is keyof typeof HINT_KEYS {
  return Object.hasOwn(HINT_KEYS, part);
}
