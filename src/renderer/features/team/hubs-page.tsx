import { MapPin, MapPinPlus } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { RosterView } from '../../../shared/contract/coverage.contract.ts';
import type { HolidayEntry } from '../../../shared/contract/sla.contract.ts';
import { offsetText, zoneOffsetMinutes } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { HubEditor } from './hub-editor.tsx';
import { newHub } from './new-parts.ts';
import { PartList } from './part-list.tsx';
import { focusName } from './team-focus.ts';
import { TeamPage } from './team-page.tsx';
import { addPart, editPart, useTeam } from './team.store.ts';
import type { EditedTeam } from './team.store.ts';

/** The dialog that takes holidays from a list or a file; it belongs to another feature and is handed in. */
export type HolidayImportDialog = ComponentType<{
  readonly taken: ReadonlySet<string>;
  readonly thisYear: number;
  readonly onAdd: (entries: readonly HolidayEntry[]) => void;
  readonly onClose: () => void;
}>;

/** The sites of the team. */
export function HubsPage({ importDialog }: { readonly importDialog: HolidayImportDialog }): ReactNode {
  const t = useWords('team');
  return (
    <TeamPage title={t('tabs.hubs')} lead={t('hubs.lead')}>
      {(view, team) => <Hubs view={view} team={team} importDialog={importDialog} />}
    </TeamPage>
  );
}

interface HubsProps {
  readonly view: RosterView;
  readonly team: EditedTeam;
  readonly importDialog: HolidayImportDialog;
}

function Hubs({ view, team, importDialog }: HubsProps): ReactNode {
  const t = useWords('team');
  const { zone } = useFormats();
  const shownId = useTeam((state) => state.shown.hub);
  const shown = team.hubs.find((hub) => hub.hubId === shownId) ?? team.hubs.find((hub) => hub.isActive) ?? team.hubs[0];
  const addButton = (
    <Button
      icon={<MapPinPlus aria-hidden="true" />}
      onClick={() => {
        addPart({ kind: 'hub', hub: newHub(freeName(t('hubs.newName'), team), zone) });
        focusName();
      }}
    >
      {t('hubs.add')}
    </Button>
  );
  if (shown === undefined)
    return <EmptyState icon={<MapPin />} title={t('hubs.emptyTitle')} description={t('hubs.emptyText')} actions={addButton} />;
  const people = (hubId: string): number => team.agents.filter((agent) => agent.isActive && agent.hubId === hubId).length;
  return (
    <div className="m-columns">
      <div className="m-side">
        <PartList
          kind="hub"
          label={t('hubs.list')}
          unnamed={t('hubs.newName')}
          shownId={shown.hubId}
          parts={team.hubs.map((hub) => ({
            id: hub.hubId,
            name: hub.name,
            isActive: hub.isActive,
            detail: `${offsetText(zoneOffsetMinutes(hub.zone, clock.now()))} · ${t('hubs.people', { count: people(hub.hubId) })}`,
          }))}
        />
        {addButton}
      </div>
      <HubEditor
        key={shown.hubId}
        hub={shown}
        team={team}
        importDialog={importDialog}
        onChange={(hub) => editPart(view.roster, { kind: 'hub', hub })}
      />
    </div>
  );
}

function freeName(base: string, team: EditedTeam): string {
  const taken = new Set(team.hubs.map((hub) => hub.name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.has(name)) return name;
  }
}
