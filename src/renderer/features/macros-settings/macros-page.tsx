import { Pencil, Plus, Trash2, Zap } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ListedMacro } from '../../../shared/contract/macros.contract.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import type { SettingsPage } from '../../state/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useActionWords } from '../../ui/macro/action-words.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import '../../ui/table.css';
import type { TabsProps } from '../../ui/tabs.tsx';
import { MacroDialog } from './macro-dialog.tsx';
import { freshMacro, macroOf, removeMacro } from './macros-commands.ts';
import { MacrosMenu } from './macros-menu.tsx';
import './macros-settings.css';

/** The page of the macros, for the settings. */
export function useMacrosPage(): TabsProps<SettingsPage>['tabs'][number] {
  const t = useWords('macros');
  return { value: 'macros', label: t('tab'), icon: <Zap aria-hidden="true" />, content: <MacrosPage /> };
}

function MacrosPage(): ReactNode {
  const t = useWords('macros');
  const live = useLive('macros.list', {});
  return (
    <Page className="macros" title={t('tab')} lead={t('lead')}>
      <Loaded live={live}>{(macros) => <Macros macros={macros} />}</Loaded>
    </Page>
  );
}

function Macros({ macros }: { readonly macros: readonly ListedMacro[] }): ReactNode {
  const t = useWords('macros');
  const [edited, setEdited] = useState<{ readonly macro: Macro; readonly before: ListedMacro | null } | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const [removed, setRemoved] = useState(0);
  useEffect(() => {
    // what had the focus is gone
    if (removed > 0) place.current?.querySelector<HTMLElement>('.macros-add')?.focus();
  }, [removed]);
  const add = (
    <Button className="macros-add" icon={<Plus aria-hidden="true" />} onClick={() => setEdited({ macro: freshMacro(), before: null })}>
      {t('add')}
    </Button>
  );
  return (
    <div ref={place} className="macros-parts">
      {macros.length === 0 ? (
        <EmptyState icon={<Zap />} title={t('empty')} description={t('emptyHint')} actions={add} />
      ) : (
        <>
          <MacrosMenu
            macros={macros}
            onEdit={(macro) => setEdited({ macro, before: macro })}
            onDuplicate={(macro) => setEdited({ macro: { ...macroOf(macro), ...duplicateOf(macro) }, before: null })}
            onRemove={(macro) => void removeMacro(macro).then((isDone) => setRemoved((before) => before + Number(isDone)))}
          >
            <MacrosTable
              macros={macros}
              onEdit={(macro) => setEdited({ macro, before: macro })}
              onRemove={(macro) => void removeMacro(macro).then((isDone) => setRemoved((before) => before + Number(isDone)))}
            />
          </MacrosMenu>
          <div>{add}</div>
        </>
      )}
      {edited !== null && <MacroDialog key={edited.macro.macroId} {...edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

/** A copy has an id of its own, and nothing to type: that is taken. */
function duplicateOf(macro: Macro): Pick<Macro, 'macroId' | 'name' | 'shortcut'> {
  return { macroId: freshMacro().macroId, name: macro.name, shortcut: '' };
}

const NOBODY: readonly { readonly agentId: string; readonly name: string }[] = [];

function MacrosTable({
  macros,
  onEdit,
  onRemove,
}: {
  readonly macros: readonly ListedMacro[];
  readonly onEdit: (macro: ListedMacro) => void;
  readonly onRemove: (macro: ListedMacro) => void;
}): ReactNode {
  const t = useWords('macros');
  const formats = useFormats();
  const agents = useLiveValue('workspace.get', {}, null)?.agents ?? NOBODY;
  const words = useActionWords(new Map(agents.map(({ agentId, name }) => [agentId, name])));
  return (
    <table className="m-table macros-table" aria-label={t('list')}>
      <thead>
        <tr>
          <th scope="col">{t('column.name')}</th>
          <th scope="col">{t('column.languages')}</th>
          <th scope="col">{t('column.does')}</th>
          <th scope="col">{t('column.whose')}</th>
          <th scope="col">{t('column.uses')}</th>
          <th scope="col">{t('column.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {macros.map((macro) => (
          <tr key={macro.macroId} data-macro={macro.macroId}>
            <th scope="row">
              {macro.name} {macro.shortcut !== '' && <code>#{macro.shortcut}</code>}
            </th>
            <td>{formats.list(macro.texts.map(({ language }) => formats.languageName(language)))}</td>
            <td>{formats.list(macro.actions.map(words))}</td>
            <td>
              <Badge>{macro.isTeam ? t('team') : t('private')}</Badge>
            </td>
            <td className="tabular">{macro.uses}</td>
            <td>
              {macro.canChange && (
                <span className="macros-buttons">
                  <IconButton label={t('edit', { name: macro.name })} icon={<Pencil aria-hidden="true" />} onClick={() => onEdit(macro)} />
                  <IconButton
                    label={t('remove', { name: macro.name })}
                    icon={<Trash2 aria-hidden="true" />}
                    onClick={() => onRemove(macro)}
                  />
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
