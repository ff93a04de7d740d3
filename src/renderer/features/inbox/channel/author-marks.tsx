import { BadgeCheck, Globe, ShieldAlert, ShieldQuestion, UserCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Channel, MessageOrigin, Verification } from '../../../../shared/domain/message.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';

const ICONS: Readonly<Record<Verification, ReactNode>> = {
  none: <ShieldQuestion aria-hidden="true" />,
  platform: <UserCheck aria-hidden="true" />,
  signed: <BadgeCheck aria-hidden="true" />,
  failed: <ShieldAlert aria-hidden="true" />,
};
const TONES: Readonly<Record<Verification, BadgeTone>> = { none: 'neutral', platform: 'neutral', signed: 'ok', failed: 'breach' };

/** The name that people of a channel know somebody by; the address stands for those who have none. */
export function shownName(party: { readonly name: string; readonly address: string }, origin: MessageOrigin | null): string {
  if (party.name !== '') return party.name;
  return origin?.author.handle ?? party.address;
}

/** How sure it is who wrote, in a word; and whether everybody can read along, and in which group. */
export function AuthorMarks({ origin, channel }: { readonly origin: MessageOrigin; readonly channel: Channel }): ReactNode {
  const t = useWords('channel');
  const tInbox = useWords('inbox');
  const { verification, facts } = origin.author;
  const group = facts['telegram.group'];
  return (
    <>
      <Badge
        tone={TONES[verification]}
        icon={ICONS[verification]}
        title={t(`verification.${verification}Hint`, { channel: tInbox(`channel.${channel}`) })}
      >
        {t(`verification.${verification}`)}
      </Badge>
      {!origin.isPrivate && (
        <Badge
          tone="soon"
          className="ib-public"
          icon={<Globe aria-hidden="true" />}
          title={group === undefined ? t('publicHint') : t('publicInHint', { group })}
        >
          {group === undefined ? t('isPublic') : t('isPublicIn', { group })}
        </Badge>
      )}
    </>
  );
}
