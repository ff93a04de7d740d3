import { describe, expect, test } from 'vitest';
import { hour } from '../../../../test/coverage/team.ts';
import { DEFAULT_AUTO_REPLY_RULES, autoReplySubject, decideAutoReply } from './auto-reply.ts';
import type { AnswerableMessage, AutoReplyHistory, SilenceReason } from './auto-reply.ts';

const MESSAGE: AnswerableMessage = {
  auto: 'none',
  from: ['kim@example.com'],
  returnPath: 'kim@example.com',
  recipients: ['Support+c-abc123@aurelia.example'],
  receivedAt: hour(10),
  autoSubmitted: '',
  precedence: '',
  suppress: '',
  loop: '',
  hasListHeader: false,
};
const HISTORY: AutoReplyHistory = {
  ownAddresses: ['support@aurelia.example', 'help@aurelia.example'],
  lastToContactAt: null,
  sentInCase: 0,
};

function decide(message: Partial<AnswerableMessage> = {}, history: Partial<AutoReplyHistory> = {}, now = hour(10.1)) {
  return decideAutoReply({ ...MESSAGE, ...message }, { ...HISTORY, ...history }, now, DEFAULT_AUTO_REPLY_RULES);
}

describe('a message is answered', () => {
  test('to its envelope sender, with headers that keep machines quiet and a sender that nothing comes back to', () => {
    expect(decide({ returnPath: 'kim=77@mail.example.com' })).toEqual({
      kind: 'send',
      to: 'kim=77@mail.example.com',
      returnPath: '',
      headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', 'X-Loop': 'support@aurelia.example' },
    });
  });

  test.each<[string, Partial<AnswerableMessage>, Partial<AutoReplyHistory>]>([
    ['from a person', {}, {}],
    ['on a channel without envelopes', { returnPath: null }, {}],
    ['that says that no machine wrote it', { autoSubmitted: 'no' }, {}],
    ['that asks for no receipts', { suppress: 'DR, RN' }, {}],
    ['of little urgency', { precedence: 'first-class' }, {}],
    ['from a customer who was answered long ago', {}, { lastToContactAt: hour(-14) }],
    ['in a case that got one', {}, { sentInCase: 1 }],
    ['from a name that only looks like a robot', { from: ['nora@example.com'], returnPath: 'nora@example.com' }, {}],
  ])('%s', (_name, message, history) => {
    expect(decide(message, history).kind).toBe('send');
  });
});

describe('a message is not answered', () => {
  test.each<[string, Partial<AnswerableMessage>, Partial<AutoReplyHistory>, readonly SilenceReason[]]>([
    ['when a machine answered', { autoSubmitted: 'auto-replied; owner-email="x"' }, {}, ['automatic']],
    ['when a machine wrote it', { autoSubmitted: ' Auto-Generated (cron)' }, {}, ['automatic']],
    ['when it was found to be automatic', { auto: 'auto-reply' }, {}, ['automatic']],
    ['when an old vacation program wrote it', { precedence: 'auto_reply' }, {}, ['automatic']],
    ['when it is a bounce', { auto: 'bounce', returnPath: '' }, {}, ['bounce', 'null-sender']],
    ['when its sender is null', { returnPath: '' }, {}, ['null-sender']],
    ['when a list sent it', { hasListHeader: true }, {}, ['list']],
    ['when it is bulk', { precedence: 'Bulk' }, {}, ['list']],
    ['when it asks for no answers', { suppress: 'DR, OOF, AutoReply' }, {}, ['suppressed']],
    ['when it asks for nothing at all', { suppress: 'All' }, {}, ['suppressed']],
    ['when it has been around', { loop: 'support@other.example' }, {}, ['loop']],
    ['when it has no sender', { from: [] }, {}, ['no-sender']],
    ['when it has several', { from: ['a@example.com', 'b@example.com'] }, {}, ['several-senders']],
    ['when we wrote it', { from: ['HELP+x@aurelia.example'] }, {}, ['own-address']],
    ['when it comes back to us', { returnPath: 'support@aurelia.example' }, {}, ['own-address']],
    ['when a robot wrote it', { from: ['no-reply@example.com'] }, {}, ['robot-address']],
    ['when a list owner wrote it', { returnPath: 'owner-talk@example.com' }, {}, ['robot-address']],
    ['when a list took requests', { from: ['talk-request@example.com'] }, {}, ['robot-address']],
    ['when it was not written to us', { recipients: ['kim@example.com'] }, {}, ['not-addressed-to-us']],
    ['when the customer was answered lately', {}, { lastToContactAt: hour(-13) }, ['answered-recently']],
    ['when the case had enough', {}, { sentInCase: 2 }, ['too-many-in-case']],
    ['when it is history', { receivedAt: hour(9) }, {}, ['too-old']],
    [
      'for all reasons at once',
      { autoSubmitted: 'auto-replied', hasListHeader: true, loop: 'x' },
      { sentInCase: 9 },
      ['automatic', 'list', 'loop', 'too-many-in-case'],
    ],
  ])('%s', (_name, message, history, reasons) => {
    expect(decide(message, history)).toEqual({ kind: 'silent', reasons });
  });

  test('and two machines that answer each other stop at once', () => {
    const answer = decide();
    const headers = answer.kind === 'send' ? answer.headers : {};
    const back = decide({
      returnPath: answer.kind === 'send' ? answer.returnPath : null,
      autoSubmitted: headers['Auto-Submitted'] ?? '',
      suppress: headers['X-Auto-Response-Suppress'] ?? '',
      loop: headers['X-Loop'] ?? '',
    });
    expect(back).toEqual({ kind: 'silent', reasons: ['automatic', 'null-sender', 'suppressed', 'loop'] });
  });
});

test.each([
  ['Re: Withdrawal', 'Auto: Withdrawal'],
  ['Auto: Auto: Re: Auto: Withdrawal', 'Auto: Withdrawal'],
  ['回复：提现', 'Auto: 提现'],
  ['', 'Auto:'],
])('%j is answered as %j', (subject, expected) => {
  expect(autoReplySubject(subject)).toBe(expected);
});
