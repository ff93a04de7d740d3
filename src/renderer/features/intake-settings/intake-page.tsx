import { ListChecks, Pencil, Plus, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { IntakeRulesView } from '../../../shared/contract/intake.contract.ts';
import { KIND_IDS, MOST_KINDS } from '../../../shared/domain/intake/checklist.ts';
import type { CaseKind } from '../../../shared/domain/intake/checklist.ts';
import { newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import type { SettingsPage } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { AlertDialog } from '../../ui/dialog.tsx';
import { useIntakeWords } from '../../ui/intake/intake-words.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import '../../ui/table.css';
import type { TabsProps } from '../../ui/tabs.tsx';
import { saveChecklists } from './intake-save.ts';
import type { KindDeed } from './intake-save.ts';
import './intake-settings.css';
import { KindDialog } from './kind-dialog.tsx';
import { IntakeTryOut } from './try-out.tsx';

/** The page of the checklists, for the settings. */
export function useIntakePage(): TabsProps<SettingsPage>['tabs'][number] {
  const t = useWords('intake');
  return { value: 'intake', label: t('settings.tab'), icon: <ListChecks aria-hidden="true" />, content: <IntakePage /> };
}

function IntakePage(): ReactNode {
  const t = useWords('intake');
  const live = useLive('intake.rules', {});
  return (
    <Page className="intake" title={t('settings.tab')} lead={t('settings.lead')}>
      <Loaded live={live}>{(view) => <Checklists view={view} />}</Loaded>
    </Page>
  );
}

function freshKind(): CaseKind {
  return {
    id: `own-${newOperationId()
      .replaceAll(/[^a-z0-9]/giu, '')
      .toLowerCase()
      .slice(-12)}`,
    name: '',
    labels: [],
    words: [],
    items: [],
    isActive: true,
  };
}

function Checklists({ view }: { readonly view: IntakeRulesView }): ReactNode {
  const t = useWords('intake');
  const { kindName } = useIntakeWords();
  const { rules, canChange, isDefault } = view;
  const { kinds } = rules;
  const [edited, setEdited] = useState<CaseKind | null>(null);
  const [asksRestore, setAsksRestore] = useState(false);
  const nameOf = (kindId: string): string => kindName(kinds.find(({ id }) => id === kindId) ?? edited ?? { id: kindId, name: null });
  const before = isDefault ? null : rules;
  const save = async (after: readonly CaseKind[] | null, deed: KindDeed, name: string): Promise<boolean> =>
    saveChecklists(before, after === null ? null : { kinds: after }, deed, { name, nameOf });
  const put = async (kind: CaseKind): Promise<boolean> => {
    const isKnown = kinds.some(({ id }) => id === kind.id);
    // what is left over stays the last one
    const others = kinds.filter(({ id }) => id !== 'other');
    const last = kinds.filter(({ id }) => id === 'other');
    const after = isKnown ? kinds.map((each) => (each.id === kind.id ? kind : each)) : [...others, kind, ...last];
    return save(after, isKnown ? 'changed' : 'added', kindName(kind));
  };
  const remove = async (kind: CaseKind): Promise<boolean> =>
    save(
      kinds.filter(({ id }) => id !== kind.id),
      'removed',
      kindName(kind),
    );
  return (
    <div className="intake-parts">
      {!canChange && (
        <p className="muted" role="note">
          {t('settings.onlyLeads')}
        </p>
      )}
      <KindsTable
        kinds={kinds}
        canChange={canChange}
        onEdit={setEdited}
        onTurn={(kind) => void put({ ...kind, isActive: !kind.isActive })}
      />
      {canChange && (
        <div className="intake-buttons">
          <Button
            className="intake-add"
            icon={<Plus aria-hidden="true" />}
            disabled={kinds.length >= MOST_KINDS}
            onClick={() => setEdited(freshKind())}
          >
            {t('settings.add')}
          </Button>
          {!isDefault && (
            <Button variant="ghost" icon={<RotateCcw aria-hidden="true" />} onClick={() => setAsksRestore(true)}>
              {t('settings.restore')}
            </Button>
          )}
        </div>
      )}
      <IntakeTryOut rules={rules} />
      {edited !== null && (
        <KindDialog
          key={edited.id}
          kind={edited}
          canChange={canChange}
          canRemove={kinds.some(({ id }) => id === edited.id) && !KIND_IDS.some((id) => id === edited.id)}
          onClose={() => setEdited(null)}
          onSave={put}
          onRemove={remove}
        />
      )}
      <AlertDialog
        open={asksRestore}
        onOpenChange={setAsksRestore}
        title={t('settings.restoreTitle')}
        description={t('settings.restoreText')}
        confirmLabel={t('settings.restore')}
        onConfirm={() => {
          setAsksRestore(false);
          void save(null, 'restored', '');
        }}
      />
    </div>
  );
}

interface KindsTableProps {
  readonly kinds: readonly CaseKind[];
  readonly canChange: boolean;
  readonly onEdit: (kind: CaseKind) => void;
  readonly onTurn: (kind: CaseKind) => void;
}

function KindsTable({ kinds, canChange, onEdit, onTurn }: KindsTableProps): ReactNode {
  const t = useWords('intake');
  const { kindName, factName } = useIntakeWords();
  const formats = useFormats();
  return (
    <table className="m-table intake-table" aria-label={t('settings.list')}>
      <thead>
        <tr>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('settings.items')}</th>
          <th scope="col">{t('settings.isActive')}</th>
          {canChange && <th scope="col">{t('settings.actions')}</th>}
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => {
          const name = kindName(kind);
          const needed = kind.items.filter(({ isNeeded }) => isNeeded);
          const others = kind.items.length - needed.length;
          return (
            <tr key={kind.id} data-off={kind.isActive ? undefined : ''}>
              <th scope="row">{name}</th>
              <td>
                {needed.length === 0 ? <span className="muted">{t('nothingNeeded')}</span> : formats.list(needed.map(factName))}
                {others > 0 && <span className="muted"> {t('settings.others', { count: others })}</span>}
              </td>
              <td>
                <Switch
                  label={t('settings.isActiveOf', { kind: name })}
                  hideLabel
                  checked={kind.isActive}
                  disabled={!canChange}
                  onChange={() => onTurn(kind)}
                />
              </td>
              {canChange && (
                <td>
                  <IconButton
                    size="sm"
                    label={t('settings.editKind', { kind: name })}
                    icon={<Pencil aria-hidden="true" />}
                    onClick={() => onEdit(kind)}
                  />
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
