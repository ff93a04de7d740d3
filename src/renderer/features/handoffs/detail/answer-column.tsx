import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { nextPromise } from '../../../../shared/domain/handoff/packet.ts';
import { openPacket } from '../../../state/packet-dialog.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { TwoClocks } from '../../../ui/packet/two-clocks.tsx';
import { accept, answerQuestion, ask, decline, giveBack, openQuestion, readAgain, withdraw } from '../handoff-commands.ts';
import { closeForm, openForm, useHandoffs } from '../handoffs.store.ts';
import type { FormKind } from '../handoffs.store.ts';
import type { Placed, Possible } from '../lanes/lanes-model.ts';
import { nextOf, offerNext, toLead } from '../offer-commands.ts';
import { focusRow } from '../use-list-keys.ts';
import { ReadBackForm } from './read-back-form.tsx';
import { ReasonForm } from './reason-form.tsx';
import { History, Questions } from './thread.tsx';
import { WordsForm } from './words-form.tsx';

export interface AnswerColumnProps {
  readonly placed: Placed;
  readonly possible: Possible;
  readonly names: TeamNames;
  readonly isUnseen: boolean;
  /** After a form that moved the case on; the list goes to the next one. */
  readonly onMovedOn: () => void;
}

/** What can be done about a handoff, or the form in which it is being done; below it what was asked and what happened. */
export function AnswerColumn({ placed, possible, names, isUnseen, onMovedOn }: AnswerColumnProps): ReactNode {
  const t = useWords('lanes');
  const { row } = placed;
  const form = useHandoffs((state) => (state.form?.handoffId === row.handoff.handoffId ? state.form.kind : null));
  const promise = nextPromise(row.packet);
  return (
    <div className="hd-answer-column">
      {form === null ? (
        <>
          <Buttons placed={placed} possible={possible} names={names} />
          <section className="hd-block">
            <h3>{t('detail.nextPromise')}</h3>
            {promise === null ? (
              <p className="muted">{t('detail.noPromise')}</p>
            ) : (
              <>
                <TwoClocks at={promise.dueAt} zone={promise.zone} />
                <p dir="auto">{promise.text}</p>
              </>
            )}
          </section>
        </>
      ) : (
        <Form key={form} kind={form} placed={placed} names={names} isUnseen={isUnseen} onMovedOn={onMovedOn} />
      )}
      <Questions handoff={row.handoff} names={names} />
      <History handoff={row.handoff} names={names} />
    </div>
  );
}

function Buttons({ placed, possible, names }: Pick<AnswerColumnProps, 'placed' | 'possible' | 'names'>): ReactNode {
  const t = useWords('lanes');
  const { row } = placed;
  const { handoff } = row;
  const open = (kind: FormKind) => () => openForm(kind, handoff.handoffId);
  const { caseId, subject } = row.row;
  const buttons = [
    { isThere: possible.accept, label: t('action.accept'), keys: 'a', run: open('accept'), isMain: true },
    { isThere: possible.readAgain, label: t('action.readAgain'), keys: 'a', run: open('read-again'), isMain: true },
    {
      isThere: possible.offerNext,
      label: t('action.offerNext'),
      keys: 'n',
      run: () => void offerNext(caseId, nextOf(row), names),
      isMain: true,
    },
    { isThere: possible.answer, label: t('action.answer'), keys: 'q', run: open('answer'), isMain: true },
    { isThere: possible.decline, label: t('action.decline'), keys: 'd', run: open('decline') },
    { isThere: possible.ask, label: t('action.ask'), keys: 'q', run: open('ask') },
    { isThere: possible.giveBack, label: t('action.giveBack'), keys: 'b', run: open('give-back') },
    { isThere: possible.editPacket, label: t('action.packet'), keys: 'e', run: () => openPacket([caseId]) },
    { isThere: possible.withdraw, label: t('action.withdraw'), keys: 'w', run: () => void withdraw([handoff.handoffId]) },
    { isThere: possible.toLead, label: t('action.toLead'), keys: 'l', run: () => void toLead(caseId, subject, names) },
  ].filter((each) => each.isThere);
  if (buttons.length === 0) return null;
  return (
    <div className="hd-buttons" role="group" aria-label={t('detail.label')}>
      {buttons.map(({ label, keys, run, isMain = false }) => (
        <Button key={label} variant={isMain ? 'primary' : 'default'} shortcut={keys} onClick={run}>
          {label}
        </Button>
      ))}
    </div>
  );
}

interface FormProps extends Pick<AnswerColumnProps, 'placed' | 'names' | 'isUnseen' | 'onMovedOn'> {
  readonly kind: FormKind;
}

const DECLINE_REASONS = ['turn', 'load', 'skill', 'packet', 'other'] as const;
const RETURN_REASONS = ['skill', 'customer', 'turn', 'mistake'] as const;

function Form({ kind, placed, names, isUnseen, onMovedOn }: FormProps): ReactNode {
  const t = useWords('lanes');
  const { row } = placed;
  const close = (): void => {
    closeForm();
    focusRow();
  };
  const moveOn = (): void => {
    closeForm();
    onMovedOn();
    focusRow();
  };
  switch (kind) {
    case 'accept':
    case 'read-again':
      return (
        <ReadBackForm
          key={row.handoff.handoffId}
          row={row}
          isAgain={kind === 'read-again'}
          isUnseen={isUnseen}
          onSubmit={async (readBack) => (kind === 'accept' ? accept(row, readBack) : readAgain(row, readBack))}
          onDone={kind === 'accept' ? moveOn : close}
          onCancel={close}
        />
      );
    case 'decline':
      return (
        <ReasonForm
          title={t('decline.title')}
          question={t('decline.why')}
          quick={DECLINE_REASONS.map((each) => t(`decline.quick.${each}`))}
          submitLabel={t('decline.submit')}
          variant="danger"
          onSubmit={async (reason) => decline(row, reason, names)}
          onDone={moveOn}
          onCancel={close}
        />
      );
    case 'give-back':
      return (
        <ReasonForm
          title={t('giveBack.title')}
          hint={t('giveBack.hint')}
          question={t('giveBack.why')}
          quick={RETURN_REASONS.map((each) => t(`giveBack.quick.${each}`))}
          submitLabel={t('giveBack.submit')}
          variant="danger"
          onSubmit={async (reason) => giveBack(row, reason)}
          onDone={moveOn}
          onCancel={close}
        />
      );
    case 'ask':
      return (
        <WordsForm
          title={t('ask.title')}
          hint={t('ask.hint')}
          label={t('ask.text')}
          submitLabel={t('ask.submit')}
          onSubmit={async (text) => ask(row, text)}
          onDone={close}
          onCancel={close}
        />
      );
    case 'answer':
      return (
        <WordsForm
          title={t('answer.title')}
          quote={openQuestion(row)?.text}
          label={t('answer.text')}
          submitLabel={t('answer.submit')}
          onSubmit={async (text) => answerQuestion(row, text)}
          onDone={close}
          onCancel={close}
        />
      );
  }
}
