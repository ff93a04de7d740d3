/** Clients who want the same cases, and remember what they were told: the histories that the checkers judge. */
import type { LogEntry, NewEntry, TeamLog } from '../../src/main/engine/team/team-log.ts';
import { LogUnavailable } from '../../src/main/engine/team/team-log.ts';
import type { HandoffLogEvent } from '../../src/shared/domain/handoff/handoff-event.ts';
import { OwnershipFold } from '../../src/shared/domain/handoff/ownership-fold.ts';
import { makeId, type AgentId } from '../../src/shared/domain/ids.ts';
import type { AppendOperation, CaseOperation } from './history.ts';

/** What a game needs of a log. */
export type GameLog = Pick<TeamLog, 'append' | 'head' | 'readStream'>;

/** What everybody was told. */
export interface Played {
  readonly appends: readonly AppendOperation[];
  /** What somebody would believe who takes the acknowledgement of a claim for the case. */
  readonly trusted: readonly CaseOperation[];
  /** What somebody believes who reads the log up to the own claim, and folds it. */
  readonly folded: readonly CaseOperation[];
}

interface Move {
  readonly kind: 'open' | 'claim' | 'release';
  readonly actor: string;
  /** The ownership that was seen. */
  readonly epoch: number;
}

const MOST_EVENTS = 100_000;
const ASK_AGAIN_MS = 150;

const now = (): number => performance.now();

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function eventOf({ id, sequence, storedAt, data }: LogEntry): HandoffLogEvent {
  const { kind, actor, epoch } = JSON.parse(data) as Move;
  const person = actor as AgentId;
  const bodies = {
    open: { type: 'case.messageReceived', messageId: makeId('msg', '1'), auto: 'none' },
    claim: { type: 'case.claimed', agentId: person },
    release: { type: 'case.released' },
  } as const;
  const body = bodies[kind];
  return { id, sequence, hlc: '000000001-0000-ws_1', at: storedAt, author: person, epoch, body };
}

/** Who owns a case, by the rules of the product. */
export function foldCase(entries: readonly LogEntry[]): OwnershipFold {
  const fold = new OwnershipFold();
  for (const entry of entries) fold.append(eventOf(entry), entry.sequence);
  return fold;
}

function hasEffect(entries: readonly LogEntry[], id: string): boolean {
  return foldCase(entries).state().outcomes.get(id)?.kind === 'applied';
}

/** Entries of every stream that the fold gives no effect to. */
export function voidsOf(entries: readonly LogEntry[]): ReadonlySet<string> {
  const streams = new Set(entries.map(({ stream }) => stream));
  return new Set(
    [...streams].flatMap((stream) => {
      const own = entries.filter((entry) => entry.stream === stream);
      const { outcomes } = foldCase(own).state();
      return own.flatMap(({ id }) => (outcomes.get(id)?.kind === 'applied' ? [] : [id]));
    }),
  );
}

/** Stores an entry and goes on until it is known whether it is in the log. */
export async function storeSurely(log: GameLog, entry: NewEntry, limitMs = 120_000): Promise<AppendOperation> {
  const { id, stream, expected } = entry;
  const startedAt = now();
  const ended = (outcome: AppendOperation['outcome'], sequence?: number): AppendOperation => ({
    id,
    stream,
    startedAt,
    endedAt: now(),
    outcome,
    ...(sequence === undefined ? {} : { sequence }),
    ...(expected === undefined ? {} : { expected }),
  });
  while (now() - startedAt < limitMs) {
    try {
      const appended = await log.append(entry);
      if (appended.kind !== 'moved') return ended('ok', appended.sequence);
      return ended('refused');
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
    }
    await pause(ASK_AGAIN_MS);
  }
  return ended('unknown');
}

/** Every contender claims each of the cases at the same time, having seen that it is nobody's. Returns what each was told. */
export async function raceForCases(logs: readonly GameLog[], contenders: number, caseIds: readonly string[]): Promise<Played> {
  const appends: AppendOperation[] = [];
  const trusted: CaseOperation[] = [];
  const folded: CaseOperation[] = [];
  const claim = async (log: GameLog, caseId: string, actor: string, base: number): Promise<void> => {
    const id = `${caseId}-${actor}`;
    const stream = `case.${caseId}`;
    const data = JSON.stringify({ kind: 'claim', actor, epoch: 0 } satisfies Move);
    const told = await storeSurely(log, { id, stream, data, expected: base });
    appends.push(told);
    const { startedAt, endedAt, outcome } = told;
    const common = { caseId, actor, kind: 'claim', startedAt } as const;
    trusted.push({ ...common, endedAt, outcome });
    const isMine = outcome === 'ok' && hasEffect(await log.readStream(stream, 0, MOST_EVENTS), id);
    folded.push({ ...common, endedAt: now(), outcome: outcome === 'ok' && !isMine ? 'refused' : outcome });
  };
  for (const [round, caseId] of caseIds.entries()) {
    const [log] = logs;
    if (log === undefined) throw new Error('a game without a log');
    const opened = JSON.stringify({ kind: 'open', actor: 'agt_none', epoch: 0 } satisfies Move);
    const base = await storeSurely(log, { id: `${caseId}-opened`, stream: `case.${caseId}`, data: opened, expected: 0 });
    appends.push(base);
    await Promise.all(
      Array.from({ length: contenders }, async (_unused, index) => {
        await claim(logs[(index + round) % logs.length] ?? log, caseId, `agt_p${String(index)}`, base.sequence ?? 0);
      }),
    );
    const startedAt = now();
    const seen = foldCase(await log.readStream(`case.${caseId}`, 0, MOST_EVENTS)).summary().assigneeId;
    const read: CaseOperation = { caseId, actor: 'reader', kind: 'read', startedAt, endedAt: now(), outcome: 'ok', seen };
    trusted.push(read);
    folded.push(read);
  }
  return { appends, trusted, folded };
}

/**
 * Somebody who takes free cases and gives them back, and believes the fold.
 * @param isOver asked before each move
 */
export async function playCases(
  log: GameLog,
  actor: string,
  caseIds: readonly string[],
  isOver: () => boolean,
): Promise<Pick<Played, 'appends' | 'folded'>> {
  const appends: AppendOperation[] = [];
  const folded: CaseOperation[] = [];
  for (let turn = 0; !isOver(); turn += 1) {
    const caseId = caseIds[Math.floor(Math.random() * caseIds.length)] ?? '';
    const stream = `case.${caseId}`;
    const readAt = now();
    let entries: readonly LogEntry[];
    try {
      entries = await log.readStream(stream, 0, MOST_EVENTS);
    } catch {
      await pause(ASK_AGAIN_MS);
      continue;
    }
    const { assigneeId, epoch } = foldCase(entries).summary();
    folded.push({ caseId, actor, kind: 'read', startedAt: readAt, endedAt: now(), outcome: 'ok', seen: assigneeId });
    if (assigneeId !== null && assigneeId !== actor) continue;
    const kind = assigneeId === null ? 'claim' : 'release';
    const id = `${actor}-${String(turn)}`;
    const data = JSON.stringify({ kind, actor, epoch } satisfies Move);
    const told = await storeSurely(log, { id, stream, data, expected: entries.at(-1)?.sequence ?? 0 });
    appends.push(told);
    let { outcome } = told;
    if (outcome === 'ok') {
      const all = await untilRead(log, stream);
      if (!hasEffect(all, id)) outcome = 'refused';
    }
    folded.push({ caseId, actor, kind, startedAt: told.startedAt, endedAt: now(), outcome });
  }
  return { appends, folded };
}

async function untilRead(log: GameLog, stream: string): Promise<readonly LogEntry[]> {
  for (;;) {
    try {
      return await log.readStream(stream, 0, MOST_EVENTS);
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      await pause(ASK_AGAIN_MS);
    }
  }
}
