import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { OfferPreparation, SweepView } from '../../../../shared/contract/handoff.contract.ts';
import type { Recipient } from '../../../../shared/domain/handoff/packet.ts';
import type { Sweep } from '../../../../shared/domain/handoff/sweep.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Live } from '../../../bridge/live-queries.ts';
import { call, newOperationId, prefetch } from '../../../bridge/client.ts';
import { useLive } from '../../../bridge/use-live.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { clock } from '../../../state/clock-store.ts';
import { openPacket } from '../../../state/packet-dialog.ts';
import { openCase } from '../../../state/session.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { withdraw } from '../handoff-commands.ts';
import { useHandoffs } from '../handoffs.store.ts';
import { offerAll, offerTo, park, toLead } from '../offer-commands.ts';
import { tellFailure } from '../told.ts';
import { focusRow, isRowFocused, useListKeys } from '../use-list-keys.ts';
import { completeEntries, nextToDo, receiverOf, sweepOrder } from './sweep-model.ts';
import type { SweepEntry } from './sweep-model.ts';

/** What is done in the sweep; keys and buttons share it. */
export interface SweepState {
  readonly names: TeamNames;
  readonly current: SweepEntry | null;
  readonly currentId: CaseId | null;
  /** The packet of the chosen case as it would be offered. */
  readonly prepared: Live<OfferPreparation | null>;
  /** Cases that are being offered right now. */
  readonly busy: ReadonlySet<CaseId>;
  /** How many can be offered as they are. */
  readonly complete: number;
  readonly offer: () => void;
  readonly offerAll: () => void;
  readonly startParking: () => void;
  readonly park: (reason: string) => Promise<boolean>;
  readonly unpark: () => void;
  readonly withdraw: () => void;
  readonly toLead: () => void;
  readonly choose: (index: number) => void;
  /** Goes on to the next that has to be done. */
  readonly goOn: () => void;
}

const MOST_RECEIVERS = 9;

export function useSweep(view: SweepView, sweep: Sweep): SweepState {
  const names = useTeamNames();
  const { rows } = view;
  const order = sweepOrder(rows);
  const chosenId = useHandoffs((state) => state.sweepCaseId);
  const receivers = useHandoffs((state) => state.receivers);
  const [busy, setBusy] = useState<ReadonlySet<CaseId>>(new Set());
  const currentId = chosenId !== null && order.includes(chosenId) ? chosenId : (order[0] ?? null);
  const current = rows.find((each) => each.row.caseId === currentId) ?? null;
  const prepared = useLive('handoffs.prepare', currentId === null ? null : { caseId: currentId });
  const complete = completeEntries(rows, receivers);
  const select = (sweepCaseId: CaseId | null): void => {
    useHandoffs.setState({ sweepCaseId, parkingId: null });
  };
  const goOnFrom = (caseId: CaseId): void => {
    const next = nextToDo(rows, caseId);
    if (useHandoffs.getState().sweepCaseId === caseId || chosenId === null) select(next ?? caseId);
    if (next !== null) prefetch('handoffs.prepare', { caseId: next });
    focusRow();
  };
  const whileBusy = async (caseIds: readonly CaseId[], work: () => Promise<unknown>): Promise<void> => {
    setBusy((before) => new Set([...before, ...caseIds]));
    await work();
    setBusy((before) => new Set([...before].filter((id) => !caseIds.includes(id))));
  };
  const offer = (entry: SweepEntry): void => {
    const { caseId } = entry.row;
    if (busy.has(caseId)) return;
    // what lacks something stays where one is, with its packet open
    if (entry.missing.length === 0 && receiverOf(entry, receivers.get(caseId)) !== null) {
      select(caseId);
      goOnFrom(caseId);
    }
    void whileBusy([caseId], async () => offerTo(caseId, receiverOf(entry, receivers.get(caseId)), names));
  };
  const state: SweepState = {
    names,
    current,
    currentId,
    prepared,
    busy,
    complete: complete.length,
    offer: () => {
      if (current !== null) offer(current);
    },
    offerAll: () =>
      void whileBusy(
        complete.map((each) => each.caseId),
        async () => offerAll(complete),
      ),
    startParking: () => useHandoffs.setState({ parkingId: currentId, sweepCaseId: currentId }),
    park: async (reason) => (current === null ? false : park(current.row.caseId, current.case.subject, reason)),
    unpark: () => void (current !== null && unpark(current.row.caseId)),
    withdraw: () => void (current?.case.handoff && withdraw([current.case.handoff.handoffId])),
    toLead: () => void (current !== null && toLead(current.row.caseId, current.case.subject, names)),
    choose: (index) => chooseReceiver(current, prepared, index),
    goOn: () => {
      if (current !== null) goOnFrom(current.row.caseId);
    },
  };
  useSweepActions(state, sweep, order, select);
  return state;
}

async function unpark(caseId: CaseId): Promise<void> {
  const answer = await call('cases.apply', { opId: newOperationId(), caseIds: [caseId], action: { kind: 'unpark' } });
  if (!answer.ok) tellFailure(answer.error);
}

/** Whom the person chose for a case instead of the suggested one. */
export function chosenFor(caseId: CaseId): Recipient | null {
  const agentId = useHandoffs.getState().receivers.get(caseId);
  return agentId === undefined ? null : { kind: 'agent', agentId };
}

function chooseReceiver(current: SweepEntry | null, prepared: Live<OfferPreparation | null>, index: number): void {
  const receiver = prepared.state === 'ready' ? prepared.value?.receivers[index] : undefined;
  if (current === null || receiver === undefined) return;
  useHandoffs.setState(({ receivers }) => ({ receivers: new Map([...receivers, [current.row.caseId, receiver.agentId]]) }));
}

function useSweepActions(state: SweepState, sweep: Sweep, order: readonly CaseId[], select: (caseId: CaseId) => void): void {
  const t = useWords('lanes');
  const isFree = useHandoffs((store) => store.parkingId === null);
  const { current } = state;
  const kind = current?.row.state ?? null;
  const action = (id: string, label: string, keys: readonly string[], run: () => void, when: () => boolean): Action => ({
    id: `handoffs.sweep.${id}`,
    label,
    keys,
    area: 'handoff',
    when: () => isFree && when(),
    run,
  });
  const canOffer = (): boolean => kind === 'to-do' || kind === 'may-stay' || kind === 'parked';
  const canPark = (): boolean => kind === 'to-do' && clock.now() >= sweep.beginsAt;
  const listKeys = useListKeys({
    prefix: 'handoffs.sweep.list',
    ids: order,
    currentId: state.currentId,
    onMove: select,
    isActive: () => isFree && order.length > 0,
  });
  useActions([
    ...listKeys,
    action('offer', t('sweep.offerIt'), ['o'], state.offer, canOffer),
    action('offerAll', t('sweep.offerAllAction'), ['shift+o'], state.offerAll, () => state.complete > 0),
    action(
      'packet',
      t('sweep.openPacket'),
      ['h'],
      () => {
        if (current !== null) openPacket([current.row.caseId], chosenFor(current.row.caseId));
      },
      () => current !== null,
    ),
    action('park', t('sweep.park'), ['p'], state.startParking, canPark),
    action('unpark', t('sweep.unpark'), ['p'], state.unpark, () => kind === 'parked'),
    action('withdraw', t('sweep.withdraw'), ['w'], state.withdraw, () => kind === 'offered'),
    action('toLead', t('sweep.toLead'), ['l'], state.toLead, () => kind === 'to-do'),
    {
      ...action(
        'openCase',
        t('action.openCase'),
        ['enter'],
        () => {
          if (current !== null) openCase(current.row.caseId);
        },
        () => current !== null && isRowFocused(),
      ),
    },
    ...Array.from({ length: MOST_RECEIVERS }, (_, index) => ({
      ...action(
        `receiver.${String(index + 1)}`,
        t('sweep.receiver', { number: index + 1 }),
        [String(index + 1)],
        () => state.choose(index),
        canOffer,
      ),
      hidden: true,
    })),
  ]);
}
