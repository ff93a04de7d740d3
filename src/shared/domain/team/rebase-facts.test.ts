import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANA, at, ME } from '../../../../test/team/case-log.ts';
import type { AgentId } from '../ids.ts';
import { conflictsOfFacts } from './conflict-record.ts';
import { fieldOfStream, rebaseFacts } from './rebase-facts.ts';
import type { FactsRebase, TeamFact } from './rebase-facts.ts';
import type { Verdict } from './verdict.ts';

type Said = readonly [stream: string, type: string, body: Readonly<Record<string, unknown>>, actor?: AgentId | null];

function input(theirs: readonly Said[], mine: readonly Said[], seen = 0): FactsRebase {
  const fact = ([stream, type, body, actor]: Said, id: string, sequence: number, by: AgentId): TeamFact => ({
    id,
    sequence,
    stream,
    type,
    actor: actor === undefined ? by : actor,
    body,
  });
  return {
    confirmed: theirs.map((said, index) => fact(said, `log-${index + 1}`, index + 1, ANA)),
    pending: mine.map((said, index) => ({ event: fact(said, `mine-${index + 1}`, 1_000 + index, ME), seen })),
    isMine: () => false,
  };
}
function verdicts(theirs: readonly Said[], mine: readonly Said[], seen = 0): readonly Verdict[] {
  return rebaseFacts(input(theirs, mine, seen)).map(({ verdict }) => verdict);
}
const APPLY = { kind: 'apply' };
const needs = (reason: string, field: string, theirs = 'log-1', follows: string | null = null): object => ({
  kind: 'needs-you',
  reason,
  field,
  theirs,
  follows,
});
const SAME = { kind: 'merge', reason: 'same-by-other', with: ['log-1'], epoch: null };

const template = (name: string): Said => ['template.tpl_1', 'template.saved', { template: { templateId: 'tpl_1', name, days: [1, 2] } }];
const drafted = (body: object | null, shift = 'shf_1'): Said => [
  `shift.${shift}`,
  'shift.drafted',
  { shiftId: shift, draft: body === null ? { kind: 'removed' } : { kind: 'changed', body } },
];
const published = (body: object, publicationId = 'pub_1', shift = 'shf_1'): Said => [
  `shift.${shift}`,
  'shift.published',
  { shiftId: shift, publicationId, body },
];
const made = (publicationId: string): Said => [
  `publication.${publicationId}`,
  'publication.made',
  { publicationId, note: '', reverts: null, changed: 1, told: [] },
];
const absence = (state: string): Said => ['absence.abs_1', 'absence.decided', { absenceId: 'abs_1', state }];
const cover = (id: string, agentIn: string, from: number, to: number): Said => [
  `override.${id}`,
  'override.made',
  { override: { overrideId: id, shiftId: 'shf_1', agentIn, startAt: from, endAt: to } },
];

describe('one fact of a person against one of somebody else', () => {
  const CASES: readonly (readonly [string, Said, Said, object])[] = [
    ['a template that was saved otherwise', template('Early'), template('Late'), needs('saved-by-other', 'template')],
    [
      'a template that was saved alike',
      template('Early'),
      ['template.tpl_1', 'template.saved', { template: { days: [1, 2], name: 'Early', templateId: 'tpl_1' } }],
      SAME,
    ],
    ['a template beside another one', template('Early'), ['template.tpl_2', 'template.saved', { template: { name: 'Late' } }], APPLY],
    ['a draft that was drafted otherwise', drafted({ agentId: 'a' }), drafted({ agentId: 'b' }), needs('saved-by-other', 'shift')],
    [
      'a draft that was worked out with other data of time zones',
      drafted({ agentId: 'a', zoneData: '2025a' }),
      drafted({ agentId: 'a', zoneData: '2025b' }),
      SAME,
    ],
    ['a draft that was removed otherwise', drafted({ agentId: 'a' }), drafted(null), needs('saved-by-other', 'shift')],
    ['a draft of a shift that was published', drafted({ agentId: 'a' }), published({ agentId: 'b' }), needs('published-by-other', 'shift')],
    ['a draft of a shift that was published alike', drafted({ agentId: 'a' }), published({ agentId: 'a' }), SAME],
    ['a publication after another one', made('pub_2'), made('pub_1'), needs('published-by-other', 'publication')],
    ['an absence that was decided otherwise', absence('approved'), absence('declined'), needs('decided-by-other', 'absence')],
    ['an absence that was decided alike', absence('approved'), absence('approved'), SAME],
    [
      'the rules that were saved otherwise',
      ['sla', 'sla.rulesSaved', { policies: [1] }],
      ['sla', 'sla.rulesSaved', { policies: [2] }],
      needs('saved-by-other', 'rules'),
    ],
    [
      'acknowledgements that were saved otherwise',
      ['acknowledgements', 'acknowledgements.saved', { isOn: true }],
      ['acknowledgements', 'acknowledgements.saved', { isOn: false }],
      needs('saved-by-other', 'acknowledgements'),
    ],
    [
      'a cover of a stretch that somebody else covered',
      cover('ovr_1', 'a', 0, 10),
      cover('ovr_2', 'b', 5, 15),
      needs('saved-by-other', 'override'),
    ],
    ['a cover of another stretch', cover('ovr_1', 'a', 0, 10), cover('ovr_2', 'b', 10, 15), APPLY],
    [
      'notices that were seen',
      ['agent.agt_mei', 'agent.noticesSeen', { publicationIds: [] }],
      ['agent.agt_mei', 'agent.saved', { profile: {} }],
      APPLY,
    ],
    ['a kind that is not known', ['painting.1', 'painting.made', { a: 1 }], ['other.1', 'painting.made', { a: 2 }], APPLY],
  ];
  test.each(CASES)('%s', (_name, mine, theirs, verdict) => {
    expect(verdicts([theirs], [mine])).toEqual([verdict]);
    expect(verdicts([theirs], [mine], 1)).toEqual([APPLY]);
  });
});

test('what may be in the log already is not held back, and seen notices add up', () => {
  const given = input([template('Late')], [template('Early')]);
  const pending = given.pending.map((each) => ({ ...each, isSent: true }));
  expect(rebaseFacts({ ...given, pending }).map(({ verdict }) => verdict)).toEqual([APPLY]);
  const seen = (id: string): Said => ['agent.agt_mei', 'agent.noticesSeen', { publicationIds: [id] }];
  expect(verdicts([seen('pub_1')], [seen('pub_2')])).toEqual([APPLY]);
});

test('a customer’s tier and zone are two things', () => {
  const saved = (body: object): Said => ['contact.con_1', 'contact.saved', { contactId: 'con_1', ...body }];
  const vip = { tier: { tier: 'vip', reason: '', until: null } };
  const other = { tier: { tier: 'standard', reason: '', until: null } };
  expect(verdicts([saved({ zone: 'UTC' })], [saved(vip)])).toEqual([APPLY]);
  expect(verdicts([saved({ ...vip, zone: 'UTC' })], [saved(vip)])).toEqual([SAME]);
  expect(verdicts([saved(other)], [saved({ ...vip, zone: 'UTC' })])).toEqual([needs('saved-by-other', 'contact')]);
  // what was decided of the tier is not forgotten because the zone was told after it
  expect(verdicts([saved(other)], [saved(vip), saved({ zone: 'UTC' })])).toEqual([needs('saved-by-other', 'contact'), APPLY]);
});

test('a cover that was taken back is in nobody’s way', () => {
  const cancelled: Said = ['override.ovr_2', 'override.cancelled', { overrideId: 'ovr_2' }];
  expect(verdicts([cover('ovr_2', 'b', 5, 15), cancelled], [cover('ovr_1', 'a', 0, 10)])).toEqual([APPLY]);
});

test('what the program does by itself asks nobody', () => {
  expect(verdicts([['sla', 'sla.rulesSaved', { policies: [2] }]], [['sla', 'sla.rulesSaved', { policies: [1] }, null]])).toEqual([
    { kind: 'drop', reason: 'no-longer-true', theirs: 'log-1' },
  ]);
  expect(verdicts([['sla', 'sla.rulesSaved', { policies: [1] }, null]], [['sla', 'sla.rulesSaved', { policies: [1] }, null]])).toEqual([
    { kind: 'drop', reason: 'already-done', theirs: 'log-1' },
  ]);
});

test('a publication and what it publishes stand or fall together', () => {
  const mine = [published({ agentId: 'a' }, 'pub_2'), published({ agentId: 'b' }, 'pub_2', 'shf_2'), made('pub_2')];
  expect(verdicts([made('pub_1')], mine)).toEqual([
    needs('published-by-other', 'publication', 'log-1', 'mine-3'),
    needs('published-by-other', 'publication', 'log-1', 'mine-3'),
    needs('published-by-other', 'publication', 'log-1'),
  ]);
  expect(verdicts([template('Late')], mine)).toEqual([APPLY, APPLY, APPLY]);
});

test('of several steps of one change the last is what they want, and the first bears the conflict', () => {
  expect(verdicts([template('Late')], [template('Early'), template('Late')])).toEqual([SAME, SAME]);
  expect(verdicts([template('Late')], [template('Early'), template('Noon')])).toEqual([
    needs('saved-by-other', 'template'),
    needs('saved-by-other', 'template', 'log-1', 'mine-1'),
  ]);
});

test('the record of a conflict names what differs, and no more', () => {
  const { confirmed, pending, isMine } = input([template('Late')], [template('Early'), template('Noon')]);
  const dated = (fact: TeamFact): TeamFact & { readonly at: ReturnType<typeof at> } => ({ ...fact, at: at(fact.sequence) });
  const judged = rebaseFacts({ confirmed, pending, isMine }).map(({ event, verdict }) => ({ event: dated(event), verdict }));
  expect(conflictsOfFacts(judged, { at: at(7), confirmed: confirmed.map(dated) })).toEqual([
    {
      id: 'mine-1',
      caseId: null,
      stream: 'template.tpl_1',
      at: at(7),
      kind: 'needs-you',
      reason: 'saved-by-other',
      mine: {
        type: 'template.saved',
        actor: ME,
        at: at(1_000),
        changes: [{ field: 'template', part: 'name', from: null, to: { kind: 'text', text: 'Early' } }],
      },
      theirs: {
        eventId: 'log-1',
        type: 'template.saved',
        actor: ANA,
        at: at(1),
        changes: [{ field: 'template', part: 'name', from: null, to: { kind: 'text', text: 'Late' } }],
      },
      alsoMine: ['mine-2'],
      choices: ['keep-theirs', 'apply-mine'],
      decision: null,
    },
  ]);
  expect(fieldOfStream('case.x')).toBe('setting');
});

const name = fc.constantFrom('x', 'y');
const said: fc.Arbitrary<Said> = fc.oneof(
  name.map(template),
  name.map((agentId) => drafted({ agentId })),
  name.map((agentId) => published({ agentId }, 'pub_9')),
  name.map((each) => made(`pub_${each}`)),
  fc.constantFrom('approved', 'declined').map(absence),
  name.map((policy): Said => ['sla', 'sla.rulesSaved', { policies: [policy] }]),
  name.map((agentIn) => cover('ovr_1', agentIn, 0, 10)),
);
test('equal content asks nobody, nothing of a person is dropped, and what is beside it changes no verdict', () => {
  const beside = fc.array(
    name.map((each): Said => [`requirement.req_${each}`, 'requirement.saved', { requirement: { each } }]),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(said, { maxLength: 5 }), fc.array(said, { minLength: 1, maxLength: 4 }), beside, (theirs, mine, more) => {
      const judged = verdicts(theirs, mine);
      expect(judged).toHaveLength(mine.length);
      expect(judged.every(({ kind }) => kind !== 'drop' && kind !== 'undone')).toBe(true);
      expect(verdicts([...theirs, ...more], mine)).toEqual(judged);
      const [first] = mine;
      // two publications are two, whatever they say
      const isPublication = first?.[1] === 'publication.made';
      expect(first === undefined || isPublication ? APPLY : verdicts([first], [first])[0]).not.toMatchObject({ kind: 'needs-you' });
    }),
    { numRuns: 100 },
  );
});
