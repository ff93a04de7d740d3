import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayCommand, gatewayFolder, runGatewayProcess } from './gateway-process.ts';
import { reply, until } from '../engine/workstation.ts';
import { TestHub } from '../hub/hub-server.ts';
import { startMailServer, type MailServer } from '../mail-server/mail-server.ts';
import { joinHub, startRealStation, theCase } from '../team/real-station.ts';
import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import { revoke } from '../../src/main/hub/hub.ts';

let hub: TestHub;
let server: MailServer;
beforeAll(async () => {
  hub = await TestHub.start({
    users: [
      { name: 'bo', role: 'agent' },
      { name: 'gate', role: 'gateway' },
    ],
  });
  server = await startMailServer();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await server.stop();
});

test('it says how it is used, and what is missing, and keeps to what others cannot read', async () => {
  const help = await gatewayCommand(['--help']);
  expect([help.code, help.out]).toEqual([0, expect.stringContaining('--settings FILE')]);
  const place = await gatewayFolder(server, hub.inviteOf('gate'));
  try {
    const settings = ['--settings', path.join(place.root, 'settings.json')];
    const folder = ['--folder', place.folder];
    expect(await gatewayCommand([...folder, '--status'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no gateway runs') as string,
    });
    expect(await gatewayCommand(folder)).toMatchObject({ code: 1, err: expect.stringContaining('settings.json cannot be read') as string });
    expect(await gatewayCommand([...folder, ...settings])).toMatchObject({
      code: 1,
      err: expect.stringContaining('belongs to no team yet') as string,
    });
    await chmod(place.password, 0o640);
    expect(await gatewayCommand([...folder, ...settings, '--invite', place.invite])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/support\.password can be read by others/u) as string,
    });
    await chmod(place.password, 0o600);
    await chmod(place.folder, 0o755);
    expect(await gatewayCommand([...folder, ...settings, '--invite', place.invite])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/work can be read by others/u) as string,
    });
    // a person's invite is none for a gateway
    await chmod(place.folder, 0o700);
    const persons = await gatewayFolder(server, hub.inviteOf('bo'));
    expect(await gatewayCommand([...folder, ...settings, '--invite', persons.invite])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/bo, who is agent on the hub/u) as string,
    });
    await persons.remove();
  } finally {
    await place.remove();
  }
});

test('it holds the mailbox for a team: what comes in is a case for a colleague, whose answer it sends; killed, it starts again; revoked, it ends', async () => {
  const place = await gatewayFolder(server, hub.inviteOf('gate'));
  const bo = await startRealStation('Bo');
  try {
    // the password as systemd hands it over
    const credentials = path.join(place.root, 'credentials');
    await mkdir(credentials);
    await writeFile(path.join(credentials, 'support.password'), server.password('support@team.test'), { mode: 0o400 });
    const env = { CREDENTIALS_DIRECTORY: credentials };
    await writeFile(place.password, 'a wrong one', { mode: 0o600 });
    const args = ['--settings', path.join(place.root, 'settings.json')];
    const gateway = runGatewayProcess(place.folder, [...args, '--invite', place.invite], env);
    await until(
      async () => (await gateway.status())?.mailboxes.some(({ isHeldHere, state }) => isHeldHere && state === 'live') === true,
      'it holds the mailbox',
    );
    expect(await gateway.status()).toMatchObject({
      isHealthy: true,
      pid: gateway.pid,
      hub: { name: 'Test hub', user: 'gate', state: 'online' },
      mailboxes: [{ address: 'support@team.test' }],
      unclearReplies: 0,
    });
    expect((await gatewayCommand(['--folder', place.folder, '--status'])).code).toBe(0);
    // nobody else may run in its folder
    expect(await gatewayCommand(['--folder', place.folder, ...args], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('already') as string,
    });
    await joinHub(bo, hub, 'bo');
    await server.deliver({ from: 'customer@example.test', to: 'support@team.test', subject: 'By the gateway' });
    const caseId = await theCase(bo);
    const rows = async (): Promise<readonly CaseRow[]> => (await bo.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 })).rows;
    // an answer to what has not come yet would be held
    await until(async () => (await rows())[0]?.messageCount === 1, 'the message is there');
    await reply(bo, caseId, 'An answer by a colleague who has no mailbox.');
    const mail = await server.mailbox('customer@example.test').waitFor(({ subject }) => subject?.includes('By the gateway') === true);
    expect(mail.raw.toString()).toContain('An answer by a colleague');
    await until(
      async () => (await bo.ask('outbox.list', {})).every(({ state }) => state === 'sent'),
      'the colleague knows that it was sent',
    );

    // a crash, as of its machine
    gateway.signal('SIGKILL');
    await gateway.ended;
    expect(await gateway.status()).toBeNull();
    await server.deliver({ from: 'customer@example.test', to: 'support@team.test', subject: 'While it was away' });
    const again = runGatewayProcess(place.folder, args, env);
    await until(
      async () => (await rows()).some(({ subject }) => subject === 'While it was away'),
      'the mail that came meanwhile is a case',
      40_000,
    );
    again.signal('SIGTERM');
    expect(await again.ended).toBe(0);
    // its lease is free at once, and its last words say that it was asked
    expect(again.lines.at(-1)).toMatchObject({ message: 'gateway: it stops' });
    expect(
      (await server.mailbox('customer@example.test').list()).filter(({ subject }) => subject?.includes('By the gateway') === true),
    ).toHaveLength(1);

    const last = runGatewayProcess(place.folder, args, env);
    await until(async () => (await last.status())?.isHealthy === true, 'it runs');
    await revoke(hub.folder.root, 'gate', Date.now());
    expect(await last.ended).toBe(3);
  } finally {
    await bo[Symbol.asyncDispose]();
    await place.remove();
  }
}, 120_000);
