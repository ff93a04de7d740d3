import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { Party } from '../../../../shared/domain/message.ts';
import { formatsFor, offsetText } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { warningText } from './warning-text.ts';

type MessageItem = Extract<TimelineItem, { kind: 'message' }>;

/** A person with their address; the address is always there, because a name proves nothing. */
export function partyText(party: Party): string {
  return party.name === '' ? party.address : `${party.name} <${party.address}>`;
}

/** Who wrote to whom, and when on whose clock. */
export function MessageDetails({ item }: { readonly item: MessageItem }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const utc = formatsFor(formats.locale, 'UTC');
  const { senderOffsetMinutes } = item;
  const theirs =
    senderOffsetMinutes === null
      ? null
      : `${formats.weekdayTimeAtOffset(item.at, senderOffsetMinutes)} (${offsetText(senderOffsetMinutes)})`;
  const rows: (readonly [string, ReactNode])[] = [
    [t('message.from'), partyText(item.from)],
    [t('message.to'), <PartyList key="to" parties={item.to} />],
  ];
  if (item.cc.length > 0) rows.push([t('message.cc'), <PartyList key="cc" parties={item.cc} />]);
  rows.push([t('message.yourTime'), formats.dateTimeFull(item.at)]);
  if (theirs !== null) rows.push([t('message.theirTime'), theirs]);
  rows.push([t('message.utc'), utc.dateTimeFull(item.at)]);
  if (item.warnings.length > 0) rows.push([t('message.reading'), item.warnings.map((code) => warningText(t, code)).join(' ')]);
  return (
    <Popover
      align="end"
      label={t('message.details')}
      className="ib-details"
      trigger={<IconButton size="sm" label={t('message.details')} icon={<Info aria-hidden="true" />} />}
    >
      <dl className="ib-details-list">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}

function PartyList({ parties }: { readonly parties: readonly Party[] }): ReactNode {
  return parties.map((party) => (
    <span key={party.address} className="ib-details-party">
      {partyText(party)}
    </span>
  ));
}
