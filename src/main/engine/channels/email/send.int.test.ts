import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountOf, never, observe, reply, until } from '../../../../../test/mail-server/email-fixture.ts';
import { headerOf } from '../../../../../test/mail-server/mail-fields.ts';
import { startMailServer, type Mailbox, type MailServer } from '../../../../../test/mail-server/mail-server.ts';
import { startProxy, type Flow, type Proxy } from '../../../../../test/mail-server/proxy.ts';
import type { SendResult } from '../connector.ts';

let server: MailServer;
let customer: Mailbox;

beforeAll(async () => {
  server = await startMailServer({ messageSizeLimit: 200_000 });
  customer = server.mailbox('customer@example.test');
});
afterAll(async () => server.stop());

/** How many copies of this message the customer has, once everything that was accepted is delivered. */
async function copies(clientKey: string): Promise<number> {
  // a later mail through the same queue arrives after an earlier one
  const { connector } = observe(accountOf(server, { sentCopy: 'server' }));
  const marker = reply({ subject: 'Marker' });
  await connector.send(marker, { onHandover: () => {}, signal: never });
  await customer.waitFor((mail) => mail.messageId === marker.clientKey);
  await connector[Symbol.asyncDispose]();
  await server.settled();
  return (await customer.list()).filter((mail) => mail.messageId === clientKey).length;
}

describe('sending', () => {
  it('puts a threaded reply into the mailbox of the customer, with the token in Reply-To, and a read copy into Sent', async () => {
    const question = await server.deliver({ subject: 'Where is my parcel?', messageId: '<question-1@example.test>' });
    await using connector = observe(accountOf(server)).connector;
    const message = reply({
      parentKeys: ['<older@example.test>', question.messageId],
      threadToken: 'c4se.abcdefghijklmnop',
      subject: 'Re: Where is my parcel? 荷物',
    });
    const steps: string[] = [];
    const result = await connector.send(message, { onHandover: () => steps.push('handover'), signal: never });
    expect(result).toMatchObject({ status: 'sent', refused: [] });
    expect(steps).toEqual(['handover']);
    const { raw } = await customer.waitFor((mail) => mail.messageId === message.clientKey);
    expect(headerOf(raw, 'In-Reply-To')).toBe(question.messageId);
    expect(headerOf(raw, 'References')).toBe(`<older@example.test> ${question.messageId}`);
    expect(headerOf(raw, 'Reply-To')).toContain('<support+t_c4se.abcdefghijklmnop@team.test>');
    expect(raw.toString('utf8')).toContain('it is on its way.\n.\nYour team');
    const copy = await server.mailbox('support@team.test').waitFor((mail) => mail.messageId === message.clientKey, { folder: 'Sent' });
    expect(copy.seen).toBe(true);

    // and the answer to it leads back: by the token and by the ids
    await server.deliver(
      { inReplyTo: message.clientKey, references: [question.messageId, message.clientKey], subject: 'Re: Re' },
      { to: 'support+t_c4se.abcdefghijklmnop@team.test' },
    );
    const pulled = await connector.pull(null, { maxMessages: 50, signal: never });
    const answer = pulled.events.flatMap((event) =>
      event.kind === 'message' && event.message.subject === 'Re: Re' ? [event.message] : [],
    )[0];
    expect(answer?.thread).toMatchObject({ tokens: ['c4se.abcdefghijklmnop'], parentKeys: [question.messageId, message.clientKey] });
  });

  it('speaks over TLS and STARTTLS', async () => {
    for (const [security, port] of [
      ['tls', server.ports.smtps],
      ['starttls', server.ports.smtp],
    ] as const) {
      await using connector = observe(accountOf(server, { smtp: { host: 'localhost', port, security }, sentCopy: 'server' })).connector;
      const message = reply();
      expect(await connector.send(message, { onHandover: () => {}, signal: never })).toMatchObject({ status: 'sent' });
      await customer.waitFor((mail) => mail.messageId === message.clientKey);
    }
  });

  it('names recipients that were refused, and refuses for good when all were', async () => {
    await using connector = observe(accountOf(server)).connector;
    const nobody = { address: 'nobody@example.test', name: '' };
    const partly = reply({ cc: [nobody] });
    expect(await connector.send(partly, { onHandover: () => {}, signal: never })).toMatchObject({
      status: 'sent',
      refused: [nobody.address],
    });
    await customer.waitFor((mail) => mail.messageId === partly.clientKey);
    const all = await connector.send(reply({ to: [nobody] }), { onHandover: () => expect.unreachable(), signal: never });
    expect(all).toMatchObject({ status: 'rejected', permanent: true, code: 'recipients-refused' });
    const none = await connector.send(reply({ to: [] }), { onHandover: () => expect.unreachable(), signal: never });
    expect(none).toMatchObject({ status: 'rejected', permanent: true, code: 'no-recipients' });
  });

  it('refuses for good what is too large for the server', async () => {
    await using connector = observe(accountOf(server)).connector;
    const message = reply({ attachments: [{ name: 'big.bin', type: 'application/octet-stream', bytes: new Uint8Array(300_000) }] });
    const result = await connector.send(message, { onHandover: () => expect.unreachable(), signal: never });
    expect(result).toMatchObject({ status: 'rejected', permanent: true, code: 'message-too-large' });
  });

  it('finds a sent message by its Message-ID, and says when absence proves nothing', async () => {
    await using appending = observe(accountOf(server)).connector;
    const message = reply();
    await appending.send(message, { onHandover: () => {}, signal: never });
    await until(async () => (await appending.reconcile(message.clientKey, never)) === 'sent');
    expect(await appending.reconcile('<never-sent@team.test>', never)).toBe('undecidable');
    await using serverSide = observe(accountOf(server, { sentCopy: 'server' })).connector;
    expect(await serverSide.reconcile('<never-sent@team.test>', never)).toBe('not-found');
    // a message to ourselves is proof wherever it lies
    const own = await server.deliver({ messageId: '<to-ourselves@team.test>' });
    expect(await serverSide.reconcile(own.messageId, never)).toBe('sent');
    // half an id is not the id
    expect(await serverSide.reconcile('<to-ourselves@team.tes>', never)).toBe('not-found');
  });

  it('files the copy later when the folder cannot be reached now, and calls it sent all the same', async () => {
    await using proxy = await startProxy({ host: '127.0.0.1', port: server.ports.imap });
    const account = accountOf(server, { imap: { host: '127.0.0.1', port: proxy.port, security: 'none' } });
    const seen = observe(account);
    await using connector = seen.connector;
    await proxy.refuse();
    const message = reply();
    expect(await connector.send(message, { onHandover: () => {}, signal: never })).toMatchObject({ status: 'sent' });
    await until(() => seen.health.some((each) => each.code === 'connection-refused'));
    await proxy.restore();
    await seen.pullAll();
    const filed = (await server.mailbox('support@team.test').list('Sent')).filter((mail) => mail.messageId === message.clientKey);
    expect(filed).toHaveLength(1);
  });
});

describe('a send that is cut', () => {
  let proxy: Proxy;
  beforeEach(async () => {
    proxy = await startProxy({ host: '127.0.0.1', port: server.ports.smtp });
  });
  afterEach(async () => proxy.stop());

  const text = `${'Where it was cut must not matter.\n'.repeat(3_000)}The end.\n`;
  const stages: { name: string; cut: (proxy: Proxy) => void; expected: SendResult['status'][]; delivered: number[] }[] = [
    { name: 'before the greeting', cut: (each) => each.cutAfterBytes(0, 'to-client'), expected: ['rejected'], delivered: [0] },
    { name: 'within the greeting', cut: (each) => each.cutAfterBytes(8, 'to-client'), expected: ['rejected'], delivered: [0] },
    { name: 'at EHLO', cut: on('EHLO'), expected: ['rejected'], delivered: [0] },
    { name: 'at AUTH', cut: on('AUTH PLAIN'), expected: ['rejected'], delivered: [0] },
    { name: 'after signing in', cut: on('235', 'to-client', 'pass'), expected: ['rejected'], delivered: [0] },
    { name: 'at MAIL', cut: on('MAIL FROM'), expected: ['rejected'], delivered: [0] },
    { name: 'at DATA', cut: on('DATA\r\n'), expected: ['rejected'], delivered: [0] },
    { name: 'at the go-ahead for DATA', cut: on('354', 'to-client'), expected: ['rejected'], delivered: [0] },
    { name: 'early in DATA', cut: (each) => each.cutAfterBytes(2_000), expected: ['rejected', 'unknown'], delivered: [0] },
    { name: 'in the middle of DATA', cut: (each) => each.cutAfterBytes(60_000), expected: ['rejected', 'unknown'], delivered: [0] },
    { name: 'before the final dot', cut: on('\r\n.\r\n'), expected: ['unknown'], delivered: [0] },
    // the reset may overtake the dot: the server has the message, or not
    { name: 'after the final dot', cut: on('\r\n.\r\n', 'to-server', 'pass'), expected: ['unknown'], delivered: [0, 1] },
    { name: 'at the answer to the final dot', cut: on('250 2.0.0', 'to-client'), expected: ['unknown'], delivered: [1] },
    {
      name: 'within the answer to the final dot',
      cut: on('250 2.0.0 Ok: queued', 'to-client', 'pass'),
      expected: ['unknown'],
      delivered: [1],
    },
    { name: 'after the answer', cut: on('QUIT'), expected: ['sent'], delivered: [1] },
  ];

  function on(word: string, flow?: Flow, mode?: 'hold' | 'pass'): (proxy: Proxy) => void {
    return (each) => each.cutOnText(word, flow, mode);
  }

  it.each(stages)('$name is never called sent without proof, nor delivered twice', async ({ cut, expected, delivered }) => {
    await using connector = observe(
      accountOf(server, { smtp: { host: '127.0.0.1', port: proxy.port, security: 'none' }, sentCopy: 'server' }),
    ).connector;
    const message = reply({ text });
    let handovers = 0;
    cut(proxy);
    const result = await connector.send(message, {
      onHandover: () => {
        handovers += 1;
      },
      signal: never,
    });
    expect(expected).toContain(result.status);
    expect(result.status === 'rejected' ? result.permanent : false).toBe(false);
    // what was never handed over is certain not to have left
    expect(handovers).toBe(result.status === 'rejected' ? 0 : 1);
    const found = await copies(message.clientKey);
    expect(delivered).toContain(found);
    expect(result.status === 'rejected' && found > 0).toBe(false);
  });

  it('is not sent at all when the hand-over could not be noted', async () => {
    await using connector = observe(accountOf(server)).connector;
    const message = reply();
    const onHandover = (): void => {
      throw new Error('the disk is full');
    };
    expect(await connector.send(message, { onHandover, signal: never })).toMatchObject({ status: 'rejected', permanent: false });
    expect(await copies(message.clientKey)).toBe(0);
  });

  it('is in doubt when the server is silent after the end, and when it is stopped there', async () => {
    const account = accountOf(server, { smtp: { host: '127.0.0.1', port: proxy.port, security: 'none' } });
    await using hasty = observe(account, { timings: { acceptMs: 300 } }).connector;
    const hooks = { onHandover: () => proxy.blackHole(), signal: never };
    expect(await hasty.send(reply(), hooks)).toMatchObject({ status: 'unknown' });
    await proxy.restore();
    const stop = new AbortController();
    await using patient = observe(account).connector;
    const pending = patient.send(reply(), { onHandover: () => [proxy.blackHole(), setImmediate(() => stop.abort())], signal: stop.signal });
    expect(await pending).toMatchObject({ status: 'unknown' });
    await proxy.restore();
    expect(await patient.send(reply(), { onHandover: () => expect.unreachable(), signal: AbortSignal.abort() })).toMatchObject({
      status: 'rejected',
      permanent: false,
      code: 'cancelled',
    });
  });

  it('says why, in codes, when it cannot even begin', async () => {
    const send = async (changes: Parameters<typeof accountOf>[1]): Promise<SendResult> => {
      await using connector = observe(accountOf(server, changes), { timings: { connectMs: 400, openMs: 600 } }).connector;
      const result = await connector.send(reply(), { onHandover: () => expect.unreachable(), signal: never });
      return result;
    };
    const at = (port: number, security: 'tls' | 'starttls' | 'none' = 'none') => ({ smtp: { host: 'localhost', port, security } });
    const auth = { kind: 'password', user: 'support@team.test', password: 'wrong-canary' } as const;
    expect(await send({ auth })).toMatchObject({ status: 'rejected', permanent: false, code: 'wrong-password' });
    expect(JSON.stringify(await send({ auth }))).not.toContain('wrong-canary');
    await proxy.refuse();
    expect(await send(at(proxy.port))).toMatchObject({ status: 'rejected', permanent: false, code: 'connection-refused' });
    await proxy.restore();
    proxy.blackHole();
    expect(await send(at(proxy.port))).toMatchObject({ status: 'rejected', permanent: false, code: 'timeout' });
    expect(await send(at(server.ports.imap))).toMatchObject({ status: 'rejected', permanent: false, code: 'not-smtp' });
    expect(await send({ smtp: { host: 'no-such-host.invalid', port: 465, security: 'tls' } })).toMatchObject({
      status: 'rejected',
      permanent: false,
      code: 'host-not-found',
    });
    for (const [kind, code] of [
      ['expired', 'certificate-expired'],
      ['wrong-host', 'certificate-wrong-host'],
      ['untrusted', 'certificate-untrusted'],
    ] as const) {
      await using front = await startProxy({ host: '127.0.0.1', port: server.ports.smtp, tls: server.certificates.kinds[kind] });
      expect(await send(at(front.port, 'tls'))).toMatchObject({ status: 'rejected', permanent: false, code });
    }
  });
});
