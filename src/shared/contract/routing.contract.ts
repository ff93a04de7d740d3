import { z } from 'zod';
import type { Applied } from './cases.contract.ts';
import { command, query } from './define.ts';
import { accountId, caseId, operationId } from './schemas.ts';
import { TIERS } from '../domain/case.ts';
import type { Status } from '../domain/case.ts';
import type { CaseId } from '../domain/ids.ts';
import { CHANNELS } from '../domain/message.ts';
import type { Channel } from '../domain/message.ts';
import type { NeedReason } from '../domain/routing/need-reasons.ts';
import type { RoutingRule } from '../domain/routing/rules.ts';
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

const name = z.string().trim().min(1).max(100);

const rule: z.ZodType<RoutingRule> = z.strictObject({
  id: z.string().min(1).max(100),
  accountIds: z.array(accountId).max(50).readonly(),
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length).readonly(),
  labels: z.array(name).max(50).readonly(),
  languages: z.array(name).max(50).readonly(),
  tiers: z.array(z.enum(TIERS)).max(TIERS.length).readonly(),
  // as long as a skill in a profile
  skill: z.string().trim().min(1).max(60),
  isLast: z.boolean(),
  isActive: z.boolean(),
});

/** Which skills the team asks for. */
export const routingRules = z.strictObject({ rules: z.array(rule).max(200).readonly() });

export interface RoutingView {
  readonly rules: readonly RoutingRule[];
  readonly canChange: boolean;
}

const pair = z.strictObject({ opId: operationId, caseId, otherId: caseId });

/** Cases about one thing that came on several channels. Links are for people to see: nothing is merged, moved or answered because of one. */
export const routingContract = {
  'routing.rules': query<RoutingView>()(z.strictObject({})),
  'routing.save': command<null>()(z.strictObject({ opId: operationId, rules: routingRules.shape.rules }), ['not-allowed']),
  /** What a case asks of the person who takes it, and why. */
  'routing.need': query<readonly NeedReason[]>()(z.strictObject({ caseId })),
  'cases.related': query<RelatedCases>()(z.strictObject({ caseId })),
  'cases.link': command<Applied>()(pair, ['same-case']),
  /** Takes a link back; the two may be suggested again. */
  'cases.unlink': command<Applied>()(pair, ['same-case']),
  /** They are about different things and are not suggested again. */
  'cases.notSame': command<Applied>()(pair, ['same-case']),
};
