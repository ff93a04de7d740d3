import { Eye, Pen, PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useViewers } from '../../../state/team.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { presenceText } from '../format/presence-text.ts';
import { useWords } from '../../../i18n/use-words.ts';
import './presence.css';

const MOST_SHOWN = 2;

/** An eye for who looks, a pen for who has begun a reply, and a pen that draws a line for who is writing it. */
export function PresenceIcon({
  people,
}: {
  readonly people: readonly { readonly writing: boolean; readonly replying: boolean }[];
}): ReactNode {
  if (people.some((person) => person.writing)) return <PenLine className="ib-presence-icon" data-writing aria-hidden="true" />;
  if (people.some((person) => person.replying)) return <Pen className="ib-presence-icon" data-writing aria-hidden="true" />;
  return <Eye className="ib-presence-icon" aria-hidden="true" />;
}

/** Colleagues who have the case of this row on screen; who writes is marked. Nothing while nobody has. */
export function PresenceMarks({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const viewers = useViewers(caseId);
  if (viewers.length === 0) return null;
  const text = presenceText(t, formats, viewers);
  const rest = viewers.length - MOST_SHOWN;
  return (
    <span className="ib-presence" title={text}>
      {viewers.slice(0, MOST_SHOWN).map((viewer) => (
        <span key={viewer.user} className="ib-presence-one" data-writing={viewer.replying || undefined}>
          <Avatar name={viewer.name} size="xs" />
        </span>
      ))}
      <PresenceIcon people={viewers} />
      {rest > 0 && (
        <span className="ib-presence-more tabular" aria-hidden="true">
          +{rest}
        </span>
      )}
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
