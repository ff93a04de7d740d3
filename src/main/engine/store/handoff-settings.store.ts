import { saveSettingValue, settingValue } from './settings.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import { DEFAULT_HANDOFF_RULES } from '../../../shared/domain/handoff/offer.ts';
import type { HandoffRules } from '../../../shared/domain/handoff/offer.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What is remembered of handoffs besides their events; each value is written by the function beside it alone. */

const RULES = 'handoff-rules';

/** What the team has set, over the defaults. */
export function readHandoffRules(db: ReadDb): HandoffRules {
  const stored = settingValue(db, RULES);
  return stored === null ? DEFAULT_HANDOFF_RULES : { ...DEFAULT_HANDOFF_RULES, ...(JSON.parse(stored) as Partial<HandoffRules>) };
}

export function writeHandoffRules(db: WriteDb, rules: HandoffRules): void {
  saveSettingValue(db, RULES, JSON.stringify(rules));
}

/** Which brief somebody has read last, and when. */
export interface BriefMark {
  readonly turnFrom: Instant;
  readonly at: Instant;
}

export function briefMark(db: ReadDb, agentId: AgentId): BriefMark | null {
  const stored = settingValue(db, `brief-read:${agentId}`);
  return stored === null ? null : (JSON.parse(stored) as BriefMark);
}

export function saveBriefMark(db: WriteDb, agentId: AgentId, mark: BriefMark): void {
  saveSettingValue(db, `brief-read:${agentId}`, JSON.stringify(mark));
}

/** Of which turns somebody was told the begin (by when it began), and the begin of its sweep (by when it ends). */
export interface TurnMark {
  readonly sunriseOf: Instant | null;
  readonly sunsetOf: Instant | null;
}

export function turnMark(db: ReadDb, agentId: AgentId): TurnMark {
  const stored = settingValue(db, `turn-told:${agentId}`);
  return stored === null ? { sunriseOf: null, sunsetOf: null } : (JSON.parse(stored) as TurnMark);
}

export function saveTurnMark(db: WriteDb, agentId: AgentId, mark: TurnMark): void {
  saveSettingValue(db, `turn-told:${agentId}`, JSON.stringify(mark));
}
