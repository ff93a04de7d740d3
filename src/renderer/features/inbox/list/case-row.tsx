import { FlexRender } from '@tanstack/react-table';
import type { Row } from '@tanstack/react-table';
import { memo } from 'react';
import type { CSSProperties, MouseEvent, ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { checkCases, toggleChecked, useSession } from '../../../state/session.ts';
import { RowCheckbox } from '../../../ui/check.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { checkRange, moveTo, showCase, useInbox } from '../inbox-store.ts';
import { AssigneeCell, CasePreview, LastActivityCell, SubjectText } from './case-cells.tsx';
import type { listFeatures } from './case-columns.tsx';
import { ChannelIcon, FlagMarks, LanguageMark, TierMark, UnreadDot } from './case-marks.tsx';
import { LocalTime } from './local-time.tsx';
import { PresenceMarks } from './presence-marks.tsx';
import { DueCell } from '../sla/due-badge.tsx';
import { RunwayBadge } from '../sla/runway-badge.tsx';
import { useWords } from '../../../i18n/use-words.ts';
import { WaitingBadge } from './waiting-badge.tsx';

export type ListRow = Row<typeof listFeatures, CaseRow>;

export interface CaseRowProps {
  readonly row: ListRow;
  readonly isTable: boolean;
  readonly isCurrent: boolean;
  readonly isChecked: boolean;
  /** Some row is checked: all check boxes are shown. */
  readonly isChecking: boolean;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  /** Names the columns that are shown, so that a change of columns draws the row again. */
  readonly template: string;
}

function onRowClick(event: MouseEvent, caseId: CaseRow['caseId']): void {
  if (event.target instanceof Element && event.target.closest('button,[role="checkbox"]') !== null) return;
  if (event.shiftKey) checkRange(caseId);
  else if (event.ctrlKey || event.metaKey) {
    toggleChecked(caseId);
    moveTo(caseId);
  } else showCase(caseId);
}

function CaseRowView({ row, isTable, isCurrent, isChecked, isChecking, index, top, height, template }: CaseRowProps): ReactNode {
  const data = row.original;
  const position: CSSProperties = {
    transform: `translateY(${String(top)}px)`,
    blockSize: height,
    ...(isTable ? { gridTemplateColumns: template } : {}),
  };
  return (
    // Keys are the business of the grid around it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, x and Space check it
    <div
      role="row"
      data-case-row=""
      data-case-id={data.caseId}
      aria-rowindex={index + (isTable ? 2 : 1)}
      aria-selected={isChecked || (isCurrent && !isChecking)}
      tabIndex={isCurrent ? 0 : -1}
      className={classNames(
        'ib-row',
        isTable ? 'ib-row-table' : 'ib-row-lines',
        isCurrent && 'ib-row-current',
        isChecked && 'ib-row-checked',
        data.unread && 'ib-row-unread',
        data.tier !== 'standard' && 'ib-row-vip',
      )}
      style={position}
      onClick={(event) => onRowClick(event, data.caseId)}
    >
      <RowCells row={row} isTable={isTable} isChecked={isChecked} template={template} />
    </div>
  );
}

/** What stands in a row. When the row only moves, because one above it came or went, nothing of it is drawn again. */
const RowCells = memo(
  ({ row, isTable, isChecked }: Pick<CaseRowProps, 'row' | 'isTable' | 'isChecked' | 'template'>): ReactNode => {
    const t = useWords('inbox');
    const data = row.original;
    const box = <RowCheck data={data} isChecked={isChecked} />;
    return (
      <>
        {isTable
          ? row.getVisibleCells().map((cell) => (
              // named by its column: a row that takes over the elements of another one changes what is in them
              <div key={cell.column.id} role="gridcell" className={`ib-cell ib-cell-${cell.column.id}`}>
                {cell.column.id === 'select' ? box : <FlexRender cell={cell} />}
              </div>
            ))
          : null}
        {!isTable && (
          <>
            <div role="gridcell" className="ib-cell ib-cell-select">
              {box}
            </div>
            <div role="gridcell" className="ib-lines">
              <div className="ib-line">
                <UnreadDot unread={data.unread} />
                <span className="ib-customer-name truncate">{data.contactName === '' ? data.contactAddress : data.contactName}</span>
                <TierMark tier={data.tier} />
                <LocalTime zone={data.contactZone} offsetMinutes={data.contactOffsetMinutes} />
                <span className="ib-line-end">
                  <PresenceMarks caseId={data.caseId} />
                  <FlagMarks row={data} />
                  <ChannelIcon channel={data.channel} />
                  <LastActivityCell row={data} />
                </span>
              </div>
              <div className="ib-line">
                <span className="ib-line-text truncate">
                  <SubjectText row={data} />
                  <CasePreview row={data} isBehind />
                </span>
                <span className="ib-line-end">
                  <LanguageMark language={data.language} />
                  <RunwayBadge row={data} withWord={false} />
                  {data.sla === null ? <Waiting data={data} /> : <DueCell row={data} withWord={false} />}
                  <AssigneeCell row={data} />
                </span>
              </div>
            </div>
          </>
        )}
        <span className="visually-hidden" role="gridcell">
          {t(`status.${data.status}`)}
        </span>
      </>
    );
  },
  (before, after) =>
    before.row.original === after.row.original &&
    before.isTable === after.isTable &&
    before.isChecked === after.isChecked &&
    before.template === after.template,
);

/** Without a promise the wait is all there is to tell. */
function Waiting({ data }: { readonly data: CaseRow }): ReactNode {
  return data.waitingSince === null ? null : <WaitingBadge since={data.waitingSince} />;
}

function RowCheck({ data, isChecked }: { readonly data: CaseRow; readonly isChecked: boolean }): ReactNode {
  const t = useWords('inbox');
  return (
    // A click with Shift means a range; the box itself only knows on and off.
    <span
      className="ib-check"
      role="presentation"
      onClickCapture={(event) => {
        if (!event.shiftKey) return;
        event.stopPropagation();
        event.preventDefault();
        checkRange(data.caseId);
      }}
    >
      <RowCheckbox
        checked={isChecked}
        label={t('list.selectRow', { name: data.contactName === '' ? data.contactAddress : data.contactName })}
        onChange={() => {
          toggleChecked(data.caseId);
          useInbox.setState({ anchorCaseId: data.caseId });
        }}
      />
    </span>
  );
}

/** One row. Drawn again only when its own case, its place or its marks change: rows keep their identity. */
export const CaseRowItem = memo(
  CaseRowView,
  (before, after) =>
    before.row.original === after.row.original &&
    before.isTable === after.isTable &&
    before.isCurrent === after.isCurrent &&
    before.isChecked === after.isChecked &&
    before.isChecking === after.isChecking &&
    before.index === after.index &&
    before.top === after.top &&
    before.height === after.height &&
    before.template === after.template,
);

/** Checks every case in the list, or none when all are checked. */
export function toggleAll(): void {
  const { order } = useInbox.getState();
  const all = order.length > 0 && order.every((id) => useSession.getState().checkedCaseIds.has(id));
  checkCases(all ? [] : order);
}
