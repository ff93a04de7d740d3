import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeSampleWorkspace, sampleRecord } from './make-sample-workspace.ts';
import type { SampleDeps } from './write-plan.ts';
import { meAt } from './duty.ts';
import { sampleHub } from './hubs.ts';
import { openSampleThreads } from './open-threads.ts';
import { sampleAccount } from './sample-accounts.ts';
import { createSampleConnector } from './sample-connector.ts';
import type { Batch } from '../channels/connector.ts';
import { extractAttachment, parseMail } from '../channels/email/mime/parse-mail.ts';
import { IdSource, sha256Hex } from '../identity.ts';
import { noProbe } from '../probe.ts';
import { accountByUid } from '../store/accounts.store.ts';
import { openBlobStore } from '../store/blobs.store.ts';
import { listLabels } from '../store/label-counts.store.ts';
import { countViews } from '../store/case-totals.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { caseUidsWithEvents } from '../store/events.store.ts';
import { incomingHandoffs } from '../store/handoff-lists.store.ts';
import { migrate } from '../store/migrate.ts';
import { attachmentsOfMessage } from '../store/messages.store.ts';
import { openOutbox } from '../store/outbox.store.ts';
import { me, saveAgent } from '../store/settings.store.ts';
import { Store } from '../store/sql.ts';
import type { WriteDb } from '../store/sql.ts';
import { admitAtOnce } from '../team/admission.ts';
import { createCaseLedger } from '../usecases/case-ledger.ts';
import { isRiskyAttachment } from '../../../shared/domain/attachments.ts';
import { ingestBatch } from '../usecases/ingest-batch.ts';
import type { IngestDeps } from '../usecases/ingest-batch.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { ensureRules } from '../usecases/sla-rules.ts';
import { VIEWS } from '../../../shared/domain/views.ts';

/** A Tuesday noon in Lisbon. */
const NOW = instant(Date.UTC(2026, 10, 24, 12, 0, 0));

let directory = '';
let counter = 0;
const open: SampleDeps[] = [];

function openWorkspace(): SampleDeps {
  const clock = { now: () => NOW };
  counter += 1;
  const name = `workspace-${counter}`;
  const store = new Store(path.join(directory, `${name}.db`));
  migrate(store.database);
  const blobs = openBlobStore(path.join(directory, `${name}-blobs.db`));
  const ids = new IdSource(clock);
  const made = {
    store,
    blobs,
    ids,
    clock,
    probe: noProbe,
    ledger: createCaseLedger({ log: admitAtOnce, ids, clock, node: 'test' }),
  };
  open.push(made);
  // As in the app: a sample workspace had promised something all along.
  ensureRules(made, 'UTC', after(made.clock.now(), -60 * DAY_MS));
  return made;
}

function ignoreProgress(): void {}

/** Every row whose content is decided by seed and time. Ids and clocks of events are made anew each time. */
function contents(deps: SampleDeps): unknown {
  return deps.store.read((db) => ({
    events: db.all(
      'SELECT sequence, stream, type, actor, body, CASE WHEN actor IS NULL THEN 0 ELSE at END AS at FROM events ORDER BY local_id',
    ),
    agents: db.all('SELECT uid, name, hub, zone, languages, hub_uid, profile, is_me FROM agents'),
    shifts: db.all('SELECT uid, revision, draft_kind, published, draft FROM shifts ORDER BY uid'),
    publications: db.all('SELECT uid, at, actor, changed, note FROM publications ORDER BY id'),
    notices: db.all('SELECT publication_uid, agent_uid, seen, body FROM notices'),
    requests: db.all('SELECT body FROM absences UNION ALL SELECT body FROM overrides UNION ALL SELECT body FROM swaps'),
    accounts: db.all('SELECT uid, address, token_key, config FROM accounts'),
    contacts: db.all('SELECT uid, address, name, tier, tier_reason, tier_until, zone, offset_minutes, language FROM contacts ORDER BY uid'),
    cases: db.all(
      "SELECT uid, status, priority, assignee, vip, language, waiting_since, snoozed_until, unread, json_remove(state, '$.noReply.eventId') AS state FROM cases ORDER BY uid",
    ),
    messages: db.all('SELECT id, uid, kind, sent_at, agent, source_sha, warnings, text FROM messages ORDER BY uid'),
    attachments: db.all('SELECT uid, name, type, sha256 FROM attachments ORDER BY uid'),
    outbox: db.all('SELECT uid, state, client_key, send_at, payload, seen FROM outbox ORDER BY uid'),
    drafts: db.all('SELECT uid, case_uid, kind, text FROM drafts ORDER BY uid'),
    promises: db.all('SELECT uid, state, due_at, owner FROM promises ORDER BY uid'),
    handoffs: db.all('SELECT uid, state, live, receiver, owner, expires_at FROM handoffs ORDER BY uid'),
  }));
}

/** The workspace that tests only look at, and what it holds. */
let deps: SampleDeps;
let whole: unknown;

function close({ store, blobs }: SampleDeps): void {
  blobs[Symbol.dispose]();
  store[Symbol.dispose]();
}

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'meridian-sample-'));
  deps = openWorkspace();
  open.length = 0;
  const outcome = await makeSampleWorkspace(deps, { onProgress: ignoreProgress });
  if (!outcome.ok) throw new Error(outcome.error);
  whole = contents(deps);
});
afterEach(() => {
  for (const each of open.splice(0)) close(each);
});
afterAll(() => {
  close(deps);
  rmSync(directory, { recursive: true, force: true });
});

describe('the sample workspace', () => {
  it('shows a team at work: every view, language, channel and state', () => {
    deps.store.read((db) => {
      const counts = countViews(db, { me: me(db)?.agentId ?? null, now: deps.clock.now() });
      // Staffed time is worked out by the running engine.
      for (const view of VIEWS.filter((each) => each !== 'unstaffed'))
        expect([view, counts[view] > (view === 'due-soon' ? 0 : 5)]).toEqual([view, true]);
      expect(counts.all).toBeGreaterThanOrEqual(300);
      expect(counts.all).toBeLessThanOrEqual(400);
      expect(counts.unread).toBeGreaterThan(20);
      expect(counts.solved / counts.all).toBeGreaterThan(0.4);

      const grouped = (sql: string): Map<string, number> =>
        new Map(db.all<{ key: string; count: number }>(sql).map((row) => [row.key, row.count]));
      const languages = grouped('SELECT language AS key, count(*) AS count FROM cases GROUP BY language');
      for (const language of ['en', 'zh-Hans', 'ja', 'es', 'ko', 'pt']) expect(languages.get(language)).toBeGreaterThanOrEqual(20);
      expect(languages.get('ar')).toBe(1);
      const channels = grouped('SELECT channel AS key, count(*) AS count FROM cases GROUP BY channel');
      for (const channel of CHANNELS) expect(channels.get(channel)).toBeGreaterThan(8);
      expect(channels.get('email')).toBe(Math.max(...channels.values()));
      expect(grouped('SELECT kind AS key, count(*) AS count FROM accounts GROUP BY kind')).toEqual(new Map([['sample', CHANNELS.length]]));

      expect(listLabels(db).length).toBeGreaterThanOrEqual(12);
      const outbox = openOutbox(db).map((entry) => `${entry.state} ${entry.holdReason ?? ''}`.trim());
      expect(new Set(outbox)).toEqual(new Set(['failed', 'held customer-wrote', 'queued', 'unknown']));
      expect(outbox).toHaveLength(4);
      expect(grouped('SELECT kind AS key, count(*) AS count FROM drafts GROUP BY kind')).toEqual(
        new Map([
          ['note', 1],
          ['reply', 2],
        ]),
      );
      const agents = grouped('SELECT a.hub AS key, count(*) AS count FROM cases c JOIN agents a ON a.uid = c.assignee GROUP BY a.hub');
      for (const hub of ['Singapore', 'Lisbon', 'San Francisco']) expect(agents.get(hub)).toBeGreaterThan(25);
    });
  });

  it('has customers with zones and tiers, some of which will end', () => {
    deps.store.read((db) => {
      const row = db.get<Record<'all' | 'zones' | 'vips' | 'ending' | 'reasonless' | 'expired', number>>(
        `SELECT count(*) AS "all", count(zone) AS zones, sum(tier > 0) AS vips, sum(tier_until IS NOT NULL) AS ending,
           sum(tier > 0 AND tier_reason = '') AS reasonless, sum(coalesce(tier_until, @now) < @now) AS expired FROM contacts`,
        { now: NOW },
      );
      expect(row?.all).toBeGreaterThan(190);
      expect(row?.zones).toBeGreaterThan(150);
      expect(row?.vips).toBeGreaterThan(12);
      expect(row?.ending).toBeGreaterThan(2);
      expect([row?.reasonless, row?.expired]).toEqual([0, 0]);
    });
  });

  it('makes customers wait from two minutes to nearly three days, half of them less than three hours', () => {
    const waits = deps.store
      .read((db) =>
        db.all<{ since: number }>(
          'SELECT waiting_since AS since FROM cases WHERE status = 0 AND waiting_since < @now ORDER BY waiting_since DESC',
          { now: NOW },
        ),
      )
      .map((row) => NOW - row.since);
    expect(waits[0]).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(waits[0]).toBeLessThanOrEqual(2 * MINUTE_MS);
    expect(waits.at(-1)).toBeGreaterThan(2.5 * DAY_MS);
    expect(waits.at(-1)).toBeLessThan(3 * DAY_MS);
    expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(3 * HOUR_MS);
  });

  it('puts nothing into the future, and nothing before the last five weeks', () => {
    deps.store.read((db) => {
      const messages = db.get<{ first: number; last: number }>(
        'SELECT min(sent_at) AS first, max(max(sent_at, received_at)) AS last FROM messages',
      );
      expect(messages?.last).toBeLessThanOrEqual(NOW);
      expect(messages?.first).toBeGreaterThan(NOW - 42 * DAY_MS);
      expect(db.get<{ last: number }>('SELECT max(at) AS last FROM events')?.last).toBeLessThanOrEqual(NOW);
      const snoozes = db.all<{ until: number }>('SELECT snoozed_until AS until FROM cases WHERE snoozed_until > 0');
      expect(snoozes.every((row) => row.until > NOW)).toBe(true);
      expect(db.all('SELECT reason FROM quarantine')).toEqual([]);
    });
  });

  it('is what its events say', () => {
    const uids = deps.store.read(caseUidsWithEvents);
    for (const uid of uids) {
      const saved = deps.store.read((db) => caseByUid(db, uid)?.state);
      expect(saved).toEqual(deps.store.read((db) => deps.ledger.fold(db, uid)));
    }
    expect(uids.length).toBeGreaterThan(300);
  });

  it('has cases on their way between the hubs, and customers who were promised something', () => {
    deps.store.read((db) => {
      const counted = (sql: string): Map<string, number> =>
        new Map(db.all<{ key: string; count: number }>(sql).map((row) => [row.key, row.count]));
      const states = counted('SELECT state AS key, count(*) AS count FROM handoffs GROUP BY state');
      expect(states.get('settled')).toBeGreaterThan(30);
      for (const state of ['declined', 'escalated', 'returned', 'offered', 'accepted'])
        expect([state, states.has(state)]).toEqual([state, true]);
      const promises = counted('SELECT state AS key, count(*) AS count FROM promises GROUP BY state');
      for (const state of ['open', 'kept', 'broken']) expect([state, (promises.get(state) ?? 0) > 5]).toEqual([state, true]);
      const mine = incomingHandoffs(db, { me: meAt(NOW).agentId, hubs: [sampleHub(meAt(NOW).hub)] });
      expect(mine.length).toBeGreaterThanOrEqual(3);
      expect(mine.every(({ handoff }) => handoff.expiresAt > NOW && handoff.offeredAt < NOW)).toBe(true);
      expect(mine.flatMap(({ handoff }) => handoff.versions[0]?.packet.promises ?? [])).not.toEqual([]);
      // it could have happened so: the fold makes something of every step
      for (const uid of caseUidsWithEvents(db)) {
        const outcomes = [...deps.ledger.ownership(db, uid).outcomes.values()];
        expect(outcomes.filter((each) => each.kind === 'void')).toEqual([]);
      }
    });
  });

  it('keeps mails as sources that the parser reads to what was stored, with their files', () => {
    const rows = deps.store.read((db) =>
      db.all<{ id: number; sha: string; text: string; html: number }>(
        'SELECT id, source_sha AS sha, text, has_html AS html FROM messages WHERE source_sha IS NOT NULL',
      ),
    );
    expect(rows.length).toBeGreaterThan(250);
    for (const row of rows) {
      const raw = deps.blobs.get(row.sha);
      if (raw === null) throw new Error('a source is missing');
      const parsed = parseMail(raw);
      expect(parsed.text).toBe(row.text);
      expect(parsed.html !== null).toBe(row.html === 1);
      for (const attachment of deps.store.read((db) => attachmentsOfMessage(db, row.id))) {
        expect(sha256Hex(extractAttachment(raw, attachment.position))).toBe(attachment.sha256);
      }
    }
    expect(rows.filter((row) => row.html === 1).length).toBeGreaterThan(40);
  });

  it('holds what is hard to show: long threads, spoofed senders, automatic mail, bounces, dangerous files', () => {
    deps.store.read((db) => {
      const count = (where: string): number =>
        db.get<{ count: number }>(`SELECT count(*) AS count FROM messages WHERE ${where}`)?.count ?? 0;
      expect(db.get<{ most: number }>('SELECT max(message_count) AS most FROM cases')?.most).toBe(60);
      expect(db.all("SELECT warnings FROM messages WHERE warnings LIKE '%multiple-from%'")).toHaveLength(1);
      expect(count("auto = 'auto-reply'")).toBe(1);
      expect(count("auto = 'list'")).toBe(1);
      expect(count('bounced IS NOT NULL')).toBe(1);
      expect(count('kind = 2')).toBeGreaterThan(60);
      expect(count('kind = 1 AND agent IS NULL')).toBe(1);
      const files = db.all<{ name: string; type: string; inline: number }>('SELECT name, type, inline FROM attachments');
      expect(files.filter((file) => isRiskyAttachment(file.name, file.type)).map((file) => file.name)).toEqual(['invoice_88213.pdf.exe']);
      expect(files.filter((file) => file.inline === 1).length).toBeGreaterThanOrEqual(2);
      for (const type of ['image/png', 'text/csv', 'application/pdf', 'message/rfc822'])
        expect(files.map((file) => file.type)).toContain(type);
    });
  });
});

describe('making it', () => {
  it('gives the same workspace for the same seed and time, another one for another seed', async () => {
    const [same, other] = [openWorkspace(), openWorkspace()];
    await makeSampleWorkspace(same, { onProgress: ignoreProgress });
    await makeSampleWorkspace(other, { onProgress: ignoreProgress, seed: 'green' });
    expect(contents(same)).toEqual(whole);
    expect(contents(other)).not.toEqual(whole);
  });

  it('seats the person where the sun is up: in the hub whose day began last', () => {
    const hubs: Record<string, string> = {
      '03:00': 'Singapore',
      '09:30': 'Lisbon',
      '12:00': 'Lisbon',
      '20:00': 'San Francisco',
      '00:30': 'San Francisco',
      '01:30': 'Singapore',
    };
    for (const [time, hub] of Object.entries(hubs)) expect(meAt(instant(Date.parse(`2026-11-25T${time}:00Z`))).hub).toBe(hub);
  });

  it('tells its progress upwards to the end, and lets others work in between', async () => {
    const fresh = openWorkspace();
    const told: number[] = [];
    let turns = 0;
    let working = true;
    const other = (): void => {
      turns += 1;
      if (working) setImmediate(other);
    };
    setImmediate(other);
    await makeSampleWorkspace(fresh, { onProgress: (done, total) => told.push(done / total) });
    working = false;
    expect(told.length).toBeGreaterThan(30);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(turns).toBeGreaterThan(30);
  });

  it('refuses to do it twice, and to touch a workspace that is in use', async () => {
    expect(await makeSampleWorkspace(deps, { onProgress: ignoreProgress })).toEqual({ ok: false, error: 'already-made' });
    expect(contents(deps)).toEqual(whole);

    const used = openWorkspace();
    used.store.write((tx) => {
      saveAgent(tx, { agentId: makeId('agt', 'somebody'), name: 'Somebody', hub: 'Oslo', zone: 'Europe/Oslo', languages: [], isMe: true });
    });
    expect(await makeSampleWorkspace(used, { onProgress: ignoreProgress })).toEqual({ ok: false, error: 'not-empty' });
    expect(used.store.read((db) => db.all('SELECT uid FROM cases'))).toEqual([]);
  });

  it.each([1, 35])('goes on where it was interrupted (after %i parts)', async (parts) => {
    const broken = openWorkspace();
    // The disk is full, the process ends: a write fails in the middle of its transaction.
    let writes = 0;
    class FailingStore extends Store {
      override write<T>(work: (db: WriteDb) => T): T {
        return super.write((tx) => {
          const value = work(tx);
          writes += 1;
          if (writes > parts) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
          return value;
        });
      }
    }
    const failing: SampleDeps = { ...broken, store: new FailingStore(broken.store.path) };
    await expect(makeSampleWorkspace(failing, { onProgress: ignoreProgress })).rejects.toThrow('full');
    failing.store[Symbol.dispose]();
    broken.ledger.forget();
    expect(broken.store.read(sampleRecord)?.complete).toBe(false);
    // Later, by another clock: the workspace still belongs to the time at which it was begun.
    const later: SampleDeps = { ...broken, clock: { now: () => instant(NOW + HOUR_MS) } };
    expect((await makeSampleWorkspace(later, { onProgress: ignoreProgress })).ok).toBe(true);
    expect(contents(broken)).toEqual(whole);
  });
});

describe('the feed on top of it', () => {
  it('goes on with cases that are open, and ingests into them', async () => {
    const fresh = openWorkspace();
    await makeSampleWorkspace(fresh, { onProgress: ignoreProgress });
    const { accountId } = sampleAccount('email');
    const account = fresh.store.read((db) => accountByUid(db, accountId));
    if (account === undefined) throw new Error('no account');
    let now = NOW;
    const connector = createSampleConnector({
      accountId,
      channel: 'email',
      io: { clock: { now: () => now }, log: () => {}, onHealth: () => {} },
      seed: 'test',
      madeAt: NOW,
      threads: () => openSampleThreads(fresh.store, accountId),
    });
    const casesBefore = new Set(fresh.store.read(caseUidsWithEvents));
    const followed = new Set<string>();
    let opened = 0;
    let cursor: string | null = null;
    for (let round = 0; round < 6; round += 1) {
      now = instant(now + 14 * MINUTE_MS);
      const batch: Batch = await connector.pull(cursor, { maxMessages: 100, signal: new AbortController().signal });
      const deps: IngestDeps = { ...fresh, clock: { now: () => now }, verifyToken: () => null };
      const arrivals = await ingestBatch(deps, account, batch, 'feed');
      ({ cursor } = batch);
      for (const { caseUid } of arrivals) {
        if (casesBefore.has(caseUid)) followed.add(caseUid);
        else opened += 1;
      }
    }
    expect(followed.size).toBeGreaterThan(3);
    expect(opened).toBeGreaterThan(3);
    expect(fresh.store.read((db) => db.all('SELECT reason FROM quarantine'))).toEqual([]);
    for (const uid of followed) {
      const rows = fresh.store.read((db) =>
        db.all<{ warnings: string; lang: string }>(
          'SELECT m.warnings, m.language AS lang FROM messages m JOIN cases c ON c.id = m.case_id WHERE c.uid = @uid AND m.kind = 0',
          { uid },
        ),
      );
      // The same person goes on, in the same language.
      expect(rows.filter((row) => row.warnings.includes('new-participant'))).toEqual([]);
      expect(new Set(rows.map((row) => row.lang)).size).toBe(1);
    }
  });
});
