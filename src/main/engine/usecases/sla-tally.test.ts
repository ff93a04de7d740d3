import { expect, test } from 'vitest';
import { Tally } from './sla-tally.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { Instance } from '../../../shared/domain/sla/clock.ts';
import { defaultRules } from '../../../shared/domain/sla/default-rules.ts';
import { evaluate } from '../../../shared/domain/sla/evaluate.ts';
import type { SlaEvent, SlaEventBody } from '../../../shared/domain/sla/sla-event.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';

const START = instant(Date.UTC(2026, 10, 25, 9));
const OF = { caseId: makeId('case', 'c1'), subject: 'twice' };
const rules = defaultRules('Europe/Lisbon', instant(0));

/** Clocks of a case whose events all happen at once but for the last reply. */
function clocks(replyAfterMs: number): readonly Instance[] {
  const attributes = { channel: 'email' as const, tier: 'standard' as const, priority: null, language: null, team: null, labels: [] };
  const bodies: readonly SlaEventBody[] = [
    { type: 'opened', isHeldByBot: false, attributes },
    { type: 'customer-message' },
    { type: 'our-message', by: 'human' },
    { type: 'customer-message' },
    { type: 'our-message', by: 'human' },
    { type: 'customer-message' },
  ];
  const events: SlaEvent[] = bodies.map((body, index) => ({ id: `e${index}`, sequence: index, at: START, body }));
  const replyAt = instant(START + replyAfterMs);
  events.push({ id: 'reply', sequence: 99, at: replyAt, body: { type: 'our-message', by: 'human' } });
  return evaluate(events, rules.policies, rules.calendars, instant(START + 100 * HOUR_MS));
}

test('clocks that start in the same moment are told apart', () => {
  const same = clocks(HOUR_MS);
  expect(same.filter((each) => each.metric === 'next-reply').map((each) => each.startedAt)).toEqual([START, START]);
  const tally = new Tally();
  tally.add(OF, 'standard', same, same);
  expect(tally.changed()).toEqual([]);
  expect(tally.metrics().find((each) => each.metric === 'next-reply')).toMatchObject({ before: { met: 2 }, after: { met: 2 } });
  const firstIsLate = same.map((each) =>
    each.metric === 'next-reply' && each.number === 1 ? { ...each, state: 'breached' as const } : each,
  );
  tally.add(OF, 'standard', same, firstIsLate);
  expect(tally.changed().map((each) => [each.before, each.after])).toEqual([['met', 'breached']]);
});

test('what ends otherwise is named, new misses first', () => {
  const tally = new Tally();
  tally.add(OF, 'standard', clocks(20 * HOUR_MS), clocks(HOUR_MS));
  tally.add(OF, 'standard', clocks(HOUR_MS), clocks(20 * HOUR_MS));
  expect(tally.changed().map((each) => [each.metric, each.before, each.after])).toEqual([
    ['next-reply', 'met', 'breached'],
    ['next-reply', 'breached', 'met'],
  ]);
});
