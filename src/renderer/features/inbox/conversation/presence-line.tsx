import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CasePresence } from '../../../../shared/contract/team.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { replyingText, viewingText, writingText } from '../format/presence-text.ts';
import { PresenceIcon } from '../list/presence-marks.tsx';
import '../list/presence.css';

const NOBODY: readonly CasePresence[] = [];
const MOST_SHOWN = 3;

/** Who else has this case on screen, or writes a reply to it; said politely when it changes. */
export function PresenceLine({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const people = useLiveValue('team.presence', { caseId }, NOBODY);
  return (
    <span role="status" aria-label={t('presence.here')} className="ib-presence-line">
      {people.length > 0 && (
        <>
          <span className="ib-presence-stack">
            {people.slice(0, MOST_SHOWN).map((person) => (
              <Avatar key={person.user} name={person.name} size="xs" />
            ))}
          </span>
          <PresenceIcon people={people} />
          <span className="truncate">
            <span className="ib-presence-writing">{writingText(t, formats, people)}</span> {replyingText(t, formats, people)}{' '}
            {viewingText(t, formats, people)}
          </span>
        </>
      )}
    </span>
  );
}

/** Warns whoever writes that a colleague writes to the same customer. */
export function CollisionWarning({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const people = useLiveValue('team.presence', { caseId }, NOBODY);
  const writing = people.filter((person) => person.writing).map(({ name }) => name);
  return (
    <div role="status">
      {writing.length > 0 && (
        <p className="ib-collision">
          <TriangleAlert aria-hidden="true" />
          <span>
            <strong>{t(writing.length === 1 ? 'presence.warning' : 'presence.warningMany', { names: formats.list(writing) })}</strong>{' '}
            {t('presence.warningText')}
          </span>
        </p>
      )}
    </div>
  );
}
