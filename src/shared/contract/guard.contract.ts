import { z } from 'zod';
import { AUDIT_ACTIONS } from '../domain/guard/audit.ts';
import type { AuditAction } from '../domain/guard/audit.ts';
import type { OutboundFinding } from '../domain/guard/guard-types.ts';
import { WARNING_LANGUAGES } from '../domain/guard/customer-warning.ts';
import type { SecretKind } from '../domain/guard/secret-types.ts';
import type { AgentId, CaseId, MessageId } from '../domain/ids.ts';
import { CHANNELS } from '../domain/message.ts';
import type { Instant } from '../domain/time.ts';
import { command, query } from './define.ts';
import { caseId, instantSchema, messageId, operationId } from './schemas.ts';

const line = (most: number): z.ZodString => z.string().trim().max(most);
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.)+[\p{L}\p{N}-]{2,63}$/u);

/** Who is us: accounts by the ids that their platforms gave them, domains, and names as customers write them. */
export const officialRegistry = z.strictObject({
  accounts: z
    .array(z.strictObject({ channel: z.enum(CHANNELS), nativeId: line(200).min(1), name: line(200), handle: line(200) }))
    .max(500)
    .readonly(),
  domains: z.array(domain).max(500).readonly(),
  brands: z.array(line(100).min(2)).max(200).readonly(),
});

/** What the guardrails do for the whole team. */
export const guardRules = z.strictObject({
  /** Customers who send a recovery phrase or a key are told at once to move their funds. */
  warnsCustomers: z.boolean(),
  /** "We never write first": shown to customers and agents where everybody can read. */
  neverFirst: z.strictObject({
    isOn: z.boolean(),
    /** The team's own words; a language that is left out has Meridian's. */
    texts: z.partialRecord(z.enum(WARNING_LANGUAGES), line(500).min(1)),
  }),
});

/** What codes of agents are made from. Base64 of 32 bytes. */
export const authenticitySecret = z.strictObject({
  current: z.string().regex(/^[A-Za-z0-9+/]{43}=$/u),
  /** Its codes are good for a day after it was replaced at `replacedAt`. */
  previous: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/u)
    .nullable(),
  replacedAt: instantSchema.nullable(),
});

export type OfficialRegistrySettings = z.infer<typeof officialRegistry>;
export type GuardRules = z.infer<typeof guardRules>;
export type AuthenticitySecret = z.infer<typeof authenticitySecret>;

/** What is kept of what was taken out of a message. */
export interface SealedState {
  readonly kinds: readonly SecretKind[];
  /** Until when it can be looked at here; null when nothing is kept at this workstation. */
  readonly keptUntil: Instant | null;
  /** The user of the team's hub whose workstation or gateway received it, where that was not this one. */
  readonly keptBy: string | null;
  readonly mayReveal: boolean;
  readonly needsLead: boolean;
}

export interface Revealed {
  /** Texts that held a secret, as they were. */
  readonly texts: readonly string[];
  /** How long it may be shown, in milliseconds. */
  readonly showMs: number;
}

export interface AuditRow {
  readonly number: number;
  readonly at: Instant;
  readonly actor: AgentId | null;
  readonly action: AuditAction;
  readonly caseId: CaseId | null;
  readonly messageId: MessageId | null;
  readonly detail: string;
}

/** `broken`: the first entry that does not follow from the one before it. `cut`: entries that the team's log knows of are gone. */
export type AuditVerdict =
  | { readonly outcome: 'whole'; readonly count: number; readonly anchored: number; readonly unkeyed: number }
  | { readonly outcome: 'broken'; readonly at: number }
  | { readonly outcome: 'cut'; readonly count: number; readonly anchored: number }
  /** The vault is locked, or the key is gone: nothing can be said. */
  | { readonly outcome: 'no-key' };

export interface GuardView {
  readonly registry: OfficialRegistrySettings;
  readonly rules: GuardRules;
  readonly retentionHours: number;
  readonly hasAuthenticity: boolean;
  readonly canChange: boolean;
  /** Whether originals can be sealed now. */
  readonly vault: 'ready' | 'locked' | 'empty';
}

export interface AuthenticityState {
  /** What an agent tells the customer, for this case and until `until`; null while the team has no secret. */
  readonly code: string | null;
  readonly conversation: string;
  readonly until: Instant;
}

export type AuthenticityAnswer =
  | { readonly outcome: 'genuine'; readonly agentId: AgentId; readonly agentName: string; readonly conversation: string }
  | { readonly outcome: 'mistyped' | 'unknown' | 'not-set-up' };

const auditFilter = {
  action: z.enum(AUDIT_ACTIONS).nullable(),
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
};

export const guardContract = {
  /** Null when nothing was taken out of the message. */
  'guard.sealed': query<SealedState | null>()(z.strictObject({ messageId })),
  /** Shows what was taken out. It is in the audit log before it is answered, and the answer is not remembered. */
  'guard.reveal': command<Revealed>()(z.strictObject({ opId: operationId, messageId, reason: z.string().trim().min(3).max(500) }), [
    'not-allowed',
    'not-kept',
    'vault-locked',
  ]),
  /** What is wrong with a text that is about to leave. */
  'guard.checkDraft': query<readonly OutboundFinding[]>()(z.strictObject({ caseId: caseId.nullable(), text: z.string().max(500_000) })),
  'guard.view': query<GuardView>()(z.strictObject({})),
  'guard.saveRegistry': command<null>()(z.strictObject({ opId: operationId, registry: officialRegistry }), ['not-allowed']),
  'guard.saveRules': command<null>()(z.strictObject({ opId: operationId, rules: guardRules }), ['not-allowed']),
  /** How long originals are kept at this workstation; 0: not at all. */
  'guard.saveRetention': command<null>()(
    z.strictObject({
      opId: operationId,
      hours: z
        .int()
        .min(0)
        .max(24 * 30),
    }),
    ['not-allowed'],
  ),
  /** Makes the secret of the codes, or another one. */
  'authenticity.renew': command<null>()(z.strictObject({ opId: operationId }), ['not-allowed']),
  'authenticity.code': query<AuthenticityState>()(z.strictObject({ caseId })),
  /** For a customer who asks whether a code is ours. */
  'authenticity.check': command<AuthenticityAnswer>()(
    z.strictObject({ opId: operationId, code: z.string().max(60), caseId: caseId.nullable() }),
  ),
  'audit.list': query<{ readonly rows: readonly AuditRow[]; readonly more: boolean }>()(
    z.strictObject({ ...auditFilter, before: z.int().min(1).nullable(), limit: z.int().min(1).max(500) }),
  ),
  'audit.verify': query<AuditVerdict>()(z.strictObject({})),
  /** Asks where to save it; null when cancelled. */
  'audit.export': command<{ readonly path: string } | null>()(z.strictObject({ opId: operationId, ...auditFilter }), ['write-failed']),
};
