import { Clock3, Hourglass, Languages, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Output } from '../../../shared/contract/contract.ts';
import type { AcknowledgementSettings } from '../../../shared/contract/promise.contract.ts';
import type { AcknowledgementFacts } from '../../../shared/domain/promise/acknowledge.ts';
import { acknowledgementLanguage } from '../../../shared/domain/promise/write-acknowledgement.ts';
import { useLive } from '../../bridge/use-live.ts';
import { formatsFor } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { languageOptions } from '../../ui/language-picker.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import { useEdits } from './edits.store.ts';

/** So long after the last key the preview is worked out anew. */
const SETTLES_MS = 300;
const OTHERS = ['zh-Hant'] as const;

/** What a customer with this language and zone would be told now, with the text as it is edited; and what it was worked out of. */
export function AcknowledgementPreview({ settings }: { readonly settings: AcknowledgementSettings }): ReactNode {
  const t = useWords('handoffSettings');
  const formats = useFormats();
  const edited = useEdits((state) => state.language);
  const [language, setLanguage] = useState<string | null>(edited);
  const [zone, setZone] = useState<string | null>(formats.zone);
  const [followed, setFollowed] = useState(edited);
  // Who begins to edit another text wants to see that one.
  if (followed !== edited) {
    setFollowed(edited);
    setLanguage(edited);
  }
  const own = settings.templates.find((each) => each.language === acknowledgementLanguage(language)) ?? null;
  const template = useSettled(own, SETTLES_MS);
  // The text of another language is not shown as that of this one while the new one settles.
  const isSettled = (template?.language ?? null) === (own?.language ?? null);
  const live = useLive('acknowledgements.preview', zone === null || !isSettled ? null : { language, zone, template });
  const [last, setLast] = useState<Output<'acknowledgements.preview'> | null>(null);
  const shown = live.state === 'ready' ? live.value : last;
  if (shown !== last) setLast(shown);
  const options = useMemo(() => languageOptions(formats, [...OTHERS, ...(language === null ? [] : [language])]), [formats, language]);
  return (
    <aside className="ack-preview" aria-labelledby="ack-preview-title">
      <h3 id="ack-preview-title">{t('ack.preview')}</h3>
      <div className="ack-customer">
        <Combobox
          label={t('ack.previewLanguage')}
          value={language}
          onChange={setLanguage}
          options={options}
          placeholder={t('ack.unknownLanguage')}
        />
        <ZonePicker label={t('ack.previewZone')} value={zone} onChange={setZone} />
      </div>
      {shown === null ? (
        <Spinner label={t('ack.writing')} />
      ) : (
        <div className="ack-answer" aria-busy={live.state === 'loading'} aria-live="polite">
          <div className="ack-mail" lang={shown.language} dir="auto">
            {shown.text}
          </div>
          <Facts facts={shown.facts} zone={zone ?? formats.zone} />
        </div>
      )}
    </aside>
  );
}

/** A value once it has stayed the same for a while. */
function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

function Facts({ facts, zone }: { readonly facts: AcknowledgementFacts; readonly zone: string }): ReactNode {
  const t = useWords('handoffSettings');
  const formats = useFormats();
  const now = clock.now();
  if (facts.kind === 'untimed') {
    return (
      <ul className="ack-facts">
        <li>
          <Hourglass aria-hidden="true" />
          {t(`ack.untimed.${facts.reason}`)}
        </li>
      </ul>
    );
  }
  const { readBy, readerLanguage, decidedBy, validUntil } = facts;
  const there = formatsFor(formats.locale, zone).soonTime(readBy, now);
  const here = formats.soonTime(readBy, now);
  return (
    <ul className="ack-facts">
      <li>
        <Clock3 aria-hidden="true" />
        {t(there === here ? 'ack.factsTimedSame' : 'ack.factsTimed', { there, here })}
      </li>
      {readerLanguage !== null && (
        <li>
          <Languages aria-hidden="true" />
          {t('ack.factsSpeaker', { language: formats.languageName(readerLanguage) })}
        </li>
      )}
      <li>
        <UserRoundCheck aria-hidden="true" />
        {t(decidedBy === 'policy' ? 'ack.factsPolicy' : 'ack.factsStaffing')}
      </li>
      <li>
        <Hourglass aria-hidden="true" />
        {t('ack.factsValid', { time: formats.soonTime(validUntil, now) })}
      </li>
    </ul>
  );
}
