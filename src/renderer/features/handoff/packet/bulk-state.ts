import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { OfferPreparation, OfferResult } from '../../../../shared/contract/handoff.contract.ts';
import type { OfferRefusal } from '../../../../shared/domain/handoff/offer.ts';
import { EMPTY_PACKET, missingOf } from '../../../../shared/domain/handoff/packet.ts';
import type { HandoffReason, Missing, Recipient } from '../../../../shared/domain/handoff/packet.ts';
import type { Receiver } from '../../../../shared/domain/handoff/receivers.ts';
import type { AgentId, CaseId, HubId } from '../../../../shared/domain/ids.ts';
import { call } from '../../../bridge/client.ts';
import { recipientKey } from './receiver-choice.tsx';
import type { OfferSession } from './packet-session.ts';
import { holdOffer, sessionFor } from './use-offer.ts';

/** One case of several that are offered together. */
export interface BulkCase {
  readonly caseId: CaseId;
  /** Undefined while it is prepared; null when the case is not there any more. */
  readonly preparation: OfferPreparation | null | undefined;
  readonly session: OfferSession | null;
  readonly missing: readonly Missing[];
  /** To whom this one goes; the common recipient unless another was taken for it. */
  readonly to: Recipient | null;
  readonly refusal: OfferRefusal | null;
  readonly isLeftOut: boolean;
  readonly result: OfferResult | null;
  /** It can be offered as it is. */
  readonly isReady: boolean;
}

export interface BulkState {
  readonly cases: readonly BulkCase[];
  readonly prepared: number;
  readonly to: Recipient | null;
  readonly reason: HandoffReason;
  /** Everybody who could take some of them: those who can take most come first. */
  readonly receivers: readonly Receiver[];
  readonly hubs: OfferPreparation['hubs'];
  readonly canTake: ReadonlyMap<AgentId, number>;
  readonly choose: (to: Recipient) => void;
  readonly chooseFor: (caseId: CaseId, to: Recipient) => void;
  readonly setReason: (reason: HandoffReason) => void;
  readonly toggle: (caseId: CaseId) => void;
  /** Asks the engine again about one case. */
  readonly reload: (caseId: CaseId) => Promise<void>;
  readonly setResults: (results: readonly OfferResult[]) => void;
}

/** So many questions are under way at once. */
const AT_ONCE = 4;

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The cases that are offered together, each with its packet, and whether it can go. */
export function useBulk(me: AgentId | null, caseIds: readonly CaseId[]): BulkState {
  const { preparations, reload } = usePreparations(caseIds);
  const [chosen, choose] = useState<Recipient | null>(null);
  const [reason, setReason] = useState<HandoffReason | null>(null);
  const [own, setOwn] = useState<ReadonlyMap<CaseId, Recipient>>(new Map());
  const [leftOut, setLeftOut] = useState<ReadonlySet<CaseId>>(new Set());
  const [results, setResults] = useState<readonly OfferResult[]>([]);
  const ready = useMemo(() => [...preparations.values()].flatMap((each) => each ?? []), [preparations]);
  const { receivers, canTake, hubs } = useMemo(() => together(ready), [ready]);
  const isAllThere = preparations.size === caseIds.length;
  const [best] = receivers;
  // nobody is proposed before all are prepared: the choice must not jump
  const suggested: Recipient | null = isAllThere && best !== undefined ? { kind: 'agent', agentId: best.agentId } : null;
  const to = chosen ?? suggested;
  const sessions = useSessions(me, preparations);
  const refusals = useRefusals(ready, (caseId) => own.get(caseId) ?? to);
  const cases = caseIds.map((caseId): BulkCase => {
    const preparation = preparations.get(caseId);
    const session = sessions.get(caseId) ?? null;
    const result = results.find((each) => each.caseId === caseId) ?? null;
    const packet = session?.snapshot().draft.packet ?? null;
    const open = preparation?.openPromises.map((each) => each.promiseId) ?? [];
    const missing = packet === null ? [] : missingOf(packet, open);
    const caseTo = own.get(caseId) ?? to;
    const refusal = preparation?.refusal ?? refusals.get(questionKey(caseId, caseTo)) ?? null;
    const isLeftOut = leftOut.has(caseId);
    const isReady =
      preparation !== null &&
      preparation !== undefined &&
      preparation.standing === null &&
      missing.length === 0 &&
      refusal === null &&
      caseTo !== null &&
      !isLeftOut &&
      result?.ok !== true;
    return { caseId, preparation, session, missing, to: caseTo, refusal, isLeftOut, result, isReady };
  });
  return {
    cases,
    prepared: preparations.size,
    to,
    reason: reason ?? ready[0]?.reason ?? 'shift-end',
    receivers,
    hubs,
    canTake,
    choose: (next) => {
      setOwn(new Map());
      choose(next);
    },
    chooseFor: (caseId, next) => setOwn((before) => new Map(before).set(caseId, next)),
    setReason,
    toggle: (caseId) =>
      setLeftOut((before) => {
        const next = new Set(before);
        if (!next.delete(caseId)) next.add(caseId);
        return next;
      }),
    reload,
    setResults,
  };
}

type Preparations = ReadonlyMap<CaseId, OfferPreparation | null>;

function usePreparations(caseIds: readonly CaseId[]): {
  readonly preparations: Preparations;
  readonly reload: (caseId: CaseId) => Promise<void>;
} {
  const [preparations, setPreparations] = useState<Preparations>(new Map());
  const isGone = useRef(false);
  const reload = useCallback(async (caseId: CaseId): Promise<void> => {
    const answer = await call('handoffs.prepare', { caseId });
    if (isGone.current) return;
    setPreparations((before) => new Map(before).set(caseId, answer.ok ? answer.value : null));
  }, []);
  useEffect(() => {
    isGone.current = false;
    void inParallel(caseIds, reload);
    return () => {
      isGone.current = true;
    };
    // one list of cases is one dialog
  }, [caseIds, reload]);
  return { preparations, reload };
}

/** The sessions behind the packets; the caller renders again when one of them changes. */
function useSessions(me: AgentId | null, preparations: Preparations): ReadonlyMap<CaseId, OfferSession> {
  const [, wake] = useReducer((count: number) => count + 1, 0);
  const sessions = useMemo(() => {
    const found = new Map<CaseId, OfferSession>();
    for (const [caseId, preparation] of preparations) {
      if (preparation !== null) found.set(caseId, sessionFor(me, caseId, preparation));
    }
    return found;
  }, [me, preparations]);
  useEffect(() => {
    const stops = [...sessions].flatMap(([caseId, session]) => [session.subscribe(wake), holdOffer(me, caseId)]);
    return () => {
      for (const stop of stops) stop();
    };
  }, [sessions, me]);
  return sessions;
}

function questionKey(caseId: CaseId, to: Recipient | null): string {
  return `${caseId} ${to === null ? '' : recipientKey(to)}`;
}

/** Whether each case may be offered to its recipient; asked once for each pair. */
function useRefusals(
  preparations: readonly OfferPreparation[],
  recipientOf: (caseId: CaseId) => Recipient | null,
): ReadonlyMap<string, OfferRefusal | null> {
  const [refusals, setRefusals] = useState<ReadonlyMap<string, OfferRefusal | null>>(new Map());
  const asked = useRef(new Set<string>());
  const open = preparations.flatMap((each) => {
    const to = recipientOf(each.row.caseId);
    if (to === null || each.refusal !== null || each.standing !== null) return [];
    return [
      { key: questionKey(each.row.caseId, to), caseId: each.row.caseId, to, packet: { ...EMPTY_PACKET, promises: each.packet.promises } },
    ];
  });
  const keys = open.map((each) => each.key).join('\n');
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const news = latest.current.filter((each) => !asked.current.has(each.key));
    for (const each of news) asked.current.add(each.key);
    void inParallel(news, async ({ key, caseId, to, packet }) => {
      const answer = await call('handoffs.check', { caseId, to, packet });
      const refusal = answer.ok ? (answer.value?.refusal ?? null) : null;
      setRefusals((before) => new Map(before).set(key, refusal));
    });
  }, [keys]);
  return refusals;
}

/** Who could take how many of the cases; who takes most, and stands best in their lists, comes first. */
function together(preparations: readonly OfferPreparation[]): Pick<BulkState, 'receivers' | 'canTake' | 'hubs'> {
  const canTake = new Map<AgentId, number>();
  const places = new Map<AgentId, number>();
  const found = new Map<AgentId, Receiver>();
  const hubs = new Map<HubId, OfferPreparation['hubs'][number]>();
  for (const { receivers, hubs: open } of preparations) {
    for (const [place, receiver] of receivers.entries()) {
      const { agentId } = receiver;
      canTake.set(agentId, (canTake.get(agentId) ?? 0) + Number(receiver.isQualified));
      places.set(agentId, (places.get(agentId) ?? 0) + place);
      if (!found.has(agentId)) found.set(agentId, receiver);
    }
    for (const hub of open) hubs.set(hub.hubId, hubs.get(hub.hubId) ?? hub);
  }
  const receivers = [...found.values()].sort(
    (a, b) => (canTake.get(b.agentId) ?? 0) - (canTake.get(a.agentId) ?? 0) || (places.get(a.agentId) ?? 0) - (places.get(b.agentId) ?? 0),
  );
  return { receivers, canTake, hubs: [...hubs.values()] };
}
