import { Gauge } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { TeamRegion, TeamView } from '../../../shared/contract/team.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { roundTripText } from '../../i18n/hub-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { plainAddress } from '../../ui/team/team-sync.ts';
import { showToast } from '../../ui/toast.tsx';

/** All addresses of the hub, and how far each is from here. */
export function RegionsSection({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const tErrors = useWords('errors');
  const [isMeasuring, setMeasuring] = useState(false);
  const measure = async (): Promise<void> => {
    setMeasuring(true);
    const answer = await call('team.measure', { opId: newOperationId() });
    setMeasuring(false);
    if (!answer.ok) showToast({ title: t('failed'), description: errorText(tErrors, answer.error.code), tone: 'problem' });
  };
  const slowest = Math.max(1, ...team.regions.map((region) => region.roundTripMs ?? 0));
  return (
    <section className="m-section">
      <div className="team-section-head">
        <div>
          <h3>{t('regions.title')}</h3>
          <p className="muted">{t('regions.lead')}</p>
        </div>
        <Button size="sm" icon={<Gauge aria-hidden="true" />} loading={isMeasuring} onClick={() => void measure()}>
          {t('regions.measure')}
        </Button>
      </div>
      <ul className="team-rows">
        {team.regions.map((region) => (
          <RegionRow
            key={region.address}
            region={region}
            slowest={slowest}
            isMeasured={team.measuredAt !== null}
            isUsed={
              team.link.state === 'online' && team.link.address !== null && plainAddress(team.link.address) === plainAddress(region.address)
            }
          />
        ))}
      </ul>
      {team.measuredAt !== null && (
        <p className="muted team-measured">
          <Measured at={team.measuredAt} />
        </p>
      )}
    </section>
  );
}

function Measured({ at }: { readonly at: NonNullable<TeamView['measuredAt']> }): ReactNode {
  const t = useWords('hub');
  const [before = '', behind = ''] = t('regions.measuredAt', { when: '\u0000' }).split('\u0000');
  return (
    <>
      {before}
      <RelativeTime at={at} form="long" />
      {behind}
    </>
  );
}

interface RegionRowProps {
  readonly region: TeamRegion;
  readonly slowest: number;
  readonly isMeasured: boolean;
  readonly isUsed: boolean;
}

function RegionRow({ region, slowest, isMeasured, isUsed }: RegionRowProps): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const { address, roundTripMs } = region;
  return (
    <li className="team-row team-region">
      <code className="team-address truncate">{plainAddress(address)}</code>
      <div className="team-row-main">
        {roundTripMs !== null && (
          <span className="team-latency" aria-hidden="true">
            {/* A bar that grows with the distance: the longest is the farthest address. */}
            <span style={{ inlineSize: `${String(Math.max(2, (100 * roundTripMs) / slowest))}%` }} />
          </span>
        )}
      </div>
      <div className="team-row-end tabular">
        {isUsed && <Badge tone="ok">{t('regions.used')}</Badge>}
        {roundTripMs !== null && <span>{roundTripText(t, formats, roundTripMs)}</span>}
        {roundTripMs === null &&
          (isMeasured ? <Badge tone="breach">{t('regions.noAnswer')}</Badge> : <span>{t('regions.notMeasured')}</span>)}
      </div>
    </li>
  );
}
