import { CircleAlert, Lock, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import type { RosterView } from '../../../shared/contract/coverage.contract.ts';
import { AGENT_TIERS } from '../../../shared/domain/coverage/roster.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { leadNames, useRosterView } from '../../state/roster.ts';
import { openSettings } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import '../../ui/master-detail.css';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { saveRoster } from '../../state/save-roster.ts';
import { focusFault } from './team-focus.ts';
import { isLockedOut, teamFaults } from './team-problems.ts';
import { editPart, forgetEdits, idOf, nameOf, showPart, useTeam, withEdits } from './team.store.ts';
import type { EditedTeam, PartKind, TeamPart } from './team.store.ts';
import './team.css';

export interface TeamPageProps {
  readonly title: string;
  readonly lead: string;
  readonly aside?: ReactNode;
  readonly children: (view: RosterView, team: EditedTeam) => ReactNode;
}

const PAGES: { readonly [Kind in PartKind]: 'hubs' | 'people' | 'requirements' } = {
  hub: 'hubs',
  agent: 'people',
  requirement: 'requirements',
};

/** The frame of the pages about the team: loads it, keeps the edits, and saves them together. */
export function TeamPage({ title, lead, aside, children }: TeamPageProps): ReactNode {
  const t = useWords('team');
  const formats = useFormats();
  const live = useRosterView();
  const edits = useTeam((state) => state.edits);
  return (
    <Page className="team-page" title={title} lead={lead} aside={aside}>
      <Loaded live={live}>
        {(view) => (
          <>
            {!view.canPlan && (
              <p className="m-note" role="note">
                <Lock aria-hidden="true" />
                <span>{t('readOnly', { names: formats.list(leadNames(view.roster)) })}</span>
              </p>
            )}
            <fieldset className="team-fields" disabled={!view.canPlan}>
              {children(view, withEdits(view.roster, edits))}
            </fieldset>
            <SaveBar view={view} team={withEdits(view.roster, edits)} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Says that there are edits and what is wrong with them, and saves them. Nothing while there are none. */
function SaveBar({ view, team }: { readonly view: RosterView; readonly team: EditedTeam }): ReactNode {
  const { t } = useTranslation(['team', 'frame']);
  const formats = useFormats();
  const edits = useTeam((state) => state.edits);
  const [isBusy, setBusy] = useState(false);
  const parts = Object.values(edits);
  if (parts.length === 0) return null;
  const faulty = parts.filter((part) => teamFaults(part, team).length > 0);
  const names = (of: readonly TeamPart[]): string => formats.list(of.map((part) => nameOf(part).trim() || newName(part)));
  const newName = (part: TeamPart): string => t(`${PAGES[part.kind]}.newName`);
  const save = async (): Promise<void> => {
    setBusy(true);
    const isSaved = await saveRoster(parts, t('bar.saved', { names: names(parts) }));
    setBusy(false);
    if (isSaved) forgetEdits(parts.map(idOf));
  };
  const [first] = faulty;
  const mine = view.canPlan && isLockedOut(team.agents, view.me) ? team.agents.find((agent) => agent.agentId === view.me) : undefined;
  const words = (): string => {
    if (first !== undefined) return t('bar.faults', { names: names(faulty) });
    return mine === undefined ? t('bar.unsaved', { names: names(parts) }) : t('bar.lockedOut', { names: formats.list(leadNames(team)) });
  };
  return (
    <div className="m-save-bar" role="region" aria-label={t('bar.label')}>
      {first === undefined && mine === undefined ? <Pencil aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
      <p>{words()}</p>
      <Button onClick={() => forgetEdits()}>{t('bar.discard')}</Button>
      {first === undefined && mine !== undefined ? (
        <Button
          variant="primary"
          onClick={() => {
            const tiers = AGENT_TIERS.filter((tier) => tier === 'lead' || mine.tiers.includes(tier));
            editPart(view.roster, { kind: 'agent', agent: { ...mine, isActive: true, tiers } });
          }}
        >
          {t('bar.leadToo')}
        </Button>
      ) : first === undefined ? (
        <Button variant="primary" loading={isBusy} onClick={() => void save()}>
          {t('bar.save')}
        </Button>
      ) : (
        <Button
          variant="primary"
          onClick={() => {
            showPart(first.kind, idOf(first));
            openSettings(PAGES[first.kind]);
            focusFault();
          }}
        >
          {t('frame:common.show')}
        </Button>
      )}
    </div>
  );
}
