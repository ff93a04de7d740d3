import { MessageCircleQuestionMark, Reply } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Handoff } from '../../../../shared/domain/handoff/handoff.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import type { TeamNames } from '../../../state/team-names.ts';

interface ThreadProps {
  readonly handoff: Handoff;
  readonly names: TeamNames;
}

/** What both sides asked and answered. */
export function Questions({ handoff, names }: ThreadProps): ReactNode {
  const t = useWords('lanes');
  const when = useWhen();
  if (handoff.questions.length === 0) return null;
  return (
    <section className="hd-block">
      <h3>{t('questions.title')}</h3>
      <ol className="hd-questions">
        {handoff.questions.map(({ questionId, askedBy, askedAt, text, answer }) => (
          <li key={questionId}>
            <p className="hd-said">
              <MessageCircleQuestionMark aria-hidden="true" />
              <span dir="auto">{text}</span>
            </p>
            <p className="hd-by">{t('questions.asked', { name: names.agent(askedBy), at: when(askedAt) })}</p>
            {answer === null ? (
              <p className="hd-open">{t('questions.open')}</p>
            ) : (
              <div className="hd-answer">
                <p className="hd-said">
                  <Reply aria-hidden="true" />
                  <span dir="auto">{answer.text}</span>
                </p>
                <p className="hd-by">{t('questions.asked', { name: names.agent(answer.by), at: when(answer.at) })}</p>
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Happened {
  readonly key: string;
  readonly at: Instant;
  readonly text: string;
}

/** How the offer was answered so far, in order. Nothing while it only waits. */
export function History({ handoff, names }: ThreadProps): ReactNode {
  const t = useWords('lanes');
  const when = useWhen();
  const { acceptance, declines, steps } = handoff;
  const name = (agentId: Parameters<TeamNames['agent']>[0]): string => (agentId === null ? t('detail.clock') : names.agent(agentId));
  const all: readonly Happened[] = [
    ...declines.map((each) => ({
      key: each.eventId,
      at: each.at,
      text: t('detail.declined', { name: name(each.agentId), reason: each.reason }),
    })),
    ...(acceptance === null
      ? []
      : [
          {
            key: acceptance.eventId,
            at: acceptance.at,
            text: t(acceptance.isLate ? 'detail.acceptedLate' : 'detail.accepted', {
              name: name(acceptance.agentId),
              version: acceptance.packetVersion,
            }),
          },
        ]),
    ...steps.map((each) => ({
      key: each.eventId + each.kind,
      at: each.at,
      text: t(`detail.step.${each.kind}`, { name: name(each.by), reason: each.detail }),
    })),
  ].sort((a, b) => a.at - b.at);
  if (all.length === 0) return null;
  return (
    <section className="hd-block">
      <h3>{t('detail.history')}</h3>
      <ol className="hd-history">
        {all.map(({ key, at, text }) => (
          <li key={key}>
            <span dir="auto">{text}</span>
            <time className="hd-by tabular" dateTime={new Date(at).toISOString()}>
              {when(at)}
            </time>
          </li>
        ))}
      </ol>
      {acceptance?.readBack !== null && acceptance?.readBack !== undefined && (
        <p className="hd-by" dir="auto">
          {t('detail.readBack', { text: acceptance.readBack.firstAction })}
        </p>
      )}
    </section>
  );
}

function useWhen(): (at: Instant) => string {
  const formats = useFormats();
  const now = useNow(nextMinute);
  return (at) => formats.soonTime(at, now);
}
