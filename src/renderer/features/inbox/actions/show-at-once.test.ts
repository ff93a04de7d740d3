import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import type { AgentCard } from '../../../../shared/contract/workspace.contract.ts';
import { projectCase } from '../../../../shared/domain/case.ts';
import type { CaseEvent, CaseEventBody } from '../../../../shared/domain/case.ts';
import { decide } from '../../../../shared/domain/case-actions.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { afterAction } from './show-at-once.ts';

const ME = makeId('agt', 'me');
const OTHER = makeId('agt', 'other');
const card = (agentId: AgentId, name: string): AgentCard => ({
  agentId,
  name,
  hub: 'Lisbon',
  zone: 'Europe/Lisbon',
  languages: [],
  isMe: agentId === ME,
});
const TEAM = { me: card(ME, 'Robin'), agents: [card(ME, 'Robin'), card(OTHER, 'Mei')] };
const OPENED: CaseEventBody = {
  type: 'case.opened',
  channel: 'email',
  accountId: makeId('acc', 'a'),
  contactId: makeId('con', 'c'),
  subject: 'Withdrawal',
};

const eventOf = (body: CaseEventBody, index: number): CaseEvent => ({
  id: `evt_${index}`,
  sequence: index + 1,
  isPending: false,
  hlc: String(index).padStart(6, '0'),
  epoch: null,
  at: instant(1_760_000_000_000 + index),
  actor: ME,
  body,
});

const action = fc.oneof(
  fc.constant({ kind: 'claim' as const }),
  fc.constant({ kind: 'release' as const }),
  fc.record({ kind: fc.constant('assign' as const), agentId: fc.constantFrom(ME, OTHER, null) }),
  fc.record({
    kind: fc.constant('status' as const),
    to: fc.constantFrom('open' as const, 'pending' as const, 'hold' as const, 'solved' as const),
  }),
  fc.record({ kind: fc.constant('priority' as const), to: fc.constantFrom('low' as const, 'normal' as const, 'urgent' as const) }),
);

test('what is shown at once is what the rules make of it', () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 8 }), (actions) => {
      const bodies: CaseEventBody[] = [OPENED];
      let row = fakeCase('a', { assigneeId: null, assigneeName: null });
      for (const each of actions) {
        const before = projectCase(bodies.map(eventOf));
        bodies.push(...(before === null ? [] : decide(before, each, ME).events));
        const state = projectCase(bodies.map(eventOf));
        const next = afterAction(row, each, TEAM);
        expect([next.assigneeId, next.status, next.priority]).toEqual([state?.assigneeId, state?.status, state?.priority]);
        expect(next.assigneeName).toBe(TEAM.agents.find(({ agentId }) => agentId === next.assigneeId)?.name ?? null);
        // nothing is drawn anew where nothing happens
        expect(next === row).toBe(before !== null && decide(before, each, ME).events.length === 0);
        row = next;
      }
    }),
  );
});

test('what can not be said is left to the engine', () => {
  const row = fakeCase('a');
  expect(afterAction(row, { kind: 'assign', agentId: makeId('agt', 'unknown') }, TEAM)).toBe(row);
  expect(afterAction(row, { kind: 'claim' }, { ...TEAM, me: null })).toBe(row);
  expect(afterAction(row, { kind: 'snooze', until: instant(1_770_000_000_000) }, TEAM)).toBe(row);
});
