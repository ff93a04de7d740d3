import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Expiry } from '../../../../shared/domain/handoff/offer.ts';
import type { Recipient } from '../../../../shared/domain/handoff/packet.ts';
import { formatsFor } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Countdown } from '../../../ui/packet/countdown.tsx';

/** Until when the offer stands, on the sender's clock and on the receiver's, and what limits it. */
export function ExpiryView({ expiry, to }: { readonly expiry: Expiry; readonly to: Recipient | null }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const zone = to === null || to.kind === 'queue' ? null : to.kind === 'agent' ? names.zoneOf(to.agentId) : names.hubZone(to.hubId);
  const name = to === null || to.kind === 'queue' ? '' : to.kind === 'agent' ? names.ownName(to.agentId) : names.hub(to.hubId);
  return (
    <section className="hp-expiry" aria-label={t('expiry.title')}>
      <h4 className="hp-side-title">{t('expiry.title')}</h4>
      <p className="hp-expiry-times tabular">
        <strong>{t('expiry.yours', { time: formats.soonTime(expiry.expiresAt, now) })}</strong>
        {zone !== null && zone !== formats.zone && (
          <span>{t('expiry.theirs', { time: formatsFor(formats.locale, zone).soonTime(expiry.expiresAt, now), name })}</span>
        )}
      </p>
      <p className="hp-expiry-why">
        <Countdown expiresAt={expiry.expiresAt} warnAt={expiry.warnAt} isShort />
        <span className="muted">{t(`expiry.because.${expiry.because}`)}</span>
      </p>
    </section>
  );
}
