import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { LaneRow } from '../../../../shared/contract/handoff.contract.ts';
import { nextPromise } from '../../../../shared/domain/handoff/packet.ts';
import type { ReadBack } from '../../../../shared/domain/handoff/read-back.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock } from '../../../state/clock-store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { markRead } from '../handoffs.store.ts';
import { AnswerForm } from './answer-form.tsx';
import { ChoiceField } from './choice-field.tsx';
import { useMismatchWords } from './mismatch-words.ts';
import { PromiseTime } from './promise-time.tsx';
import { firstSaid, readBackFrom, trueAnswer, typedMinute, warningsOf } from './read-back-model.ts';

export interface ReadBackFormProps {
  readonly row: LaneRow;
  /** The case is mine already; what has changed is read back. */
  readonly isAgain: boolean;
  /** Something came since it was read and was not looked at: one more Enter says that it was. */
  readonly isUnseen: boolean;
  readonly onSubmit: (readBack: ReadBack) => Promise<boolean>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/**
 * The receiver repeats what they take over: first action, the next promise on their own clock, what they do if it turns
 * bad. What does not fit is shown with what it really is, once; it never keeps anybody from accepting.
 */
export function ReadBackForm({ row, isAgain, isUnseen, onSubmit, onDone, onCancel }: ReadBackFormProps): ReactNode {
  const t = useWords('lanes');
  const { zone } = useFormats();
  const { packet } = row;
  const words = useMismatchWords(packet);
  const [said, setSaid] = useState(() => firstSaid(packet, zone, clock.now()));
  const [isBusy, setBusy] = useState(false);
  /** The mismatches that were on screen when somebody last confirmed. */
  const [warnedKey, setWarnedKey] = useState<string | null>(null);
  const time = useRef<HTMLInputElement>(null);
  const action = useRef<HTMLInputElement>(null);
  const promise = nextPromise(packet);
  const isStable = packet.severity === 'stable';
  const readBack = readBackFrom(packet, zone, said);
  const { found, key } = warningsOf(packet, readBack);
  const isWarned = warnedKey !== null;
  useEffect(() => (time.current ?? action.current)?.focus(), []);

  const submit = async (): Promise<void> => {
    if (isUnseen) {
      markRead(row);
      return;
    }
    if (found.length > 0 && key !== warnedKey) {
      setWarnedKey(key);
      return;
    }
    setBusy(true);
    const isDone = await onSubmit(readBack);
    setBusy(false);
    if (isDone) onDone();
  };
  const correct = (): void => {
    const answer = trueAnswer(packet, zone);
    if (answer !== null) setSaid({ ...said, ...answer });
    time.current?.focus();
  };
  const isAnyway = found.length > 0 && key === warnedKey;
  const isTimeBad = said.time.trim() !== '' && typedMinute(said.time) === null;
  return (
    <AnswerForm
      title={t(isAgain ? 'accept.again' : 'accept.title')}
      submitLabel={
        isUnseen
          ? t('changed.look')
          : t(isAnyway ? (isAgain ? 'accept.anywayAgain' : 'accept.anyway') : isAgain ? 'accept.submitAgain' : 'accept.submit')
      }
      isBusy={isBusy}
      onSubmit={() => void submit()}
      onCancel={onCancel}
      notes={
        isWarned && (
          <div className="hd-warnings" role="status" data-tone={found.length === 0 ? 'ok' : 'soon'}>
            {found.length === 0 ? (
              <p>
                <CircleCheck aria-hidden="true" />
                {t('accept.fits')}
              </p>
            ) : (
              <>
                <ul>
                  {found.map((each) => (
                    <li key={each.kind}>
                      <TriangleAlert aria-hidden="true" />
                      <span>{words.sentence(each)}</span>
                      {(each.kind === 'promise-time' || each.kind === 'promise-overlooked') && (
                        <Button size="sm" onClick={correct}>
                          {t('accept.correct', { time: words.trueTime() })}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
                <p className="hd-by">{t('accept.warn')}</p>
              </>
            )}
          </div>
        )
      }
    >
      {promise === null ? (
        <p className="muted">{t('accept.noPromise')}</p>
      ) : (
        <PromiseTime
          packet={packet}
          promise={promise}
          day={said.day}
          time={said.time}
          isBad={isTimeBad}
          onDay={(day) => setSaid({ ...said, day })}
          onTime={(typed) => setSaid({ ...said, time: typed })}
          timeRef={time}
        />
      )}
      <ChoiceField
        legend={t('accept.firstAction')}
        options={packet.actions.map((each) => each.what)}
        value={said.action}
        onChange={(choice) => setSaid({ ...said, action: choice })}
        ownLabel={t('accept.ownWords')}
        firstRef={action}
      />
      {!isStable && (
        <ChoiceField
          legend={t('accept.contingency')}
          options={packet.ifThen.map((each) => each.action)}
          value={said.contingency}
          onChange={(contingency) => setSaid({ ...said, contingency })}
          ownLabel={t('accept.ownWords')}
        />
      )}
      <TextField
        label={t('accept.question')}
        value={said.question}
        maxLength={2_000}
        onChange={(question) => setSaid({ ...said, question })}
      />
    </AnswerForm>
  );
}
