import { useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId, PromiseId } from '../../../../shared/domain/ids.ts';
import { after, HOUR_MS } from '../../../../shared/domain/time.ts';
import type { LocalDateTime } from '../../../../shared/domain/time/local-time.ts';
import { toInstant, toLocal } from '../../../../shared/domain/time/zone.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock, nextMinute, useNow } from '../../../state/clock-store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { FeasibilityWords } from '../../../ui/promise/feasibility-words.tsx';
import { settledWallTime, WallTimeField, wallTimeValue } from '../../../ui/wall-time-field.tsx';
import type { WallTimeValue } from '../../../ui/wall-time-field.tsx';
import './promises.css';

export interface PromiseFormProps {
  readonly caseId: CaseId;
  readonly onMade: (promiseId: PromiseId) => void;
  readonly onCancel: () => void;
}

/** Writes down a promise that no message carries: what, and by when on the customer's clock. Says whether anybody can keep it. */
export function PromiseForm({ caseId, onMade, onCancel }: PromiseFormProps): ReactNode {
  // the zone is the engine's to know: it is asked with some time, and the question changes as a time is typed
  const [asked] = useState(() => after(clock.now(), HOUR_MS));
  const first = useLiveValue('promises.check', { caseId, due: asked }, null);
  if (first === null) return null;
  return <ZonedForm caseId={caseId} zone={first.zone.zone} source={first.zone.source} onMade={onMade} onCancel={onCancel} />;
}

function ZonedForm({
  caseId,
  zone,
  source,
  onMade,
  onCancel,
}: PromiseFormProps & { readonly zone: string; readonly source: 'set' | 'offset' | 'assumed' }): ReactNode {
  const t = useWords('handoff');
  const errorWords = useWords('errors');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const [text, setText] = useState('');
  const [time, setTime] = useState<WallTimeValue>(() => wallTimeValue(onTheHour(toLocal(zone, after(clock.now(), 2 * HOUR_MS)))));
  const [problem, setProblem] = useState<{ readonly field: 'text' | 'time'; readonly words: string } | null>(null);
  const [isSaving, setSaving] = useState(false);
  const words = useRef<HTMLInputElement>(null);
  const due = settledWallTime(zone, time);
  const check = useLiveValue('promises.check', due === null ? null : { caseId, due }, null);
  const dueAt = due === null ? null : toInstant(zone, due);

  const save = async (): Promise<void> => {
    if (isSaving) return;
    if (text.trim() === '') {
      setProblem({ field: 'text', words: t('promise.empty') });
      words.current?.focus();
      return;
    }
    if (due === null || dueAt === null) {
      setProblem({ field: 'time', words: t('promise.incomplete') });
      return;
    }
    if (dueAt <= clock.now()) {
      setProblem({ field: 'time', words: t('promise.past') });
      return;
    }
    setSaving(true);
    const answer = await call('promises.make', {
      opId: newOperationId(),
      caseId,
      promise: { text: text.trim(), zone, dueLocal: due, source: 'typed' },
    });
    setSaving(false);
    if (answer.ok) onMade(answer.value.promiseId);
    else {
      const isPast = answer.error.code === 'in-the-past';
      setProblem({ field: 'time', words: isPast ? t('promise.past') : errorText(errorWords, answer.error.code) });
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    void save();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (event.key !== 'Escape' && !isSend) return;
    // the dialog around it hears these keys, too
    event.preventDefault();
    event.stopPropagation();
    if (isSend) void save();
    else onCancel();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the keys of its fields
    <form className="pr-form" onSubmit={submit} onKeyDown={onKeyDown} aria-label={t('promise.add')}>
      <TextField
        ref={words}
        label={t('promise.text')}
        placeholder={t('promise.textPlaceholder')}
        // it opens because somebody wants to write
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        dir="auto"
        maxLength={500}
        value={text}
        onChange={(value) => {
          setText(value);
          setProblem(null);
        }}
        error={problem?.field === 'text' ? problem.words : undefined}
      />
      <WallTimeField
        label={t('promise.when', { zone: zone.replaceAll('_', ' ') })}
        zone={zone}
        value={time}
        onChange={(value) => {
          setTime(value);
          setProblem(null);
        }}
        error={problem?.field === 'time' ? problem.words : undefined}
        hint={
          dueAt === null || zone === formats.zone ? undefined : (
            <span className="tabular">{t('promise.whenMine', { time: formats.soonTime(dueAt, now) })}</span>
          )
        }
      />
      {source !== 'set' && <p className="muted">{t(source === 'assumed' ? 'promise.zoneAssumed' : 'promise.zoneOffset')}</p>}
      {check !== null && dueAt !== null && dueAt > now && (
        <FeasibilityWords
          feasibility={check.feasibility}
          zone={zone}
          saysFeasible
          onTake={(offered) => setTime(wallTimeValue(offered.local))}
        />
      )}
      <div className="pr-form-buttons">
        <Button size="sm" variant="ghost" onClick={onCancel}>
          {t('promise.cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" loading={isSaving}>
          {t('promise.save')}
        </Button>
      </div>
    </form>
  );
}

function onTheHour(local: LocalDateTime): LocalDateTime {
  return { ...local, minute: 0, second: 0 };
}
