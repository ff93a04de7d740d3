import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
  closeSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectMailbox, introduce, op, reply, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { startMailServer } from '../mail-server/mail-server.ts';
import type { MailServer } from '../mail-server/mail-server.ts';
import { MIGRATIONS } from '../../src/main/engine/store/migrate.ts';

const ADDRESS = 'support@team.test';
const CUSTOMER = 'customer@example.test';

let server: MailServer;
let folder = '';
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-storage-'));
  for (const name of ['INBOX', 'Sent']) await server.mailbox(ADDRESS).expunge('1:*', name);
  await server.mailbox(CUSTOMER).expunge('1:*');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const secrets = new Map<string, string>();

async function subjects(station: Workstation): Promise<string[]> {
  return (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 1_000 })).rows.map((row) => row.subject).sort();
}

/** A workspace with forty cases, a note, a draft and a queued reply that only exist here. */
async function fill(): Promise<void> {
  const station = await startWorkstation({ folder, secrets });
  await introduce(station);
  await server.mailbox(ADDRESS).store(
    Array.from({ length: 40 }, (_unused, index) => ({
      raw: Buffer.from(
        `Message-ID: <f${index}@example.test>\r\nFrom: ${CUSTOMER}\r\nTo: ${ADDRESS}\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nSubject: Case ${index}\r\n\r\n${'words and words '.repeat(200)}\r\n`,
      ),
    })),
  );
  await connectMailbox(station, server);
  await until(async () => (await subjects(station)).length === 40, 'forty cases');
  const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows;
  if (row === undefined) throw new Error('no case');
  await station.ask('cases.addNote', { opId: op(), caseId: row.caseId, text: 'only here' });
  await station.ask('drafts.save', { opId: op(), caseId: row.caseId, kind: 'note', text: 'half a thought', to: [], cc: [] });
  await station.quit();
}

/** Overwrites pages in the middle of the file with garbage, as a failing disk does. */
function damage(path: string, share: number): void {
  const { size } = statSync(path);
  const file = openSync(path, 'r+');
  for (let offset = Math.floor((size * share) / 4096) * 4096; offset < size * share + 4096 * 3; offset += 4096)
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, offset);
  closeSync(file);
}

describe('a damaged database', () => {
  test.each([0.2, 0.5, 0.8])(
    'with pages lost at %f of the file is set aside; the backup, what can be read and the mailbox bring everything back',
    async (share) => {
      await fill();
      damage(join(folder, 'main.db'), share);
      const station = await startWorkstation({ folder, secrets });
      const { notice } = await station.ask('workspace.get', {});
      expect(notice).toMatchObject({ code: 'recovered-from-backup' });
      expect(existsSync(notice?.setAsidePath ?? '')).toBe(true);
      await until(async () => (await subjects(station)).length === 40, 'forty cases again');
      const found = station.engine.store.read((db) =>
        db.all<{ text: string }>('SELECT text FROM messages WHERE kind = 2 UNION ALL SELECT text FROM drafts'),
      );
      expect(found.map((each) => each.text).sort()).toEqual(['half a thought', 'only here']);
      await station.ask('workspace.dismissNotice', { opId: op() });
      expect((await station.ask('workspace.get', {})).notice).toBeNull();
      await station.quit();
    },
  );

  test('without a backup is rebuilt from what can still be read and from the mailbox', async () => {
    await fill();
    rmSync(join(folder, 'backup.db'));
    damage(join(folder, 'main.db'), 0.5);
    const station = await startWorkstation({ folder, secrets });
    expect((await station.ask('workspace.get', {})).notice).toMatchObject({ code: 'rebuilt' });
    await station.quit();
  });

  test('that is no database at all loses nothing that the backup has', async () => {
    await fill();
    writeFileSync(join(folder, 'main.db'), 'this is not a database'.repeat(1000));
    const station = await startWorkstation({ folder, secrets });
    expect((await station.ask('workspace.get', {})).notice).toMatchObject({ code: 'recovered-from-backup' });
    expect(await subjects(station)).toHaveLength(40);
    await station.quit();
  });

  test('a damaged file of sources or of the search index is begun anew without a word', async () => {
    await fill();
    for (const name of ['sources.db', 'search.db']) writeFileSync(join(folder, name), 'garbage'.repeat(1000));
    const station = await startWorkstation({ folder, secrets });
    expect((await station.ask('workspace.get', {})).notice).toBeNull();
    await until(async () => (await station.ask('cases.search', { text: 'case 7', limit: 5 })).hits.length > 0, 'search works again');
    expect(readdirSync(folder).some((name) => name.startsWith('sources-damaged'))).toBe(true);
    await station.quit();
  });
});

test('data of a newer Meridian is refused and left untouched', async () => {
  const path = join(folder, 'main.db');
  const database = new Database(path);
  database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  database.close();
  const before = statSync(path).mtimeMs;
  await expect(startWorkstation({ folder })).rejects.toThrow(/newer/u);
  expect(statSync(path).mtimeMs).toBe(before);
});

describe('a full disk', () => {
  /** A disk of twelve megabytes where the machine lets us mount one; elsewhere SQLite is told that it may not grow. */
  function smallDisk(): {
    readonly mounted: boolean;
    readonly fill: (station: Workstation) => void;
    readonly free: (station: Workstation) => void;
    readonly unmount: () => void;
  } {
    let mounted = false;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder], { stdio: 'ignore' });
      mounted = true;
    } catch {
      // No right to mount here.
    }
    const ballast = join(folder, 'ballast');
    return {
      mounted,
      fill: (station) => {
        if (!mounted) {
          station.engine.store.database.pragma('max_page_count = 1');
          return;
        }
        const { bavail, bsize } = statfsSync(folder);
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 8_192)));
      },
      free: (station) => {
        if (mounted) rmSync(ballast);
        else station.engine.store.database.pragma('max_page_count = 4294967294');
      },
      unmount: () => {
        if (mounted) execFileSync('umount', [folder]);
      },
    };
  }

  test('stops syncing and says so; reading goes on, and everything arrives when there is room', async () => {
    const disk = smallDisk();
    try {
      const station = await startWorkstation({ folder, secrets });
      const events: unknown[] = [];
      station.engine.attachPage({ post: (message) => events.push(message), onMessage: () => {}, onClose: () => {} });
      await introduce(station);
      await connectMailbox(station, server);
      await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Before the flood' });
      await until(async () => (await subjects(station)).length === 1, 'one case');
      disk.fill(station);
      for (let index = 0; index < 8; index += 1)
        await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: `Flood ${index}`, text: 'water '.repeat(5_000) });
      await until(
        async () => (await station.ask('accounts.list', {}))[0]?.code === 'storage-full',
        'the account says that the disk is full',
      );
      expect(events).toContainEqual({ t: 'event', event: { type: 'storage', state: 'full' } });
      expect(await subjects(station)).toContain('Before the flood');
      const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows;
      const refused = await station.call('drafts.save', {
        opId: op(),
        caseId: row?.caseId ?? ('case_x' as never),
        kind: 'reply',
        text: 'x'.repeat(400_000),
        to: [],
        cc: [],
      });
      expect(refused).toMatchObject({ ok: false, error: { code: 'storage-full' } });
      disk.free(station);
      await station.ask('accounts.syncNow', { opId: op(), accountId: null });
      await until(async () => (await subjects(station)).length === 9, 'all nine cases', 40_000);
      expect(events).toContainEqual({ t: 'event', event: { type: 'storage', state: 'ok' } });
      const check = station.engine.store.database.pragma('integrity_check') as { integrity_check: string }[];
      expect(check[0]?.integrity_check).toBe('ok');
      await station.quit();
    } finally {
      disk.unmount();
    }
  });
});

test('a reply that the backup remembers as waiting, and that was sent since, is not sent again', async () => {
  const first = await startWorkstation({ folder, secrets });
  await introduce(first);
  await connectMailbox(first, server);
  await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Once' });
  await until(async () => (await subjects(first)).length === 1, 'one case');
  await first.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 60 } });
  const [row] = (await first.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows;
  if (row === undefined) throw new Error('no case');
  const { outboxId } = await reply(first, row.caseId, 'waiting in the backup');
  await first.quit();
  // The backup of this moment has the reply waiting; then it is sent, and the disk fails altogether.
  const second = await startWorkstation({ folder, secrets });
  const waiting = readFileSync(join(folder, 'backup.db'));
  await until(async () => (await second.ask('accounts.list', {})).every((account) => account.state === 'live'), 'live');
  await second.ask('outbox.sendNow', { opId: op(), outboxId });
  await server.mailbox(CUSTOMER).waitFor(() => true);
  await second.quit();
  writeFileSync(join(folder, 'backup.db'), waiting);
  writeFileSync(join(folder, 'main.db'), 'this is not a database'.repeat(1000));
  const third = await startWorkstation({ folder, secrets });
  expect((await third.ask('workspace.get', {})).notice).toMatchObject({ code: 'recovered-from-backup' });
  // The copy in Sent settles it.
  await until(async () => (await third.ask('outbox.list', {})).length === 0, 'the reply is known to be sent');
  await server.settled();
  expect(await server.mailbox(CUSTOMER).list()).toHaveLength(1);
  await third.quit();
});

test('what was queued and typed survives a restart', async () => {
  const first = await startWorkstation({ folder, secrets });
  await introduce(first);
  await connectMailbox(first, server);
  await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Restart' });
  await until(async () => (await subjects(first)).length === 1, 'one case');
  await first.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 30 } });
  const [row] = (await first.ask('cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows;
  if (row === undefined) throw new Error('no case');
  await reply(first, row.caseId, 'queued before the restart');
  await first.ask('drafts.save', { opId: op(), caseId: row.caseId, kind: 'reply', text: 'typed before the restart', to: [], cc: [] });
  await first.quit();
  const second = await startWorkstation({ folder, secrets });
  expect(await second.ask('drafts.get', { caseId: row.caseId, kind: 'reply' })).toMatchObject({ text: 'typed before the restart' });
  const [entry] = await second.ask('outbox.list', {});
  expect(entry).toMatchObject({ state: 'queued', preview: 'queued before the restart' });
  await second.quit();
});
