import { z } from 'zod';
import type { Applied } from './cases.contract.ts';
import { command, query } from './define.ts';
import { caseId, operationId } from './schemas.ts';
import type { Status } from '../domain/case.ts';
import type { CaseId } from '../domain/ids.ts';
import type { Channel } from '../domain/message.ts';
import type { SameReason } from '../domain/routing/duplicates.ts';
import type { Instant } from '../domain/time.ts';

/** A case that may be, or is, about the same thing as another one. */
export interface RelatedCase {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly contactName: string;
  readonly channel: Channel;
  readonly status: Status;
  readonly lastMessageAt: Instant;
  /** 0 to 1; only for putting them in order. */
  readonly score: number;
  /** Empty for a linked case that has nothing in common but that somebody says so. */
  readonly reasons: readonly SameReason[];
  /** One of the two customers has proven who they are, the other has not. */
  readonly isVerifiedMeetsUnverified: boolean;
}

export interface RelatedCases {
  readonly linked: readonly RelatedCase[];
  readonly suggested: readonly RelatedCase[];
}

const pair = z.strictObject({ opId: operationId, caseId, otherId: caseId });

/** Cases about one thing that came on several channels. Links are for people to see: nothing is merged, moved or answered because of one. */
export const routingContract = {
  'cases.related': query<RelatedCases>()(z.strictObject({ caseId })),
  'cases.link': command<Applied>()(pair, ['same-case']),
  /** Takes a link back; the two may be suggested again. */
  'cases.unlink': command<Applied>()(pair, ['same-case']),
  /** They are about different things and are not suggested again. */
  'cases.notSame': command<Applied>()(pair, ['same-case']),
};
