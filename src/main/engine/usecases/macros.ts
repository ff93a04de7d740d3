import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { refusalOf } from './outbound-guard.ts';
import type { OutboundGuard } from './outbound-guard.ts';
import { mayPlan } from './planner-access.ts';
import {
  countMacroUse,
  deletePrivateMacro,
  macroUses,
  noteMacroUsesTold,
  ownMacroUses,
  privateMacros,
  teamMacro,
  teamMacros,
  writePrivateMacro,
  writeTeamMacro,
} from '../store/macros.store.ts';
import type { TeamMacro } from '../store/macros.store.ts';
import { readProfiles } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { ListedMacro } from '../../../shared/contract/macros.contract.ts';
import type { AgentId, MacroId, OperationId } from '../../../shared/domain/ids.ts';
import { unknownVariables } from '../../../shared/domain/macro/fill-macro.ts';
import { hasWords, MAX_PRIVATE_MACROS, MAX_TEAM_MACROS } from '../../../shared/domain/macro/macro.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { DAY_MS } from '../../../shared/domain/time.ts';

/** One's own macros and the team's: what is used most first, then by name. */
export function listMacros(db: ReadDb): readonly ListedMacro[] {
  const agentId = me(db)?.agentId ?? null;
  const isLead = mayPlan(readProfiles(db), agentId);
  const uses = macroUses(db, agentId);
  const usesOf = ({ macroId }: Macro): number => uses.get(macroId) ?? 0;
  return [
    ...privateMacros(db).map((macro): ListedMacro => ({ ...macro, isTeam: false, ownerId: null, canChange: true, uses: usesOf(macro) })),
    ...teamMacros(db).map(({ owner, macro }): ListedMacro => ({
      ...macro,
      isTeam: true,
      ownerId: owner,
      canChange: isLead || owner === agentId,
      uses: usesOf(macro),
    })),
  ].toSorted((a, b) => b.uses - a.uses || compareText(a.name, b.name) || compareText(a.macroId, b.macroId));
}

/** By code points, so that it is the same everywhere. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A macro that is there, whoever's it is. */
export function macroOf(db: ReadDb, macroId: MacroId): Macro | null {
  return privateMacros(db).find((each) => each.macroId === macroId) ?? teamMacro(db, macroId)?.macro ?? null;
}

/**
 * Makes or changes a macro. Anybody may make one for the team; it is changed, and taken back, by whoever made it and by leads. Its texts are judged as
 * replies are.
 */
export function saveMacro(
  context: UseCaseContext,
  guard: OutboundGuard,
  input: { readonly opId: OperationId; readonly macro: Macro; readonly isTeam: boolean },
): Result<null, CallError> {
  return once(context, input.opId, 'macros.save', (tx) => {
    const { agentId } = requireMe(tx);
    const macro = { ...input.macro, texts: input.macro.texts.filter((each) => each.text.trim() !== '') };
    const { macroId } = macro;
    judge(tx, guard, macro);
    const team = teamMacro(tx, macroId);
    const own = privateMacros(tx).filter((each) => each.macroId !== macroId);
    if (team !== null && team.macro !== null && team.owner !== agentId) requireLead(tx, agentId);
    if (input.isTeam) {
      if ((team?.macro ?? null) === null && teamMacros(tx).length >= MAX_TEAM_MACROS) throw new CommandFailure('too-many');
      tell(context, tx, macroId, { owner: team?.owner ?? agentId, macro }, agentId);
      deletePrivateMacro(tx, macroId);
      return { value: null };
    }
    if (team !== null && team.macro !== null) tell(context, tx, macroId, { owner: team.owner, macro: null }, agentId);
    if (own.length >= MAX_PRIVATE_MACROS) throw new CommandFailure('too-many');
    writePrivateMacro(tx, macro);
    return { value: null };
  });
}

/** Throws a CommandFailure for a macro that says or does nothing, that nobody could find, or whose words must not leave. */
function judge(tx: ReadDb, guard: OutboundGuard, macro: Macro): void {
  if (!hasWords(macro) && macro.actions.length === 0) throw new CommandFailure('nothing-in-it');
  const { shortcut, macroId } = macro;
  const isTaken = (other: Macro): boolean => other.macroId !== macroId && other.shortcut.toLowerCase() === shortcut.toLowerCase();
  const taken = shortcut === '' ? undefined : listMacros(tx).find(isTaken);
  if (taken !== undefined) throw new CommandFailure('shortcut-taken', taken.name);
  for (const { language, text } of macro.texts) {
    const [unknown] = unknownVariables(text);
    if (unknown !== undefined) throw new CommandFailure('unknown-variable', unknown);
    const refusal = refusalOf(guard(tx, text, null));
    if (refusal !== null) throw new CommandFailure(refusal, language);
  }
}

export function removeMacro(
  context: UseCaseContext,
  { opId, macroId }: { readonly opId: OperationId; readonly macroId: MacroId },
): Result<null, CallError> {
  return once(context, opId, 'macros.remove', (tx) => {
    const { agentId } = requireMe(tx);
    deletePrivateMacro(tx, macroId);
    const team = teamMacro(tx, macroId);
    if (team !== null && team.macro !== null) {
      if (team.owner !== agentId) requireLead(tx, agentId);
      tell(context, tx, macroId, { owner: team.owner, macro: null }, agentId);
    }
    return { value: null };
  });
}

export function noteMacroUse(
  context: UseCaseContext,
  { opId, macroId }: { readonly opId: OperationId; readonly macroId: MacroId },
): Result<null, CallError> {
  return once(context, opId, 'macros.used', (tx) => {
    if (macroOf(tx, macroId) !== null) countUse(context, tx, macroId, 1);
    return { value: null };
  });
}

/** So many uses are told at once; fewer wait for the next one a day later. */
const TOLD_AT_ONCE = 10;

/** Counts that somebody used a macro. Of one of the team colleagues are told, now and then: every use would fill the log. */
export function countUse(context: Pick<UseCaseContext, 'ledger' | 'clock'>, tx: WriteDb, macroId: MacroId, times: number): void {
  const now = context.clock.now();
  countMacroUse(tx, macroId, times, now);
  const agentId = me(tx)?.agentId ?? null;
  if (agentId === null || (teamMacro(tx, macroId)?.macro ?? null) === null) return;
  const { uses, told, toldAt } = ownMacroUses(tx, macroId);
  if (uses - told < TOLD_AT_ONCE && now - toldAt < DAY_MS) return;
  context.ledger.recordTeamEvent(tx, `macro.${macroId}`, 'macro.counted', { macroId, uses }, { actor: agentId });
  noteMacroUsesTold(tx, macroId, uses, now);
}

function requireLead(tx: ReadDb, agentId: AgentId): void {
  if (!mayPlan(readProfiles(tx), agentId)) throw new CommandFailure('not-allowed');
}

function tell(context: UseCaseContext, tx: WriteDb, macroId: MacroId, team: TeamMacro, actor: AgentId): void {
  const { owner, macro } = team;
  const stream = `macro.${macroId}`;
  if (macro === null) context.ledger.recordTeamEvent(tx, stream, 'macro.removed', { macroId, owner }, { actor });
  else context.ledger.recordTeamEvent(tx, stream, 'macro.saved', { macro, owner }, { actor });
  writeTeamMacro(tx, macroId, team);
}
