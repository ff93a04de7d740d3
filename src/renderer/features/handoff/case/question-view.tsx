import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Handoff, Question } from '../../../../shared/domain/handoff/handoff.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { tellFailure } from '../tell-failure.ts';
import './case-parts.css';

/** A question about a packet, and its answer; who offered it answers here. */
export function QuestionView({ handoff, question }: { readonly handoff: Handoff; readonly question: Question }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const { answer } = question;
  const isMine = names.me !== null && handoff.fromId === names.me;
  return (
    <div className="hc-said">
      <p>
        <strong>{t('history.questions')}</strong>{' '}
        <span className="muted tabular">
          {t('history.asks', { name: names.agent(question.askedBy), at: formats.soonTime(question.askedAt, now) })}
        </span>
      </p>
      <p className="hc-words" dir="auto">
        {question.text}
      </p>
      {answer !== null && (
        <p className="hc-answer" dir="auto">
          <span className="muted tabular">{t('history.asks', { name: names.agent(answer.by), at: formats.soonTime(answer.at, now) })}</span>{' '}
          {answer.text}
        </p>
      )}
      {answer === null && !isMine && <p className="muted">{t('history.unanswered')}</p>}
      {answer === null && isMine && <AnswerForm handoff={handoff} question={question} />}
    </div>
  );
}

function AnswerForm({ handoff, question }: { readonly handoff: Handoff; readonly question: Question }): ReactNode {
  const t = useWords('handoff');
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '' || isSending) return;
    setSending(true);
    const answer = await call('handoffs.answer', {
      opId: newOperationId(),
      handoffId: handoff.handoffId,
      questionId: question.questionId,
      text: text.trim(),
    });
    setSending(false);
    if (!answer.ok) tellFailure(answer.error.code, answer.error.detail);
  };
  return (
    <form className="hc-answer-form" onSubmit={(event) => void send(event)}>
      <TextField
        label={t('history.answerLabel', { text: question.text })}
        hideLabel
        placeholder={t('history.answer')}
        dir="auto"
        maxLength={2_000}
        value={text}
        onChange={setText}
      />
      <Button size="sm" type="submit" loading={isSending}>
        {t('history.answerSend')}
      </Button>
    </form>
  );
}
