import type { TeamSession } from './team-ports.ts';
import { ask, hear, NO_CLAIMS, takeOver } from '../../../shared/domain/collision/own-claim.ts';
import type { ClaimScene, LostClaim, OwnClaims } from '../../../shared/domain/collision/own-claim.ts';
import type { ReplyClaim } from '../../../shared/domain/collision/reply-claim.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/domain/time.ts';

export interface ReplyClaimsDeps {
  readonly session: () => TeamSession | null;
  readonly clock: Clock;
}

/** Whose reply is whose now, as far as this workstation has heard. Nothing of it is stored. */
export interface ReplyClaims {
  /** The page says whose reply is being written; null for none. True when that changed something. */
  ask(asked: CaseId | null): boolean;
  takeOver(caseId: CaseId): void;
  /** Colleagues may have said something. True when a reply was lost to one of them. */
  hear(): boolean;
  /** What is told of the case on screen. */
  told(): OwnClaims['claim'];
  /** Everybody's claims on a case, one's own among them. Without a connection there are none but that. */
  on(caseId: CaseId): readonly ReplyClaim[];
  /** Who has the reply that was being written here; null when nobody took it. */
  lostOf(caseId: CaseId): LostClaim | null;
}

export function createReplyClaims({ session, clock }: ReplyClaimsDeps): ReplyClaims {
  let own: OwnClaims = NO_CLAIMS;

  function othersOn(caseId: CaseId): readonly ReplyClaim[] {
    const link = session()?.link;
    if (link?.state().state !== 'online') return [];
    return link.presence.others().flatMap(({ user, workstation, viewing, writing, claim }) => {
      if (viewing !== caseId) return [];
      if (claim !== null) return [{ turn: claim.turn, since: instant(claim.since), user, workstation }];
      // from before there were claims: who writes has begun, nobody knows when
      return writing ? [{ turn: 0, since: instant(0), user, workstation }] : [];
    });
  }

  function scene(): ClaimScene {
    const membership = session()?.membership;
    return { user: membership?.user.name ?? '', workstation: membership?.workstation ?? '', othersOn, now: clock.now() };
  }

  function become(next: OwnClaims): boolean {
    const isNews = next !== own;
    own = next;
    return isNews;
  }

  return {
    ask: (asked) => become(ask(own, asked, scene())),
    takeOver: (caseId) => void become(takeOver(own, caseId, scene())),
    hear: () => become(hear(own, scene())),
    told: () => own.claim,
    on: (caseId) => {
      const { user, workstation } = scene();
      return [...othersOn(caseId), ...(own.asked === caseId && own.claim !== null ? [{ ...own.claim, user, workstation }] : [])];
    },
    lostOf: (caseId) => own.lost.get(caseId) ?? null,
  };
}
