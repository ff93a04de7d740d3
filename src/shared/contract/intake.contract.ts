import { z } from 'zod';
import type { Applied } from './cases.contract.ts';
import { command, query } from './define.ts';
import { caseId, operationId } from './schemas.ts';
import { MOST_ITEMS, MOST_KINDS } from '../domain/intake/checklist.ts';
import type { CaseKind, IntakeRules } from '../domain/intake/checklist.ts';
import type { Ask } from '../domain/intake/ask-text.ts';
import { LONGEST_FACT } from '../domain/intake/fact-fields.ts';
import type { Intake } from '../domain/intake/read-intake.ts';
import { languages } from '../domain/language.ts';

const name = z.string().trim().min(1).max(60);
const factName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/u);
const kindName = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/u);

const item = z.strictObject({
  field: factName,
  isNeeded: z.boolean(),
  name: name.optional(),
  questions: z
    .array(z.strictObject({ language: z.enum(languages), text: z.string().trim().max(300) }))
    .max(20)
    .readonly()
    .optional(),
});

const kind: z.ZodType<CaseKind> = z.strictObject({
  id: kindName,
  name: name.nullable(),
  labels: z.array(z.string().trim().min(1).max(100)).max(50).readonly(),
  words: z.array(name).max(200).readonly(),
  items: z.array(item).max(MOST_ITEMS).readonly(),
  isActive: z.boolean(),
});

/** What the team asks its customers for, by kind of case. */
export const intakeRules = z.strictObject({ kinds: z.array(kind).min(1).max(MOST_KINDS).readonly() });

export interface IntakeRulesView {
  readonly rules: IntakeRules;
  readonly canChange: boolean;
  /** Nobody of the team has changed anything. */
  readonly isDefault: boolean;
}

/** What is known of a case. */
export interface CaseIntake extends Intake {
  /** The kinds that one can choose. */
  readonly kinds: readonly Pick<CaseKind, 'id' | 'name'>[];
  /** The one message for all that is missing; null where nothing is, or where nobody can be asked. */
  readonly ask: Ask | null;
  /** Why there is none although something is missing. */
  readonly cannotAsk: 'public' | 'no-room' | null;
}

/** What a list shows of it. */
export interface IntakeRow {
  readonly kind: Pick<CaseKind, 'id' | 'name'> | null;
  readonly known: number;
  readonly needed: number;
  readonly missing: readonly { readonly field: string; readonly name: string | null }[];
}

export const intakeContract = {
  /** What the messages of a case and its people say, and what is missing; null when there is no such case. */
  'intake.ofCase': query<CaseIntake | null>()(z.strictObject({ caseId })),
  /** The same for a row of a list, as it was worked out last; null for a solved case, and until it was. */
  'intake.row': query<IntakeRow | null>()(z.strictObject({ caseId })),
  /** Says what kind of case it is (`kind: null`: none of those there are); `isAsRead`: its words decide again. */
  'intake.setKind': command<Applied>()(z.strictObject({ opId: operationId, caseId, kind: kindName.nullable(), isAsRead: z.boolean() }), [
    'unknown-kind',
  ]),
  /**
   * States or corrects a fact; `value: null`: what is read of it is wrong. `isAsRead`: what the messages say counts again. Secrets are refused.
   */
  'intake.setFact': command<Applied>()(
    z.strictObject({
      opId: operationId,
      caseId,
      field: factName,
      value: z.string().trim().min(1).max(LONGEST_FACT).nullable(),
      isAsRead: z.boolean(),
    }),
    ['is-secret'],
  ),
  'intake.rules': query<IntakeRulesView>()(z.strictObject({})),
  /** Null: as Meridian comes. `detail` of a refusal names the kind whose question it is. */
  'intake.save': command<null>()(z.strictObject({ opId: operationId, rules: intakeRules.nullable() }), [
    'not-allowed',
    'doubled',
    'no-question',
    'asks-for-secret',
    'echoes-secret',
    'unofficial-link',
    'unconfirmed-address',
  ]),
};
