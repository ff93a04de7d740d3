import type { IntakeEventBody } from './intake-event.ts';
import { NOTHING_SAID } from './intake-said.ts';
import type { IntakeSaid } from './intake-said.ts';

/** What somebody says of a case's kind (`id`; null: none of those there are); null: what its words say counts again. */
export type KindWord = { readonly id: string | null } | null;
/** What somebody says of a fact (`value`; null: it is not known); null: what the messages say counts again. */
export type FactWord = { readonly value: string | null } | null;

/**
 * What people say of what is known. `over`: only where it still is what it was then, so that a step back takes nobody else's word away.
 * Only by commands of their own.
 */
export type IntakeAction =
  | { readonly kind: 'intake-kind'; readonly to: KindWord; readonly over?: KindWord | undefined }
  | { readonly kind: 'intake-fact'; readonly field: string; readonly to: FactWord; readonly over?: FactWord | undefined };

interface IntakeDecision {
  readonly events: readonly IntakeEventBody[];
  readonly inverse: readonly IntakeAction[];
}

const NOTHING: IntakeDecision = { events: [], inverse: [] };

/** The event that it causes now, and what takes it back. */
export function decideIntake(said: IntakeSaid = NOTHING_SAID, action: IntakeAction): IntakeDecision {
  return action.kind === 'intake-kind' ? decideKind(said, action) : decideFact(said, action);
}

function decideKind(said: IntakeSaid, { to, over }: Extract<IntakeAction, { readonly kind: 'intake-kind' }>): IntakeDecision {
  const before: KindWord = said.kind === undefined ? null : { id: said.kind };
  if (before?.id === to?.id || isOvertaken(before?.id, over?.id, over === undefined)) return NOTHING;
  return {
    events: [to === null ? { type: 'intake.kindSet', kind: null, asRead: true } : { type: 'intake.kindSet', kind: to.id }],
    inverse: [{ kind: 'intake-kind', to: before, over: to }],
  };
}

function decideFact(said: IntakeSaid, { field, to, over }: Extract<IntakeAction, { readonly kind: 'intake-fact' }>): IntakeDecision {
  const stated = Object.hasOwn(said.facts, field) ? said.facts[field] : undefined;
  const before: FactWord = stated === undefined ? null : { value: stated.value };
  if (before?.value === to?.value || isOvertaken(before?.value, over?.value, over === undefined)) return NOTHING;
  return {
    events: [
      to === null
        ? { type: 'intake.factSet', field, value: null, asRead: true, over: before }
        : { type: 'intake.factSet', field, value: to.value, over: before },
    ],
    inverse: [{ kind: 'intake-fact', field, to: before, over: to }],
  };
}

/** Somebody has said something else since. Nothing said (undefined), and null said, are two things. */
function isOvertaken(now: string | null | undefined, then: string | null | undefined, isAnew: boolean): boolean {
  return !isAnew && now !== then;
}
