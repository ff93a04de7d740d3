import { expect, test } from 'vitest';
import type { CaseEventBody } from '../case.ts';
import { makeId } from '../ids.ts';
import { instant } from '../time.ts';
import { PromiseReader, promiseEventOf } from './case-promise-events.ts';
import type { PromiseEventBody } from './promise.ts';

const messageId = makeId('msg', 'one');
const agentId = makeId('agt', 'ana');
const promiseId = makeId('prm', 'one');
const contactId = makeId('con', 'kim');
const imported = { type: 'case.messageImported', messageId, contactId, at: instant(7), preview: '', subject: '' } as const;
const failure = { type: 'case.deliveryFailed', messageId, recipient: null, diagnostic: '' } as const;

const LOGGED = { id: 'evt_1', sequence: 3, isPending: false, hlc: '1', epoch: 0, at: instant(9), actor: agentId } as const;

test.each<[string, CaseEventBody, readonly [at: number, body: PromiseEventBody] | null]>([
  [
    'a reply at the time of the channel',
    { type: 'case.replySent', messageId, at: instant(7) },
    [7, { type: 'message-accepted', messageId, by: 'human' }],
  ],
  ['a reply from another program', { ...imported, auto: 'none' }, [7, { type: 'message-accepted', messageId, by: 'human' }]],
  [
    'an automatic reply from another program',
    { ...imported, auto: 'auto-reply' },
    [7, { type: 'message-accepted', messageId, by: 'auto' }],
  ],
  ['a failed send', { type: 'case.replyFailed', messageId, reason: '' }, [9, { type: 'message-failed', messageId }]],
  ['a bounce', { ...failure, permanent: true }, [9, { type: 'message-failed', messageId }]],
  ['a delay', { ...failure, permanent: false }, null],
  [
    'an automatic reply of ours',
    { type: 'case.replySent', messageId, at: instant(7), auto: 'auto-reply' },
    [7, { type: 'message-accepted', messageId, by: 'auto' }],
  ],
  ['a promise that is kept', { type: 'promise.kept', promiseId }, [9, { type: 'promise-kept', promiseId }]],
  [
    'a promise that is released',
    { type: 'promise.released', promiseId, reason: 'replaced' },
    [9, { type: 'promise-released', promiseId, reason: 'replaced' }],
  ],
  ['a claim', { type: 'case.claimed', agentId }, null],
  ['a note', { type: 'case.noteAdded', messageId }, null],
])('%s', (_name, body, expected) => {
  const found = promiseEventOf({ ...LOGGED, body });
  const event = expected === null ? null : { id: 'evt_1', sequence: 3, at: expected[0], actor: agentId, body: expected[1] };
  expect(found).toEqual(event);
});

test('whoever answers for the case owes its promises, told once a change', () => {
  const reader = new PromiseReader();
  const read = (ownerId: typeof agentId | null) => reader.read({ ...LOGGED, body: { type: 'case.noteAdded', messageId } }, ownerId);
  expect(read(null)).toEqual([]);
  expect(read(agentId)).toEqual([
    { id: 'evt_1#owner', sequence: 3, at: instant(9), actor: agentId, body: { type: 'owner-changed', ownerId: agentId } },
  ]);
  expect(read(agentId)).toEqual([]);
});
