import type { ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { after, HOUR_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { formatsFor } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Mark } from './mark.tsx';
import { rowIcons } from './row-icons.ts';

/** That the case is being offered: to whom, and until when; or that nobody took it. */
export function HandoffMark({ offer }: { readonly offer: NonNullable<CaseRow['handoff']> }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const { state, to, fromId, expiresAt } = offer;
  const at = formats.dateTime(expiresAt);
  const isToMe = to.kind === 'agent' && to.agentId === names.me;
  const text = isToMe ? t('row.offeredToYou', { from: names.agent(fromId), at }) : t('row.offered', { to: names.recipient(to), at });
  const isExpired = state === 'expired';
  return (
    <Mark text={isExpired ? t('row.expired', { to: names.recipient(to) }) : text} tone={isExpired ? 'breach' : isToMe ? 'soon' : 'accent'}>
      {rowIcons.handshake}
    </Mark>
  );
}

/** A promise that is due sooner than this is marked as such. */
const SOON_MS = 2 * HOUR_MS;

/** When the look of the mark changes next. */
function nextChange(dueAt: Instant, now: Instant): Instant | null {
  if (dueAt <= now) return null;
  const soon = after(dueAt, -SOON_MS);
  return soon > now ? soon : dueAt;
}

/** The promise that is due next, on the customer's clock and on the reader's. */
export function PromiseMark({ promise }: { readonly promise: NonNullable<CaseRow['nextPromise']> }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const { dueAt, zone } = promise;
  const now = useNow((at) => nextChange(dueAt, at));
  const isOver = dueAt <= now;
  const times = { theirs: formatsFor(formats.locale, zone).dateTime(dueAt), mine: formats.dateTime(dueAt) };
  const tone = isOver ? 'breach' : dueAt - now < SOON_MS ? 'soon' : 'accent';
  return (
    <Mark text={t(isOver ? 'row.promiseOverdue' : 'row.promise', times)} tone={tone}>
      {rowIcons.calendarCheck}
    </Mark>
  );
}
