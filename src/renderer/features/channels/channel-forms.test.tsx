// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { ChannelCheck, ChannelRow, ChannelSettings, SignInEnded } from '../../../shared/contract/channels.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { DiscourseForm } from './discourse-form.tsx';
import { TelegramForm } from './telegram-form.tsx';
import { XForm } from './x-form.tsx';

const TOKEN = '7000001:AAfake-token-for-a-form-000000000000';
const BOT = {
  kind: 'telegram',
  botId: '7000001',
  username: 'team_support_bot',
  name: 'Team Support',
  groups: 'addressed',
  server: null,
  playbook: null,
} as const;
const FORUM = { kind: 'discourse', server: 'https://forum.example', username: 'support', name: 'Forum', categories: [] } as const;
const ACCOUNT = {
  kind: 'x',
  userId: '77',
  handle: 'acme_help',
  name: 'Acme',
  clientId: 'client',
  mentions: true,
  directMessages: true,
  monthlyBudgetUsd: 20,
  server: null,
} as const;
const REQUEST = 'a'.repeat(32);

let engine: FakeEngine;
let checks: (() => ChannelCheck | Promise<ChannelCheck>)[];
let ended: SignInEnded;
let cameBack: ((how: SignInEnded) => void) | null;
const done = vi.fn<() => void>();

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  done.mockReset();
  checks = [];
  ended = { ok: true, account: { id: '77', username: 'acme_help', name: 'Acme' } };
  cameBack = null;
  const begun = { ok: true, value: { ok: true, request: { url: 'https://service.example/agree', requestId: REQUEST } } } as const;
  engine = new FakeEngine({
    'channels.check': async () => ({ ok: true, value: (await checks.shift()?.()) ?? { ok: true, settings: BOT } }),
    'channels.removeWebhook': () => ({ ok: true, value: { ok: true, settings: BOT } }),
    'channels.add': () => ({ ok: true, value: { accountId: makeId('acc', 'new') } }),
    'channels.update': () => ({ ok: true, value: null }),
    'channels.beginDiscourseKey': () => begun,
    'channels.finishDiscourseKey': () => ({ ok: true, value: ended }),
    'channels.waitDiscourseKey': async () => ({
      ok: true,
      value: await new Promise<SignInEnded>((resolve) => {
        cameBack = resolve;
      }),
    }),
    'channels.xRedirects': () => ({ ok: true, value: ['http://127.0.0.1:47813/x'] }),
    'channels.beginXSignIn': () => begun,
    'channels.waitXSignIn': () => ({ ok: true, value: ended }),
    'app.openLink': () => ({ ok: true, value: null as never }),
    'accounts.syncNow': () => ({ ok: true, value: null as never }),
    'bot.playbooks': () => ({ ok: true, value: { rows: [], folder: '' } }),
    'vault.status': () => ({ ok: true, value: { backend: 'passphrase', state: 'open', reason: 'no-keychain' } as never }),
  } as never);
  transport.attach(engine.connect());
});
afterEach(cleanup);

function rowOf(settings: ChannelSettings, change: Partial<ChannelRow> = {}): ChannelRow {
  const nothing = { lastSyncAt: null, nextAttemptAt: null, lagMs: null, budget: null, backfill: null, holder: null };
  return {
    accountId: makeId('acc', 'known'),
    kind: settings.kind,
    channels: [],
    name: settings.name,
    address: '',
    settings,
    isElsewhere: false,
    state: 'live',
    since: instant(0),
    code: null,
    detail: '',
    queued: 0,
    setAside: 0,
    ...nothing,
    ...change,
  };
}
const asked = (name: string): readonly unknown[] => engine.calls.filter((each) => each.name === name).map(({ input }) => input);
const type = (label: RegExp, value: string): void => void fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: RegExp | string): void => void fireEvent.click(screen.getByRole('button', { name }));
const isDisabled = (name: RegExp | string): boolean => screen.getByRole<HTMLButtonElement>('button', { name }).disabled;
const form = (which: typeof TelegramForm, row: ChannelRow | null = null): void => {
  const Form = which;
  render(<Form row={row} onBack={null} onDone={done} />);
};

describe('Telegram', () => {
  test('asks nobody about what is no token or no address', async () => {
    form(TelegramForm);
    type(/Token of the bot/u, 'hello');
    press('Connect');
    expect((await screen.findByRole('alert')).textContent).toContain('This is no token of a bot.');
    type(/Token of the bot/u, TOKEN);
    type(/Bot API server/u, 'bots.local');
    expect(screen.getByText('This is no address of a web site.')).toBeTruthy();
    expect(isDisabled('Check')).toBe(true);
    press('Connect');
    expect(asked('channels.check')).toEqual([]);
  });

  test('says what Telegram says of a token, waits for a server that hangs, and stores what was found', async () => {
    form(TelegramForm);
    checks.push(() => ({ ok: false, code: 'wrong-token', detail: 'Unauthorized' }));
    type(/Token of the bot/u, TOKEN);
    press('Check');
    expect((await screen.findByRole('alert')).textContent).toContain('Telegram does not know this token. Unauthorized');
    let answer: (check: ChannelCheck) => void = () => {};
    checks.push(
      async () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    press('Connect');
    await vi.waitFor(() => expect(asked('channels.check')).toHaveLength(2));
    // pressed again by somebody who can not wait: asked once, and stored once
    fireEvent.submit(screen.getByRole('button', { name: 'Connect' }).closest('form') ?? document.body);
    expect(asked('channels.check')).toHaveLength(2);
    await act(async () => Promise.resolve(answer({ ok: true, settings: BOT })));
    await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1));
    expect(asked('channels.add')).toMatchObject([{ settings: BOT, secret: TOKEN }]);
  });

  test('a webhook of another system is explained, and taken away only when a person confirms it', async () => {
    form(TelegramForm);
    checks.push(() => ({ ok: false, code: 'webhook-set', detail: 'desk.example.com' }));
    type(/Token of the bot/u, TOKEN);
    press('Check');
    expect(await screen.findByText('The messages go to desk.example.com now.')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('Another system receives what is written to this bot');
    press('Remove the webhook…');
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('The system at desk.example.com gets nothing more from this bot');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(asked('channels.removeWebhook')).toEqual([]);
    press('Remove the webhook…');
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove the webhook' }));
    expect(await screen.findByText('This is @team_support_bot (Team Support).')).toBeTruthy();
    expect(asked('channels.removeWebhook')).toMatchObject([{ settings: { botId: '7000001' }, secret: TOKEN }]);
    expect(screen.queryByText('The messages go to desk.example.com now.')).toBeNull();
  });

  test('of a bot that is connected it is taken away with the token in the safe; another bot is refused', async () => {
    form(TelegramForm, rowOf(BOT, { code: 'webhook-set', detail: 'desk.example.com', state: 'problem' }));
    press('Remove the webhook…');
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove the webhook' }));
    await vi.waitFor(() => expect(asked('accounts.syncNow')).toHaveLength(1));
    expect(asked('channels.removeWebhook')).toMatchObject([{ secret: null }]);
    expect(screen.queryByRole('button', { name: 'Remove the webhook…' })).toBeNull();
    checks.push(() => ({ ok: true, settings: { ...BOT, botId: '8000002', username: 'other_bot' } }));
    type(/Token of the bot/u, TOKEN.replace('7000001', '8000002'));
    press('Save');
    expect((await screen.findByRole('alert')).textContent).toContain('This token belongs to another bot. @other_bot');
    expect(asked('channels.update')).toEqual([]);
  });
});

describe('a forum', () => {
  test('is asked for a key that is pasted; a wrong text may be pasted again, and another address begins anew', async () => {
    form(DiscourseForm);
    type(/Address of the forum/u, 'https://forum example');
    expect(screen.getByText('This is no address of a web site.')).toBeTruthy();
    expect(isDisabled('Open in the browser')).toBe(true);
    type(/Address of the forum/u, 'https://forum.example/');
    press('Open in the browser');
    const field = await screen.findByLabelText(/What the forum showed/u);
    expect(asked('channels.beginDiscourseKey')).toMatchObject([{ server: 'https://forum.example', leadsBack: false }]);
    expect(asked('app.openLink')).toMatchObject([{ url: 'https://service.example/agree' }]);
    ended = { ok: false, code: 'wrong-answer', detail: '' };
    fireEvent.change(field, { target: { value: 'something' } });
    press('Connect');
    expect((await screen.findByRole('alert')).textContent).toContain('What was pasted is no answer to this request.');
    // whoever types while something is asked would be taken back to the beginning
    await vi.waitFor(() => expect(isDisabled('Connect')).toBe(false));
    type(/Address of the forum/u, 'https://forum.example/community');
    expect(screen.queryByLabelText(/What the forum showed/u)).toBeNull();
    press('Open in the browser');
    ended = { ok: true, account: { id: 'support', username: 'support', name: 'Forum' } };
    fireEvent.change(await screen.findByLabelText(/What the forum showed/u), { target: { value: 'the answer' } });
    press('Connect');
    await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1));
    expect(asked('channels.add')).toMatchObject([
      { settings: { ...FORUM, server: 'https://forum.example/community' }, secret: `request:${REQUEST}` },
    ]);
  });

  test('may lead back by itself', async () => {
    form(DiscourseForm);
    type(/Address of the forum/u, 'https://forum.example');
    expect(screen.getByText(/meridian:\/\/forum-key/u)).toBeTruthy();
    // a label around a switch clicks it twice in the stand-in for a browser: the input within is what a browser clicks
    fireEvent.click(document.querySelector('input[type="checkbox"]') ?? document.body);
    expect(screen.getByRole('switch', { name: /leads back/u }).getAttribute('aria-checked')).toBe('true');
    press('Open in the browser');
    expect(await screen.findByText(/Waiting for the browser/u)).toBeTruthy();
    expect(asked('channels.beginDiscourseKey')).toMatchObject([{ leadsBack: true }]);
    await vi.waitFor(() => expect(cameBack).not.toBeNull());
    await act(async () => Promise.resolve(cameBack?.({ ok: true, account: { id: 'support', username: 'support', name: 'Forum' } })));
    expect(await screen.findByText('This is support at https://forum.example.')).toBeTruthy();
    press('Connect');
    await vi.waitFor(() => expect(asked('channels.add')).toMatchObject([{ secret: `request:${REQUEST}` }]));
  });

  test('that is connected gets a new key, of the same account only', async () => {
    form(DiscourseForm, rowOf(FORUM, { code: 'sign-in-expired' }));
    press('Open in the browser');
    ended = { ok: true, account: { id: 'mei', username: 'mei', name: 'Forum' } };
    fireEvent.change(await screen.findByLabelText(/What the forum showed/u), { target: { value: 'of somebody else' } });
    press('Save');
    expect((await screen.findByRole('alert')).textContent).toContain('This is the key of another account.');
    expect(asked('channels.update')).toEqual([]);
    ended = { ok: true, account: { id: 'support', username: 'Support', name: 'Forum' } };
    press('Save');
    await vi.waitFor(() => expect(asked('channels.update')).toMatchObject([{ settings: FORUM, secret: `request:${REQUEST}` }]));
  });

  test('that can not be reached says so', async () => {
    form(DiscourseForm);
    ended = { ok: false, code: 'timeout', detail: 'forum.example: no answer within 15 s' };
    type(/Address of the forum/u, 'https://forum.example');
    press('Open in the browser');
    fireEvent.change(await screen.findByLabelText(/What the forum showed/u), { target: { value: 'the answer' } });
    press('Connect');
    expect((await screen.findByRole('alert')).textContent).toContain('forum.example: no answer within 15 s');
    expect(isDisabled('Connect')).toBe(false);
  });
});

describe('X', () => {
  test('signs in by the browser; what is no amount is never taken for no limit', async () => {
    form(XForm);
    expect(isDisabled('Sign in with X')).toBe(true);
    type(/Client id/u, 'client');
    press('Sign in with X');
    expect(await screen.findByText('This is @acme_help.')).toBeTruthy();
    type(/Most to spend/u, '20 dollars');
    expect(screen.getByText('This is no amount, such as 50.')).toBeTruthy();
    expect(isDisabled('Connect')).toBe(true);
    fireEvent.submit(screen.getByRole('button', { name: 'Connect' }).closest('form') ?? document.body);
    type(/Most to spend/u, '20,5');
    press('Connect');
    await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1));
    expect(asked('channels.add')).toMatchObject([{ settings: { ...ACCOUNT, monthlyBudgetUsd: 20.5 }, secret: `request:${REQUEST}` }]);
  });

  test('tells a refusal, and takes no tokens of another account', async () => {
    form(XForm, rowOf(ACCOUNT, { code: 'sign-in-expired' }));
    ended = { ok: false, code: 'timeout', detail: 'nobody has agreed in time' };
    press('Sign in with X');
    expect((await screen.findByRole('alert')).textContent).toContain('nobody has agreed in time');
    ended = { ok: true, account: { id: '78', username: 'somebody', name: 'S' } };
    press('Sign in with X');
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('another account'));
    press('Save');
    await vi.waitFor(() => expect(asked('channels.update')).toMatchObject([{ settings: ACCOUNT, secret: null }]));
  });
});
