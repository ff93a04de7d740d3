import { ArrowDown, ArrowUp, MessageCircleQuestion, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { questionFor } from '../../../shared/domain/intake/ask-text.ts';
import { MOST_ITEMS } from '../../../shared/domain/intake/checklist.ts';
import type { CaseKind, ChecklistItem } from '../../../shared/domain/intake/checklist.ts';
import { FACT_FIELDS, isFactField } from '../../../shared/domain/intake/fact-fields.ts';
import { ASK_LANGUAGES, ASK_WORDS, askLanguage } from '../../../shared/domain/intake/questions.ts';
import { languageOfTag } from '../../../shared/domain/language.ts';
import { newOperationId } from '../../bridge/client.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { IconButton } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { TextField } from '../../ui/field.tsx';
import { useIntakeWords } from '../../ui/intake/intake-words.ts';
import { Select } from '../../ui/select.tsx';

const LONGEST_NAME = 60;
const LONGEST_QUESTION = 300;
const CHOOSE = '';
const OWN = 'own';

interface ItemsEditorProps {
  readonly kind: CaseKind;
  readonly onChange: (items: readonly ChecklistItem[]) => void;
}

/** The facts of a checklist in the order in which they are asked for. */
export function ItemsEditor({ kind, onChange }: ItemsEditorProps): ReactNode {
  const t = useWords('intake');
  const { factName } = useIntakeWords();
  const { items } = kind;
  const [opened, setOpened] = useState<string | null>(null);
  const titleId = useId();
  const put = (item: ChecklistItem): void => onChange(items.map((each) => (each.field === item.field ? item : each)));
  const move = (item: ChecklistItem, to: number): void => {
    const others = items.filter((each) => each.field !== item.field);
    onChange([...others.slice(0, to), item, ...others.slice(to)]);
  };
  const add = (choice: string): void => {
    if (choice === CHOOSE) return;
    const field =
      choice === OWN
        ? `own-${newOperationId()
            .replaceAll(/[^a-z0-9]/giu, '')
            .slice(-12)}`
        : choice;
    onChange([...items, { field, isNeeded: true, ...(choice === OWN ? { name: t('settings.ownFactDialog') } : {}) }]);
    if (choice === OWN) setOpened(field);
  };
  const left = FACT_FIELDS.filter((field) => !items.some((each) => each.field === field));
  return (
    <div className="intake-items">
      <h3 id={titleId}>{t('settings.items')}</h3>
      {items.length > 0 && (
        <ol aria-labelledby={titleId}>
          {items.map((item, index) => (
            <Item
              key={item.field}
              kind={kind}
              item={item}
              index={index}
              isLast={index === items.length - 1}
              isOpen={opened === item.field}
              onOpen={(isOpen) => setOpened(isOpen ? item.field : null)}
              onChange={put}
              onMove={(to) => move(item, to)}
              onRemove={() => onChange(items.filter((each) => each.field !== item.field))}
            />
          ))}
        </ol>
      )}
      {items.length < MOST_ITEMS && (
        <Select
          label={t('settings.addFact')}
          value={CHOOSE}
          options={[
            { value: CHOOSE, label: t('settings.addFact') },
            ...left.map((field) => ({ value: field as string, label: factName({ field }) })),
            { value: OWN, label: t('settings.ownFact') },
          ]}
          onChange={add}
        />
      )}
    </div>
  );
}

interface ItemProps {
  readonly kind: CaseKind;
  readonly item: ChecklistItem;
  readonly index: number;
  readonly isLast: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChange: (item: ChecklistItem) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

function Item({ kind, item, index, isLast, isOpen, onOpen, onChange, onMove, onRemove }: ItemProps): ReactNode {
  const { t, i18n } = useTranslation('intake');
  const { factName } = useIntakeWords();
  const name = factName(item);
  const own = (item.questions ?? []).filter(({ text }) => text.trim() !== '').length;
  return (
    <li className="intake-item">
      <div className="intake-item-line">
        <span className="intake-item-words">
          <strong>{name}</strong>
          <span className="muted">{questionFor(item.field, kind, askLanguage(i18n.language).language)}</span>
          {own > 0 && <span className="muted">{t('settings.ownQuestions', { count: own })}</span>}
        </span>
        <Switch
          label={t('settings.isNeededOf', { name })}
          hideLabel
          checked={item.isNeeded}
          onChange={(isNeeded) => onChange({ ...item, isNeeded })}
        />
        <span className="intake-item-buttons">
          <IconButton
            size="sm"
            label={t('settings.up', { name })}
            icon={<ArrowUp aria-hidden="true" />}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          />
          <IconButton
            size="sm"
            label={t('settings.down', { name })}
            icon={<ArrowDown aria-hidden="true" />}
            disabled={isLast}
            onClick={() => onMove(index + 1)}
          />
          <IconButton
            size="sm"
            label={t('settings.edit', { name })}
            icon={<MessageCircleQuestion aria-hidden="true" />}
            aria-expanded={isOpen}
            onClick={() => onOpen(!isOpen)}
          />
          <IconButton size="sm" label={t('settings.remove', { name })} icon={<Trash2 aria-hidden="true" />} onClick={onRemove} />
        </span>
      </div>
      {isOpen && <Questions item={item} onChange={onChange} />}
    </li>
  );
}

function Questions({ item, onChange }: { readonly item: ChecklistItem; readonly onChange: (item: ChecklistItem) => void }): ReactNode {
  const t = useWords('intake');
  const formats = useFormats();
  const { field, questions = [] } = item;
  const isOurs = isFactField(field);
  const textIn = (language: string): string => questions.find((each) => languageOfTag(each.language) === language)?.text ?? '';
  const setText = (language: string, text: string): void => {
    const others = questions.filter((each) => languageOfTag(each.language) !== language);
    const after = text === '' ? others : [...others, { language, text }];
    const { questions: _before, ...rest } = item;
    onChange(after.length === 0 ? rest : { ...rest, questions: after });
  };
  return (
    <div className="intake-questions">
      <p className="muted">{t('settings.factHint')}</p>
      {!isOurs && (
        <TextField
          label={t('settings.factName')}
          maxLength={LONGEST_NAME}
          error={(item.name ?? '').trim() === '' ? t('settings.factNameMissing') : undefined}
          value={item.name ?? ''}
          onChange={(name) => onChange({ ...item, name })}
        />
      )}
      {!isOurs && questions.length === 0 && <p className="intake-problem">{t('settings.questionMissing')}</p>}
      {ASK_LANGUAGES.map((language) => (
        <TextField
          key={language}
          label={t('settings.questionIn', { language: formats.languageName(language) })}
          lang={language}
          placeholder={isOurs ? ASK_WORDS[language].questions[field] : undefined}
          maxLength={LONGEST_QUESTION}
          value={textIn(language)}
          onChange={(text) => setText(language, text)}
        />
      ))}
    </div>
  );
}
