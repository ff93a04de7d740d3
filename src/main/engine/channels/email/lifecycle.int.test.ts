import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountOf, idsOf, never, observe, reply, until } from '../../../../../test/mail-server/email-fixture.ts';
import { startMailServer, type MailServer } from '../../../../../test/mail-server/mail-server.ts';
import { startProxy, type Proxy } from '../../../../../test/mail-server/proxy.ts';
import { ConnectorError } from '../connector.ts';
import type { EmailAccount } from './email-account.ts';
import { createInlineParser } from './parse-pool.ts';

let server: MailServer;
let proxy: Proxy;
let account: EmailAccount;

beforeAll(async () => {
  server = await startMailServer({ maxConnectionsPerUser: 3 });
});
afterAll(async () => server.stop());
beforeEach(async () => {
  proxy = await startProxy({ host: '127.0.0.1', port: server.ports.imap });
  account = accountOf(server, { imap: { host: '127.0.0.1', port: proxy.port, security: 'none' } });
});
afterEach(async () => {
  await proxy.stop();
  await server.mailbox('support@team.test').kick();
});

async function failure(work: Promise<unknown>): Promise<ConnectorError> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof ConnectorError)) throw new Error(`expected a ConnectorError, not ${String(outcome)}`);
  return outcome;
}

describe('a connection that dies', () => {
  // once with the settings of the product, once with all of them a tenth
  it.each([
    { name: 'by default', timings: {}, limitMs: 30_000 },
    { name: 'with short settings', timings: { quietMs: 1_000, probeMs: 800, staleMs: 0 }, limitMs: 3_000 },
  ])('without a word is noticed within 30 s $name, and what was missed is recovered', async ({ timings, limitMs }) => {
    const seen = observe(account, { timings });
    await using connector = seen.connector;
    await seen.pullAll();
    let wakes = 0;
    const watching = connector.watch(() => {
      wakes += 1;
    }, never);
    await until(() => wakes > 0);
    // the network goes just after a sign of life, which is the worst moment
    const { messageId: last } = await server.deliver({ subject: 'Before' });
    await until(() => wakes > 1);
    expect(idsOf(await seen.pullAll())).toEqual([last]);
    proxy.blackHole();
    const darkAt = performance.now();
    const { messageId } = await server.deliver({ subject: 'Missed' });
    const lost = await failure(watching);
    const noticedMs = performance.now() - darkAt;
    expect([lost.health, lost.code, lost.retryable]).toEqual(['offline', 'timeout', true]);
    expect(seen.health.at(-1)).toMatchObject({ state: 'offline', code: 'timeout' });
    expect(noticedMs).toBeLessThan(limitMs);
    await proxy.restore();
    expect(idsOf(await seen.pullAll())).toEqual([messageId]);
    expect(seen.health.at(-1)).toMatchObject({ state: 'ok', code: null });
    console.log(
      `black hole noticed after ${(noticedMs / 1_000).toFixed(1)} s, recovered after ${((performance.now() - darkAt) / 1_000).toFixed(1)} s`,
    );
  });

  it('is noticed at once when the network says so', async () => {
    const seen = observe(account);
    await using connector = seen.connector;
    let wakes = 0;
    const watching = connector.watch(() => {
      wakes += 1;
    }, never);
    await until(() => wakes > 0);
    proxy.dropAll();
    const lost = await failure(watching);
    expect([lost.code, lost.retryable]).toEqual(['connection-lost', true]);
    // pulling opens a new one
    await seen.pullAll();
  });

  it('in the middle of a download leaves the cursor where it was', async () => {
    const seen = observe(account);
    await using connector = seen.connector;
    await seen.pullAll();
    const ids: string[] = [];
    for (let index = 0; index < 10; index += 1) ids.push((await server.deliver({ text: 'A long story. '.repeat(4_000) })).messageId);
    proxy.dropAll();
    proxy.cutAfterBytes(200_000, 'to-client');
    expect((await failure(connector.pull(seen.cursor, { maxMessages: 50, signal: never }))).code).toBe('connection-lost');
    await proxy.restore();
    expect(idsOf(await seen.pullAll())).toEqual(ids);
  });

  it('does not take a session down that only waits for the parser', async () => {
    const inline = createInlineParser();
    const parser = {
      ...inline,
      parse: async (raw: Uint8Array) => {
        await new Promise((resolve) => setTimeout(resolve, 400));
        return inline.parse(raw);
      },
    };
    const seen = observe(account, { parser, timings: { silenceMs: 150 } });
    await using connector = seen.connector;
    await server.deliver();
    expect((await connector.pull(null, { maxMessages: 1, signal: never })).events).toHaveLength(1);
  });
});

describe('signing in', () => {
  it('tells in codes what is wrong, and never shows a secret', async () => {
    const canary = 'canary-7d1f';
    const everything: unknown[] = [];
    const codeOf = async (changes: Partial<EmailAccount>): Promise<string> => {
      const seen = observe(accountOf(server, changes), { timings: { connectMs: 400, openMs: 600 } });
      const failed = await failure(seen.connector.connect(never));
      everything.push(seen.logged, seen.health, failed.message, String(failed.cause), failed.stack);
      await seen.connector[Symbol.asyncDispose]();
      return `${failed.code} ${failed.health} ${failed.retryable}`;
    };
    const at = (port: number, security: 'tls' | 'starttls' | 'none' = 'none', host = 'localhost') => ({ imap: { host, port, security } });
    const auth = { kind: 'password', user: 'support@team.test', password: canary } as const;
    expect(await codeOf({ auth })).toBe('wrong-password auth false');
    expect(await codeOf({ auth, ...at(server.ports.imaps, 'tls') })).toBe('wrong-password auth false');
    const expired = {
      kind: 'oauth2',
      user: 'support@team.test',
      accessToken: async () => Promise.reject(new Error('the refresh token was revoked')),
    } as const;
    expect(await codeOf({ auth: expired })).toBe('sign-in-expired auth false');
    expect(await codeOf(at(465, 'tls', 'no-such-host.invalid'))).toBe('host-not-found offline true');
    expect(await codeOf(at(server.ports.smtp))).toBe('not-imap down false');
    expect(await codeOf(at(server.ports.imap, 'tls'))).toBe('tls-failed tls false');
    await proxy.refuse();
    expect(await codeOf(at(proxy.port))).toBe('connection-refused offline true');
    await proxy.restore();
    proxy.blackHole();
    expect(await codeOf(at(proxy.port))).toBe('timeout offline true');
    for (const [kind, code] of [
      ['expired', 'certificate-expired'],
      ['wrong-host', 'certificate-wrong-host'],
      ['untrusted', 'certificate-untrusted'],
    ] as const) {
      await using front = await startProxy({ host: '127.0.0.1', port: server.ports.imap, tls: server.certificates.kinds[kind] });
      expect(await codeOf({ auth, ...at(front.port, 'tls') })).toBe(`${code} tls false`);
    }
    const shown = JSON.stringify(everything);
    expect(shown).not.toContain(canary);
    expect(shown).not.toContain(Buffer.from(canary).toString('base64').slice(0, 12));
  });

  it('works over TLS and STARTTLS', async () => {
    for (const [security, port] of [
      ['tls', server.ports.imaps],
      ['starttls', server.ports.imap],
    ] as const) {
      const seen = observe(accountOf(server, { imap: { host: 'localhost', port, security } }));
      await using connector = seen.connector;
      await connector.connect(never);
      expect(seen.health.at(-1)?.state).toBe('ok');
    }
  });

  it('tells when the server has enough of our connections', async () => {
    const others = [1, 2, 3].map(() => observe(accountOf(server)).connector);
    for (const each of others) await each.connect(never);
    await using connector = observe(accountOf(server)).connector;
    const failed = await failure(connector.connect(never));
    expect([failed.code, failed.health, failed.retryable]).toEqual(['too-many-connections', 'rate-limited', true]);
    for (const each of others) await each[Symbol.asyncDispose]();
    await connector.connect(never);
  });

  it('goes on without a folder that is not there any more, and says so', async () => {
    const seen = observe(accountOf(server, { folders: ['INBOX', 'Gone'] }));
    await using connector = seen.connector;
    const { messageId } = await server.deliver();
    expect(idsOf((await connector.pull(null, { maxMessages: 1, signal: never })).events)).toEqual([messageId]);
    expect(seen.health.at(-1)).toMatchObject({ state: 'ok', code: 'mailbox-not-found', detail: 'Gone' });
  });
});

describe('closing', () => {
  /** Timers and unfinished connections that would keep the process from ending; the proxies count the open ones. */
  const resources = (): string[] =>
    process.getActiveResourcesInfo().filter((name) => ['Timeout', 'GetAddrInfoReqWrap', 'TCPConnectWrap'].includes(name));

  it.each(['connecting', 'pulling', 'watching', 'sending', 'looking for a message', 'doing nothing'])(
    'leaves no connection and no timer behind while %s',
    async (activity) => {
      for (let index = 0; index < 30; index += 1) await server.deliver({ text: 'x'.repeat(20_000) });
      await proxy.stop();
      const idle = resources().length;
      proxy = await startProxy({ host: '127.0.0.1', port: server.ports.imap });
      await using outgoing = await startProxy({ host: '127.0.0.1', port: server.ports.smtp });
      account = {
        ...account,
        folders: ['INBOX', 'Sent'],
        imap: { ...account.imap, port: proxy.port },
        smtp: { ...account.smtp, port: outgoing.port },
      };
      // close at many moments of the conversation: after so many bytes from either server
      for (const bytes of [0, 30, 300, 600, 900, 2_000, 30_000]) {
        const { connector } = observe(account);
        const before = proxy.counters().toClientBytes + outgoing.counters().toClientBytes;
        const work: Record<string, () => Promise<unknown>> = {
          connecting: async () => connector.connect(never),
          pulling: async () => connector.pull(null, { maxMessages: 50, signal: never }),
          watching: async () => connector.watch(() => {}, never),
          sending: async () => connector.send(reply(), { onHandover: () => {}, signal: never }),
          'looking for a message': async () => connector.reconcile('<nothing@team.test>', never),
          'doing nothing': async () => connector.connect(never),
        };
        const running = Promise.resolve(work[activity]?.()).then(
          () => true,
          () => true,
        );
        let isOver = activity === 'doing nothing' ? await running : false;
        const noticing = (async () => {
          isOver = await running;
        })();
        await until(() => isOver || proxy.counters().toClientBytes + outgoing.counters().toClientBytes - before >= bytes, 300).catch(
          () => {},
        );
        await connector[Symbol.asyncDispose]();
        await new Promise((resolve) => setImmediate(resolve));
        expect(isOver).toBe(true);
        await noticing;
      }
      await until(() => proxy.counters().open + outgoing.counters().open === 0);
      await proxy.stop();
      await outgoing.stop();
      await until(() => resources().length <= idle);
      expect(proxy.counters().open + outgoing.counters().open).toBe(0);
    },
  );

  it('of a caller takes back what it asked, and the connector works on', async () => {
    await using connector = observe(account).connector;
    proxy.blackHole();
    const stop = new AbortController();
    const pulling = failure(connector.pull(null, { maxMessages: 5, signal: stop.signal }));
    stop.abort();
    expect((await pulling).code).toBe('cancelled');
    await proxy.restore();
    await connector.connect(never);
  });
});
