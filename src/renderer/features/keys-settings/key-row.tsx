import { Plus, RotateCcw, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { isCharacterKeys, withKeys } from '../../../shared/domain/desk/key-map.ts';
import type { KeyMap } from '../../../shared/domain/desk/key-map.ts';
import type { CatalogueEntry } from '../../shortcuts/catalogue.ts';
import { saveKeys } from '../../state/key-map.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Kbd, keyText } from '../../ui/kbd.tsx';

interface KeyRowProps {
  readonly command: CatalogueEntry;
  readonly keyMap: KeyMap;
  readonly clashes: readonly { readonly keys: string; readonly other: string }[];
  readonly onAdd: () => void;
}

/** One command with its keys; each can be taken away, others added, and the first ones given back. */
export function KeyRow({ command, keyMap, clashes, onAdd }: KeyRowProps): ReactNode {
  const t = useWords('keys');
  const label = command.label();
  const keys = keyMap.keys[command.id] ?? command.keys;
  const isChanged = Object.hasOwn(keyMap.keys, command.id);
  const remove = (taken: string): void => {
    const rest = keys.filter((each) => each !== taken);
    const said =
      rest.length === 0 ? t('done.removed', { command: label }) : t('done.changed', { command: label, keys: rest.map(keyText).join(', ') });
    void saveKeys(withKeys(keyMap, command, rest), said);
  };
  return (
    <li className="keys-row" data-command={command.id} data-changed={isChanged}>
      <span className="keys-label">
        {label}
        <Where place={command.place} />
        {isChanged && <Badge tone="accent">{t('changed')}</Badge>}
      </span>
      <span className="keys-keys">
        {keys.length === 0 && <span className="muted">{t('noKeys')}</span>}
        {keys.map((each) => {
          const isSilent = keyMap.isWithoutCharacterKeys && isCharacterKeys(each);
          return (
            <span key={each} className="keys-key" data-silent={isSilent} title={isSilent ? t('silent') : undefined}>
              <Kbd keys={each} />
              <span className="visually-hidden">{isSilent ? `${keyText(each)} (${t('silent')})` : keyText(each)}</span>
              <IconButton
                size="sm"
                label={t('remove', { keys: keyText(each), command: label })}
                icon={<X aria-hidden="true" />}
                onClick={(event) => {
                  // the button goes with its keys
                  event.currentTarget.closest('.keys-row')?.querySelector<HTMLElement>('.keys-add')?.focus();
                  remove(each);
                }}
              />
            </span>
          );
        })}
      </span>
      <span className="keys-buttons">
        {isChanged && (
          <IconButton
            size="sm"
            label={t('reset', { command: label })}
            icon={<RotateCcw aria-hidden="true" />}
            onClick={() => void saveKeys(withKeys(keyMap, command, command.keys), t('done.reset', { command: label }))}
          />
        )}
        <Button
          className="keys-add"
          size="sm"
          variant="ghost"
          icon={<Plus aria-hidden="true" />}
          aria-label={t('add', { command: label })}
          onClick={onAdd}
        >
          {t('addShort')}
        </Button>
      </span>
      {clashes.length > 0 && (
        <ul className="keys-clash">
          {clashes.map((clash) => (
            <li key={`${clash.keys} ${clash.other}`}>
              <TriangleAlert aria-hidden="true" />
              {t('clash', { keys: keyText(clash.keys), other: clash.other })}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const NAMED_PLACES = ['handoffs.sweep', 'handoffs.brief', 'handoffs.promises', 'conflicts', 'packet'] as const;

/** Where it is heard, where the heading of its area does not say it. */
function Where({ place }: { readonly place: string }): ReactNode {
  const t = useWords('keys');
  const named = NAMED_PLACES.find((each) => each === place);
  return named === undefined ? null : <span className="muted keys-place">{t(`place.${named}`)}</span>;
}
