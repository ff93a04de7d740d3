import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import './channel-message.css';

type Offered = NonNullable<Extract<TimelineItem, { kind: 'message' }>['offered']>;

/** What the customer could press below the bot's question, and what they took of it. */
export function BotOffer({ offered }: { readonly offered: Offered }): ReactNode {
  const t = useWords('channel');
  return (
    <ul className="ib-offer" aria-label={t('bot.offered')}>
      {offered.map(({ label, isTaken }) => (
        <li key={label} data-taken={isTaken} title={isTaken ? t('bot.chosen') : undefined}>
          {isTaken && <Check aria-hidden="true" />}
          <span dir="auto">{label}</span>
          {isTaken && <span className="visually-hidden">{t('bot.chosen')}</span>}
        </li>
      ))}
    </ul>
  );
}
