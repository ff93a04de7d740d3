import { CloudOff, Moon } from 'lucide-react';
import type { ReactNode } from 'react';
import { channelProblemText } from '../../../i18n/channel-problem.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import { MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { partOfDay, placeOf, wallTime } from '../format/zone-time.ts';
import type { Place } from '../format/zone-time.ts';
import { useTimeThere } from '../list/local-time.tsx';

/** Whoever wrote this short a time ago is not asleep, whatever their clock says. */
const AWAKE_MS = 30 * MINUTE_MS;
const NO_ACCOUNTS: readonly AccountRow[] = [];

/** What one should know before sending: that it does not leave now, and what time it is for the customer. */
export function SendHints({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const tChannels = useWords('channels');
  const tErrors = useWords('errors');
  const accounts = useLiveValue('accounts.list', {}, NO_ACCOUNTS);
  const account = accounts.find((each) => each.address === detail.accountAddress);
  const place = placeOf(detail.contactZone, detail.contactOffsetMinutes);
  const name = detail.contactName === '' ? detail.contactAddress : detail.contactName;
  // what only goes slower is said where the reply waits
  const isBroken = account?.state === 'problem' && account.code !== 'rate-limited';
  const isDown = account?.state === 'offline' || isBroken;
  if (!isDown && place === null) return null;
  return (
    <p className="ib-send-hints">
      {isDown && (
        <span className="ib-send-offline" role="status">
          <CloudOff aria-hidden="true" />
          {isBroken
            ? t('composer.broken', { why: account.code === null ? '' : channelProblemText(tChannels, tErrors, account.code) })
            : t('composer.offline')}
        </span>
      )}
      {place !== null && <CustomerClock place={place} name={name} lastInboundAt={detail.lastInboundAt} />}
    </p>
  );
}

interface CustomerClockProps {
  readonly place: Place;
  readonly name: string;
  readonly lastInboundAt: Instant | null;
}

function CustomerClock({ place, name, lastInboundAt }: CustomerClockProps): ReactNode {
  const t = useWords('inbox');
  const now = useNow(nextMinute);
  const time = useTimeThere(place, now) ?? '';
  const isAwake = lastInboundAt !== null && now - lastInboundAt < AWAKE_MS;
  const isNight = !isAwake && partOfDay(wallTime(place, now).hour) === 'night';
  return (
    <span className="tabular" data-night={isNight}>
      {isNight && <Moon aria-hidden="true" />}
      {isNight ? t('composer.theirNight', { time, name }) : t('composer.theirTime', { time, name })}
    </span>
  );
}
