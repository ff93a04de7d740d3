import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeId } from '../ids.ts';
import { actorProblem, LEAD_STREAM_KINDS } from './members.ts';
import type { Author, Deed } from './members.ts';

const MEI = makeId('agt', 'mei');
const ANA = makeId('agt', 'ana');

describe('what somebody may write', () => {
  const agentMei: Author = { role: 'agent', agentId: MEI };
  const lead: Author = { role: 'lead', agentId: ANA };
  const gateway: Author = { role: 'gateway', agentId: null };
  const deed = (type: string, part: Partial<Deed> = {}): Deed => ({ stream: 'case.case_1', type, actor: MEI, body: {}, ...part });
  const CASES: readonly (readonly [string, Author, Deed, string | null])[] = [
    ['their own deed', agentMei, deed('case.claimed'), null],
    ['a deed of somebody else', lead, deed('case.claimed'), 'not-yours'],
    ['what the program did', agentMei, deed('case.messageReceived', { actor: null }), null],
    ['what the gateway fetched', gateway, deed('case.messageReceived', { actor: null }), null],
    ['a deed, by somebody whom nobody knows', { role: 'agent', agentId: null }, deed('case.claimed'), 'unknown-user'],
    ['that a reply of somebody else went out', lead, deed('case.replySent'), null],
    ['that a reply of somebody went out by the gateway', gateway, deed('case.replySent'), null],
    ['a claim in somebody’s name, by the gateway', gateway, deed('case.claimed'), 'unknown-user'],
    ['that a reply went out, by somebody whom nobody knows', { role: 'agent', agentId: null }, deed('case.replySent'), 'unknown-user'],
    ['history, by a lead', lead, deed('case.claimed', { isHistory: true }), null],
    ['history of others, by a lead', lead, deed('case.claimed', { isHistory: true, actor: MEI }), null],
    ['their own history, by an agent', agentMei, deed('case.claimed', { isHistory: true }), null],
    ['history of others, by an agent', agentMei, deed('case.claimed', { isHistory: true, actor: ANA }), 'not-yours'],
    ['a template of before, by an agent', agentMei, deed('template.saved', { stream: 'template.tpl_1', isHistory: true }), 'lead-only'],
    ['a template, by an agent', agentMei, deed('template.saved', { stream: 'template.tpl_1' }), 'lead-only'],
    ['a template, by a lead', lead, deed('template.saved', { stream: 'template.tpl_1', actor: ANA }), null],
    ['the rules, by an agent, under the name that they have here', agentMei, deed('sla.rulesSaved', { stream: 'sla' }), 'lead-only'],
    ['the rules, by an agent’s program', agentMei, deed('sla.rulesSaved', { stream: 'setting.sla', actor: null }), 'lead-only'],
    ['a forced assignment, by an agent', agentMei, deed('case.assigned', { body: { isForced: true } }), 'lead-only'],
    ['an assignment, by an agent', agentMei, deed('case.assigned', { body: { isForced: false } }), null],
    [
      'a forced assignment, by nobody',
      { role: 'gateway', agentId: null },
      deed('case.assigned', { actor: null, body: { isForced: true } }),
      'unknown-user',
    ],
    [
      'an approved absence, by an agent',
      agentMei,
      deed('absence.decided', { stream: 'absence.abs_1', body: { state: 'approved' } }),
      'lead-only',
    ],
    ['an absence that is taken back', agentMei, deed('absence.decided', { stream: 'absence.abs_1', body: { state: 'cancelled' } }), null],
    [
      'an absence that is asked for',
      agentMei,
      deed('absence.requested', { stream: 'absence.abs_1', body: { absence: { state: 'requested' } } }),
      null,
    ],
    [
      'an absence that nobody asked for',
      agentMei,
      deed('absence.requested', { stream: 'absence.abs_1', body: { absence: { state: 'approved' } } }),
      'lead-only',
    ],
    ...(['view.saved', 'view.removed', 'macro.saved', 'macro.removed'] as const).flatMap((type) => {
      const stream = type.startsWith('view') ? 'view.view_1' : 'macro.mac_1';
      const of = (owner: string): Partial<Deed> => ({ stream, body: { owner } });
      return [
        [`${type} of their own`, agentMei, deed(type, of(MEI)), null],
        [`${type} of somebody else`, agentMei, deed(type, of(ANA)), 'lead-only'],
        [`${type} of somebody else, by a lead`, lead, deed(type, { ...of(MEI), actor: ANA }), null],
        [`${type} in the name of its owner, by a lead`, lead, deed(type, of(MEI)), 'not-yours'],
        [`${type} in the name of its owner, by an agent`, agentMei, deed(type, { ...of(ANA), actor: ANA }), 'not-yours'],
        [`${type} of nobody`, agentMei, deed(type, { stream }), 'lead-only'],
        [`${type}, by somebody whom nobody knows`, { role: 'agent', agentId: null }, deed(type, of(MEI)), 'unknown-user'],
        [`${type} by the program`, agentMei, deed(type, { ...of(MEI), actor: null }), 'lead-only'],
      ] as const;
    }),
    ['a swap that is decided', agentMei, deed('swap.decided', { stream: 'swap.swp_1' }), 'lead-only'],
  ];
  test.each(CASES)('%s', (_name, author, what, problem) => {
    expect(actorProblem(author, what)).toBe(problem);
  });

  test('a team without a lead decides by itself, but for its plan and its rules', () => {
    expect(actorProblem(agentMei, deed('case.assigned', { body: { isForced: true } }), false)).toBeNull();
    expect(actorProblem(agentMei, deed('template.saved', { stream: 'template.tpl_1' }), false)).toBe('lead-only');
    expect(actorProblem(agentMei, deed('view.saved', { stream: 'view.view_1', body: { owner: ANA } }), false)).toBeNull();
  });

  test('what the hub lets leads alone write is for leads here, and what it lets everybody write is not', () => {
    const source = readFileSync(new URL('../../../main/hub/permissions.ts', import.meta.url), 'utf8');
    const kinds = (name: string): readonly string[] => {
      const list = new RegExp(`const ${name} = \\[([^\\]]*)\\]`, 'u').exec(source)?.[1] ?? '';
      return [...list.matchAll(/'(\w+)'/gu)].flatMap(([, kind]) => kind ?? []);
    };
    expect(kinds('LEAD_KINDS')).toContain('setting');
    expect(kinds('LEAD_KINDS').filter((kind) => !LEAD_STREAM_KINDS.has(kind))).toEqual([]);
    expect(kinds('COMMON_KINDS')).toContain('case');
    expect(kinds('COMMON_KINDS').filter((kind) => LEAD_STREAM_KINDS.has(kind))).toEqual([]);
  });

  test('lets only who may hold a channel tell what customers wrote, and what they got', () => {
    const agent = { role: 'agent', agentId: makeId('agt', 'bo'), holdsChannels: false };
    for (const type of [
      'case.opened',
      'case.messageReceived',
      'case.messageImported',
      'case.deliveryFailed',
      'case.replySent',
      'case.replyFailed',
    ]) {
      const deed = { stream: 'case.case_1', type, actor: null, body: {} };
      expect(actorProblem(agent, deed)).toBe('channel-only');
      expect(actorProblem({ ...agent, holdsChannels: true }, deed)).toBe(null);
      expect(actorProblem({ ...agent, role: 'gateway' }, deed)).toBe(null);
    }
    expect(actorProblem(agent, { stream: 'case.case_1', type: 'handoff.expired', actor: null, body: {} })).toBe(null);
  });
});
