import { expect, test } from 'vitest';
import { ANA, at, by, CASE, ME, message, OPENED, queued, received, scene } from '../../../../test/team/case-log.ts';
import type { Done } from '../../../../test/team/case-log.ts';
import { handoffId } from '../../../../test/handoff/log.ts';
import { projectCase } from '../case.ts';
import type { CaseEventBody, CaseState } from '../case.ts';
import { conflictsOfCase, refusedByHub } from './conflict-record.ts';
import { choicesFor, holdReasonOf, isOpenConflict, NEEDS_YOU_REASONS } from './conflict.ts';
import type { TeamConflict } from './conflict.ts';
import { rebaseCase } from './rebase.ts';
import { resolveFacts, resolveInCase } from './resolve.ts';

const KNOWN: readonly Done[] = [by(null, OPENED), by(null, received('first'))];
const solved: CaseEventBody = { type: 'case.statusChanged', to: 'solved' };

function conflicts(theirs: readonly Done[], mine: readonly Done[]): { readonly list: readonly TeamConflict[]; readonly state: CaseState } {
  const input = scene(KNOWN, theirs, mine);
  const before = projectCase(input.confirmed.slice(0, KNOWN.length));
  const state = projectCase(input.confirmed);
  if (state === null) throw new Error('it was opened');
  return { list: conflictsOfCase(rebaseCase(input), { caseId: CASE, at: at(900), before, confirmed: input.confirmed }), state };
}

function decide(theirs: readonly Done[], bodies: readonly CaseEventBody[], choice: 'keep-theirs' | 'apply-mine'): readonly CaseEventBody[] {
  const { list, state } = conflicts(
    theirs,
    bodies.map((body) => by(ME, body)),
  );
  const [conflict] = list;
  if (conflict === undefined) throw new Error('there is none');
  const mine = bodies
    .map((body, index) => ({ id: `mine-${index + 1}`, body }))
    .filter(({ id }) => [conflict.id, ...conflict.alsoMine].includes(id));
  return resolveInCase({ ...conflict, mine }, choice, { caseId: CASE, state }, ME);
}

test('the record shows both versions', () => {
  const { list } = conflicts([by(null, received('second'))], [by(ME, solved)]);
  expect(list).toEqual([
    {
      id: 'mine-1',
      caseId: CASE,
      stream: `case.${CASE}`,
      at: at(900),
      kind: 'needs-you',
      reason: 'customer-wrote',
      mine: {
        type: 'case.statusChanged',
        actor: ME,
        at: at(501),
        changes: [{ field: 'status', part: null, from: { kind: 'status', status: 'open' }, to: { kind: 'status', status: 'solved' } }],
      },
      theirs: {
        eventId: 'log-3',
        type: 'case.messageReceived',
        actor: null,
        at: at(3),
        changes: [{ field: 'message', part: null, from: null, to: { kind: 'text', text: 'Text of second' } }],
      },
      alsoMine: [],
      choices: ['keep-theirs', 'apply-mine'],
      decision: null,
    },
  ]);
  expect(list.map(isOpenConflict)).toEqual([true]);
});

test('what is merged and dropped is told and asks nothing, and what nobody touched is not told', () => {
  const woken: CaseEventBody = { type: 'case.woken', reason: 'time' };
  const { list } = conflicts(
    [by(ANA, solved), by(null, woken)],
    [by(ME, solved), by(null, woken), by(ME, { type: 'case.noteAdded', messageId: message('note') })],
  );
  expect(list.map(({ id, kind, reason, choices }) => [id, kind, reason, choices])).toEqual([
    ['mine-1', 'merged', 'same-by-other', []],
    ['mine-2', 'dropped', 'already-done', []],
  ]);
  expect(list.map(isOpenConflict)).toEqual([false, false]);
});

test('a decision does once more what is still wanted, or nothing', () => {
  const theirs = [by(ANA, { type: 'case.statusChanged', to: 'hold' } as const)];
  const steps: readonly CaseEventBody[] = [
    { type: 'case.statusChanged', to: 'pending' },
    { ...solved, undoes: 'mine-1' },
  ];
  expect(decide(theirs, steps, 'keep-theirs')).toEqual([]);
  // the last step, without the slip that it took back
  expect(decide(theirs, steps, 'apply-mine')).toEqual([solved]);
  expect(decide([by(ANA, { type: 'case.claimed', agentId: ANA })], [{ type: 'case.claimed', agentId: ME }], 'apply-mine')).toEqual([
    { type: 'case.claimed', agentId: ME },
  ]);
  expect(decide([by(null, received('second'))], [queued('answer')], 'apply-mine')).toEqual([queued('answer')]);
});

test('nothing is recorded that is so already', () => {
  const { list, state } = conflicts([by(null, received('second'))], [by(ME, solved)]);
  const [conflict] = list;
  if (conflict === undefined) throw new Error('there is none');
  const now = { caseId: CASE, state: { ...state, status: 'solved' as const } };
  expect(resolveInCase({ ...conflict, mine: [{ id: 'mine-1', body: solved }] }, 'apply-mine', now, ME)).toEqual([]);
});

test('who wanted a case that was offered may have it; other steps of what has gone on can only be left', () => {
  const accepted: CaseEventBody = {
    type: 'handoff.accepted',
    handoffId: handoffId('h'),
    packetVersion: 1,
    lastInboundId: null,
    readBack: null,
    hubId: null,
    isOnShift: true,
  };
  const { state } = conflicts([], [by(ME, solved)]);
  const conflict = {
    kind: 'needs-you' as const,
    choices: choicesFor('needs-you', 'owner-changed', accepted.type),
    mine: [{ id: 'mine-1', body: accepted }],
  };
  expect(resolveInCase(conflict, 'apply-mine', { caseId: CASE, state }, ME)).toEqual([{ type: 'case.claimed', agentId: ME }]);
  expect(choicesFor('needs-you', 'owner-changed', 'handoff.declined')).toEqual(['keep-theirs']);
  expect(choicesFor('needs-you', 'already-sent', 'case.replyCancelled')).toEqual(['keep-theirs']);
  expect(resolveInCase({ ...conflict, choices: ['keep-theirs'] }, 'apply-mine', { caseId: CASE, state }, ME)).toEqual([]);
});

test('facts are said once more, or left', () => {
  const conflict = {
    kind: 'needs-you' as const,
    choices: choicesFor('needs-you', 'saved-by-other', 'template.saved'),
    mine: [{ id: 'mine-1' }],
  };
  expect(resolveFacts(conflict, 'apply-mine')).toEqual([{ id: 'mine-1' }]);
  expect(resolveFacts(conflict, 'keep-theirs')).toEqual([]);
  expect(resolveFacts({ ...conflict, kind: 'merged' }, 'apply-mine')).toEqual([]);
});

test('what the hub refuses is shown, and a reply that waits says why', () => {
  const refused = refusedByHub({ id: 'mine-1', stream: 'sla', type: 'sla.rulesSaved', actor: ME, at: at(1) }, 'too-large', {
    caseId: null,
    at: at(2),
    changes: [],
  });
  expect(refused).toMatchObject({ kind: 'needs-you', reason: 'too-large', theirs: null, choices: ['keep-theirs'] });
  expect(NEEDS_YOU_REASONS.filter((reason) => holdReasonOf(reason) !== null)).toEqual([
    'claimed-by-other',
    'owner-changed',
    'status-changed-by-other',
    'customer-wrote',
    'colleague-replied',
    'case-merged',
  ]);
});
