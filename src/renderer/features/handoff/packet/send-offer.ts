import i18next from 'i18next';
import type { OfferResult } from '../../../../shared/contract/handoff.contract.ts';
import type { Recipient } from '../../../../shared/domain/handoff/packet.ts';
import type { AgentId, CaseId, HandoffId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { formatsFor } from '../../../i18n/formats.ts';
import { clock } from '../../../state/clock-store.ts';
import { useSession } from '../../../state/session.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { offerUndo } from '../../../state/undo.ts';
import { showToast } from '../../../ui/toast.tsx';
import { tellFailure } from '../tell-failure.ts';
import type { OfferDraft } from './packet-session.ts';
import { endOffer } from './use-offer.ts';

const words = () => i18next.getFixedT(null, 'handoff');

/** One case that is offered. */
export interface CaseOffer {
  readonly caseId: CaseId;
  readonly draft: OfferDraft & { readonly to: Recipient };
}

/** How many cases are offered by one call: small enough that the progress moves. */
const CHUNK = 10;

/**
 * Offers cases, in pieces so that the progress can be shown, with one undo for all of them: taking the offers back.
 * What can not be offered is in the results and stops no other. Null when the engine could not be asked.
 */
export async function sendOffers(
  me: AgentId | null,
  offers: readonly CaseOffer[],
  names: TeamNames,
  onProgress: (results: readonly OfferResult[]) => void = () => undefined,
): Promise<readonly OfferResult[] | null> {
  const results: OfferResult[] = [];
  let failure: { readonly code: string; readonly detail: string } | null = null;
  for (let start = 0; start < offers.length && failure === null; start += CHUNK) {
    const piece = offers.slice(start, start + CHUNK);
    const answer = await call('handoffs.offer', {
      opId: newOperationId(),
      offers: piece.map(({ caseId, draft: { to, reason, packet } }) => ({ caseId, to, reason, packet })),
    });
    if (answer.ok) results.push(...answer.value);
    else failure = answer.error;
    onProgress([...results]);
  }
  for (const result of results) if (result.ok) endOffer(me, result.caseId);
  tellOffered(results, offers, names);
  if (failure !== null) tellFailure(failure.code, failure.detail);
  return failure === null || results.length > 0 ? results : null;
}

function tellOffered(results: readonly OfferResult[], offers: readonly CaseOffer[], names: TeamNames): void {
  const made = results.flatMap((result) => (result.ok ? [result] : []));
  const [first] = made;
  if (first === undefined) return;
  const { locale, zone } = useSession.getState();
  const to = offers.find((each) => each.caseId === first.caseId)?.draft.to;
  const name = to === undefined ? '' : names.recipient(to);
  const at = formatsFor(locale, zone).soonTime(first.expiry.expiresAt, clock.now());
  offerUndo({
    opId: newOperationId(),
    label: made.length === 1 ? words()('send.offered', { name, at }) : words()('send.offeredMany', { count: made.length, name }),
    takeBack: async () => takeBack(made.map((each) => each.handoffId)),
  });
}

/** Takes offers back that nobody has answered; resolves with the code of what is wrong, or null. */
async function takeBack(handoffIds: readonly HandoffId[]): Promise<string | null> {
  const answer = await call('handoffs.withdraw', { opId: newOperationId(), handoffIds: [...handoffIds] });
  if (!answer.ok) return answer.error.code;
  // somebody has accepted meanwhile
  return answer.value.withdrawn === 0 ? 'nothing-to-undo' : null;
}

/** Takes one offer back and says so. Tells whether it worked. */
export async function withdrawOffer(handoffId: HandoffId): Promise<boolean> {
  const code = await takeBack([handoffId]);
  if (code === null) showToast({ title: words()('send.withdrawn'), tone: 'ok' });
  else if (code === 'nothing-to-undo') showToast({ title: words()('send.answered'), tone: 'problem' });
  else tellFailure(code, '');
  return code === null;
}

/** Gives the case to the lead, when nobody else can be found. Tells whether it worked. */
export async function giveToLead(me: AgentId | null, caseId: CaseId, names: TeamNames): Promise<boolean> {
  const answer = await call('handoffs.toLead', { opId: newOperationId(), caseId });
  if (!answer.ok) {
    tellFailure(answer.error.code, answer.error.detail);
    return false;
  }
  endOffer(me, caseId);
  showToast({ title: words()('send.toLead', { name: names.agent(answer.value.leadId) }), tone: 'ok' });
  return true;
}
