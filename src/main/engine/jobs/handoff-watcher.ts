import type { Log } from '../log.ts';
import { isCopy } from '../store/membership.store.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { eventActor } from '../store/events.store.ts';
import { casesOfLiveHandoffs } from '../store/handoff-lists.store.ts';
import { briefMark, saveTurnMark, turnMark } from '../store/handoff-settings.store.ts';
import { lastEventKey, newsSince } from '../store/handoff-news.store.ts';
import { handoffByUid } from '../store/handoffs.store.ts';
import { readSettings } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { isMeantFor, newsFor } from '../usecases/handoff-news.ts';
import type { HandoffNews } from '../usecases/handoff-news.ts';
import { warnAtOf } from '../usecases/handoff-lanes.ts';
import { sceneOf } from '../usecases/handoff-scene.ts';
import type { HandoffDeps, Scene } from '../usecases/handoff-scene.ts';
import { nextLookAt, writeDueSteps } from '../usecases/handoff-steps.ts';
import { sweepOf } from '../usecases/handoff-sweep.ts';
import { turn } from '../usecases/rule-runs.ts';
import type { EngineEvent } from '../../../shared/contract/workspace.contract.ts';
import type { AgentId, CaseId, HandoffId } from '../../../shared/domain/ids.ts';
import { after, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface HandoffWatcherDeps {
  readonly deps: HandoffDeps;
  readonly shell: ShellPort;
  readonly log: Log;
  readonly tell: (event: EngineEvent) => void;
  /** Time alone has changed what is shown: a sweep or a turn has begun. */
  readonly onClock: () => void;
}

/**
 * Sleeps until time makes something of a handoff (expiry, a sender who goes, half an hour with the receiver), then writes
 * that into the log; tells the person at this desk what concerns them, and when their sweep and their turn begin.
 */
export interface HandoffWatcher extends AsyncDisposable {
  /** The machine woke up, or its clock moved: look again. */
  kick(): void;
  /** Who is on shift is another matter now: every case is looked at again. */
  followPlan(): void;
  /** Resolves when nothing waits to be looked at; for tests. */
  settled(): Promise<void>;
}

/** When to look at a case, and when half of the time of its offer is over. */
interface Look {
  readonly nextAt: Instant | null;
  readonly half: { readonly handoffId: HandoffId; readonly at: Instant } | null;
}

/** What was passed longer ago is history: nobody is rung for it. */
const FRESH_MS = 5 * MINUTE_MS;
/** What happens in a moment is looked at together. */
const GATHER_MS = 10;
/** Who sits down later in their turn needs no sunrise. */
const MORNING_MS = HOUR_MS;
/** So many cases are looked at before others have their turn. */
const SLICE_CASES = 25;
/** What rings also when the window is not looked at. */
const NOTIFIED: ReadonlySet<HandoffNews> = new Set<HandoffNews>(['offered', 'half', 'escalated', 'returned']);

export function startHandoffWatcher({ deps, shell, log, tell, onClock }: HandoffWatcherDeps): HandoffWatcher {
  const { store, clock, ledger } = deps;
  const stopping = new AbortController();
  const looks = new Map<CaseId, Look>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The timer is that of `GATHER_MS`. */
  let isSoon = false;
  let working: Promise<void> = Promise.resolve();
  let lastKey = store.read(lastEventKey);
  let lookedAt: Instant | null = null;

  function sceneNow(): Scene {
    return store.read((db) => sceneOf(deps, db));
  }

  /** What is to be expected of a case from now on. */
  function lookAt(db: ReadDb, scene: Scene, caseUid: CaseId): void {
    const open = ledger.ownership(db, caseUid).handoffs.find((each) => each.state === 'offered');
    const nextAt = nextLookAt(deps, db, caseUid, scene.duty);
    const half = open === undefined ? null : { handoffId: open.handoffId, at: warnAtOf(open) };
    if (nextAt === null && half === null) looks.delete(caseUid);
    else looks.set(caseUid, { nextAt, half });
  }

  /** Writes what time has made of a case. One that can not be written keeps no other from its time, and is tried again in a minute. */
  function step(scene: Scene, caseUid: CaseId): void {
    try {
      store.write((tx) => writeDueSteps(deps, tx, caseUid, scene.duty));
      store.read((db) => lookAt(db, scene, caseUid));
    } catch (error) {
      ledger.forget();
      looks.set(caseUid, { nextAt: after(scene.now, MINUTE_MS), half: looks.get(caseUid)?.half ?? null });
      log('error', 'a handoff could not be looked at', { caseUid, error });
    }
  }

  /** Looks at every case of which something may come. */
  async function lookAtAll(): Promise<void> {
    const cases = store.read(casesOfLiveHandoffs);
    for (const known of looks.keys()) if (!cases.includes(known)) looks.delete(known);
    for (let index = 0; index < cases.length && !stopping.signal.aborted; index += SLICE_CASES) {
      const scene = sceneNow();
      for (const caseUid of cases.slice(index, index + SLICE_CASES)) step(scene, caseUid);
      await turn();
    }
  }

  /** Takes what has happened since, whoever did it, and tells what concerns this desk. */
  function takeNews(): void {
    const { news, lastKey: newest } = store.read((db) => newsSince(db, lastKey));
    lastKey = newest;
    if (news.length === 0) return;
    const scene = sceneNow();
    for (const caseUid of new Set(news.map((each) => each.caseUid))) store.read((db) => lookAt(db, scene, caseUid));
    for (const each of news) {
      // the sample's weeks, or what a machine that slept for long is told: history rings nobody
      if (scene.now - each.at > FRESH_MS) continue;
      const told = store.read((db) => newsFor(each, ledger.ownership(db, each.caseUid), scene, (id) => eventActor(db, id)));
      for (const { what, handoffId } of told) announce(what, { handoffId, caseUid: each.caseUid }, each.actor);
    }
  }

  function announce(what: HandoffNews, of: { readonly handoffId: HandoffId | null; readonly caseUid: CaseId }, by: AgentId | null): void {
    const { handoffId, caseUid } = of;
    const { expiresAt, row, settings } = store.read((db) => {
      const [shown] = rowsOfCases(db, [currentCaseUid(db, caseUid)]);
      const stored = handoffId === null ? undefined : handoffByUid(db, handoffId);
      return { expiresAt: stored?.handoff.expiresAt ?? null, row: shown, settings: readSettings(db) };
    });
    if (row === undefined) return;
    const { caseId, subject } = row;
    tell({ type: 'handoff', what, handoffId, caseId, subject, by, expiresAt });
    if (!settings.notifications || !settings.onShift || !NOTIFIED.has(what)) return;
    const title = row.contactName === '' ? row.contactAddress : row.contactName;
    shell.request('notify', { title, body: subject, caseId }).catch((error: unknown) => log('warn', 'the shell did not answer', { error }));
  }

  /** Sender and receiver are warned when half of the time is over. */
  function warnHalf(scene: Scene, since: Instant): void {
    const me = scene.agent?.agentId ?? null;
    if (me === null) return;
    for (const [caseUid, { half }] of looks) {
      if (half === null || half.at > scene.now || half.at <= since || scene.now - half.at > FRESH_MS) continue;
      const handoff = store.read((db) => handoffByUid(db, half.handoffId))?.handoff;
      if (handoff?.state !== 'offered') continue;
      const isSenders = handoff.fromId === me || handoff.holderId === me;
      if (isSenders || isMeantFor(handoff, me, scene)) announce('half', { handoffId: half.handoffId, caseUid }, null);
    }
  }

  /** The person's sweep and their turn begin: each is told once. */
  function tellTurn(scene: Scene): void {
    const { agent, duty, now, rules } = scene;
    const on = agent === null ? null : duty.turnAt(agent.agentId, now);
    if (agent === null || on === null) return;
    const told = store.read((db) => turnMark(db, agent.agentId));
    const left = now < after(on.to, -rules.sweepLeadMs) || told.sunsetOf === on.to ? 0 : sweepLeft(scene, agent.agentId);
    const isRead = store.read((db) => briefMark(db, agent.agentId))?.turnFrom === on.from;
    const isNew = told.sunriseOf !== on.from;
    if (left === 0 && !isNew) return;
    store.write((tx) => {
      saveTurnMark(tx, agent.agentId, { sunriseOf: on.from, sunsetOf: left > 0 ? on.to : told.sunsetOf });
    });
    if (isNew && !isRead && now - on.from < MORNING_MS) tell({ type: 'sunrise', turnEndsAt: on.to });
    if (left > 0) tell({ type: 'sunset', turnEndsAt: on.to, left });
  }

  function sweepLeft(scene: Scene, agentId: AgentId): number {
    return store.read((db) => sweepOf(db, scene, agentId))?.left ?? 0;
  }

  /** When the person's sweep, their turn and its end come next. */
  function ownTimes({ agent, duty, now, rules }: Scene): readonly Instant[] {
    if (agent === null) return [];
    const on = duty.turnAt(agent.agentId, now);
    const next = duty.nextTurn(agent.agentId, now);
    return [...(on === null ? [] : [after(on.to, -rules.sweepLeadMs), on.to]), ...(next === null ? [] : [next.from])];
  }

  function look(): void {
    if (stopping.signal.aborted) return;
    let waitMs: number | null = null;
    try {
      // a copy to read: time brings about nothing in it, and nobody is rung
      if (store.read(isCopy)) {
        isSoon = false;
        sleep(MINUTE_MS);
        return;
      }
      takeNews();
      const scene = sceneNow();
      const { now } = scene;
      for (const [caseUid, { nextAt }] of looks) if (nextAt !== null && nextAt <= now) step(scene, caseUid);
      takeNews();
      warnHalf(scene, lookedAt ?? now);
      const since = lookedAt;
      if (since !== null && ownTimes({ ...scene, now: since }).some((at) => at > since && at <= now)) onClock();
      tellTurn(scene);
      lookedAt = now;
      waitMs = untilNext();
    } catch (error) {
      ledger.forget();
      log('error', 'handoffs could not be looked at', { error });
    }
    isSoon = false;
    sleep(waitMs ?? MINUTE_MS);
  }

  /** At least once a minute: a clock that jumps must not leave a case with somebody who has gone. */
  function untilNext(): number {
    const now = clock.now();
    const times = [...looks.values()].flatMap(({ nextAt, half }) => [nextAt ?? [], half === null || half.at <= now ? [] : half.at].flat());
    const next = Math.min(...times, ...ownTimes(sceneNow()).filter((at) => at > now));
    return Math.min(MINUTE_MS, Math.max(25, next - now));
  }

  /** The one timer: whatever else was to wake it is passed over. */
  function sleep(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(look, ms);
  }

  /** Something has happened. What happens all the time, as when a mailbox is fetched, must not put the look off again and again. */
  function lookSoon(): void {
    if (stopping.signal.aborted || isSoon) return;
    isSoon = true;
    sleep(GATHER_MS);
  }

  function followPlan(): void {
    working = working
      .then(() => lookAtAll())
      .catch((error: unknown) => {
        ledger.forget();
        log('error', 'handoffs could not follow the plan', { error });
      })
      .then(() => look());
  }

  const stopListening = store.onCommit((changes) => {
    if (changes.has('events') || changes.has('agents')) lookSoon();
  });
  followPlan();
  return {
    kick: followPlan,
    followPlan,
    settled: async () => {
      await working;
      look();
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      stopListening();
      if (timer !== null) clearTimeout(timer);
      await working;
    },
  };
}
