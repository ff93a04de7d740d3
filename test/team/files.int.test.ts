import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { theCase } from './real-station.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

/** Ana has the mailbox; Bo has none. The mail is so large that nobody fetches its source before it is wanted. */
async function team(): Promise<{ readonly hub: MemoryHub; readonly ana: TeamStation; readonly bo: TeamStation; readonly caseId: CaseId }> {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock });
  open.push(bo);
  const raw = new TextEncoder().encode(`Subject: large\r\n\r\n${'x'.repeat(1_200_000)}`);
  ana.channel.deliver(customerMail(clock, { subject: 'A large mail', raw }));
  await theCase(ana);
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  const caseId = await theCase(bo);
  await ana.settled();
  await bo.settled();
  return { hub, ana, bo, caseId };
}

test('a file that only a colleague has is fetched when somebody wants it', async () => {
  const { bo, caseId } = await team();
  const item = (await bo.ask('cases.timeline', { caseId })).find(({ kind }) => kind === 'message');
  if (item?.kind !== 'message') throw new Error('no message');
  const { messageId } = item;
  bo.link().fault = (call) => (call === 'get' ? 'lost' : null);
  expect(await bo.ask('messages.source', { messageId })).toEqual({ isBeingFetched: true });
  bo.link().fault = () => null;
  bo.link().setOnline(false);
  bo.link().setOnline(true);
  await until(async () => typeof (await bo.ask('messages.source', { messageId })) === 'string', 'the source has come');
  expect(await bo.ask('messages.source', { messageId })).toContain('Subject: large');
});

test('a reply that was written elsewhere waits until its files are here', async () => {
  const { ana, bo, caseId } = await team();
  ana.link().fault = (call) => (call === 'get' ? 'lost' : null);
  const to = [{ address: 'mei@customer.test', name: 'Mei' }];
  await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  const { draftId } = await bo.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text: 'Here is your form.', to, cc: [] });
  const bytes = new TextEncoder().encode('the form');
  await bo.ask('drafts.attach', { opId: op(), draftId, name: 'form.pdf', type: 'application/pdf', bytes });
  await bo.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
  await until(async () => (await ana.ask('outbox.list', {})).some(({ code }) => code === 'attachment-fetching'), 'it waits for its file');
  expect(ana.channel.sent).toEqual([]);
  ana.link().fault = () => null;
  ana.link().setOnline(false);
  ana.link().setOnline(true);
  await until(() => ana.channel.sent.length === 1, 'it was sent');
  expect(ana.channel.sent[0]?.attachments.map((each) => new TextDecoder().decode(each.bytes))).toEqual(['the form']);
});
