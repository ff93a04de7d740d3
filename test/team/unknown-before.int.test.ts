import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import type { CaseId, OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** What was of unknown fate before there was a team stays that, until a person decides. */

const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

async function stateOf(station: TeamStation, outboxId: OutboxId): Promise<string | null> {
  return (await station.ask('outbox.list', {})).find((each) => each.outboxId === outboxId)?.state ?? null;
}

test('a reply that may have arrived before its workspace joined a team is not sent again by itself', async () => {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone', text: 'Please help me.' }));
  const cases: CaseId[] = [];
  await until(async () => {
    const { rows } = await ana.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    if (rows[0] !== undefined) cases.push(rows[0].caseId);
    return rows.length > 0;
  }, 'the customer has written');
  const [caseId] = cases;
  if (caseId === undefined) throw new Error('no case');
  ana.channel.answer = async (_message, hooks) => {
    hooks.onHandover();
    return Promise.reject(new Error('the line is dead'));
  };
  const to = [{ address: 'mei@customer.test', name: '' }];
  const { draftId } = await ana.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text: 'They are here.', to, cc: [] });
  const { outboxId } = await ana.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
  await until(async () => (await stateOf(ana, outboxId)) === 'unknown', 'nobody knows whether it arrived');
  ana.channel.answer = ana.channel.accept;
  await join(ana, hub, 'ana', 'lead');
  await ana.settled();
  // the connection comes back, and what is of unknown fate is looked up
  ana.channel.cut();
  ana.channel.restore();
  ana.channel.deliver(customerMail(clock, { subject: 'Another one', text: 'Hello?' }));
  await until(
    async () => (await ana.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 })).rows.length === 2,
    'it is connected again',
  );
  await ana.settled();
  expect(ana.channel.sent).toHaveLength(1);
  expect(await stateOf(ana, outboxId)).toBe('unknown');

  // and a person may still decide
  expect((await ana.call('outbox.settle', { opId: op(), outboxId, as: 'again', attempt: 0 })).ok).toBe(true);
  await until(async () => (await stateOf(ana, outboxId)) === null, 'it leaves once more');
  expect(ana.channel.sent).toHaveLength(2);
});
