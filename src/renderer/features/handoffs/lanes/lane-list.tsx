import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import type { HandoffId } from '../../../../shared/domain/ids.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { LaneRowItem } from './lane-row.tsx';
import { LANES } from './lanes-model.ts';
import type { Placed } from './lanes-model.ts';

export interface LaneListProps {
  readonly placed: readonly Placed[];
  readonly currentId: HandoffId | null;
  readonly names: TeamNames;
}

/** The lanes below each other, so that one key goes through all of them. */
export function LaneList({ placed, currentId, names }: LaneListProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  return (
    <div role="grid" className="lane-grid" aria-label={t('tab.lanes')}>
      {LANES.map((lane) => {
        const rows = placed.filter((each) => each.lane === lane);
        // Leads alone have something escalated.
        if (rows.length === 0 && lane === 'escalated') return null;
        return (
          <div key={lane} role="rowgroup" className="lane-group" data-lane={lane} aria-label={t(`lane.${lane}`)}>
            <div role="row" className="lane-head">
              <div role="columnheader" className="lane-head-words">
                {t(`lane.${lane}`)}
                <span className="lane-count tabular">{formats.number(rows.length)}</span>
                {rows.length === 0 && <span className="lane-empty">{t(`laneEmpty.${lane}`)}</span>}
              </div>
            </div>
            {rows.map(({ row }) => (
              <LaneRowItem
                key={row.handoff.handoffId}
                lane={lane}
                row={row}
                names={names}
                isCurrent={row.handoff.handoffId === currentId}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}
