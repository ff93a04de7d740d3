import { expect, test } from 'vitest';
import type { CaseEventBody } from '../case.ts';
import { makeId } from '../ids.ts';
import { instant } from '../time.ts';
import { promiseEventOf } from './case-promise-events.ts';
import type { PromiseEventBody } from './promise.ts';

const messageId = makeId('msg', 'one');
const agentId = makeId('agt', 'ana');
const contactId = makeId('con', 'kim');
const imported = { type: 'case.messageImported', messageId, contactId, at: instant(7), preview: '', subject: '' } as const;
const failure = { type: 'case.deliveryFailed', messageId, recipient: null, diagnostic: '' } as const;

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
  ['a claim', { type: 'case.claimed', agentId }, [9, { type: 'owner-changed', ownerId: agentId }]],
  ['an assignment', { type: 'case.assigned', agentId: null }, [9, { type: 'owner-changed', ownerId: null }]],
  ['a release', { type: 'case.released' }, [9, { type: 'owner-changed', ownerId: null }]],
  ['a note', { type: 'case.noteAdded', messageId }, null],
])('%s', (_name, body, expected) => {
  const found = promiseEventOf({ id: 'evt_1', sequence: 3, at: instant(9), actor: agentId, body });
  const event = expected === null ? null : { id: 'evt_1', sequence: 3, at: expected[0], actor: agentId, body: expected[1] };
  expect(found).toEqual(event);
});
