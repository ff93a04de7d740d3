import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { CAPABILITIES } from '../../../shared/domain/channel/capabilities.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { askText } from '../../../shared/domain/intake/ask-text.ts';
import { kindOf } from '../../../shared/domain/intake/checklist.ts';
import type { IntakeRules } from '../../../shared/domain/intake/checklist.ts';
import { NOTHING_SAID } from '../../../shared/domain/intake/intake-said.ts';
import { ASK_LANGUAGES } from '../../../shared/domain/intake/questions.ts';
import type { AskLanguage } from '../../../shared/domain/intake/questions.ts';
import { readIntake } from '../../../shared/domain/intake/read-intake.ts';
import type { Intake } from '../../../shared/domain/intake/read-intake.ts';
import { detectLanguage } from '../../../shared/domain/language.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import { zoneOffsetMs } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { TextArea } from '../../ui/field.tsx';
import { useIntakeWords } from '../../ui/intake/intake-words.ts';
import { Select } from '../../ui/select.tsx';

const AUTO = '';
const LONGEST = 6_000;

function read(rules: IntakeRules, text: string, zone: string): Intake {
  const at = clock.now();
  const message = {
    messageId: makeId('msg', 'tried'),
    at,
    direction: 'in',
    auto: 'none',
    text,
    isRemoved: false,
    isUnsent: false,
    fromAddress: '',
    offsetMinutes: zoneOffsetMs(zone, at) / MINUTE_MS,
    origin: null,
    files: [],
  } as const;
  return readIntake({
    subject: '',
    labels: [],
    messages: [message],
    said: NOTHING_SAID,
    rules,
    offsetAt: () => null,
    ownAddresses: new Set(),
  });
}

/** What a message would be read as, and what would be asked, by the checklists on screen; nothing is asked of the engine. */
export function IntakeTryOut({ rules }: { readonly rules: IntakeRules }): ReactNode {
  const t = useWords('intake');
  const { kindName, factName } = useIntakeWords();
  const formats = useFormats();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<AskLanguage | ''>(AUTO);
  const tried = useDeferredValue(text);
  const intake = useMemo(() => read(rules, tried, formats.zone), [rules, tried, formats.zone]);
  const kind = intake.kindId === null ? null : (kindOf(rules, intake.kindId) ?? null);
  const language = chosen === AUTO ? detectLanguage(tried) : chosen;
  const ask = askText({ kind, missing: intake.missing, language, rounds: 0, channel: CAPABILITIES.email, isPublic: false });
  const known = intake.facts.filter(({ state }) => state === 'known');
  return (
    <section className="m-section intake-try" aria-label={t('settings.try.title')}>
      <div>
        <h3>{t('settings.try.title')}</h3>
        <p className="muted">{t('settings.try.hint')}</p>
      </div>
      <TextArea label={t('settings.try.text')} rows={4} maxLength={LONGEST} value={text} onChange={setText} />
      <Select
        label={t('settings.try.language')}
        value={chosen}
        options={[
          { value: AUTO, label: formats.languageName(ask?.language ?? 'en') },
          ...ASK_LANGUAGES.map((each) => ({ value: each, label: formats.languageName(each) })),
        ]}
        onChange={setChosen}
      />
      {tried.trim() !== '' && (
        <div className="intake-result" role="status">
          <p>
            <strong>{t('settings.try.kind', { kind: kind === null ? t('noKind') : kindName(kind) })}</strong>
          </p>
          <dl>
            <div>
              <dt className="muted">{t('settings.try.known')}</dt>
              <dd>
                {known.length === 0 ? (
                  t('settings.try.nothing')
                ) : (
                  <ul>
                    {known.map((each) => (
                      <li key={each.field}>
                        {factName(each)}: <bdi>{each.value}</bdi>
                        {each.meaning !== null && <span className="muted"> → {each.meaning}</span>}
                      </li>
                    ))}
                  </ul>
                )}
              </dd>
            </div>
            <div>
              <dt className="muted">{t('settings.try.missing')}</dt>
              <dd>
                {intake.missing.length === 0
                  ? t('settings.try.nothing')
                  : formats.list(
                      intake.missing.map((field) => factName({ field, name: kind?.items.find((each) => each.field === field)?.name })),
                    )}
              </dd>
            </div>
          </dl>
          {ask !== null && (
            <>
              <p className="muted">{t('settings.try.ask')}</p>
              <p className="intake-asked" lang={ask.language} dir="auto">
                {ask.text}
              </p>
            </>
          )}
        </div>
      )}
    </section>
  );
}
