import { CircleOff, Laptop, Mail, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { TeamChannel, TeamView } from '../../../shared/contract/team.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { Switch } from '../../ui/check.tsx';
import { showToast } from '../../ui/toast.tsx';

/** Who fetches and sends for each mailbox, and whether this workstation may be the one. */
export function ChannelsSection({ team }: { readonly team: TeamView }): ReactNode {
  const t = useWords('hub');
  const tErrors = useWords('errors');
  const change = async (on: boolean): Promise<void> => {
    const answer = await call('team.setHoldsChannels', { opId: newOperationId(), on });
    if (answer.ok) return;
    const { code } = answer.error;
    const description = code === 'not-permitted' ? t('channels.notPermitted') : errorText(tErrors, code);
    showToast({ title: t('failed'), description, tone: 'problem' });
  };
  return (
    <section className="m-section">
      <div>
        <h3>{t('channels.title')}</h3>
        <p className="muted">{t('channels.lead')}</p>
      </div>
      {team.channels.length === 0 ? (
        <p className="muted">{t('channels.empty')}</p>
      ) : (
        <ul className="team-rows">
          {team.channels.map((channel) => (
            <ChannelRow key={channel.accountId} channel={channel} />
          ))}
        </ul>
      )}
      <Switch
        label={t('channels.switch')}
        hint={team.mayHoldChannels ? t('channels.switchHint') : t('channels.notPermitted')}
        checked={team.holdsChannels}
        disabled={!team.mayHoldChannels}
        onChange={(on) => void change(on)}
      />
    </section>
  );
}

function ChannelRow({ channel }: { readonly channel: TeamChannel }): ReactNode {
  const t = useWords('hub');
  const { address, holder, canHold } = channel;
  return (
    <li className="team-row">
      <Mail className="team-row-icon" aria-hidden="true" />
      <div className="team-row-main">
        <strong className="truncate">{address}</strong>
        {!canHold && <span className="team-doing">{t('channels.cannot')}</span>}
        {holder === null && <span className="team-doing">{t('channels.nobodyText')}</span>}
      </div>
      <div className="team-row-end">
        {holder === null ? (
          <Badge tone="soon" icon={<CircleOff aria-hidden="true" />}>
            {t('channels.nobody')}
          </Badge>
        ) : (
          <Badge
            tone={holder.isMe ? 'accent' : 'neutral'}
            icon={holder.isGateway ? <Server aria-hidden="true" /> : <Laptop aria-hidden="true" />}
            title={t('channels.onWorkstation', { workstation: holder.workstation })}
          >
            {holder.isMe ? t('channels.me') : holder.name}
          </Badge>
        )}
      </div>
    </li>
  );
}
