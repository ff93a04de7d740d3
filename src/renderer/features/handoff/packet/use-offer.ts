import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { OfferPreparation } from '../../../../shared/contract/handoff.contract.ts';
import { currentVersion } from '../../../../shared/domain/handoff/handoff.ts';
import { EMPTY_PACKET, missingOf } from '../../../../shared/domain/handoff/packet.ts';
import type { Missing, PacketPromise } from '../../../../shared/domain/handoff/packet.ts';
import { sizeOf } from '../../../../shared/domain/handoff/packet-size.ts';
import type { PacketSize } from '../../../../shared/domain/handoff/packet-size.ts';
import type { Expiry, OfferRefusal } from '../../../../shared/domain/handoff/offer.ts';
import type { AgentId, CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { usePacketDialog } from '../../../state/packet-dialog.ts';
import { OfferSession } from './packet-session.ts';
import type { OfferDraft, OfferView } from './packet-session.ts';

interface Held {
  readonly session: OfferSession;
  /** How many parts of the page show it. */
  viewers: number;
}

/** Packets that are being written in this window, by writer and case; they outlive their dialog until everything is saved. */
const sessions = new Map<string, Held>();

if (typeof window !== 'undefined') {
  const flushAll = (): void => {
    for (const { session } of sessions.values()) void session.flush();
  };
  window.addEventListener('pagehide', flushAll);
  window.addEventListener('blur', flushAll);
}

function keyOf(me: AgentId | null, caseId: CaseId): string {
  return `${me ?? ''} ${caseId}`;
}

function promisesOf(preparation: OfferPreparation): readonly PacketPromise[] {
  return preparation.openPromises.map(({ promiseId, text, dueAt, zone }) => ({ promiseId, text, dueAt, zone }));
}

/** What the engine proposes: a kept draft, the packet of the offer that stands, or what the case tells. */
function proposed(preparation: OfferPreparation): OfferDraft {
  const { packet, to, reason, standing, draftSavedAt } = preparation;
  const isStanding = standing !== null && draftSavedAt === null;
  return {
    packet: { ...(isStanding ? currentVersion(standing).packet : packet), promises: promisesOf(preparation) },
    to: standing?.to ?? to,
    reason: standing?.reason ?? reason,
  };
}

/** The packet of a case that is being written in this window; begun when there is none. */
export function sessionFor(me: AgentId | null, caseId: CaseId, preparation: OfferPreparation): OfferSession {
  const key = keyOf(me, caseId);
  const known = sessions.get(key);
  if (known !== undefined) return known.session;
  const port = {
    save: async (draft: OfferDraft | null): Promise<boolean> =>
      (await call('handoffs.saveDraft', { opId: newOperationId(), caseId, draft })).ok,
  };
  const session = new OfferSession(port, proposed(preparation), preparation.draftSavedAt);
  sessions.set(key, { session, viewers: 0 });
  return session;
}

/** Forgets what was written: it was offered, or the writer begins anew. */
export function endOffer(me: AgentId | null, caseId: CaseId): void {
  sessions.get(keyOf(me, caseId))?.session.end();
  sessions.delete(keyOf(me, caseId));
}

/**
 * Keeps the packet of a case while it is shown. Once nobody shows it any more, what was written is saved and then
 * forgotten here: the database has it. What nobody touched is worked out anew the next time.
 */
export function holdOffer(me: AgentId | null, caseId: CaseId): () => void {
  const key = keyOf(me, caseId);
  const held = sessions.get(key);
  if (held !== undefined) held.viewers += 1;
  return () => {
    if (held === undefined) return;
    held.viewers -= 1;
    void letGo(key, held);
  };
}

async function letGo(key: string, held: Held): Promise<void> {
  await held.session.flush();
  const { state } = held.session.snapshot();
  const isSettled = state === 'saved' || state === 'untouched';
  if (held.viewers === 0 && isSettled && sessions.get(key) === held) sessions.delete(key);
}

export interface WrittenOffer {
  readonly preparation: OfferPreparation;
  readonly session: OfferSession;
  readonly view: OfferView;
  readonly missing: readonly Missing[];
  readonly size: PacketSize;
  /** Why it can not be offered so, as far as it is known; the engine has the last word. */
  readonly refusal: OfferRefusal | null;
  readonly expiry: Expiry;
}

/** The packet of a case as it is being written, with what the engine says of it. */
export function useOffer(me: AgentId | null, preparation: OfferPreparation): WrittenOffer {
  const { caseId } = preparation.row;
  const session = useMemo(() => sessionFor(me, caseId, preparation), [me, caseId, preparation]);
  const view = useSyncExternalStore(session.subscribe, session.snapshot);
  useEffect(() => {
    session.follow(proposed(preparation), preparation.draftSavedAt);
    session.followPromises(promisesOf(preparation));
  }, [session, preparation]);
  const chosen = usePacketDialog((state) => state.to);
  const isStanding = preparation.standing !== null;
  useEffect(() => {
    // what was chosen where the packet was opened counts more than what a draft or the engine says
    if (chosen !== null && !isStanding) session.edit({ to: chosen });
  }, [session, chosen, isStanding]);
  useEffect(() => holdOffer(me, caseId), [session, me, caseId]);
  const check = useCheck(caseId, view.draft, preparation);
  const { packet } = view.draft;
  const missing = useMemo(
    () =>
      missingOf(
        packet,
        preparation.openPromises.map((each) => each.promiseId),
      ),
    [packet, preparation.openPromises],
  );
  const size = useMemo(() => sizeOf(packet), [packet]);
  return { preparation, session, view, missing, size, ...check };
}

/**
 * Whether it may be offered so; told again by the engine when the plan or the time changes it. Of the packet only its
 * promises matter to that, so typing asks nothing.
 */
function useCheck(caseId: CaseId, draft: OfferDraft, preparation: OfferPreparation): Pick<WrittenOffer, 'refusal' | 'expiry'> {
  const { to, packet } = draft;
  const isStanding = preparation.standing !== null;
  const asked = useLiveValue(
    'handoffs.check',
    // an offer that stands is edited; it is not offered again
    to === null || isStanding ? null : { caseId, to, packet: { ...EMPTY_PACKET, promises: packet.promises } },
    null,
  );
  if (isStanding) return { refusal: null, expiry: preparation.expiry };
  return { refusal: preparation.refusal ?? asked?.refusal ?? null, expiry: asked?.expiry ?? preparation.expiry };
}
