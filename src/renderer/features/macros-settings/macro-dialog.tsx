import { useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import type { ListedMacro } from '../../../shared/contract/macros.contract.ts';
import { languages } from '../../../shared/domain/language.ts';
import type { Lang } from '../../../shared/domain/language.ts';
import { MACRO_VARIABLES } from '../../../shared/domain/macro/fill-macro.ts';
import { MAX_MACRO_NAME, MAX_MACRO_TEXT, SHORTCUT_PATTERN } from '../../../shared/domain/macro/macro.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { useSession } from '../../state/session.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { MultiCombobox } from '../../ui/combobox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { focusInvalid } from '../../ui/focus-invalid.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { ActionsEditor } from './actions-editor.tsx';
import { macroOf, saveMacro } from './macros-commands.ts';

interface MacroDialogProps {
  readonly macro: Macro;
  readonly before: ListedMacro | null;
  readonly onClose: () => void;
}

/** The words of a macro in each language, and what it does. */
export function MacroDialog({ macro, before, onClose }: MacroDialogProps): ReactNode {
  const { t } = useTranslation(['macros', 'inbox']);
  const [draft, setDraft] = useState(() => macroOf(macro));
  const [isTeam, setTeam] = useState(before?.isTeam ?? true);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const edit = (patch: Partial<Macro>): void => {
    setProblem(null);
    setDraft((now) => ({ ...now, ...patch }));
  };
  const shortcut = draft.shortcut.trim().replace(/^#/u, '');
  const isShortcutBad = !SHORTCUT_PATTERN.test(shortcut);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (draft.name.trim() === '' || isShortcutBad) {
      focusInvalid(event.currentTarget);
      return;
    }
    setBusy(true);
    const refused = await saveMacro({ ...draft, shortcut, texts: draft.texts.filter(({ text }) => text.trim() !== '') }, isTeam, before);
    setBusy(false);
    setProblem(refused);
    if (refused === null) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title={before === null ? t('macros:editor.add') : t('macros:editor.edit')}
      footer={
        <>
          {/* beside the button: the form is longer than the window */}
          {problem !== null && (
            <p className="macros-problem" role="alert">
              {problem}
            </p>
          )}
          <Button onClick={onClose}>{t('macros:editor.cancel')}</Button>
          <Button variant="primary" type="submit" form="macro-form" loading={isBusy}>
            {t('macros:editor.save')}
          </Button>
        </>
      }
    >
      <form id="macro-form" className="macros-form" onSubmit={(event) => void save(event)}>
        <div className="macros-pair">
          <TextField
            label={t('macros:editor.name')}
            value={draft.name}
            maxLength={MAX_MACRO_NAME}
            onChange={(name) => edit({ name })}
            error={isTried && draft.name.trim() === '' ? t('macros:editor.nameMissing') : undefined}
          />
          <TextField
            label={t('macros:editor.shortcut')}
            hint={t('macros:editor.shortcutHint')}
            value={draft.shortcut}
            maxLength={31}
            onChange={(value) => edit({ shortcut: value })}
            error={isTried && isShortcutBad ? t('macros:editor.shortcutBad') : undefined}
          />
        </div>
        <Texts draft={draft} onChange={(texts) => edit({ texts })} />
        <ActionsEditor actions={draft.actions} onChange={(actions) => edit({ actions })} />
        <MultiCombobox
          label={t('macros:editor.channels')}
          placeholder={t('macros:editor.anyChannel')}
          value={draft.channels}
          onChange={(channels) => edit({ channels: CHANNELS.filter((each) => channels.includes(each)) })}
          options={CHANNELS.map((value) => ({ value, label: t(`inbox:channel.${value}`) }))}
        />
        <Switch label={t('macros:editor.isTeam')} hint={t('macros:editor.isTeamHint')} checked={isTeam} onChange={setTeam} />
      </form>
    </Dialog>
  );
}

interface TextsProps {
  readonly draft: Macro;
  readonly onChange: (texts: Macro['texts']) => void;
}

/** Not the id of a case. */
const EXAMPLE = 'example';

/** One language at a time, with variables at the cursor and what an example customer would read. */
function Texts({ draft, onChange }: TextsProps): ReactNode {
  const t = useWords('macros');
  const formats = useFormats();
  const place = useRef<HTMLDivElement>(null);
  const caret = useRef<number | null>(null);
  const [language, setLanguage] = useState<Lang>(() => languages.find((each) => each === draft.texts[0]?.language) ?? 'en');
  const text = draft.texts.find((each) => each.language === language)?.text ?? '';
  const write = (next: string): void => {
    const isThere = draft.texts.some((each) => each.language === language);
    const changed = draft.texts.map((each) => (each.language === language ? { language, text: next } : each));
    onChange(isThere ? changed : [...draft.texts, { language, text: next }]);
  };
  const area = (): HTMLTextAreaElement | null => place.current?.querySelector('textarea') ?? null;
  const insert = (name: string): void => {
    const at = Math.min(caret.current ?? text.length, text.length);
    const word = `{{${name}}}`;
    write(text.slice(0, at) + word + text.slice(at));
    caret.current = at + word.length;
    requestAnimationFrame(() => {
      area()?.focus();
      area()?.setSelectionRange(at + word.length, at + word.length);
    });
  };
  const recent = useSession((state) => state.recentCases);
  const [caseId, setCaseId] = useState<CaseId | null>(null);
  const example = useLiveValue('macros.try', text.trim() === '' ? null : { text, language, caseId }, null);
  const written = new Set(draft.texts.filter((each) => each.text.trim() !== '').map((each) => each.language));
  return (
    <div ref={place} className="macros-texts">
      <div className="macros-pair">
        <Select
          label={t('editor.language')}
          value={language}
          onChange={setLanguage}
          options={languages.map((value) => ({ value, label: `${formats.languageName(value)}${written.has(value) ? ' ✓' : ''}` }))}
        />
        <Menu trigger={<Button>{t('editor.variable')}</Button>}>
          {MACRO_VARIABLES.map((name) => (
            <MenuItem key={name} onSelect={() => insert(name)}>
              {t(`variable.${name}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
      <TextArea
        label={t('editor.text', { language: formats.languageName(language) })}
        value={text}
        rows={6}
        lang={language}
        dir="auto"
        maxLength={MAX_MACRO_TEXT}
        onChange={write}
        onSelect={(event) => {
          caret.current = event.currentTarget.selectionStart;
        }}
      />
      {example !== null && text.trim() !== '' && (
        <figure className="macros-example">
          <figcaption className="muted">
            {recent.length === 0 ? (
              t('editor.example')
            ) : (
              <Select
                label={t('editor.previewFor')}
                value={caseId ?? EXAMPLE}
                onChange={(next) => setCaseId(recent.find((each) => each.caseId === next)?.caseId ?? null)}
                options={[
                  { value: EXAMPLE, label: t('editor.example') },
                  ...recent.map((each) => ({
                    value: each.caseId,
                    label: t('editor.asIn', {
                      name: each.contactName,
                      subject: each.subject === '' ? t('editor.noSubject') : each.subject,
                    }),
                  })),
                ]}
              />
            )}
          </figcaption>
          <p lang={language} dir="auto">
            {example.text}
          </p>
          {example.gaps.length > 0 && <p className="muted">{t('editor.exampleGaps', { names: formats.list(example.gaps) })}</p>}
        </figure>
      )}
    </div>
  );
}
