import type { CaseScript } from './case-script.ts';
import { onDutyAt, turnOf } from './duty.ts';
import { acceptOf, offerOf } from './handoffs.ts';
import type { PacketSubject } from './handoffs.ts';
import type { Random } from './random.ts';
import type { Standing } from './situation.ts';
import type { SampleAgent } from './team.ts';
import { HANDOFF_PHRASES } from './texts/handoffs.ts';
import type { PacketPromise, Severity } from '../../../shared/domain/handoff/packet.ts';
import { readBackOf } from '../../../shared/domain/handoff/read-back.ts';
import { after, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What is on its way when the sample is opened: offered some minutes ago by whoever has the case. */

export interface Place {
  readonly to: SampleAgent;
  readonly offeredAt: Instant;
  /** When the sender's turn ends. */
  readonly offAt: Instant;
  /** Who has no turn is offered nothing by name. */
  readonly isToHub: boolean;
}

const SEVERITIES: Readonly<Partial<Record<Standing, Severity>>> = { 'to-my-hub': 'stable', 'urgent-to-me': 'critical' };

/** From when, and to whom; null when the turns of the people do not allow it. */
export function placeOf(
  standing: Standing,
  owner: SampleAgent,
  at: { readonly me: SampleAgent; readonly now: Instant; readonly from: number; readonly random: Random },
): Place | null {
  const { me, now, random } = at;
  const isMine = standing === 'from-me' || standing === 'declined';
  const turn = turnOf(owner, now);
  const from = Math.max(now - random.int(14, 22) * MINUTE_MS, at.from);
  if (turn === null || turn.to <= now || from >= now - 4 * MINUTE_MS || isMine !== (owner === me)) return null;
  const colleague = onDutyAt(now).find((each) => each !== me && each !== owner && !each.mayBeMe);
  const to = isMine ? colleague : me;
  if (to === undefined) return null;
  const isThere = (turnOf(me, now)?.to ?? now) > now;
  return { to, offeredAt: instant(from), offAt: turn.to, isToHub: standing === 'to-my-hub' || !isThere };
}

/** Writes the offer, and what came of it so far. */
export function offerNow(
  standing: Standing,
  { to, offeredAt, offAt, isToHub }: Place,
  about: PacketSubject & {
    readonly script: Pick<CaseScript, 'events'>;
    readonly random: Random;
    readonly owner: SampleAgent;
    readonly me: SampleAgent;
    readonly now: Instant;
    readonly promised: readonly PacketPromise[];
  },
): void {
  const { script, random, owner, me, now, promised } = about;
  const promises = promised.filter((each) => each.dueAt > now);
  const limits = promises.map((each) => Math.max(now + 20 * MINUTE_MS, each.dueAt - 15 * MINUTE_MS));
  const expiresAt = instant(Math.min(offAt + 15 * MINUTE_MS, ...limits));
  const reason = offAt - now < HOUR_MS ? 'shift-end' : 'expertise';
  const offer = offerOf({ ...about, promises }, owner, to, offeredAt, expiresAt, offAt, isToHub, SEVERITIES[standing] ?? null, reason);
  const { handoffId } = offer;
  const answeredAt = after(offeredAt, random.int(2, 3) * MINUTE_MS);
  script.events(owner, offeredAt, offer);
  switch (standing) {
    case 'taken-by-me':
      script.events(me, answeredAt, { ...acceptOf(offer, me, random), readBack: readBackOf(offer.packet, me.zone) });
      return;
    case 'declined':
      script.events(to, answeredAt, { type: 'handoff.declined', handoffId, reason: random.pick(HANDOFF_PHRASES.en.declines) });
      return;
    case 'from-me':
      script.events(to, answeredAt, { type: 'handoff.asked', handoffId, text: random.pick(HANDOFF_PHRASES.en.questions) });
      return;
    default:
  }
}
