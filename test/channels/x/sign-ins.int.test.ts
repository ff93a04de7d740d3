import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { beginXSignIn } from '../../../src/main/engine/channels/x/x-sign-in.ts';
import { createSignIns } from '../../../src/main/engine/handlers/channel-sign-ins.ts';
import { parseDeepLink } from '../../../src/main/shell/deep-link.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { instant } from '../../../src/shared/domain/time.ts';
import { startForumPeer } from '../discourse/forum-peer.ts';
import { startXPeer } from './x-peer.ts';

const ACCOUNT = makeId('acc', 'one');
let now = Date.now();
const clock = { now: () => instant(now) };
const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
  now = Date.now();
});

describe('signing in with X', () => {
  it('goes from its page back to this machine, and keeps the tokens in the engine', async () => {
    const peer = await startXPeer(ACCOUNT);
    open.push(peer);
    const signIns = createSignIns(clock, { ports: [0] });
    const begun = await signIns.beginX('client-of-ours', peer.http.origin);
    if (!begun.ok) throw new Error(begun.code);
    const { url, requestId } = begun.request;
    expect(new URL(url).origin).toBe('https://x.com');
    expect(signIns.secretOf(`request:${requestId}`)).toBeNull();
    const back = peer.x.signIns.approve(url, peer.us);
    // somebody else's knock, and one with another state, open nothing
    await expect(fetch(new URL('/', back)).then(({ status }) => status)).resolves.toBe(404);
    await expect(fetch(back.replace(/state=[^&]+/u, 'state=theirs')).then(({ status }) => status)).resolves.toBe(404);
    const page = await fetch(back);
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, "default-src 'none'"]);
    await expect(signIns.waitX(requestId)).resolves.toEqual({
      ok: true,
      account: { id: peer.us.id, username: 'acme_help', name: 'Acme Help' },
    });
    const secret = signIns.secretOf(`request:${requestId}`) ?? '';
    expect(Object.keys(JSON.parse(secret) as object)).toEqual(['accessToken', 'refreshToken', 'expiresAt']);
    await expect(fetch(back)).rejects.toThrow('fetch failed');
    signIns.forget(`request:${requestId}`);
    expect([signIns.secretOf(`request:${requestId}`), signIns.secretOf('typed by hand')]).toEqual([null, 'typed by hand']);
  });

  it('ends when nobody agrees in time, when they refuse, and when no door is free', async () => {
    const about = { clientId: 'client-of-ours', server: 'https://api.x.test', clock };
    const late = await beginXSignIn({ ...about, ports: [0], openMs: 20 });
    await expect(late.secret).rejects.toMatchObject({ code: 'timeout' });
    const refused = await beginXSignIn({ ...about, ports: [0] });
    const query = new URL(refused.url).searchParams;
    await fetch(`${query.get('redirect_uri') ?? ''}?error=access_denied&state=${query.get('state') ?? ''}`);
    await expect(refused.secret).rejects.toMatchObject({ code: 'sign-in-expired', message: 'access_denied' });
    const busy = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => busy.once('listening', resolve));
    const address = busy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const signIns = createSignIns(clock, { ports: [port] });
    await expect(signIns.beginX('client-of-ours', null)).resolves.toMatchObject({ ok: false, code: 'server-error' });
    await new Promise((resolve) => busy.close(resolve));
  });
});

describe('a key of a forum', () => {
  it('is taken from what was pasted, checked, and forgotten after a while', async () => {
    const peer = await startForumPeer(ACCOUNT);
    open.push(peer);
    const signIns = createSignIns(clock);
    const begun = await signIns.beginDiscourse(`${peer.http.origin}/`);
    if (!begun.ok) throw new Error(begun.code);
    const { url, requestId } = begun.request;
    await expect(signIns.finishDiscourse(requestId, 'something else')).resolves.toMatchObject({ ok: false, code: 'wrong-answer' });
    const { payload } = peer.forum.approve(url, peer.support);
    await expect(signIns.finishDiscourse(requestId, payload)).resolves.toMatchObject({ ok: true, account: { username: 'support' } });
    expect(signIns.secretOf(`request:${requestId}`)).toMatch(/^[0-9a-f]{32}$/u);
    now += 16 * 60_000;
    expect(signIns.secretOf(`request:${requestId}`)).toBeNull();
    await expect(signIns.finishDiscourse(requestId, payload)).resolves.toMatchObject({ ok: false, code: 'expired' });
  });

  it('comes by the link to which the forum leads back, for the one who asked and once', async () => {
    const peer = await startForumPeer(ACCOUNT);
    open.push(peer);
    const signIns = createSignIns(clock);
    const begun = await signIns.beginDiscourse(peer.http.origin, true);
    const byHand = await signIns.beginDiscourse(peer.http.origin);
    if (!begun.ok || !byHand.ok) throw new Error('begin');
    const { requestId, url } = begun.request;
    const waiting = signIns.waitDiscourse(requestId);
    const { redirect } = peer.forum.approve(url, peer.support);
    const link = parseDeepLink(redirect ?? '');
    if (link?.kind !== 'forum-key') throw new Error(`no link: ${String(redirect)}`);
    // one that nobody asked for, and one for whoever wants to paste
    signIns.ledBack('A'.repeat(344));
    signIns.ledBack(peer.forum.approve(byHand.request.url, peer.support).payload);
    expect([signIns.secretOf(`request:${requestId}`), signIns.secretOf(`request:${byHand.request.requestId}`)]).toEqual([null, null]);
    signIns.ledBack(link.payload);
    await expect(waiting).resolves.toMatchObject({ ok: true, account: { username: 'support' } });
    const secret = signIns.secretOf(`request:${requestId}`);
    expect(secret).toMatch(/^[0-9a-f]{32}$/u);
    signIns.ledBack(link.payload);
    expect(signIns.secretOf(`request:${requestId}`)).toBe(secret);
    // whoever waits is not left waiting
    const forgotten = signIns.waitDiscourse(byHand.request.requestId);
    signIns.forget(`request:${byHand.request.requestId}`);
    await expect(forgotten).resolves.toMatchObject({ ok: false, code: 'expired' });
  });
});
