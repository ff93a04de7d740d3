import { expect, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import { BOTS } from '../../src/main/engine/store/cases.store.ts';
import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import { conditionsOfGroup, dueDayKey, GROUPINGS } from '../../src/shared/domain/saved-view.ts';
import type { Grouping } from '../../src/shared/domain/saved-view.ts';
import { VIEWS } from '../../src/shared/domain/views.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** The groups of lists, counted over all cases, and what narrows a list down to one of them. */

const clock = { now: () => instant(Date.UTC(2026, 10, 29, 12)) };
const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant', null, 'en', 'ja'] as const;
const ZONE = 'Pacific/Auckland';

/** As the page groups rows; see `group-rows.ts`, which the engine may not import. */
function keyOf(row: CaseRow, grouping: Grouping): string {
  switch (grouping) {
    case 'none':
      return '';
    case 'assignee':
      return row.assigneeId ?? '';
    case 'language':
      return row.language ?? '';
    case 'due-day':
      return dueDayKey(row.sla?.dueAt ?? null, ZONE);
    case 'status':
    case 'channel':
    case 'tier':
      return row[grouping];
  }
}

test('every case of a list is counted in the group that its row is in, and the group can be asked for by itself', async () => {
  const { station: started, channel } = await startWithChannel(clock);
  await using station = started;
  await introduce(station);
  const mails = LANGUAGES.map((language, index) =>
    customerMail(clock, {
      language,
      sentAt: instant(clock.now() - index * 9 * HOUR_MS),
      from: { address: `c${index}@customer.test`, name: `Customer ${index}` },
    }),
  );
  channel.deliver(...mails);
  await until(() => mails.every((mail) => caseOfMessage(station, mail) !== null), 'all have written');
  const [one, two, three, four] = mails.map((mail) => caseOfMessage(station, mail)).filter((each) => each !== null);
  if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error('no cases');
  await station.ask('cases.apply', { opId: op(), caseIds: [one, two], action: { kind: 'claim' } });
  await station.ask('cases.apply', { opId: op(), caseIds: [two], action: { kind: 'status', to: 'pending' } });
  await station.ask('cases.apply', { opId: op(), caseIds: [three], action: { kind: 'status', to: 'solved' } });
  const contactId = (await station.ask('cases.detail', { caseId: four }))?.contactId;
  if (contactId === undefined) throw new Error('no contact');
  await station.ask('contacts.setTier', {
    opId: op(),
    contactId,
    tier: 'vip',
    reason: 'of old',
    until: null,
  });
  // the bot has one, which is then nobody's in the list
  const [bots] = mails.slice(-1).map((mail) => caseOfMessage(station, mail));
  station.engine.store.write((tx) => tx.run('UPDATE cases SET assignee = @bots WHERE uid = @uid', { bots: BOTS, uid: bots ?? '' }));
  let compared = 0;
  for (const view of VIEWS)
    for (const grouping of GROUPINGS) {
      if (grouping === 'none') continue;
      const { rows } = await station.ask('cases.list', { view, sort: 'newest', limit: 100 });
      const expected = new Map<string, number>();
      for (const row of rows) expected.set(keyOf(row, grouping), (expected.get(keyOf(row, grouping)) ?? 0) + 1);
      const groups = await station.ask('cases.countGroups', { view, grouping, zone: ZONE });
      expect([view, grouping, Object.fromEntries(groups.map(({ key, count }) => [key, count]))]).toEqual([
        view,
        grouping,
        Object.fromEntries(expected),
      ]);
      expect(groups.map(({ count }) => count)).toEqual(groups.map(({ count }) => count).toSorted((a, b) => b - a));
      for (const { key, count } of groups) {
        const filter = { conditions: conditionsOfGroup(grouping, key), zone: ZONE };
        const narrowed = await station.ask('cases.list', { view, sort: 'newest', limit: 100, filter });
        expect([view, grouping, key, narrowed.rows.filter((row) => keyOf(row, grouping) === key).length]).toEqual([
          view,
          grouping,
          key,
          count,
        ]);
        compared += 1;
      }
    }
  expect(compared).toBeGreaterThan(30);
  const filter = { conditions: [{ field: 'status' as const, not: false, values: ['open'] }], zone: ZONE };
  expect(await station.ask('cases.countGroups', { view: 'all', grouping: 'status', zone: ZONE, filter })).toEqual([
    { key: 'open', count: 4 },
  ]);
});
