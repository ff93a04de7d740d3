import { expect, test } from 'vitest';
import { caseOfMessage, customerMail, HAND_ACCOUNT, startWithChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.UTC(2026, 10, 25, 9)) };
const RULE = {
  id: 'r',
  accountIds: [HAND_ACCOUNT.uid],
  channels: [],
  labels: [],
  languages: [],
  tiers: [],
  skill: 'Fraud',
  isLast: false,
  isActive: true,
};

test('a rule that a lead saves is asked of people at once, with its reason, and its event is told', async () => {
  const { station: started, channel } = await startWithChannel(clock);
  await using station = started;
  await introduce(station);
  const { roster } = await station.ask('roster.get', {});
  const [profile] = roster.agents;
  if (profile === undefined) throw new Error('nobody sits here');
  const skills = [{ name: 'fraud', level: 'good', from: null, until: null }] as const;
  await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: { ...profile, skills } }] });
  const mail = customerMail(clock);
  channel.deliver(mail);
  await until(() => caseOfMessage(station, mail) !== null, 'somebody has written');
  const caseId = caseOfMessage(station, mail);
  if (caseId === null) throw new Error('no case');
  const need = async () => (await station.ask('coverage.runway', { caseId })).need;
  expect((await need()).selector.also).toBeUndefined();
  await station.ask('routing.save', { opId: op(), rules: [RULE] });
  expect(await station.ask('routing.rules', {})).toEqual({ rules: [RULE], canChange: true });
  expect(await need()).toMatchObject({ selector: { also: ['fraud'] } });
  expect(await station.ask('routing.need', { caseId })).toEqual([
    { kind: 'rule', skill: 'Fraud', ruleId: 'r', because: [{ kind: 'account', accountId: HAND_ACCOUNT.uid }], isAsked: true },
    { kind: 'language', language: 'en', isAsked: true },
  ]);
  await station.ask('routing.save', { opId: op(), rules: [{ ...RULE, skill: 'Frod' }] });
  expect(await need()).toMatchObject({ unskilled: ['Frod'] });
  const told = station.engine.store.read((db) => db.all<{ type: string }>("SELECT type FROM events WHERE stream = 'routing'"));
  expect(told).toEqual([{ type: 'routingRules.saved' }, { type: 'routingRules.saved' }]);
});
