import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { inTheWay, isCharacterKeys, isKeys, MAX_KEYS, partsOf, refusalOf, withKeys } from '../../../shared/domain/desk/key-map.ts';
import type { KeyMap, KeyRefusal } from '../../../shared/domain/desk/key-map.ts';
import type { CatalogueEntry } from '../../shortcuts/catalogue.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { isComposing, pressOf } from '../../shortcuts/keys.ts';
import { saveKeys } from '../../state/key-map.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd, keyText } from '../../ui/kbd.tsx';
import { IS_MAC } from '../../ui/platform.ts';

interface KeyRecorderProps {
  readonly command: CatalogueEntry;
  readonly commands: readonly CatalogueEntry[];
  readonly keyMap: KeyMap;
  readonly onClose: () => void;
}

const MODIFIERS: readonly string[] = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock'];

/** Asks for new keys of a command by having them pressed, and says at once what is in their way. */
export function KeyRecorder({ command, commands, keyMap, onClose }: KeyRecorderProps): ReactNode {
  const t = useWords('keys');
  const formats = useFormats();
  const [keys, setKeys] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const label = command.label();
  const own = keyMap.keys[command.id] ?? command.keys;
  const refusal = keys === '' ? null : refusalOf(command, keys, IS_MAC);
  const others = refusal === null && keys !== '' ? inTheWay(command, keys, commands, { ...keyMap, isWithoutCharacterKeys: false }) : [];
  const isOwn = own.includes(keys);
  const isFull = own.length >= MAX_KEYS;
  const canKeep = keys !== '' && refusal === null && !isOwn && !isFull;
  const keep = (): void => {
    if (!canKeep) return;
    const next = [...own, keys];
    void saveKeys(withKeys(keyMap, command, next, others), t('done.changed', { command: label, keys: next.map(keyText).join(', ') }));
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { nativeEvent } = event;
    if (isComposing(nativeEvent) || MODIFIERS.includes(event.key)) return;
    const press = pressOf(nativeEvent);
    // these three are the dialog's own
    if (press === 'tab' || press === 'shift+tab' || press === 'escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (press === 'enter') keep();
    else if (press === 'backspace') setKeys('');
    else setKeys((before) => (isFirstOfTwo(before) && isKeys(`${before} ${press}`) ? `${before} ${press}` : press));
  };
  const words = { command: label, keys: keyText(keys) };
  const said = (): string => {
    if (keys === '') return t('record.waiting');
    if (refusal !== null) return refusalText(t, refusal, keys);
    if (isOwn) return t('record.own', words);
    if (isFull) return t('record.tooMany');
    const isOff = keyMap.isWithoutCharacterKeys && isCharacterKeys(keys) ? ` ${t('record.switchedOff')}` : '';
    if (others.length === 0) return t('record.free', words) + isOff;
    const names = namesOf(others);
    // the first key of many sequences would name them all
    const more = names.length > MOST_NAMED ? [t('record.more', { count: names.length - MOST_NAMED })] : [];
    return t('record.inTheWay', { keys: keyText(keys), others: formats.list([...names.slice(0, MOST_NAMED), ...more]) }) + isOff;
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={t('record.title', { command: label })}
      initialFocus={field}
      footer={
        <Button variant="primary" shortcut="enter" disabled={!canKeep} onClick={keep}>
          {others.length > 0 && canKeep ? t('record.take') : t('record.keep')}
        </Button>
      }
    >
      <div className="keys-record">
        <input
          ref={field}
          className="keys-record-field"
          aria-label={t('record.field')}
          aria-describedby="keys-record-hint keys-record-said"
          aria-invalid={refusal !== null}
          value={keyText(keys)}
          readOnly
          onKeyDown={onKeyDown}
        />
        <span className="keys-record-caps" aria-hidden="true">
          {keys === '' ? <span className="muted">{t('record.waiting')}</span> : <Kbd keys={keys} />}
        </span>
      </div>
      <p
        id="keys-record-said"
        className="keys-record-said"
        role="status"
        data-tone={refusal === null ? (others.length > 0 ? 'soon' : 'ok') : 'problem'}
      >
        {said()}
      </p>
      <p id="keys-record-hint" className="muted">
        {t('record.hint')}
      </p>
    </Dialog>
  );
}

/** So many commands that are in the way are named. */
const MOST_NAMED = 3;

/** Each name once and in quotation marks: the same command may stand in several screens. */
function namesOf(commands: readonly CatalogueEntry[]): readonly string[] {
  return [...new Set(commands.map((command) => `“${command.label()}”`))];
}

/** Whether one plain press is there, which a second one may follow. */
function isFirstOfTwo(keys: string): boolean {
  return keys !== '' && !keys.includes(' ') && isCharacterKeys(keys);
}

function refusalText(t: ReturnType<typeof useWords<'keys'>>, refusal: KeyRefusal, keys: string): string {
  const system = keyText('super').trim();
  // of two presses the one that is meant is named
  const meant = keys.split(' ').find((press) => refusal !== 'controls' || partsOf(press).at(-1) !== press || press.length > 1) ?? keys;
  return t(`record.refused.${refusal}`, { keys: keyText(meant), system });
}
