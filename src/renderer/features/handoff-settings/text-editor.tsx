import { CircleAlert, PencilLine, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { AcknowledgementSettings } from '../../../shared/contract/promise.contract.ts';
import { ACKNOWLEDGEMENT_LANGUAGES, ACKNOWLEDGEMENT_TEMPLATES } from '../../../shared/domain/promise/acknowledgement-texts.ts';
import type { AcknowledgementLanguage, AcknowledgementTemplate } from '../../../shared/domain/promise/acknowledgement-texts.ts';
import { templateProblems } from '../../../shared/domain/promise/write-acknowledgement.ts';
import type { TemplateProblem } from '../../../shared/domain/promise/write-acknowledgement.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { textOf, useEdits, withText } from './edits.store.ts';

const FIELDS = ['greeting', 'namelessGreeting', 'body', 'speaking', 'reading', 'untimed'] as const;
type FieldName = (typeof FIELDS)[number];
const PLACEHOLDERS = ['name', 'reference', 'sentence', 'time', 'language'] as const;
const LONGEST = 5_000;

interface TextEditorProps {
  readonly settings: AcknowledgementSettings;
  readonly canChange: boolean;
  readonly onChange: (templates: readonly AcknowledgementTemplate[]) => void;
}

/** The words of the acknowledgement in each language: Meridian's, or the team's own. Every problem stands at its field. */
export function TextEditor({ settings, canChange, onChange }: TextEditorProps): ReactNode {
  const t = useWords('handoffSettings');
  const formats = useFormats();
  const language = useEdits((state) => state.language);
  const text = textOf(settings, language);
  const isOwn = settings.templates.some((each) => each.language === language);
  const problems = templateProblems(text);
  const stateOf = (each: AcknowledgementLanguage): string => {
    if (!settings.templates.some((own) => own.language === each)) return t('ack.builtIn');
    return t(templateProblems(textOf(settings, each)).length > 0 ? 'ack.needsFix' : 'ack.own');
  };
  const field = (name: FieldName): ReactNode => {
    const shared = {
      label: t(`ack.field.${name}`),
      hint: t(`ack.fieldHint.${name}`),
      error: problemWords(problems.filter((each) => each.field === name)),
      value: text[name],
      maxLength: LONGEST,
      lang: language,
      dir: 'auto',
      disabled: !canChange,
      onChange: (value: string) => onChange(withText(settings, { ...text, [name]: value })),
    };
    return name === 'greeting' || name === 'namelessGreeting' ? (
      <TextField key={name} {...shared} />
    ) : (
      <TextArea key={name} {...shared} rows={name === 'body' ? 5 : 2} />
    );
  };
  return (
    <section className="m-section">
      <h3>{t('ack.texts')}</h3>
      <div className="ack-language">
        <Select<AcknowledgementLanguage>
          label={t('ack.language')}
          value={language}
          onChange={(next) => useEdits.setState({ language: next })}
          options={ACKNOWLEDGEMENT_LANGUAGES.map((each) => ({
            value: each,
            label: `${formats.languageName(each)} · ${stateOf(each)}`,
            icon: problemsIcon(settings, each),
          }))}
        />
        {isOwn && canChange && (
          <Button icon={<RotateCcw aria-hidden="true" />} onClick={() => onChange(withText(settings, ACKNOWLEDGEMENT_TEMPLATES[language]))}>
            {t('ack.reset')}
          </Button>
        )}
      </div>
      <div className="ack-placeholders">
        <p className="muted">{t('ack.placeholders')}</p>
        <dl>
          {PLACEHOLDERS.map((each) => (
            <div key={each}>
              <dt>
                <code>{`{${each}}`}</code>
              </dt>
              <dd>{t(`ack.placeholder.${each}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {FIELDS.map(field)}
    </section>
  );

  function problemWords(found: readonly TemplateProblem[]): string | undefined {
    if (found.length === 0) return undefined;
    return found.map(problemText).join(' ');
  }

  function problemText(problem: TemplateProblem): string {
    switch (problem.code) {
      case 'empty':
        return t('ack.problem.empty');
      case 'unknown-placeholder':
        return t('ack.problem.unknown', { placeholder: `{${problem.placeholder}}` });
      case 'missing-placeholder':
        return t('ack.problem.missing', { placeholder: `{${problem.placeholder}}` });
      case 'fixed-promise':
        return t('ack.problem.fixed', { text: problem.text });
    }
  }
}

function problemsIcon(settings: AcknowledgementSettings, language: AcknowledgementLanguage): ReactNode {
  const own = settings.templates.find((each) => each.language === language);
  if (own === undefined) return undefined;
  return templateProblems(own).length > 0 ? <CircleAlert aria-hidden="true" /> : <PencilLine aria-hidden="true" />;
}
