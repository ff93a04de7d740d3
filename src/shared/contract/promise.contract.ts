import { z } from 'zod';
import type { CaseId, ContactId, MessageId, PromiseId } from '../domain/ids.ts';
import type { AcknowledgementFacts } from '../domain/promise/acknowledge.ts';
import { ACKNOWLEDGEMENT_LANGUAGES } from '../domain/promise/acknowledgement-texts.ts';
import type { AcknowledgementLanguage, AcknowledgementTemplate } from '../domain/promise/acknowledgement-texts.ts';
import type { SilenceReason } from '../domain/promise/auto-reply.ts';
import type { DetectedPromise } from '../domain/promise/detect-promises.ts';
import type { Feasibility } from '../domain/promise/feasibility.ts';
import { PROMISE_SOURCES, PROMISE_STATES, RELEASE_REASONS } from '../domain/promise/promise.ts';
import type { CustomerPromise } from '../domain/promise/promise.ts';
import type { TemplateProblem } from '../domain/promise/write-acknowledgement.ts';
import type { LocalDateTime } from '../domain/time/local-time.ts';
import type { Instant } from '../domain/time.ts';
import { bounded, localDateTime } from './coverage-schemas.ts';
import { command, query } from './define.ts';
import { caseId, instantSchema, operationId, promiseId, zoneName } from './schemas.ts';

/** A promise with what is known of its cover; null once it is settled, or while nothing is planned at all. */
export interface PromiseView {
  readonly promise: CustomerPromise;
  readonly feasibility: Feasibility | null;
}

export interface PromiseRow extends PromiseView {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly contactName: string;
}

/** The zone that a customer is promised times in, and how it is known. */
export interface PromiseZone {
  readonly zone: string;
  /** `assumed`: nothing is known of the customer, so it is the agent's own. */
  readonly source: 'set' | 'offset' | 'assumed';
}

/** What is asked about a promise before it is made. */
export interface PromiseCheck {
  readonly zone: PromiseZone;
  readonly dueLocal: LocalDateTime;
  readonly feasibility: Feasibility | null;
}

/** Automatic acknowledgements of this workspace. */
export interface AcknowledgementSettings {
  readonly isOn: boolean;
  /** On-shift time that it takes until a message has been read, in minutes. */
  readonly readingMinutes: number;
  /** Texts of the team's own, by language; the others are Meridian's. */
  readonly templates: readonly AcknowledgementTemplate[];
}

export interface AcknowledgementView {
  readonly settings: AcknowledgementSettings;
  /** All languages, with the texts in use. */
  readonly texts: readonly {
    readonly template: AcknowledgementTemplate;
    readonly isOwn: boolean;
    readonly problems: readonly TemplateProblem[];
  }[];
  readonly canChange: boolean;
}

/** One message and what was done about it. */
export interface AcknowledgementEntry {
  readonly caseId: CaseId;
  readonly contactId: ContactId;
  readonly subject: string;
  readonly at: Instant;
  /** Ours; null where there is none. */
  readonly messageId: MessageId | null;
  /** `dropped`: it was to be sent, and a person answered first, it took too long, or acknowledgements were switched off. */
  readonly kind: 'queued' | 'sent' | 'silent' | 'dropped' | 'failed';
  readonly reasons: readonly (SilenceReason | 'answered' | 'too-late' | 'account-offline' | 'switched-off')[];
  /** As it was sent, or stands to be; of a failed one what the server said. */
  readonly text: string;
}

const acknowledgementText = z.string().max(5_000);
const acknowledgementTemplate: z.ZodType<AcknowledgementTemplate> = z.strictObject({
  language: z.enum(ACKNOWLEDGEMENT_LANGUAGES),
  greeting: acknowledgementText,
  namelessGreeting: acknowledgementText,
  body: acknowledgementText,
  speaking: acknowledgementText,
  reading: acknowledgementText,
  untimed: acknowledgementText,
});

export const acknowledgementSettings = z.strictObject({
  isOn: z.boolean(),
  readingMinutes: z.number().int().min(1).max(480),
  templates: z.array(acknowledgementTemplate).max(ACKNOWLEDGEMENT_LANGUAGES.length).readonly(),
});

/** A promise that goes with a reply: found in its text and confirmed, or typed. The engine works the instant out again. */
export const promiseDraft = z.strictObject({
  text: z.string().trim().min(1).max(500),
  zone: zoneName,
  dueLocal: localDateTime,
  source: z.enum(PROMISE_SOURCES),
});

export const promiseContract = {
  'promises.ofCase': query<readonly PromiseView[]>()(z.strictObject({ caseId })),
  /** By due time; those that are settled by when they were, the newest first. */
  'promises.list': query<{ readonly rows: readonly PromiseRow[]; readonly total: number }>()(
    bounded(
      z.strictObject({
        owner: z.enum(['me', 'all']),
        states: z.array(z.enum(PROMISE_STATES)).max(PROMISE_STATES.length).readonly(),
        /** Due in `[from, to)`. */
        from: instantSchema,
        to: instantSchema,
        limit: z.number().int().min(1).max(1_000),
      }),
    ),
  ),
  /** Open ones of mine: all, those without anybody to keep them, and those due within the hour. */
  'promises.counts': query<{ readonly open: number; readonly infeasible: number; readonly soon: number }>()(z.strictObject({})),
  /** What a text that is being written promises. */
  'promises.detect': query<{
    readonly zone: PromiseZone;
    readonly found: readonly { readonly promise: DetectedPromise; readonly feasibility: Feasibility | null }[];
  }>()(z.strictObject({ caseId, text: z.string().max(100_000), sendAt: instantSchema.optional() })),
  'promises.check': query<PromiseCheck | null>()(z.strictObject({ caseId, due: z.union([localDateTime, instantSchema]) })),
  /** Writes a promise down that no message carries, such as one that was made by phone. */
  'promises.make': command<{ readonly promiseId: PromiseId }>()(z.strictObject({ opId: operationId, caseId, promise: promiseDraft }), [
    'in-the-past',
    'unknown-zone',
  ]),
  'promises.keep': command<null>()(z.strictObject({ opId: operationId, caseId, promiseId }), ['settled']),
  'promises.release': command<null>()(z.strictObject({ opId: operationId, caseId, promiseId, reason: z.enum(RELEASE_REASONS) }), [
    'settled',
  ]),
  'acknowledgements.get': query<AcknowledgementView>()(z.strictObject({})),
  'acknowledgements.save': command<null>()(
    z.strictObject({
      opId: operationId,
      settings: acknowledgementSettings,
    }),
    ['not-allowed', 'bad-template'],
  ),
  /** What a customer with this language and zone would be told now. */
  'acknowledgements.preview': query<{
    readonly facts: AcknowledgementFacts;
    readonly text: string;
    readonly language: AcknowledgementLanguage;
  }>()(z.strictObject({ language: z.string().max(20).nullable(), zone: zoneName, template: acknowledgementTemplate.nullable() })),
  /** The last decisions, newest first. */
  'acknowledgements.log': query<readonly AcknowledgementEntry[]>()(z.strictObject({ limit: z.number().int().min(1).max(500) })),
};
