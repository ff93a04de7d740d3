import { PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useViewers } from '../../../state/team.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { presenceText } from '../format/presence-text.ts';
import './presence.css';

const MOST_SHOWN = 2;

/** Colleagues who have the case of this row on screen; who writes is marked. Nothing while nobody has. */
export function PresenceMarks({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const { t } = useTranslation('hub');
  const formats = useFormats();
  const viewers = useViewers(caseId);
  if (viewers.length === 0) return null;
  const text = presenceText(t, formats, viewers);
  const rest = viewers.length - MOST_SHOWN;
  return (
    <span className="ib-presence" title={text}>
      {viewers.slice(0, MOST_SHOWN).map((viewer) => (
        <span key={viewer.user} className="ib-presence-one" data-writing={viewer.writing || undefined}>
          <Avatar name={viewer.name} size="xs" />
        </span>
      ))}
      {viewers.some((viewer) => viewer.writing) && <PenLine className="ib-presence-pen" aria-hidden="true" />}
      {rest > 0 && (
        <span className="ib-presence-more tabular" aria-hidden="true">
          +{rest}
        </span>
      )}
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
