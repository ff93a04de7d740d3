import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { OfferPreparation } from '../../../../shared/contract/handoff.contract.ts';
import type { Sweep } from '../../../../shared/domain/handoff/sweep.ts';
import { useNow } from '../../../state/clock-store.ts';
import { openPacket } from '../../../state/packet-dialog.ts';
import { openCase } from '../../../state/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Countdown } from '../../../ui/packet/countdown.tsx';
import { PacketView } from '../../../ui/packet/packet-view.tsx';
import { ReceiverLine } from '../../../ui/packet/receiver-line.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { NewestMessage } from '../detail/newest-message.tsx';
import { ReasonForm } from '../detail/reason-form.tsx';
import { useHandoffs } from '../handoffs.store.ts';
import { missingWords, refusalWords } from '../told.ts';
import { focusRow } from '../use-list-keys.ts';
import { receiverOf } from './sweep-model.ts';
import type { SweepEntry } from './sweep-model.ts';
import { chosenFor } from './use-sweep.ts';
import type { SweepState } from './use-sweep.ts';

const PARK_REASONS = ['customer', 'team', 'nothing', 'agreed'] as const;

export interface SweepSideProps {
  readonly entry: SweepEntry;
  readonly sweep: Sweep;
  readonly state: SweepState;
}

/** The chosen case: what would go to whom with one key, so that nothing is offered blindly. */
export function SweepSide({ entry, sweep, state }: SweepSideProps): ReactNode {
  const t = useWords('lanes');
  const isParking = useHandoffs((store) => store.parkingId === entry.row.caseId);
  const now = useNow((at) => (at < sweep.beginsAt ? sweep.beginsAt : null));
  const stop = (): void => {
    useHandoffs.setState({ parkingId: null });
    focusRow();
  };
  const prepared = state.prepared.state === 'ready' ? state.prepared.value : null;
  return (
    <aside className="sweep-side" aria-label={entry.case.subject}>
      <header>
        <h2>
          <bdi>{entry.case.subject}</bdi>
        </h2>
        <p className="muted truncate">{entry.case.contactName === '' ? entry.case.contactAddress : entry.case.contactName}</p>
      </header>
      {isParking ? (
        <ReasonForm
          title={t('park.title')}
          hint={t('park.hint')}
          question={t('park.why')}
          quick={PARK_REASONS.map((each) => t(`park.quick.${each}`))}
          submitLabel={t('park.submit')}
          // What comes of it is told; the next case is not waited for.
          onSubmit={async (reason) => {
            stop();
            state.goOn();
            return state.park(reason);
          }}
          onDone={() => undefined}
          onCancel={stop}
        />
      ) : (
        <Buttons entry={entry} state={state} canPark={now >= sweep.beginsAt} />
      )}
      {state.prepared.state === 'loading' && <Spinner size="sm" label={t('sweep.preparing')} />}
      {prepared !== null && entry.row.state !== 'offered' && <Receivers entry={entry} prepared={prepared} state={state} />}
      {prepared !== null && (
        <>
          {prepared.refusal !== null && entry.row.state === 'to-do' && (
            <p className="sweep-side-refused">{t('sweep.refused', { reason: refusalWords(prepared.refusal) })}</p>
          )}
          {prepared.missing.length > 0 && entry.row.state === 'to-do' && (
            <p className="sweep-side-lacks">{t('sweep.lacks', { parts: missingWords(prepared.missing) })}</p>
          )}
          <h3 className="visually-hidden">{t('detail.packet')}</h3>
          <PacketView packet={prepared.packet} isNarrow />
        </>
      )}
      <NewestMessage caseId={entry.row.caseId} />
    </aside>
  );
}

function Buttons({
  entry,
  state,
  canPark,
}: {
  readonly entry: SweepEntry;
  readonly state: SweepState;
  readonly canPark: boolean;
}): ReactNode {
  const t = useWords('lanes');
  const chosen = useHandoffs((store) => store.receivers.get(entry.row.caseId));
  const kind = entry.row.state;
  const toId = receiverOf(entry, chosen);
  const isComplete = entry.missing.length === 0 && toId !== null;
  const packet = (isMain: boolean): ReactNode => (
    <Button
      variant={isMain ? 'primary' : 'default'}
      shortcut="h"
      onClick={() => openPacket([entry.row.caseId], chosenFor(entry.row.caseId))}
    >
      {t('sweep.openPacket')}
    </Button>
  );
  if (kind === 'offered') {
    return (
      <div className="hd-buttons">
        {entry.case.handoff !== null && (
          <p className="sweep-side-state">
            {t('sweep.offeredTo', { name: state.names.recipient(entry.case.handoff.to) })}
            <Countdown expiresAt={entry.case.handoff.expiresAt} isShort />
          </p>
        )}
        {packet(false)}
        <Button shortcut="w" onClick={state.withdraw}>
          {t('sweep.withdraw')}
        </Button>
      </div>
    );
  }
  return (
    <div className="hd-buttons">
      {kind === 'parked' && <p className="sweep-side-state">{entry.parkedReason}</p>}
      {isComplete ? (
        <>
          <Button variant={kind === 'to-do' ? 'primary' : 'default'} shortcut="o" onClick={state.offer}>
            {t('sweep.offer', { name: state.names.agent(toId) })}
          </Button>
          {packet(false)}
        </>
      ) : (
        packet(kind === 'to-do')
      )}
      {kind === 'to-do' && (
        <Button shortcut="p" disabled={!canPark} onClick={state.startParking}>
          {t('park.title')}
        </Button>
      )}
      {kind === 'parked' && (
        <Button shortcut="p" onClick={state.unpark}>
          {t('sweep.unpark')}
        </Button>
      )}
      {kind === 'to-do' && toId === null && (
        <Button shortcut="l" onClick={state.toLead}>
          {t('sweep.toLead')}
        </Button>
      )}
      <Button variant="ghost" shortcut="enter" onClick={() => openCase(entry.row.caseId)}>
        {t('action.openCase')}
      </Button>
    </div>
  );
}

const SHOWN_RECEIVERS = 4;

/** To whom it can go: number keys choose another one. */
function Receivers({
  entry,
  prepared,
  state,
}: {
  readonly entry: SweepEntry;
  readonly prepared: OfferPreparation;
  readonly state: SweepState;
}): ReactNode {
  const t = useWords('lanes');
  const chosen = useHandoffs((store) => store.receivers.get(entry.row.caseId));
  const toId = receiverOf(entry, chosen);
  if (prepared.receivers.length === 0) {
    return (
      <p>
        <Badge tone="breach">{t('sweep.nobody')}</Badge>
      </p>
    );
  }
  return (
    <section className="hd-block">
      <h3>{t('sweep.receivers')}</h3>
      <ol className="sweep-receivers">
        {prepared.receivers.slice(0, SHOWN_RECEIVERS).map((receiver, index) => (
          <li key={receiver.agentId}>
            <button type="button" aria-pressed={receiver.agentId === toId} onClick={() => state.choose(index)}>
              <kbd className="hd-choice-key" aria-hidden="true">
                {index + 1}
              </kbd>
              <ReceiverLine receiver={receiver} name={state.names.ownName(receiver.agentId)} hub={state.names.hub(receiver.hubId)} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
