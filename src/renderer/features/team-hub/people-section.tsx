import { Eye, PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { TeamPerson } from '../../../shared/contract/team.contract.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { roleText } from '../../i18n/hub-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { openCase } from '../../state/session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { plainAddress } from '../../ui/team/team-sync.ts';

const NOBODY: readonly TeamPerson[] = [];

/** Everybody of the team: who is here, what they do, and how far the hub is from them. */
export function PeopleSection(): ReactNode {
  const t = useWords('hub');
  const people = useLiveValue('team.people', {}, NOBODY);
  const [showsAll, setShowsAll] = useState(false);
  const here = people.filter((person) => person.online || person.isMe);
  const away = people.filter((person) => !person.online && !person.isMe);
  const shown = showsAll ? [...here, ...away] : here;
  return (
    <section className="m-section">
      <div>
        <h3>{t('people.title')}</h3>
        <p className="muted">
          {people.length === 0 ? t('people.empty') : t('people.lead', { count: people.filter((person) => person.online).length })}
        </p>
      </div>
      {shown.length > 0 && (
        <ul className="team-rows">
          {shown.map((person) => (
            <PersonRow key={person.user} person={person} />
          ))}
        </ul>
      )}
      {away.length > 0 && (
        <div>
          <Button size="sm" variant="ghost" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? t('people.less') : t('people.more', { count: away.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

function PersonRow({ person }: { readonly person: TeamPerson }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const name = person.name ?? person.user;
  const { address, roundTripMs, workstations } = person;
  return (
    <li className="team-row" data-away={!person.online || undefined}>
      <span className="team-avatar">
        <Avatar name={name} />
        <span className="team-dot" data-on={person.online || undefined} />
      </span>
      <div className="team-row-main">
        <span className="team-row-name">
          <strong className="truncate" title={person.user}>
            {person.isMe ? t('people.you', { name }) : name}
          </strong>
          {person.role !== 'agent' && <Badge>{roleText(t, person.role)}</Badge>}
          {person.isRevoked && <Badge tone="breach">{t('people.revoked')}</Badge>}
          {person.onShift && <Badge tone="ok">{t('people.onShift')}</Badge>}
        </span>
        <Doing person={person} />
      </div>
      <div className="team-row-end tabular">
        {address !== null && roundTripMs !== null && (
          <span>{t('people.region', { address: hostOf(address), ms: formats.number(Math.round(roundTripMs)) })}</span>
        )}
        {workstations.length > 1 && (
          <span title={formats.list(workstations)}>{t('people.workstations', { count: workstations.length })}</span>
        )}
      </div>
    </li>
  );
}

/** The port says nothing about a region. */
function hostOf(address: string): string {
  return plainAddress(address).replace(/:\d+$/u, '');
}

function Doing({ person }: { readonly person: TeamPerson }): ReactNode {
  const t = useWords('hub');
  const { viewing, writing, online } = person;
  if (viewing === null) return <span className="team-doing">{online ? t('people.online') : t('people.offline')}</span>;
  return (
    <span className="team-doing" data-writing={writing || undefined}>
      {writing ? <PenLine aria-hidden="true" /> : <Eye aria-hidden="true" />}
      {writing ? t('people.writing') : t('people.viewing')}
      {viewing.subject === null ? (
        <span>{t('people.unknownCase')}</span>
      ) : (
        <button type="button" className="team-case truncate" dir="auto" onClick={() => openCase(viewing.caseId)}>
          {viewing.subject}
        </button>
      )}
    </span>
  );
}
