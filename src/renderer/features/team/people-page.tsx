import { Download, FileUp, UserPlus, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import type { RosterView } from '../../../shared/contract/coverage.contract.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { newAgent } from './new-parts.ts';
import { PartList } from './part-list.tsx';
import { PersonEditor } from './person-editor.tsx';
import { focusName } from './team-focus.ts';
import { TeamPage } from './team-page.tsx';
import { addPart, editPart, useTeam } from './team.store.ts';
import type { EditedTeam } from './team.store.ts';

/** The people of the team. */
export function PeoplePage(): ReactNode {
  const t = useWords('team');
  return (
    <TeamPage title={t('tabs.people')} lead={t('people.lead')}>
      {(view, team) => <People view={view} team={team} />}
    </TeamPage>
  );
}

function People({ view, team }: { readonly view: RosterView; readonly team: EditedTeam }): ReactNode {
  const t = useWords('team');
  const formats = useFormats();
  const shownId = useTeam((state) => state.shown.agent);
  const [search, setSearch] = useState('');
  const [hub, setHub] = useState('');
  const [isImporting, setImporting] = useState(false);
  const hubNames = new Map<string, string>(team.hubs.map((each) => [each.hubId, each.name]));
  const detailOf = (agent: AgentProfile): string =>
    [
      agent.agentId === view.me ? t('people.me') : '',
      agent.hubId === null ? t('people.noHub') : (hubNames.get(agent.hubId) ?? ''),
      formats.series(agent.tiers.map((tier) => t(`people.tier.${tier}`))),
      formats.series(agent.languages.map((language) => formats.languageName(language.name))),
    ]
      .filter(Boolean)
      .join(' · ');
  const found = team.agents
    .filter((agent) => hub === '' || agent.hubId === hub)
    .filter((agent) => matches(search, [agent.name, detailOf(agent), ...agent.skills.map((skill) => skill.name)]));
  const shown = found.find((agent) => agent.agentId === shownId) ?? found.find((agent) => agent.isActive) ?? found[0];
  const add = (): void => {
    setSearch('');
    const home = team.hubs.find((each) => each.hubId === hub) ?? team.hubs.find((each) => each.isActive) ?? null;
    addPart({ kind: 'agent', agent: newAgent(t('people.newName'), home, formats.zone) });
    focusName();
  };
  return (
    <>
      <div className="team-tools">
        <TextField
          label={t('people.search')}
          hideLabel
          type="search"
          placeholder={t('people.search')}
          value={search}
          onChange={setSearch}
        />
        <Select
          label={t('people.hubFilter')}
          hideLabel
          value={hub}
          onChange={setHub}
          options={[
            { value: '', label: t('people.allHubs') },
            ...team.hubs.map((each) => ({ value: each.hubId as string, label: each.name })),
          ]}
        />
        <span className="team-tools-space" />
        <Button icon={<FileUp aria-hidden="true" />} onClick={() => setImporting(true)}>
          {t('people.import')}
        </Button>
        <ExportButton />
      </div>
      <div className="m-columns">
        <div className="m-side">
          {found.length > 0 && shown !== undefined && (
            <PartList
              kind="agent"
              label={t('people.list')}
              unnamed={t('people.newName')}
              shownId={shown.agentId}
              parts={found.map((agent) => ({ id: agent.agentId, name: agent.name, detail: detailOf(agent), isActive: agent.isActive }))}
            />
          )}
          <p className="muted team-count">{t('people.count', { count: found.length })}</p>
          <Button icon={<UserPlus aria-hidden="true" />} onClick={add}>
            {t('people.add')}
          </Button>
        </div>
        {shown === undefined ? (
          <EmptyState icon={<Users />} title={t('people.emptyTitle')} description={t('people.emptyText')} />
        ) : (
          <PersonEditor
            key={shown.agentId}
            agent={shown}
            isMe={shown.agentId === view.me}
            team={team}
            onChange={(agent) => editPart(view.roster, { kind: 'agent', agent })}
          />
        )}
      </div>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  );
}

/** Every typed word must be found somewhere. */
function matches(search: string, texts: readonly string[]): boolean {
  const haystack = texts.join(' ').toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => haystack.includes(word));
}

function ExportButton(): ReactNode {
  const t = useWords('team');
  const tErrors = useWords('errors');
  const save = async (): Promise<void> => {
    const answer = await call('roster.exportAgentsCsv', { opId: newOperationId(), what: 'team' });
    if (!answer.ok) showToast({ title: errorText(tErrors, answer.error.code), tone: 'problem' });
    else if (answer.value !== null) showToast({ title: t('people.exported', { path: answer.value.path }), tone: 'ok' });
  };
  return (
    <Button icon={<Download aria-hidden="true" />} onClick={() => void save()}>
      {t('people.export')}
    </Button>
  );
}
