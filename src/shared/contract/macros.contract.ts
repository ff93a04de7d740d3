import { z } from 'zod';
import { command, query } from './define.ts';
import { agentId, caseId, label, macroId, operationId, priority, status } from './schemas.ts';
import type { AgentId, CaseId, OutboxId } from '../domain/ids.ts';
import { languages } from '../domain/language.ts';
import {
  MAX_MACRO_ACTIONS,
  MAX_MACRO_NAME,
  MAX_MACRO_TEXT,
  MAX_MACRO_TEXTS,
  MAX_SNOOZE_MINUTES,
  SHORTCUT_PATTERN,
} from '../domain/macro/macro.ts';
import type { Macro, MacroAction } from '../domain/macro/macro.ts';
import { CHANNELS } from '../domain/message.ts';
import type { Instant } from '../domain/time.ts';

export const macroAction: z.ZodType<MacroAction> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status'), to: status }),
  z.strictObject({ kind: z.literal('priority'), to: priority }),
  z.strictObject({ kind: z.literal('add-label'), label }),
  z.strictObject({ kind: z.literal('remove-label'), label }),
  z.strictObject({ kind: z.literal('assign'), to: agentId.or(z.literal('me')).nullable() }),
  z.strictObject({ kind: z.literal('snooze'), minutes: z.int().min(1).max(MAX_SNOOZE_MINUTES) }),
]);
export const macroActions = z.array(macroAction).max(MAX_MACRO_ACTIONS).readonly();

/** A macro as it is kept, and as it travels in the team's log. */
export const macro: z.ZodType<Macro> = z.strictObject({
  macroId,
  name: z.string().trim().min(1).max(MAX_MACRO_NAME),
  shortcut: z.string().regex(SHORTCUT_PATTERN),
  texts: z
    .array(z.strictObject({ language: z.enum(languages), text: z.string().max(MAX_MACRO_TEXT) }))
    .max(MAX_MACRO_TEXTS)
    .readonly(),
  actions: macroActions,
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length).readonly(),
});

/** A macro in somebody's list. */
export interface ListedMacro extends Macro {
  /** The team's, or seen here alone. */
  readonly isTeam: boolean;
  /** Who made it for the team; null for one's own. */
  readonly ownerId: AgentId | null;
  /** Its owner and leads may change and remove one of the team. */
  readonly canChange: boolean;
  /** How often it was used: here, and by colleagues as far as they have told. */
  readonly uses: number;
}

/** What a macro says to one customer. */
export interface FilledFor {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly contactName: string;
  /** Of the text; null for a macro without words. */
  readonly language: string | null;
  /** The customer writes another language, or nobody knows which. */
  readonly isFallback: boolean;
  readonly text: string | null;
  /** What somebody has to fill in. */
  readonly gaps: readonly string[];
  /**
   * Why it can not be sent as it is: `macro-gap`, `has-draft` (somebody's words wait there), `other-channel`, `no-text`, or what `cases.reply` would
   * answer.
   */
  readonly problem: string | null;
}

export interface MacroApplied {
  readonly changed: number;
  readonly undoable: boolean;
  /** Replies that were queued, to be taken back with the rest. */
  readonly outboxIds: readonly OutboxId[];
  readonly sendAt: Instant | null;
}

const GUARD = ['asks-for-secret', 'echoes-secret', 'unofficial-link', 'unconfirmed-address'] as const;

export const macrosContract = {
  /** One's own and the team's, what is used most first. */
  'macros.list': query<readonly ListedMacro[]>()(z.strictObject({})),
  /** What every macro that fits the channel says in one case. */
  'macros.forCase': query<readonly (ListedMacro & { readonly filled: FilledFor })[]>()(z.strictObject({ caseId })),
  /** What one macro says in each of several cases. */
  'macros.preview': query<readonly FilledFor[]>()(z.strictObject({ macroId, caseIds: z.array(caseId).min(1).max(200).readonly() })),
  /** What a text that is being written says in a case (or, of null, in an invented one), in the language of the text. */
  'macros.try': query<{ readonly text: string; readonly gaps: readonly string[] }>()(
    z.strictObject({ text: z.string().max(MAX_MACRO_TEXT), language: z.enum(languages), caseId: caseId.nullable() }),
  ),
  /** Makes or changes one. `detail` of a refusal names the language of the text, or the variable that nobody knows. */
  'macros.save': command<null>()(z.strictObject({ opId: operationId, macro, isTeam: z.boolean() }), [
    'not-allowed',
    'too-many',
    'shortcut-taken',
    'unknown-variable',
    'nothing-in-it',
    ...GUARD,
  ]),
  /** Saving it again brings it back as it was. */
  'macros.remove': command<null>()(z.strictObject({ opId: operationId, macroId }), ['not-allowed']),
  /** Somebody put it into a reply. */
  'macros.used': command<null>()(z.strictObject({ opId: operationId, macroId })),
  /**
   * Does what a macro does to one case or many, and queues a reply to each of `replies`, with the words that somebody has read. All or nothing; `detail`
   * of a refusal names the case. `cases.undo` takes the actions back, `outbox.cancel` the replies.
   */
  'macros.apply': command<MacroApplied>()(
    z.strictObject({
      opId: operationId,
      macroId,
      caseIds: z.array(caseId).min(1).max(5_000).readonly(),
      replies: z
        .array(
          z.strictObject({
            caseId,
            text: z
              .string()
              .min(1)
              .max(MAX_MACRO_TEXT * 2),
          }),
        )
        .max(200)
        .readonly(),
    }),
    [
      'macro-gap',
      'has-draft',
      'account-removed',
      'no-recipient',
      'empty',
      'too-large',
      'text-too-long',
      'file-too-large',
      'too-many-files',
      'window-over',
      'not-summoned',
      ...GUARD,
    ],
  ),
};
