import { startPlanning } from './plan.ts';
import type { WorkspacePlan } from './plan.ts';
import { chunksOf } from './write-plan.ts';
import type { SampleDeps } from './write-plan.ts';
import { listAccounts } from '../store/accounts.store.ts';
import { caseUidsWithEvents } from '../store/events.store.ts';
import { listAgents, saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Changes whenever the same seed would give something else: an unfinished workspace can then not be finished. */
const GENERATOR_VERSION = 3;
const SETTING = 'sample';
const DEFAULT_SEED = 'aurelia';

/** What a workspace remembers about having been made; a real workspace has none of it. */
export interface SampleRecord {
  readonly version: number;
  readonly seed: string;
  readonly madeAt: Instant;
  /** Chunks that are written. */
  readonly done: number;
  readonly complete: boolean;
}

export interface SampleSummary {
  readonly seed: string;
  readonly madeAt: Instant;
  readonly me: AgentId;
  readonly cases: number;
}

/** The record of the sample workspace in this database, or null when it is none. */
export function sampleRecord(db: ReadDb): SampleRecord | null {
  const stored = settingValue(db, SETTING);
  // Written by `makeSampleWorkspace` alone.
  return stored === null ? null : parseRecord(stored);
}

function parseRecord(stored: string): SampleRecord {
  const parsed: unknown = JSON.parse(stored);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('the record of the sample workspace is damaged');
  const field = (name: string): unknown => Object.entries(parsed).find(([key]) => key === name)?.[1];
  return {
    version: Number(field('version')),
    seed: String(field('seed')),
    madeAt: instant(Number(field('madeAt'))),
    done: Number(field('done')),
    complete: field('complete') === true,
  };
}

/**
 * Fills an empty workspace with an invented support team and its cases of the last five weeks. The same seed and the same
 * time give the same workspace, but for the ids of events. Everything goes the way of real data: messages through
 * `ingestBatch`, what the team did through the ledger.
 *
 * Interrupted at any point (a crash, a full disk), it goes on where it stopped when it is called again.
 * Errors: `already-made`; `not-empty` when the workspace holds anything else; `outdated` when an older version left it unfinished.
 */
export async function makeSampleWorkspace(
  deps: SampleDeps,
  options: { readonly onProgress: (done: number, total: number) => void; readonly seed?: string },
): Promise<Result<SampleSummary, 'already-made' | 'not-empty' | 'outdated'>> {
  const begun = deps.store.read(sampleRecord);
  if (begun?.complete === true) return fail('already-made');
  if (begun !== null && begun.version !== GENERATOR_VERSION) return fail('outdated');
  if (begun === null && !deps.store.read(isEmpty)) return fail('not-empty');
  const seed = begun?.seed ?? options.seed ?? DEFAULT_SEED;
  const madeAt = begun?.madeAt ?? deps.clock.now();

  const plan = await planInSteps(seed, madeAt, options.onProgress);
  const chunks = chunksOf(deps, plan, seed);
  const total = chunks.reduce((sum, chunk) => sum + chunk.steps, 0);
  let done = 0;
  for (const [index, chunk] of chunks.entries()) {
    if (index >= (begun?.done ?? 0)) {
      const record: SampleRecord = { version: GENERATOR_VERSION, seed, madeAt, done: index + 1, complete: index === chunks.length - 1 };
      await chunk.write((tx) => {
        saveSettingValue(tx, SETTING, JSON.stringify(record));
      });
      await turn();
    }
    done += chunk.steps;
    options.onProgress(PLANNING_SHARE + Math.round((done / total) * (PROGRESS_TOTAL - PLANNING_SHARE)), PROGRESS_TOTAL);
  }
  return ok({ seed, madeAt, me: plan.me.agentId, cases: plan.cases.length });
}

/** Progress is told in thousandths: planning is about a third of the work. */
const PROGRESS_TOTAL = 1_000;
const PLANNING_SHARE = 350;
const CASES_A_TURN = 12;

async function planInSteps(seed: string, now: Instant, onProgress: (done: number, total: number) => void): Promise<WorkspacePlan> {
  const planning = startPlanning(seed, now);
  let planned = 1;
  while (planning.next()) {
    planned += 1;
    if (planned % CASES_A_TURN > 0) continue;
    onProgress(Math.round((planned / planning.total) * PLANNING_SHARE), PROGRESS_TOTAL);
    await turn();
  }
  return planning.result();
}

/** Lets others have their turn: queries are answered while the workspace is made. */
async function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The team's own rules may be there: every workspace begins with some. */
function isEmpty(db: ReadDb): boolean {
  return listAccounts(db).length === 0 && listAgents(db).length === 0 && caseUidsWithEvents(db).length === 0;
}
