import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Handoff } from '../../../../shared/domain/handoff/handoff.ts';
import { HANDOFF_REASONS, nextPromise, SEVERITIES } from '../../../../shared/domain/handoff/packet.ts';
import type { Missing } from '../../../../shared/domain/handoff/packet.ts';
import { SCREEN_LINES } from '../../../../shared/domain/handoff/packet-size.ts';
import type { PacketSize } from '../../../../shared/domain/handoff/packet-size.ts';
import { instant } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Part } from '../../../ui/packet/packet-view.tsx';
import { Select } from '../../../ui/select.tsx';
import { QuestionView } from '../case/question-view.tsx';
import type { UsualTime } from './due-field.tsx';
import { ExpiryView } from './expiry-view.tsx';
import { OfferHeader } from './offer-header.tsx';
import { focusPacketField, PacketForm } from './packet-form.tsx';
import { PacketPromises } from './packet-promises.tsx';
import { ReceiverChoice } from './receiver-choice.tsx';
import { Refusal } from './refusal.tsx';
import type { Remedy } from './refusal.tsx';
import type { WrittenOffer } from './use-offer.ts';

export interface PacketEditorProps {
  readonly offer: WrittenOffer;
  /** Left out where one recipient is chosen for several cases. */
  readonly onRemedy?: ((remedy: Remedy) => void) | undefined;
  readonly onSubmit: () => void;
  readonly footer: ReactNode;
  readonly remedyButton: React.Ref<HTMLButtonElement>;
}

/** The packet of one case on one screen: what is written on the left, to whom and until when on the right. */
export function PacketEditor({ offer, onRemedy, onSubmit, footer, remedyButton }: PacketEditorProps): ReactNode {
  const t = useWords('handoff');
  const { preparation, session, view, missing, size, refusal, expiry } = offer;
  const { draft } = view;
  const root = useRef<HTMLDivElement>(null);
  const [isAdding, setAdding] = useState(false);
  const usualTimes = useUsualTimes(offer);
  const isStanding = preparation.standing !== null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const [first] = missing;
      if (first === undefined) onSubmit();
      else focusPacketField(root.current, first.field);
    } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
      // by the place of the key: with Alt some keyboards write other characters
      const severity = SEVERITIES[['Digit1', 'Digit2', 'Digit3'].indexOf(event.code)];
      if (severity !== undefined) {
        event.preventDefault();
        session.editPacket({ severity });
      }
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears the keys of the fields within
    <div ref={root} className="hp-editor" onKeyDown={onKeyDown}>
      <OfferHeader row={preparation.row} ownerId={preparation.ownerId} />
      <div className="hp-columns">
        <div className="hp-main">
          <h3 className="visually-hidden">{t('dialog.packet')}</h3>
          <PacketForm
            packet={draft.packet}
            missing={missing}
            onChange={(change) => session.editPacket(change)}
            usualTimes={usualTimes}
            onAddPromise={() => setAdding(true)}
            promises={
              <PacketPromises
                caseId={preparation.row.caseId}
                promises={draft.packet.promises}
                isAdding={isAdding}
                onAdded={() => setAdding(false)}
              />
            }
          />
          <Part part="synthesis">
            <p className="muted">{t('edit.synthesis')}</p>
          </Part>
        </div>
        <div className="hp-side">
          {onRemedy !== undefined && refusal !== null && (
            <Refusal
              refusal={refusal}
              to={draft.to}
              ownerId={preparation.ownerId}
              isSolved={preparation.row.status === 'solved'}
              onRemedy={onRemedy}
              button={remedyButton}
            />
          )}
          {onRemedy !== undefined && !isStanding && (
            <>
              <ReceiverChoice
                value={draft.to}
                onChange={(to) => session.edit({ to })}
                receivers={preparation.receivers}
                hubs={preparation.hubs}
                fromId={preparation.ownerId}
              />
              <Select
                label={t('why.title')}
                value={draft.reason}
                onChange={(reason) => session.edit({ reason })}
                options={HANDOFF_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
              />
            </>
          )}
          {preparation.standing !== null && <Standing handoff={preparation.standing} />}
          {refusal?.kind !== 'no-time' && (
            <ExpiryView
              expiry={preparation.standing === null ? expiry : { ...expiry, expiresAt: preparation.standing.expiresAt }}
              to={draft.to}
            />
          )}
          <SizeView size={size} onShorten={(field) => focusPacketField(root.current, field)} />
        </div>
      </div>
      <footer className="hp-footer">
        <MissingView missing={missing} onGo={(field) => focusPacketField(root.current, field)} />
        {footer}
      </footer>
    </div>
  );
}

/** To whom it is offered, why, and what they asked: an answer is written where the packet is. */
function Standing({ handoff }: { readonly handoff: Handoff }): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  return (
    <section className="hp-to" aria-label={t('to.title')}>
      <h4 className="hp-side-title">{t('to.title')}</h4>
      <p>
        <strong>{names.recipient(handoff.to)}</strong> <span className="muted">· {t(`reason.${handoff.reason}`)}</span>
      </p>
      {handoff.questions.map((question) => (
        <QuestionView key={question.questionId} handoff={handoff} question={question} />
      ))}
    </section>
  );
}

/** What is required and not there yet; each leads to its field. */
function MissingView({ missing, onGo }: { readonly missing: readonly Missing[]; readonly onGo: (field: string) => void }): ReactNode {
  const t = useWords('handoff');
  if (missing.length === 0) return null;
  return (
    <p className="hp-missing" role="status">
      <span>{t('lacks.title')}</span>
      {missing.map((each) => (
        <button key={'promiseId' in each ? each.promiseId : each.field} type="button" onClick={() => onGo(each.field)}>
          {t(`lacks.${each.field}`)}
        </button>
      ))}
    </p>
  );
}

/** Whether the packet fits one screen, and what to shorten when it does not. */
function SizeView({ size, onShorten }: { readonly size: PacketSize; readonly onShorten: (field: string) => void }): ReactNode {
  const t = useWords('handoff');
  if (size.excess === 0) {
    return <p className="hp-size muted tabular">{t('size.fits', { lines: size.lines, screen: SCREEN_LINES })}</p>;
  }
  return (
    <div className="hp-size" data-tone="soon" role="status">
      <p>{t('size.over', { count: size.excess })}</p>
      <p className="hp-size-texts">
        {size.longest.slice(0, 3).map((each) => (
          <button key={`${each.field} ${String(each.index)}`} type="button" onClick={() => onShorten(each.field)}>
            {t('size.text', { field: t(`field.${each.field}`), lines: each.lines })}
          </button>
        ))}
      </p>
    </div>
  );
}

function useUsualTimes({ preparation, view }: WrittenOffer): readonly UsualTime[] {
  const t = useWords('handoff');
  const { row, receivers } = preparation;
  const { to, packet } = view.draft;
  return useMemo(() => {
    const receiver = to?.kind === 'agent' ? receivers.find((each) => each.agentId === to.agentId) : undefined;
    const times: readonly { readonly label: string; readonly at: Instant | null }[] = [
      { label: t('edit.dueSla'), at: row.sla?.dueAt ?? null },
      { label: t('edit.duePromise'), at: nextPromise(packet)?.dueAt ?? null },
      { label: t('edit.dueTurn'), at: receiver === undefined ? null : instant(receiver.turnEndsAt) },
    ];
    return times.flatMap(({ label, at }) => (at === null ? [] : [{ label, at }]));
  }, [row, receivers, to, packet, t]);
}
