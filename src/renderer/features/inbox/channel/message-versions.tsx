import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import './channel-message.css';

type MessageItem = Extract<TimelineItem, { kind: 'message' }>;

/** What the author changed: what the message said before stays to be read, as evidence. */
export function MessageVersions({ item }: { readonly item: MessageItem }): ReactNode {
  const t = useWords('channel');
  const formats = useFormats();
  if (item.versions.length === 0) return null;
  return (
    <details className="ib-versions">
      <summary>{t('versions')}</summary>
      <ol>
        {item.versions.map((version) => (
          <li key={version.until}>
            <span className="muted">{t('until', { at: formats.dateTime(version.until) })}</span>
            <p dir="auto">{version.text}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}
