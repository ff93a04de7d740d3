import { expect, test } from 'vitest';
import { decideIntake } from './decide-intake.ts';
import type { IntakeEventBody } from './intake-event.ts';
import { NOTHING_SAID, saidAfter } from './intake-said.ts';
import { overtakenFacts } from './overtaken-facts.ts';
import type { CaseEvent } from '../case.ts';
import { makeId } from '../ids.ts';
import { instant } from '../time.ts';

const ANA = makeId('agt', 'ana');
const BO = makeId('agt', 'bo');
const AT = instant(Date.UTC(2026, 10, 25, 9));

function event(id: string, by: typeof ANA, body: IntakeEventBody, change: Partial<CaseEvent> = {}): CaseEvent {
  return { id, sequence: Number(id), isPending: false, hlc: id, epoch: 0, at: AT, actor: by, body, ...change };
}
type Over = { readonly value: string | null } | null;
const coin = (value: string | null, over?: Over): IntakeEventBody => ({
  type: 'intake.factSet',
  field: 'coin',
  value,
  ...(over === undefined ? {} : { over }),
});

test('of two who did not know of each other the later one overtakes the earlier one, in whichever order they are', () => {
  const told = overtakenFacts([event('1', ANA, coin('USDC', null)), event('2', BO, coin('DAI', null))]);
  expect([...told]).toEqual([['2', { value: 'USDC', by: ANA }]]);
  const other = overtakenFacts([event('1', BO, coin('DAI', null)), event('2', ANA, coin('USDC', null))]);
  expect([...other]).toEqual([['2', { value: 'DAI', by: BO }]]);
});

test('who knew what they corrected, said the same, or spoke of something else overtakes nobody', () => {
  const knew = [event('1', ANA, coin('USDC', null)), event('2', BO, coin('DAI', { value: 'USDC' }))];
  const same = [event('1', ANA, coin('USDC', null)), event('2', BO, coin('USDC', null))];
  const apart = [event('1', ANA, coin('USDC', null)), event('2', BO, { ...coin('TRC20', null), field: 'network' } as IntakeEventBody)];
  for (const events of [knew, same, apart]) expect([...overtakenFacts(events)]).toEqual([]);
});

test('further steps of one’s own overtake nobody again, and taking a word back overtakes as a word does', () => {
  const steps = [event('1', ANA, coin('USDC', null)), event('2', BO, coin('DAI', null)), event('3', BO, coin(null, { value: 'DAI' }))];
  expect([...overtakenFacts(steps).keys()]).toEqual(['2']);
  const back: IntakeEventBody = { type: 'intake.factSet', field: 'coin', value: null, asRead: true, over: { value: 'BTC' } };
  const taken = [event('1', ANA, coin('BTC', null)), event('2', BO, coin(null, { value: 'BTC' })), event('3', ANA, back)];
  expect([...overtakenFacts(taken)]).toEqual([['3', { value: null, by: BO }]]);
});

test('nothing is told of events that do not say what was seen, and of cases that were two', () => {
  const old = [event('1', ANA, coin('USDC')), event('2', BO, coin('DAI'))];
  const two = [event('1', ANA, coin('USDC', null), { joinedFrom: makeId('case', 'other') }), event('2', BO, coin('DAI', null))];
  for (const events of [old, two]) expect([...overtakenFacts(events)]).toEqual([]);
});

test('a decision says what its author saw', () => {
  const act = (said: typeof NOTHING_SAID, value: string) =>
    decideIntake(said, { kind: 'intake-fact', field: 'coin', to: { value } }).events;
  expect(act(NOTHING_SAID, 'USDC')).toEqual([coin('USDC', null)]);
  const said = saidAfter(NOTHING_SAID, coin('USDC', null), { by: ANA, at: AT });
  expect(act(said, 'DAI')).toEqual([coin('DAI', { value: 'USDC' })]);
});
