// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { fakeCase, LANES_ME } from '../../../../test/renderer/fake-lanes.ts';
import { fakeTeam } from '../../../../test/renderer/fake-team.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import { transport } from '../../bridge/client.ts';
import { TeamBanners } from '../../frame/team-banners.tsx';
import { TeamState } from '../../frame/team-state.tsx';
import { startI18n } from '../../i18n/i18n.ts';
import { openJoinDialog, useJoinDialog } from '../../state/join-dialog.ts';
import { useSession } from '../../state/session.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { JoinDialog } from './join/join-dialog.tsx';
import { TeamHubPage } from './team-hub-page.tsx';

const ROWS = [fakeCase('a', { subject: 'Export stops' }), fakeCase('b'), fakeCase('c')];
const INVITE = 'meridian://join/abc';
let engine: FakeEngine;

function show(query: string): void {
  engine = new FakeEngine({
    'workspace.get': () => ({
      ok: true,
      value: {
        workspace: query.includes('sample') ? 'sample' : 'main',
        hasProfile: true,
        me: { agentId: LANES_ME, name: 'Robin Vale', hub: '', zone: 'Europe/Lisbon', languages: [], isMe: true },
        agents: [{ agentId: LANES_ME, name: 'Robin Vale', hub: '', zone: 'Europe/Lisbon', languages: [], isMe: true }],
        preparing: null,
        notice: null,
      },
    }),
    'vault.status': () => ({ ok: true, value: { backend: 'passphrase', state: 'locked', reason: 'no-keychain' } }),
    'vault.unlock': () => ({ ok: true, value: null }),
    ...fakeTeam(ROWS, new URLSearchParams(query), () => engine),
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <TeamBanners />
      <TeamState />
      <TeamHubPage />
      <JoinDialog />
    </ToastRegion>,
  );
}

const inputs = <Name extends 'team.join' | 'team.setHoldsChannels' | 'team.leave'>(name: Name): readonly Input<Name>[] =>
  engine.calls.filter((each) => each.name === name).map((each) => each.input as Input<Name>);
const button = async (name: RegExp | string): Promise<HTMLElement> => screen.findByRole('button', { name });

beforeAll(async () => startI18n('en'));
beforeEach(() => useJoinDialog.setState({ isOpen: false, text: '', source: 'person' }));
afterEach(cleanup);

describe('the panel', () => {
  test('of a workspace of one says what a team is, and the way into one opens the dialog', async () => {
    show('');
    fireEvent.click(await button('Join a team'));
    expect(await screen.findByRole('dialog', { name: 'Join a team' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Team:/u })).toBeNull();
  });

  test('says that everything is in sync, who is here and doing what, and who holds the channels', async () => {
    show('team=live');
    expect(await screen.findByText('In sync with Lumen Support')).toBeTruthy();
    expect(await button('Team: In sync')).toBeTruthy();
    const ana = (await screen.findByText('Ana Castro')).closest('li');
    expect(ana?.textContent).toContain('On shift');
    expect(ana?.textContent).toContain('Writing a reply');
    fireEvent.click(within(ana ?? document.body).getByRole('button', { name: 'Export stops' }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: ROWS[0]?.caseId });
    expect(ana?.textContent).toContain('eu.hub.lumen.example, 21 ms');
    expect(screen.getByText('eu.hub.lumen.example:4222').closest('li')?.textContent).toContain('In use');
    expect(screen.queryByText('Tomás Pereira')).toBeNull();
    fireEvent.click(await button('Show 3 people who are not here'));
    expect(screen.getByText('Tomás Pereira')).toBeTruthy();
    expect(screen.getByText('sales@lumen.example').closest('li')?.textContent).toContain('No mail comes in and none goes out');
    fireEvent.click(screen.getByText('This workstation takes channels that nobody holds'));
    await waitFor(() => expect(inputs('team.setHoldsChannels')).toMatchObject([{ on: false }]));
  });

  test.each([
    ['offline', 'Team: Offline', /^Offline since/u, /^3 changes, the oldest since/u],
    ['waiting', 'Team: 3 waiting', '3 changes wait for Lumen Support', /^3 changes, the oldest since/u],
    ['behind', 'Team: 1,284 behind', '1,284 events behind Lumen Support', '1,284 events'],
    ['joining', 'Team: 27%', 'Joining Lumen Support', '812 of 2,926 events'],
    ['catching-up', 'Team: 52%', 'Catching up with Lumen Support', /^About \dm left$/u],
    ['refused', 'Team: Refused', 'The server of the hub is too old to decide safely who has a case.', /upgrade nats-server to 2\.12\.3/u],
    ['clock', 'Team: In sync', /^The clock of this computer is 4 minutes behind/u, '4 minutes behind'],
  ])('tells in the rail and in words when it is %s', async (scenario, rail, sentence, fact) => {
    show(`team=${scenario}&conflicts=0`);
    expect(await button(rail)).toBeTruthy();
    expect((await screen.findAllByText(sentence)).length).toBeGreaterThan(0);
    expect(screen.getByText(fact)).toBeTruthy();
  });

  test('says what leaving means, and leaves only when that was confirmed', async () => {
    show('team=live');
    fireEvent.click(await button('Leave Lumen Support…'));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('stays as a copy to read');
    expect(dialog.textContent).toContain('5 conflicts wait for your decision');
    expect(inputs('team.leave')).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Leave, and keep a copy' }));
    expect(await screen.findByText('You have left Lumen Support', { selector: 'strong' })).toBeTruthy();
    expect(screen.getByText(/^A copy of Lumen Support/u, { exact: false })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Leave Lumen Support…' })).toBeNull();
  });

  test('shows those who were removed the way back', async () => {
    show('team=revoked');
    expect(await screen.findByText(/^You were removed from Lumen Support/u)).toBeTruthy();
    fireEvent.click((await screen.findAllByRole('button', { name: 'Join again' }))[0] ?? document.body);
    expect(await screen.findByRole('dialog', { name: 'Join a team' })).toBeTruthy();
  });
});

describe('joining', () => {
  const paste = async (text: string): Promise<void> => {
    openJoinDialog();
    const field = await screen.findByRole('textbox', { name: 'Invite' });
    fireEvent.change(field, { target: { value: text } });
    fireEvent.click(await button('Next'));
  };

  test('shows who invites to where before anything is connected, and takes the history along', async () => {
    show('');
    await paste(INVITE);
    expect(await screen.findByRole('heading', { name: 'Lumen Support' })).toBeTruthy();
    expect(screen.getByText('eu.hub.lumen.example:4222')).toBeTruthy();
    expect(inputs('team.join')).toEqual([]);
    fireEvent.click(await button('Join Lumen Support'));
    await waitFor(() => expect(inputs('team.join')).toMatchObject([{ invite: INVITE, keepHistory: true, isSamePerson: false }]));
    await waitFor(() => expect(useJoinDialog.getState()).toMatchObject({ isOpen: false, text: '' }));
    expect(await screen.findByText('Joining Lumen Support')).toBeTruthy();
    expect(useSession.getState()).toMatchObject({ route: 'settings', settingsPage: 'team-hub' });
  });

  test('leaves the cases out when the person says so', async () => {
    show('');
    await paste(INVITE);
    fireEvent.click(await screen.findByRole('radio', { name: 'Leave it out' }));
    fireEvent.click(await button('Join Lumen Support'));
    await waitFor(() => expect(inputs('team.join')).toMatchObject([{ keepHistory: false }]));
  });

  test('says under the field that a text is no invite, and keeps the text', async () => {
    show('');
    await paste('hello');
    expect(await screen.findByText(/^This is no invite/u)).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Invite' })).toHaveProperty('value', 'hello');
  });

  test('reads a file, and one that is too large it does not read', async () => {
    show('');
    openJoinDialog();
    const picker = await screen.findByLabelText('Choose a file…', { selector: 'input' });
    fireEvent.change(picker, { target: { files: [new File(['x'.repeat(70_000)], 'photo.jpg')] } });
    expect(await screen.findByText('This file is too large to be an invite.')).toBeTruthy();
    fireEvent.change(picker, { target: { files: [new File([`${INVITE}\n`], 'robin.invite')] } });
    expect(await screen.findByText('Read from robin.invite')).toBeTruthy();
  });

  test('an invite for somebody else wants to hear that they are one', async () => {
    show('invite=other-person');
    await paste(INVITE);
    expect(await screen.findByText('The invite is for Ana Castro, and you work here as Robin Vale.')).toBeTruthy();
    const join = await button('Join Lumen Support');
    expect(join).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByText('That is me: from now on I am Ana Castro'));
    fireEvent.click(join);
    await waitFor(() => expect(inputs('team.join')).toMatchObject([{ isSamePerson: true }]));
  });

  test('says where one looks why it failed and what to do, and can be tried again', async () => {
    show('join=wrong-certificate');
    await paste(INVITE);
    fireEvent.click(await button('Join Lumen Support'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('can not prove that it is the hub');
    expect(alert.textContent).toContain('Do not go on');
    fireEvent.click(await button('Join Lumen Support'));
    await waitFor(() => expect(inputs('team.join')).toHaveLength(2));
  });

  test('tries again by itself when the password safe was opened', async () => {
    show('join=vault-locked');
    await paste(INVITE);
    fireEvent.click(await button('Join Lumen Support'));
    fireEvent.click(await button('Unlock the safe'));
    fireEvent.change(await screen.findByLabelText('Passphrase'), { target: { value: 'correct horse battery' } });
    fireEvent.click(await button('Unlock'));
    await waitFor(() => expect(inputs('team.join')).toHaveLength(2));
  });

  test('a link of another program is shown with a warning, and joins nothing by itself', async () => {
    show('');
    openJoinDialog(INVITE, 'link');
    expect(await screen.findByText(/^Another program handed this invite over/u)).toBeTruthy();
    expect(document.activeElement?.textContent).not.toContain('Join Lumen Support');
    expect(inputs('team.join')).toEqual([]);
  });

  test('a member of the team can not join it again', async () => {
    show('team=live');
    await paste(INVITE);
    expect(await screen.findByText('You are in this team already.')).toBeTruthy();
    expect(await button('Join Lumen Support')).toHaveProperty('disabled', true);
  });
});
