import { describe, expect, test } from 'vitest';
import type { CaseEventBody } from '../case.ts';
import { makeId } from '../ids.ts';
import { instant } from '../time.ts';
import { isThreadNews, newsMessageId } from './thread-news.ts';

const ME = makeId('agt', 'me');
const LI = makeId('agt', 'li');
const messageId = makeId('msg', '1');
const at = instant(5);
const written = { messageId, contactId: makeId('con', '1'), at, preview: '', subject: '' };

const CASES: readonly (readonly [string, CaseEventBody, 'customer' | 'colleague', boolean])[] = [
  ['a message from the customer', { type: 'case.messageReceived', ...written, auto: 'none' }, 'customer', true],
  ['an automatic answer of the customer', { type: 'case.messageReceived', ...written, auto: 'auto-reply' }, 'customer', false],
  ['a message that the customer changed', { type: 'case.messageEdited', messageId, at, text: 'x' }, 'customer', true],
  ['a message that the customer took back', { type: 'case.messageRemoved', messageId, at }, 'customer', true],
  ['an old message that was found', { type: 'case.messageImported', ...written, auto: 'none' }, 'customer', false],
  ['a receipt', { type: 'case.replyRead', messageId, at }, 'customer', false],
  ['a colleague’s reply', { type: 'case.replyQueued', messageId, outboxId: makeId('out', '1'), preview: '' }, 'colleague', true],
  [
    'what a machine answers',
    { type: 'case.replyQueued', messageId, outboxId: makeId('out', '1'), preview: '', auto: 'auto-reply' },
    'customer',
    false,
  ],
  ['that a reply has left', { type: 'case.replySent', messageId, at }, 'colleague', false],
  ['a note', { type: 'case.noteAdded', messageId }, 'colleague', true],
  ['another status', { type: 'case.statusChanged', to: 'solved' }, 'colleague', true],
  ['another owner', { type: 'case.claimed', agentId: LI }, 'colleague', true],
  ['a promise that is kept', { type: 'promise.kept', promiseId: makeId('prm', '1') }, 'colleague', true],
  ['a handoff that is declined', { type: 'handoff.declined', handoffId: makeId('hnd', '1'), reason: 'x' }, 'colleague', true],
  ['a label', { type: 'case.labelAdded', label: 'x' }, 'colleague', false],
  ['a priority', { type: 'case.priorityChanged', to: 'high' }, 'colleague', false],
];

describe('what is new to who writes', () => {
  test.each(CASES)('%s', (_what, body, who, isNews) => {
    expect(isThreadNews(body, who === 'customer' ? null : LI, ME)).toBe(isNews);
  });

  test('nothing that they did themselves', () => {
    for (const [, body] of CASES) expect(isThreadNews(body, ME, ME)).toBe(false);
  });

  test('messages and notes are shown as they are, the rest in a sentence', () => {
    expect(newsMessageId({ type: 'case.noteAdded', messageId })).toBe(messageId);
    expect(newsMessageId({ type: 'case.statusChanged', to: 'open' })).toBeNull();
  });
});
