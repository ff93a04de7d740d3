import { Download, Keyboard, RotateCcw, Search, Upload } from 'lucide-react';
import { useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { conflictsIn, keysOf, NO_KEY_MAP } from '../../../shared/domain/desk/key-map.ts';
import type { KeyConflict } from '../../../shared/domain/desk/key-map.ts';
import { allCommands } from '../../shortcuts/catalogue.ts';
import type { CatalogueEntry } from '../../shortcuts/catalogue.ts';
import { inEnglish } from '../../shortcuts/in-english.ts';
import { actionRegistry } from '../../shortcuts/registry.ts';
import type { ActionArea } from '../../shortcuts/registry.ts';
import type { SettingsPage } from '../../state/session.ts';
import { saveKeys } from '../../state/key-map.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Switch } from '../../ui/check.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { keyText } from '../../ui/kbd.tsx';
import { Page } from '../../ui/page.tsx';
import type { TabsProps } from '../../ui/tabs.tsx';
import { exportKeys, importKeys } from './keys-files.ts';
import { KeyRecorder } from './key-recorder.tsx';
import { KeyRow } from './key-row.tsx';
import './keys-settings.css';

const AREAS: readonly ActionArea[] = ['general', 'navigation', 'inbox', 'case', 'compose', 'handoff', 'plan'];

/** The page of the keys, for the settings. */
export function useKeysPage(): TabsProps<SettingsPage>['tabs'][number] {
  const t = useWords('keys');
  return { value: 'keys', label: t('tab'), icon: <Keyboard aria-hidden="true" />, content: <KeysPage /> };
}

function KeysPage(): ReactNode {
  const t = useWords('keys');
  const tFrame = useWords('frame');
  const keyMap = useSyncExternalStore(actionRegistry.subscribe, actionRegistry.keyMap);
  const registered = useSyncExternalStore(actionRegistry.subscribe, actionRegistry.registered);
  const commands = useMemo(() => allCommands(registered), [registered]);
  const conflicts = useMemo(() => conflictsIn(commands, keyMap), [commands, keyMap]);
  const [text, setText] = useState('');
  const [isChangedOnly, setChangedOnly] = useState(false);
  const [recorded, setRecorded] = useState<CatalogueEntry | null>(null);
  const hasChanges = Object.keys(keyMap.keys).length > 0;
  const shown = commands.filter(
    (command) => (!isChangedOnly || Object.hasOwn(keyMap.keys, command.id)) && isMeant(command, keysOf(command, keyMap), text),
  );
  return (
    <Page className="keys-page" title={t('tab')} lead={t('lead')}>
      <Switch
        label={t('characterKeys')}
        hint={t('characterKeysHint')}
        checked={!keyMap.isWithoutCharacterKeys}
        onChange={(isOn) => void saveKeys({ ...keyMap, isWithoutCharacterKeys: !isOn }, t(isOn ? 'done.on' : 'done.off'))}
      />
      <p className="muted keys-layout">{t('layoutHint')}</p>
      <div className="keys-bar">
        <TextField
          type="search"
          className="keys-search"
          label={t('search')}
          hint={t('searchHint')}
          value={text}
          onChange={setText}
          leading={<Search aria-hidden="true" />}
        />
        <Files hasChanges={hasChanges} onReset={() => void saveKeys({ ...keyMap, keys: NO_KEY_MAP.keys }, t('done.resetAll'))} />
      </div>
      <Checkbox label={t('changedOnly')} checked={isChangedOnly} onChange={setChangedOnly} />
      {conflicts.length > 0 && (
        <p className="keys-clashes" role="status">
          {t('clashes', { count: conflicts.length })}
        </p>
      )}
      {shown.length === 0 && <EmptyState icon={<Search />} title={isChangedOnly && !hasChanges ? t('noChanges') : t('noMatch')} />}
      {AREAS.map((area) => {
        const inArea = shown.filter((command) => command.area === area);
        if (inArea.length === 0) return null;
        return (
          <section key={area} className="keys-area" aria-label={tFrame(`help.areas.${area}`)}>
            <h3>{tFrame(`help.areas.${area}`)}</h3>
            <ul>
              {inArea.map((command) => (
                <KeyRow
                  key={command.id}
                  command={command}
                  keyMap={keyMap}
                  clashes={clashesOf(command, conflicts, commands)}
                  onAdd={() => setRecorded(command)}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {recorded !== null && <KeyRecorder command={recorded} commands={commands} keyMap={keyMap} onClose={() => setRecorded(null)} />}
    </Page>
  );
}

/** Whether what was typed is in the name of the command, here or in English, or is one of its keys: `g i`, `ctrl+k`. */
function isMeant(command: CatalogueEntry, keys: readonly string[], typed: string): boolean {
  const wanted = typed.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  const label = `${command.label()} ${inEnglish(command.id)}`.toLocaleLowerCase();
  const isNamed = wanted.split(/\s+/u).every((word) => label.includes(word));
  return isNamed || keys.some((each) => each === wanted || keyText(each).toLocaleLowerCase() === wanted);
}

/** The other command of each conflict that this one is in. */
function clashesOf(
  command: CatalogueEntry,
  conflicts: readonly KeyConflict[],
  commands: readonly CatalogueEntry[],
): readonly { readonly keys: string; readonly other: string }[] {
  const nameOf = (id: string): string => commands.find((each) => each.id === id)?.label() ?? id;
  return conflicts.flatMap(({ keys, one, other }) => {
    if (one === command.id) return [{ keys, other: nameOf(other) }];
    return other === command.id ? [{ keys, other: nameOf(one) }] : [];
  });
}

function Files({ hasChanges, onReset }: { readonly hasChanges: boolean; readonly onReset: () => void }): ReactNode {
  const t = useWords('keys');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="keys-files">
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('import')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) void importKeys(file);
          // The same file may be chosen again after it was put right.
          event.currentTarget.value = '';
        }}
      />
      <Button size="sm" icon={<Upload aria-hidden="true" />} onClick={() => input.current?.click()}>
        {t('import')}
      </Button>
      <Button size="sm" icon={<Download aria-hidden="true" />} onClick={() => void exportKeys()}>
        {t('export')}
      </Button>
      <Button size="sm" icon={<RotateCcw aria-hidden="true" />} disabled={!hasChanges} onClick={onReset}>
        {t('resetAll')}
      </Button>
    </div>
  );
}
