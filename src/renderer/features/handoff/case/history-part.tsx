import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseOwnershipView } from '../../../../shared/contract/handoff.contract.ts';
import type { Acceptance, Handoff, HandoffState } from '../../../../shared/domain/handoff/handoff.ts';
import { mismatches } from '../../../../shared/domain/handoff/read-back.ts';
import { formatLocalTime } from '../../../../shared/domain/time/local-time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { QuestionView } from './question-view.tsx';
import { PacketView } from '../../../ui/packet/packet-view.tsx';

const STATE_TONES: Readonly<Record<HandoffState, BadgeTone>> = {
  offered: 'accent',
  accepted: 'ok',
  settled: 'ok',
  declined: 'soon',
  withdrawn: 'paused',
  expired: 'breach',
  escalated: 'breach',
  returned: 'soon',
  superseded: 'paused',
};

/** Every handoff of the case, the newest first and open; each unfolds to its packets, read-back, questions and reasons. */
export function HistoryPart({ ownership }: { readonly ownership: CaseOwnershipView }): ReactNode {
  const t = useWords('handoff');
  return (
    <section className="hc-part" aria-label={t('history.title')}>
      <h3>
        {t('history.title')} <span className="muted tabular">{ownership.handoffs.length}</span>
      </h3>
      <div className="hc-history">
        {[...ownership.handoffs].reverse().map((handoff) => (
          <OneHandoff key={handoff.handoffId} handoff={handoff} />
        ))}
      </div>
    </section>
  );
}

function OneHandoff({ handoff }: { readonly handoff: Handoff }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const { acceptance, declines, questions, steps, messagesSince } = handoff;
  const from = names.agent(handoff.fromId);
  const to = acceptance === null ? names.recipient(handoff.to) : names.agent(acceptance.agentId);
  return (
    <details className="hc-handoff">
      <summary>
        <span className="hc-handoff-who">{t('history.fromTo', { from, to })}</span>
        <Badge tone={STATE_TONES[handoff.state]}>{t(`history.state.${handoff.state}`)}</Badge>
        <time
          className="muted tabular"
          dateTime={new Date(handoff.offeredAt).toISOString()}
          title={formats.dateTimeFull(handoff.offeredAt)}
        >
          {formats.soonTime(handoff.offeredAt, now)}
        </time>
      </summary>
      <div className="hc-handoff-body">
        <dl className="hc-facts">
          <Fact name={t('history.reason')}>{t(`reason.${handoff.reason}`)}</Fact>
          <Fact name={t('history.expiresAt')}>{formats.soonTime(handoff.expiresAt, now)}</Fact>
          {acceptance !== null && <Fact name={t('history.acceptedAt')}>{acceptedWords(acceptance)}</Fact>}
        </dl>
        {messagesSince.length > 0 && <p className="muted">{t('history.newMessages', { count: messagesSince.length })}</p>}
        {acceptance !== null && <ReadBackView handoff={handoff} acceptance={acceptance} />}
        {questions.map((question) => (
          <QuestionView key={question.questionId} handoff={handoff} question={question} />
        ))}
        {declines.map((decline) => (
          <Said
            key={decline.eventId}
            title={t('history.declines')}
            who={t('history.asks', { name: names.agent(decline.agentId), at: formats.soonTime(decline.at, now) })}
            text={decline.reason}
          />
        ))}
        {steps.map((step) => (
          <Said
            key={step.eventId}
            title={t(`history.step.${step.kind}`)}
            who={
              step.by === null
                ? formats.soonTime(step.at, now)
                : t('history.asks', { name: names.agent(step.by), at: formats.soonTime(step.at, now) })
            }
            text={step.kind === 'returned' ? step.detail : ''}
          />
        ))}
        <PacketVersions handoff={handoff} />
      </div>
    </details>
  );

  function acceptedWords({ at, agentId, isLate, isOnShift }: Acceptance): string {
    const words: string[] = [t('history.acceptedBy', { at: formats.soonTime(at, now), name: names.agent(agentId) })];
    if (isLate) words.push(t('history.late'));
    if (!isOnShift) words.push(t('history.offShift'));
    return words.join(' · ');
  }
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

function Said({ title, who, text }: { readonly title: string; readonly who: string; readonly text: string }): ReactNode {
  return (
    <div className="hc-said">
      <p>
        <strong>{title}</strong> <span className="muted tabular">{who}</span>
      </p>
      {text !== '' && (
        <p className="hc-words" dir="auto">
          {text}
        </p>
      )}
    </div>
  );
}

/** What the receiver repeated, and how much of it was not what the packet said. */
function ReadBackView({ handoff, acceptance }: { readonly handoff: Handoff; readonly acceptance: Acceptance }): ReactNode {
  const t = useWords('handoff');
  const { readBack, packetVersion } = acceptance;
  const read = handoff.versions.find((each) => each.version === packetVersion);
  if (readBack === null) return <p className="muted">{t('history.readBackNone')}</p>;
  const differs = read === undefined ? 0 : mismatches(read.packet, readBack).length;
  return (
    <div className="hc-said">
      <p>
        <strong>{t('history.readBack')}</strong> {differs > 0 && <Badge tone="soon">{t('history.mismatch', { count: differs })}</Badge>}
      </p>
      <p className="hc-words" dir="auto">
        {t('history.readBackAction', { text: readBack.firstAction })}
      </p>
      <p className="tabular">
        {readBack.nextPromise === null
          ? t('history.readBackNoPromise')
          : t('history.readBackPromise', { time: formatLocalTime({ ...readBack.nextPromise.local, second: 0 }) })}
      </p>
      {readBack.contingency !== null && <p dir="auto">{t('history.readBackTurn', { text: readBack.contingency })}</p>}
      {readBack.question !== null && <p dir="auto">{t('history.readBackQuestion', { text: readBack.question })}</p>}
    </div>
  );
}

/** The packet as it was offered and after each edit; the newest is shown with what it changed. */
function PacketVersions({ handoff }: { readonly handoff: Handoff }): ReactNode {
  const t = useWords('handoff');
  const read = handoff.acceptance?.packetVersion ?? null;
  return [...handoff.versions].reverse().map((version) => {
    const before = handoff.versions.find((each) => each.version === version.version - 1)?.packet ?? null;
    return (
      <details key={version.version} className="hc-version">
        <summary>{t(version.version === read ? 'history.versionRead' : 'history.version', { version: version.version })}</summary>
        <PacketView packet={version.packet} before={before} isNarrow />
      </details>
    );
  });
}
