import { Coins, Hourglass, MegaphoneOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AttachmentRow, CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { capabilitiesFor } from '../../../../shared/domain/channel/capabilities.ts';
import { costOf, lengthIn, outboundProblems, replyWindowEnd } from '../../../../shared/domain/channel/outbound-limits.ts';
import { hasLink } from '../../../../shared/domain/channel/weighted-length.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import './channel-limits.css';

interface ChannelLimitsProps {
  readonly detail: CaseDetail;
  readonly text: string;
  readonly attachments: readonly AttachmentRow[];
  /** It was tried to send although nobody named our account: what is said of it is said once more. */
  readonly isRefused?: boolean | undefined;
}

/** From this part of its length on a text's count is shown; before that it is noise. */
const SHOWN_FROM = 0.5;

/** What the channel lets one send: length, files, time, price. Mail that is far from its limits shows nothing. */
export function ChannelLimits({ detail, text, attachments, isRefused = false }: ChannelLimitsProps): ReactNode {
  const t = useWords('channel');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const capabilities = capabilitiesFor(detail.channel, detail.origin);
  const { max, unit } = capabilities.text;
  const used = lengthIn(unit, text.trim());
  const isSummoned = detail.origin?.isSummon ?? null;
  const { lastInboundAt } = detail;
  const problems = outboundProblems(capabilities, { text, attachments, now, lastInboundAt, isSummoned });
  const cost = costOf(capabilities, { text, isSummoned });
  const end = replyWindowEnd(capabilities, lastInboundAt);
  const money = (amount: number): string =>
    new Intl.NumberFormat(formats.locale, {
      style: 'currency',
      currency: 'USD',
      minimumFractionDigits: 2,
      maximumFractionDigits: 3,
    }).format(amount);
  const isCounted = used > max * SHOWN_FROM;
  if (!isCounted && problems.length === 0 && cost === null && end === null) return null;
  return (
    <div className="ib-limits">
      {problems.some(({ code }) => code === 'not-summoned') && (
        // another element, so that it is read out again
        <p key={String(isRefused)} className="ib-limit-stop" role={isRefused ? 'alert' : 'status'} data-refused={isRefused}>
          <MegaphoneOff aria-hidden="true" />
          {t('limit.summon')}
        </p>
      )}
      {end !== null && (
        <span className="ib-limit" data-over={now > end} role="status">
          <Hourglass aria-hidden="true" />
          {t(now > end ? 'limit.windowOver' : 'limit.window', { at: formats.dateTime(instant(end)) })}
        </span>
      )}
      {problems.some(({ code }) => code === 'too-many-files') && (
        <span className="ib-limit" data-over="true" role="status">
          {capabilities.attachments.maxCount === 0 ? t('limit.noFiles') : t('limit.files', { count: capabilities.attachments.maxCount })}
        </span>
      )}
      {problems.some(({ code }) => code === 'file-too-large') && (
        <span className="ib-limit" data-over="true" role="status">
          {t('limit.fileSize', { size: formats.bytes(capabilities.attachments.maxBytes) })}
        </span>
      )}
      {cost !== null && (
        <span className="ib-limit" role="status">
          <Coins aria-hidden="true" />
          {t(hasLink(text) ? 'limit.costLink' : 'limit.cost', { cost: money(cost) })}
        </span>
      )}
      {isCounted && (
        <span className="ib-limit ib-limit-count tabular" data-over={used > max} title={t(`limit.unit.${unit}`)} role="status">
          {t('limit.count', { used: formats.number(used), max: formats.number(max) })}
          {used > max && <strong>{t('limit.over', { used: formats.number(used - max) })}</strong>}
        </span>
      )}
    </div>
  );
}
