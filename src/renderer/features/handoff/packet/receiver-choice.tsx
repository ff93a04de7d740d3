import { Building2, Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { OfferPreparation } from '../../../../shared/contract/handoff.contract.ts';
import type { Recipient } from '../../../../shared/domain/handoff/packet.ts';
import type { Receiver } from '../../../../shared/domain/handoff/receivers.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useRoster } from '../../../state/roster.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ReceiverLine } from '../../../ui/packet/receiver-line.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import type { RadioCard } from '../../../ui/radio-cards.tsx';

/** A recipient as one text, and back. */
export function recipientKey(to: Recipient): string {
  return to.kind === 'agent' ? to.agentId : to.kind === 'hub' ? to.hubId : 'queue';
}

type Hubs = OfferPreparation['hubs'];

export interface ReceiverChoiceProps {
  readonly value: Recipient | null;
  readonly onChange: (to: Recipient) => void;
  /** Best first. */
  readonly receivers: readonly Receiver[];
  readonly hubs: Hubs;
  /** Who hands over; they are no receiver. */
  readonly fromId: AgentId | null;
  /** Something to say of a person besides, such as how many of several cases they could take. */
  readonly noteOf?: ((agentId: AgentId) => string) | undefined;
}

const MOST_SHOWN = 4;

/** To whom: the best receivers with their clocks, hubs, whoever can; everybody else is a click away. */
export function ReceiverChoice({ value, onChange, receivers, hubs, fromId, noteOf }: ReceiverChoiceProps): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  const roster = useRoster();
  const [showsAll, setShowsAll] = useState(false);
  const [typed, setTyped] = useState('');
  const others = useMemo(() => {
    const ranked = new Set(receivers.map((each) => each.agentId));
    return roster.agents.filter((each) => each.isActive && each.agentId !== fromId && !ranked.has(each.agentId));
  }, [roster, receivers, fromId]);
  const chosenKey = value === null ? null : recipientKey(value);
  const fits = (agentId: AgentId): boolean => names.ownName(agentId).toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase());
  const isCut = !showsAll && typed.trim() === '';
  const rankedShown = receivers.filter(
    (each, index) => (isCut ? index < MOST_SHOWN || each.agentId === chosenKey : fits(each.agentId)) || each.agentId === chosenKey,
  );
  const othersShown = others.filter((each, index) =>
    isCut ? each.agentId === chosenKey || (receivers.length === 0 && index < MOST_SHOWN) : fits(each.agentId),
  );
  const hidden = receivers.length - rankedShown.length + (others.length - othersShown.length);
  const cards: readonly RadioCard<string>[] = [
    ...rankedShown.map((receiver) => ({
      value: receiver.agentId,
      label: names.ownName(receiver.agentId),
      content: <ReceiverLine receiver={receiver} name={names.ownName(receiver.agentId)} hub={placeOf(receiver, names, noteOf)} />,
    })),
    ...othersShown.map((agent) => ({
      value: agent.agentId,
      label: agent.name,
      content: <OtherLine name={agent.name} place={names.hub(agent.hubId)} zone={agent.zone} hasReceivers={receivers.length > 0} />,
    })),
    ...(typed.trim() === '' ? hubs : []).map((hub) => ({
      value: hub.hubId,
      label: t('recipient.hub', { hub: names.hub(hub.hubId) }),
      content: <HubLine hub={hub} name={t('recipient.hub', { hub: names.hub(hub.hubId) })} />,
    })),
    ...(typed.trim() === ''
      ? [
          {
            value: 'queue',
            label: t('recipient.queue'),
            content: (
              <span className="hp-place">
                <Users aria-hidden="true" />
                <strong>{t('recipient.queue')}</strong>
                <span className="muted">{t('to.queueDetail')}</span>
              </span>
            ),
          },
        ]
      : []),
  ];
  const choose = (key: string): void => {
    const hub = hubs.find((each) => each.hubId === key);
    const agent = roster.agents.find((each) => each.agentId === key)?.agentId ?? receivers.find((each) => each.agentId === key)?.agentId;
    if (key === 'queue') onChange({ kind: 'queue' });
    else if (hub !== undefined) onChange({ kind: 'hub', hubId: hub.hubId });
    else if (agent !== undefined) onChange({ kind: 'agent', agentId: agent });
  };
  return (
    <section className="hp-to" aria-label={t('to.title')}>
      <h4 className="hp-side-title">{t('to.title')}</h4>
      {receivers.length === 0 && others.length === 0 && <p className="muted">{t('to.none')}</p>}
      {showsAll && <TextField label={t('to.find')} hideLabel placeholder={t('to.find')} value={typed} onChange={setTyped} />}
      <RadioCards label={t('to.title')} value={chosenKey} onChange={choose} options={cards} />
      {hidden > 0 && isCut && (
        <Button size="sm" variant="ghost" onClick={() => setShowsAll(true)}>
          {t('to.showOthers', { count: hidden })}
        </Button>
      )}
    </section>
  );
}

function placeOf(receiver: Receiver, names: TeamNames, noteOf: ReceiverChoiceProps['noteOf']): string {
  return [names.hub(receiver.hubId), noteOf?.(receiver.agentId) ?? ''].filter((each) => each !== '').join(' · ');
}

/** Somebody who comes too late, or of whom nothing is planned. */
function OtherLine({
  name,
  place,
  zone,
  hasReceivers,
}: {
  readonly name: string;
  readonly place: string;
  readonly zone: string;
  readonly hasReceivers: boolean;
}): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  return (
    <span className="m-receiver">
      <Avatar name={name} size="sm" />
      <span className="m-receiver-name">
        <strong>{name}</strong>
        <span className="muted">{place}</span>
      </span>
      <span className="m-receiver-facts tabular">
        <span>{t('receiver.theirTime', { time: formats.weekdayTimeIn(now, zone) })}</span>
        {hasReceivers && <span>{t('to.others')}</span>}
      </span>
    </span>
  );
}

function HubLine({ hub, name }: { readonly hub: Hubs[number]; readonly name: string }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const words =
    hub.from <= now
      ? t('to.hubNow', { count: hub.people })
      : t('to.hubDetail', { count: hub.people, time: formats.soonTime(hub.from, now) });
  return (
    <span className="hp-place">
      <Building2 aria-hidden="true" />
      <strong>{name}</strong>
      <span className="muted tabular">{words}</span>
    </span>
  );
}
