import { expect, test } from 'vitest';
import { isStrict, localStream, streamKind, wireStream } from './strictness.ts';

test('what two may not both have is strict, everything else and what is not known commutes', () => {
  const strict = [
    'case.claimed',
    'case.assigned',
    'case.released',
    'case.replyQueued',
    'handoff.accepted',
    'publication.made',
    'send.started',
    'send.done',
  ];
  const commuting = [
    'case.opened',
    'case.messageReceived',
    'case.statusChanged',
    'case.replySent',
    'case.noteAdded',
    'promise.made',
    'shift.drafted',
    'case.painted',
    'painted',
    '',
  ];
  expect(strict.filter(isStrict)).toEqual(strict);
  expect(commuting.filter(isStrict)).toEqual([]);
});

test('a stream of the whole team travels as a setting, and comes back as what it was', () => {
  expect(wireStream('sla')).toBe('setting.sla');
  for (const stream of ['sla', 'staffing', 'acknowledgements', 'case.case_1', 'send.out_1']) {
    expect(localStream(wireStream(stream))).toBe(stream);
    expect(wireStream(stream)).toMatch(/^[a-zA-Z]+\.[A-Za-z0-9_-]+$/u);
    expect(streamKind(stream)).toBe(streamKind(wireStream(stream)));
  }
  expect(streamKind('case.case_1')).toBe('case');
});
