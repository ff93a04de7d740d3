import type { ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock } from '../../../state/clock-store.ts';
import { AssigneeMark, LabelChip, TierMark, UnreadDot } from './case-marks.tsx';
import { useListFacts } from './list-context.ts';
import { LocalTime } from './local-time.tsx';
import { WakesAt } from './put-off-marks.tsx';
import { PresenceMarks } from './presence-marks.tsx';
import { WithSecrets } from '../conversation/secret-mark.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { SearchSnippet } from './search-snippet.tsx';

const MAX_LABELS_SHOWN = 2;

export function CustomerCell({ row }: { readonly row: CaseRow }): ReactNode {
  return (
    <div className="ib-customer">
      <UnreadDot unread={row.unread} />
      <div className="ib-stack">
        <span className="ib-customer-name">
          <span className="truncate">{row.contactName === '' ? row.contactAddress : row.contactName}</span>
        </span>
        <LocalTime zone={row.contactZone} offsetMinutes={row.contactOffsetMinutes} />
      </div>
    </div>
  );
}

/**
 * The preview of a case, or in a search the text around what was found. A chat is named by its first words: they are not said twice.
 * @param isBehind it stands behind the subject, in the same line
 */
export function CasePreview({ row, isBehind = false }: { readonly row: CaseRow; readonly isBehind?: boolean }): ReactNode {
  const { hits } = useListFacts();
  const hit = hits?.get(row.caseId);
  const preview = row.preview.trim() === row.subject.trim() ? '' : row.preview;
  if (isBehind && hit === undefined && preview === '' && row.snoozedUntil === null) return null;
  return (
    <>
      {isBehind && <span className="ib-dash"> · </span>}
      <span className="ib-preview truncate">
        {hit === undefined ? (
          <>
            {row.snoozedUntil !== null && <WakesAt row={row} />}
            <WithSecrets text={preview} />
          </>
        ) : (
          <SearchSnippet hit={hit} />
        )}
      </span>
    </>
  );
}

export function SubjectText({ row }: { readonly row: CaseRow }): ReactNode {
  const t = useWords('inbox');
  return <span className="ib-subject truncate">{row.subject.trim() === '' ? t('conversation.noSubject') : row.subject}</span>;
}

export function SubjectCell({ row }: { readonly row: CaseRow }): ReactNode {
  return (
    <div className="ib-stack ib-subject-cell">
      <span className="ib-subject-line">
        <SubjectText row={row} />
        {row.messageCount > 1 && <span className="ib-count tabular">{row.messageCount}</span>}
        {row.labels.slice(0, MAX_LABELS_SHOWN).map((label) => (
          <LabelChip key={label} label={label} />
        ))}
        {row.labels.length > MAX_LABELS_SHOWN && <span className="ib-label">+{row.labels.length - MAX_LABELS_SHOWN}</span>}
        <PresenceMarks caseId={row.caseId} />
      </span>
      <CasePreview row={row} />
    </div>
  );
}

export function AssigneeCell({ row }: { readonly row: CaseRow }): ReactNode {
  const { me } = useListFacts();
  return <AssigneeMark assigneeId={row.assigneeId} assigneeName={row.assigneeName} isPending={row.isOwnerPending} me={me} />;
}

export function TierCell({ row }: { readonly row: CaseRow }): ReactNode {
  return <TierMark tier={row.tier} />;
}

/** When something was last said. The words of earlier days change at midnight only, and the list renders again by then. */
export function LastActivityCell({ row }: { readonly row: CaseRow }): ReactNode {
  const formats = useFormats();
  return (
    <time className="ib-last tabular" dateTime={new Date(row.lastMessageAt).toISOString()} title={formats.dateTimeFull(row.lastMessageAt)}>
      {formats.listTime(row.lastMessageAt, clock.now())}
    </time>
  );
}
