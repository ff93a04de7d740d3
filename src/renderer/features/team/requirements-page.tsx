import { ShieldCheck, ShieldPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { RosterView } from '../../../shared/contract/coverage.contract.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { newRequirement } from './new-parts.ts';
import { PartList } from './part-list.tsx';
import { RequirementEditor } from './requirement-editor.tsx';
import { focusName } from './team-focus.ts';
import { TeamPage } from './team-page.tsx';
import { addPart, editPart, useTeam } from './team.store.ts';
import type { EditedTeam } from './team.store.ts';

/** What must be staffed. */
export function RequirementsPage(): ReactNode {
  const t = useWords('team');
  return (
    <TeamPage title={t('tabs.requirements')} lead={t('requirements.lead')}>
      {(view, team) => <Requirements view={view} team={team} />}
    </TeamPage>
  );
}

function Requirements({ view, team }: { readonly view: RosterView; readonly team: EditedTeam }): ReactNode {
  const t = useWords('team');
  const { requirements } = team;
  const shownId = useTeam((state) => state.shown.requirement);
  const shown =
    requirements.find((each) => each.requirementId === shownId) ?? requirements.find((each) => each.isActive) ?? requirements[0];
  const taken = new Set(requirements.map((each) => each.name));
  const freeName = (number = 1): string => {
    const name = number === 1 ? t('requirements.newName') : `${t('requirements.newName')} ${number}`;
    return taken.has(name) ? freeName(number + 1) : name;
  };
  const addButton = (
    <Button
      icon={<ShieldPlus aria-hidden="true" />}
      onClick={() => {
        addPart({ kind: 'requirement', requirement: newRequirement(freeName()) });
        focusName();
      }}
    >
      {t('requirements.add')}
    </Button>
  );
  if (shown === undefined)
    return (
      <EmptyState
        icon={<ShieldCheck />}
        title={t('requirements.emptyTitle')}
        description={t('requirements.emptyText')}
        actions={addButton}
      />
    );
  return (
    <div className="m-columns">
      <div className="m-side">
        <PartList
          kind="requirement"
          label={t('requirements.list')}
          unnamed={t('requirements.newName')}
          shownId={shown.requirementId}
          parts={requirements.map((each) => ({
            id: each.requirementId,
            name: each.name,
            isActive: each.isActive,
            detail: [
              each.window === null ? t('requirements.always') : t('requirements.hours'),
              t('requirements.summary', { minimum: each.minimum, target: each.target }),
            ].join(' · '),
          }))}
        />
        {addButton}
      </div>
      <RequirementEditor
        key={shown.requirementId}
        requirement={shown}
        team={team}
        onChange={(requirement) => editPart(view.roster, { kind: 'requirement', requirement })}
      />
    </div>
  );
}
