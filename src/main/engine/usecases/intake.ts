import { applyInternal } from './apply-action.ts';
import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { refusalOf } from './outbound-guard.ts';
import type { OutboundGuard } from './outbound-guard.ts';
import { mayPlan } from './planner-access.ts';
import type { Redactor } from './redactor.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { answerTarget } from '../store/conversations.store.ts';
import {
  INTAKE_KEY,
  intakeCase,
  intakeRules,
  markAllStale,
  savedIntake,
  savedIntakeRules,
  writeIntakeRules,
} from '../store/intake.store.ts';
import { mailAnswerOf } from '../store/mail-answers.store.ts';
import { readProfiles } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Applied } from '../../../shared/contract/cases.contract.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { CaseIntake, IntakeRow, IntakeRulesView } from '../../../shared/contract/intake.contract.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { capabilitiesFor } from '../../../shared/domain/channel/capabilities.ts';
import type { CaseId, MessageId } from '../../../shared/domain/ids.ts';
import { askText } from '../../../shared/domain/intake/ask-text.ts';
import { fieldsAsked, knownQuestions } from '../../../shared/domain/intake/asks-in.ts';
import { kindOf } from '../../../shared/domain/intake/checklist.ts';
import type { IntakeRules } from '../../../shared/domain/intake/checklist.ts';
import { isFactField } from '../../../shared/domain/intake/fact-fields.ts';
import { readIntake } from '../../../shared/domain/intake/read-intake.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** What is known of a case, and the one message for what is missing. */
export function intakeOfCase(db: ReadDb, caseId: CaseId): CaseIntake | null {
  const saved = caseByUid(db, currentCaseUid(db, caseId));
  if (saved === undefined) return null;
  const { id, state } = saved;
  const found = intakeCase(db, id, state);
  const intake = readIntake(found);
  const kind = intake.kindId === null ? null : (kindOf(found.rules, intake.kindId) ?? null);
  const origin = answerTarget(db, id);
  const byMail = mailAnswerOf(db, id, state.accountId);
  const language = languageOfCase(db, id) ?? contactByUid(db, state.contactId)?.language ?? null;
  const isPublic = origin !== null && !origin.isPrivate && byMail === null;
  const { missing, rounds } = intake;
  const channel = capabilitiesFor(state.channel, origin);
  const ask = askText({ kind, missing, language, rounds, channel, isPublic });
  const kinds = found.rules.kinds.filter(({ isActive }) => isActive).map(({ id: kindId, name }) => ({ id: kindId, name }));
  const cannotAsk = ask !== null || missing.length === 0 ? null : isPublic ? 'public' : 'no-room';
  return { ...intake, kinds, ask, cannotAsk };
}

export function intakeRow(db: ReadDb, caseId: CaseId): IntakeRow | null {
  const row = savedIntake(db, caseId);
  if (row === undefined) return null;
  const kind = intakeRules(db).kinds.find(({ id }) => id === row.kind) ?? null;
  const nameOf = (field: string): string | null => kind?.items.find((each) => each.field === field)?.name ?? null;
  const { known, needed, missing } = row;
  return {
    kind: kind === null ? null : { id: kind.id, name: kind.name },
    known,
    needed,
    missing: missing.map((field) => ({ field, name: nameOf(field) })),
  };
}

function languageOfCase(db: ReadDb, id: number): string | null {
  return db.get<{ language: string | null }>('SELECT language FROM cases WHERE id = @id', { id })?.language ?? null;
}

/** What a reply asks for with the team's questions; empty for one that asks for none of them. */
export function askedBy(db: ReadDb, text: string, messageId: MessageId): readonly CaseEventBody[] {
  const fields = fieldsAsked(text, knownQuestions(intakeRules(db))).slice(0, 50);
  return fields.length === 0 ? [] : [{ type: 'intake.asked', fields, messageId }];
}

/** Says what kind of case it is. */
export function setKind(context: UseCaseContext, input: Input<'intake.setKind'>): Result<Applied, CallError> {
  const { opId, caseId, kind, isAsRead } = input;
  return applyInternal(context, { opId, caseIds: [caseId] }, 'intake.setKind', (tx) => {
    if (!isAsRead && kind !== null && kindOf(intakeRules(tx), kind) === undefined) throw new CommandFailure('unknown-kind', kind);
    return { kind: 'intake-kind', to: isAsRead ? null : { id: kind } };
  });
}

/** States, corrects or clears a fact. What looks like a secret is none, and is not kept. */
export function setFact(
  context: UseCaseContext,
  redactor: Pick<Redactor, 'text'>,
  input: Input<'intake.setFact'>,
): Result<Applied, CallError> {
  const { opId, caseId, field, value, isAsRead } = input;
  return applyInternal(context, { opId, caseIds: [caseId] }, 'intake.setFact', () => {
    if (value !== null && redactor.text(value).text !== value) throw new CommandFailure('is-secret');
    return { kind: 'intake-fact', field, to: isAsRead ? null : { value } };
  });
}

export function intakeRulesView(db: ReadDb): IntakeRulesView {
  const saved = savedIntakeRules(db);
  return { rules: intakeRules(db), canChange: mayPlan(readProfiles(db), me(db)?.agentId ?? null), isDefault: saved === null };
}

/** Leads may; so may everybody while the team has none. Questions are judged as replies are. */
export function saveIntakeRules(context: UseCaseContext, guard: OutboundGuard, input: Input<'intake.save'>): Result<null, CallError> {
  return once(context, input.opId, 'intake.save', (tx) => {
    const { agentId } = requireMe(tx);
    if (!mayPlan(readProfiles(tx), agentId)) throw new CommandFailure('not-allowed');
    const { rules } = input;
    if (rules !== null) judge(tx, guard, rules);
    context.ledger.recordTeamEvent(tx, INTAKE_KEY, 'intakeRules.saved', rules ?? {}, { actor: agentId });
    writeIntakeRules(tx, rules);
    markAllStale(tx);
    return { value: null };
  });
}

function judge(tx: ReadDb, guard: OutboundGuard, { kinds }: IntakeRules): void {
  const ids = new Set(kinds.map(({ id }) => id));
  if (ids.size < kinds.length) throw new CommandFailure('doubled');
  for (const { id, items } of kinds) {
    const names = new Set(items.map(({ field }) => field));
    if (names.size < items.length) throw new CommandFailure('doubled', id);
    for (const { field, name, questions = [] } of items) {
      const texts = questions.map(({ text }) => text).filter((text) => text.trim() !== '');
      if (!isFactField(field) && texts.length === 0) throw new CommandFailure('no-question', id);
      for (const text of [...texts, ...(name === undefined ? [] : [name])]) {
        const refusal = refusalOf(guard(tx, text, null));
        if (refusal !== null) throw new CommandFailure(refusal, id);
      }
    }
  }
}
