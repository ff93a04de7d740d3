import { CircleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TFunction } from 'i18next';
import type { OfferRefusal } from '../../../../shared/domain/handoff/offer.ts';
import type { Recipient } from '../../../../shared/domain/handoff/packet.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';

export interface RefusalContext {
  readonly to: Recipient | null;
  readonly ownerId: AgentId | null;
  readonly isSolved: boolean;
  readonly t: TFunction<'handoff'>;
  readonly formats: Formats;
  readonly names: TeamNames;
  readonly now: Instant;
}

/** Why a case can not be offered so, in words. */
export function refusalWords(refusal: OfferRefusal, { to, ownerId, isSolved, t, formats, names, now }: RefusalContext): string {
  if (isSolved) return t('refusal.solved');
  const noLead = (leadId: AgentId | null): string => (leadId === null ? ` ${t('refusal.noLead')}` : '');
  switch (refusal.kind) {
    case 'not-owner':
      return ownerId === null ? t('refusal.not-owned') : t('refusal.not-owner', { name: names.agent(ownerId) });
    case 'already-offered':
    case 'to-oneself':
      return t(`refusal.${refusal.kind}`);
    case 'goes-to-lead':
      return `${t(`refusal.${refusal.reason}`)}${noLead(refusal.leadId)}`;
    case 'no-time':
      return `${t('refusal.no-time', { at: formats.soonTime(refusal.expiry.expiresAt, now) })}${noLead(refusal.leadId)}`;
    case 'not-on-shift': {
      const at = formats.soonTime(refusal.expiry.expiresAt, now);
      const comes =
        refusal.comesAt === null ? t('refusal.comesUnknown') : t('refusal.comes', { time: formats.soonTime(refusal.comesAt, now) });
      const who =
        to === null || to.kind === 'queue'
          ? t('refusal.not-on-shift-queue', { at })
          : to.kind === 'hub'
            ? t('refusal.not-on-shift-hub', { name: names.hub(to.hubId), at })
            : t('refusal.not-on-shift', { name: names.ownName(to.agentId), at });
      return `${who} ${comes}${refusal.next === null ? ` ${t('refusal.nobody')}${noLead(refusal.leadId)}` : ''}`;
    }
  }
}

/** What one key does about a refusal; null when only another choice helps. */
export type Remedy = { readonly kind: 'next'; readonly agentId: AgentId } | { readonly kind: 'lead' } | { readonly kind: 'claim' };

export function remedyOf(refusal: OfferRefusal, isSolved: boolean): Remedy | null {
  if (isSolved) return null;
  switch (refusal.kind) {
    case 'not-owner':
      return { kind: 'claim' };
    case 'already-offered':
    case 'to-oneself':
      return null;
    case 'goes-to-lead':
    case 'no-time':
      return leadOf(refusal.leadId);
    case 'not-on-shift':
      return refusal.next === null ? leadOf(refusal.leadId) : { kind: 'next', agentId: refusal.next.agentId };
  }
}

function leadOf(leadId: AgentId | null): Remedy | null {
  return leadId === null ? null : { kind: 'lead' };
}

export interface RefusalProps {
  readonly refusal: OfferRefusal;
  readonly to: Recipient | null;
  readonly ownerId: AgentId | null;
  readonly isSolved: boolean;
  readonly onRemedy: (remedy: Remedy) => void;
  readonly button: Ref<HTMLButtonElement>;
}

/** Says why not, and offers what can be done instead, by one key. */
export function Refusal({ refusal, to, ownerId, isSolved, onRemedy, button }: RefusalProps): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const remedy = remedyOf(refusal, isSolved);
  return (
    <div className="hp-refusal" role="alert">
      <p>
        <CircleAlert aria-hidden="true" />
        <span>{refusalWords(refusal, { to, ownerId, isSolved, t, formats, names, now })}</span>
      </p>
      {remedy !== null && (
        <Button ref={button} variant="primary" shortcut="alt+n" onClick={() => onRemedy(remedy)}>
          <RemedyWords refusal={refusal} remedy={remedy} />
        </Button>
      )}
    </div>
  );
}

function RemedyWords({ refusal, remedy }: { readonly refusal: OfferRefusal; readonly remedy: Remedy }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  if (remedy.kind === 'claim') return t('refusal.claim');
  if (remedy.kind === 'lead') {
    const leadId = 'leadId' in refusal ? refusal.leadId : null;
    return leadId === null ? t('refusal.leadUnknown') : t('refusal.lead', { name: names.agent(leadId) });
  }
  const next = refusal.kind === 'not-on-shift' ? refusal.next : null;
  if (next === null) return null;
  const when = next.from <= now ? t('refusal.nextOn') : t('refusal.nextFrom', { time: formats.soonTime(next.from, now) });
  return `${t('refusal.next', { name: names.ownName(next.agentId) })} · ${when}`;
}
