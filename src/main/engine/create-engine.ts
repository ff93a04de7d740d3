import { join } from 'node:path';
import { rmSync, writeFileSync } from 'node:fs';
import { checkChannel } from './channels/channel-connector.ts';
import { createSignIns } from './handlers/channel-sign-ins.ts';
import { createDispatcher } from './dispatcher.ts';
import { allHandlers } from './handlers/all-handlers.ts';
import type { EngineServices } from './handlers/services.ts';
import { IdSource } from './identity.ts';
import { createAccountPool } from './jobs/account-pool.ts';
import { createTyping } from './jobs/typing.ts';
import { overallState, startStatusReporter } from './jobs/status-reporter.ts';
import { LiveQueries } from './live-queries.ts';
import { listAccounts } from './store/accounts.store.ts';
import { copyAside, openWorkspace } from './store/open-workspace.ts';
import { readSettings } from './store/settings.store.ts';
import { snapshotFiles } from './store/snapshot/snapshot-files.ts';
import { settleWorkspace } from './settle-workspace.ts';
import { connectChannels } from './engine-channels.ts';
import { connectChats } from './engine-chats.ts';
import { startOutbox } from './engine-outbox.ts';
import { startGuard } from './engine-guard.ts';
import { startSearch } from './engine-search.ts';
import { startPages } from './engine-pages.ts';
import { nodeName } from './node-name.ts';
import { connectTeam, noLink } from './engine-team.ts';
import { shellEvents } from './engine-shell-events.ts';
import { createClosing } from './engine-closing.ts';
import { prepareChores } from './engine-chores.ts';
import { signToken, verifyToken } from './thread-tokens.ts';
import type { Team, TeamSession } from './jobs/team.ts';
import { membership } from './store/membership.store.ts';
import { eraseIfWanted } from './store/erase-workspace.ts';
import { admitAtOnce, leavePending } from './team/admission.ts';
import { machineClock, systemTimers } from './team/machine-clock.ts';
import { createCustomerWarner } from './usecases/warn-customer.ts';
import { createAcknowledger } from './usecases/acknowledge.ts';
import { createBot, withBot } from './usecases/bot.ts';
import { playbooksIn } from './bot/playbook-folder.ts';
import { createCaseLedger } from './usecases/case-ledger.ts';
import { coverageParts } from './usecases/coverage-parts.ts';
import { DutyBook } from './usecases/duty-book.ts';
import type { UseCaseContext } from './usecases/context.ts';
import { RuleRuns } from './usecases/rule-runs.ts';
import { checkYearHere } from './year-check/year-checker.ts';
import type { Workspace } from '../../shared/contract/workspace.contract.ts';
import { correctedAt } from '../../shared/domain/team/clock-correction.ts';
import type { Clock } from '../../shared/domain/time.ts';
import type { Engine, EngineOptions } from './engine-options.ts';

export type { Engine, EngineOptions, PreparationDeps } from './engine-options.ts';

export function createEngine(options: EngineOptions): Engine {
  const { clock, log, shell } = options;
  eraseIfWanted(options.workspacePath);
  const opened = openWorkspace(options.workspacePath, clock.now(), (sql, ms) =>
    log('warn', 'slow query', { ms: Math.round(ms), sql: sql.replaceAll(/\s+/gu, ' ').slice(0, 300) }),
  );
  const { store, blobs } = opened;
  store.onListenerFailure = (error) => log('error', 'a listener of commits failed', { error });
  const runningMark = join(options.workspacePath, 'running');
  writeFileSync(runningMark, String(clock.now()), { mode: 0o600 });

  const ids = new IdSource(clock);
  const coverage = coverageParts(clock);
  const { book } = coverage;
  const duties = new DutyBook(book);
  const node = nodeName(store, ids);
  /** Set when the team is there; the membership of the last run counts until then. */
  let teamOf: Team | null = null;
  const isMember = (): boolean => (teamOf === null ? store.read(membership) : teamOf.membership()) !== null;
  const clockAheadMs = (): number => teamOf?.linkState()?.clockAheadMs ?? 0;
  const ledger = createCaseLedger({
    log: { admit: (last) => (isMember() ? leavePending : admitAtOnce).admit(last) },
    ids,
    clock,
    node,
    ...coverage,
    team: () => (isMember() ? { clockAheadMs } : null),
  });
  const context: UseCaseContext = { store, blobs, ledger, ids, clock };
  settleWorkspace({ context, notice: opened.notice, book, log, options });

  const live = new LiveQueries();
  const { tell, links, onStorage, noteFailure, isDamaged, onNotBegun, attach } = startPages();
  const changed = (fact: string): void => live.invalidate([fact]);
  const stopForwarding = store.onCommit((changes) => {
    live.invalidate(changes);
    // What can be written again is written: the next failure says if it was too early.
    onStorage('ok');
  });
  let preparing: Workspace['preparing'] = null;

  const guard = startGuard({
    ...context,
    log,
    shell,
    workspace: node,
    forgetIndexed: (key) => search.indexer.forget(key),
    ...(options.scanLong === undefined ? {} : { scanLong: options.scanLong }),
  });
  const acknowledger = createAcknowledger({ ...context, book, signToken, log });
  const playbooks = playbooksIn(options.playbookFolder ?? null, join(options.workspacePath, 'playbooks'));
  const bot = createBot({ ...context, book, log, playbooks, guard });
  const accounts = createAccountPool({
    ...context,
    redactor: guard.redactor,
    ...(options.guessLanguages === undefined ? {} : { guessLanguages: options.guessLanguages }),
    officials: guard.officials,
    warner: createCustomerWarner({ ledger, clock, signToken }),
    acknowledger,
    bot,
    log,
    probe: options.probe,
    random: options.random,
    shell,
    createConnector: options.createConnector,
    verifyToken,
    onStatus: () => {
      changed('@accounts');
      status.refresh();
    },
    onOnline: (account) => {
      outbox.runner.kick(account);
      void outbox.runner.reconcile(account);
    },
    onArrivals: (arrivals) => status.announce(arrivals),
    onStorage,
    mayRun: (account) => channels.mayRun(account),
    onTyping: (account, conversation, isTyping) => typing.heard(account, conversation, isTyping),
    fenceOf: (account) => channels.fenceOf(account),
    hub: () => chats.hub(),
    conversationsOf: (account) => chats.conversations(account),
  });
  const typing = createTyping({ store, pool: () => accounts, changed: () => changed('@typing') });
  const session = (): TeamSession | null => teamOf?.session() ?? null;
  const chats = connectChats({
    store,
    blobs,
    duties,
    clock,
    pool: () => accounts,
    session,
    typing: () => typing,
    checkCode: (code) => guard.checkCode(code),
  });
  const channels = connectChannels({
    store,
    log,
    pool: accounts,
    timers: options.timers ?? systemTimers,
    monotonicMs: options.timers === undefined ? () => machineClock.monotonicMs() : () => clock.now(),
    membership: () => (teamOf === null ? store.read(membership) : teamOf.membership()),
    session,
    remembersAll: opened.notice === null,
  });
  const outbox = startOutbox({
    store,
    blobs,
    ledger,
    clock,
    log,
    probe: options.probe,
    random: options.random,
    acknowledger: withBot(acknowledger, bot),
    signToken,
    connectorOf: (account) => accounts.onlineConnector(account),
    gate: channels.gate,
    wantFile: (sha256) => engineTeam.files.want(sha256),
    guard,
    clockAheadMs,
    isMember,
    shell,
    tell,
    timers: options.timers ?? systemTimers,
    machine:
      options.machine ?? (options.timers === undefined ? machineClock : { monotonicMs: () => clock.now(), uptimeMs: () => clock.now() }),
  });
  // what time itself does is done for all: not too early by a clock that is fast
  const teamClock: Clock = { now: () => correctedAt(clock.now(), clockAheadMs()) };
  const search = startSearch({ ...options, store, isAnotherBecause: opened.notice, onProgress: () => changed('@search') });
  const status = startStatusReporter({
    context,
    shell,
    log,
    workspace: options.workspace,
    syncState: () => overallState(store, (account) => accounts.statusOf(account)?.state ?? null),
    tell,
  });

  const engineTeam = connectTeam({
    store,
    blobs,
    ledger,
    ids,
    clock,
    log,
    shell,
    timers: options.timers ?? systemTimers,
    createLink: options.createLink ?? noLink,
    workstation: node,
    isSample: options.workspace === 'sample',
    ...(options.snapshots === undefined ? {} : { snapshots: { work: options.snapshots, files: snapshotFiles(options.workspacePath) } }),
    changed,
    onFacts: (hasNewRules) => {
      book.forget();
      ledger.forget();
      chores.watchers.kickPlan();
      if (hasNewRules) chores.watchers.reevaluate(false);
    },
    onArrivals: (arrivals) => status.announce(arrivals),
    onCases: () => chores.watchers.kickHandoffs(),
    onSession: () => {
      channels.follow();
      chats.follow();
    },
    mayRun: (account) => channels.mayRun(account),
    onStorageFull: () => onStorage('full'),
    redact: (text) => guard.redactor.text(text).text,
    setAside: async () => {
      for (const account of store.read(listAccounts)) await accounts.stop(account.uid);
      const path = await copyAside(store, options.workspacePath, clock.now());
      log('info', 'the workspace was set aside', { path });
      search.index.forgetAll({ code: 'rebuilt', detail: 'joining a team', setAsidePath: path });
    },
    tell,
  });
  teamOf = engineTeam.team;

  const ruleRuns = new RuleRuns(() => changed('@rule-runs'));
  const chores = prepareChores({
    context,
    teamClock,
    coverage,
    duties,
    ruleRuns,
    shell,
    log,
    tell,
    changed: (...facts) => live.invalidate(facts),
    workspacePath: options.workspacePath,
    playbooks: () => playbooks().book,
    onFailure: noteFailure,
    onFailing: (what) => onNotBegun('chores', what),
  });
  const signIns = createSignIns(clock);
  const services: EngineServices = {
    signIns,
    workspace: options.workspace,
    workspacePath: options.workspacePath,
    context,
    search: search.index,
    parser: options.parser,
    shell,
    accounts,
    outbox: outbox.runner,
    checkChannel: options.checkChannel ?? (async (settings, secret) => checkChannel(settings, secret, chats)),
    typing,
    reevaluate: (apply) => chores.watchers.reevaluate(apply),
    ruleRuns,
    book,
    duties,
    playbooks,
    team: engineTeam.team,
    tellPresence: (doing) => engineTeam.tellPresence(doing),
    takeOverReply: (caseId) => engineTeam.takeOverReply(caseId),
    claims: engineTeam.claims,
    guard,
    wantFile: (sha256) => engineTeam.files.want(sha256),
    makeSnapshot: async () => (await engineTeam.snapshots?.make()) ?? 'not-joined',
    checkYear: options.checkYear ?? checkYearHere,
    log,
    changed,
    preparing: () => preparing,
    signToken,
    mail: options.mail,
  };
  const dispatcher = createDispatcher({
    store,
    log,
    handlers: allHandlers(services),
    isReadOnly: () => engineTeam.team.membership()?.phase === 'ended',
    onStorageFailure: noteFailure,
  });

  const onShellEvent = shellEvents({
    store,
    clock,
    log,
    tell,
    links,
    onWake: () => {
      engineTeam.team.session()?.link.nudge();
      accounts.nudge(null);
      outbox.kick();
      chores.kick();
    },
    onStorageFull: () => onStorage('full'),
    onForumKey: (payload) => signIns.ledBack(payload),
  });

  const closing = createClosing();
  async function start(): Promise<void> {
    const settings = store.read((db) => readSettings(db));
    void shell
      .request('appearance.set', { theme: settings.theme, locale: settings.locale })
      .catch((error: unknown) => log('warn', 'the shell did not take the appearance', { error }));
    await options.prepare?.({ ...context, parser: options.parser, log, probe: options.probe, verifyToken }, (done, total) => {
      preparing = { what: 'sample', done, total };
      changed('@preparing');
    });
    preparing = null;
    changed('@preparing');
    await Promise.race([options.beforeChores, closing.begun]);
    if (closing.hasBegun()) return;
    await guard.redactor.ready();
    await engineTeam.team.start();
    channels.follow();
    await channels.settled();
    await accounts.startAll();
  }
  const beginChores = (): void => (closing.hasBegun() ? undefined : chores.begin());
  if (options.beforeChores === undefined) beginChores();
  else void options.beforeChores.then(beginChores);
  const started = start().catch((error: unknown) => {
    preparing = null;
    log('error', 'the workspace did not start', { error });
    noteFailure(error);
    onNotBegun('start', ['channels']);
  });

  return {
    store,
    ledger,
    guard,
    team: engineTeam.team,
    snapshots: engineTeam.snapshots,
    started,
    attachPage: (port) => attach(port, dispatcher, live),
    call: (name, input) => dispatcher.call(name, input),
    settled: async () => chores.watchers.settled(),
    handleShellEvent: (event) => onShellEvent(event),
    [Symbol.asyncDispose]: async () => {
      closing.begin();
      await started;
      await outbox[Symbol.asyncDispose]();
      // accounts go back to the team while it can be told
      await channels[Symbol.asyncDispose]();
      await engineTeam[Symbol.asyncDispose]();
      await accounts[Symbol.asyncDispose]();
      chats[Symbol.dispose]();
      typing[Symbol.dispose]();
      await guard[Symbol.asyncDispose]();
      await chores[Symbol.asyncDispose]();
      status[Symbol.dispose]();
      await search[Symbol.asyncDispose]();
      stopForwarding();
      live[Symbol.dispose]();
      blobs[Symbol.dispose]();
      store[Symbol.dispose]();
      await options.parser[Symbol.asyncDispose]();
      if (!isDamaged()) rmSync(runningMark, { force: true });
    },
  };
}
