import { expect, test } from 'vitest';
import { parseHeaders } from './message-headers.ts';

test('what the server adds stands behind what an author forged, and the author’s own words stand first', () => {
  const { status, first, last } = parseHeaders(
    'NATS/1.0\r\nNats-Msg-Id: evt_1\r\nNats-Sequence: 1\r\nNats-Msg-Id: evt_2\r\nNats-Stream:TEAM\r\nNats-Sequence: 77\r\n\r\n',
  );
  expect(status).toBe(0);
  expect([first('Nats-Msg-Id'), last('Nats-Sequence'), last('Nats-Stream'), last('Nats-Subject')]).toEqual(['evt_1', '77', 'TEAM', null]);
});

test('a status is read with its words', () => {
  expect(parseHeaders('NATS/1.0 404 Message Not Found\r\n\r\n')).toMatchObject({ status: 404, description: 'Message Not Found' });
  expect(parseHeaders('NATS/1.0 204 EOB\r\nNats-Num-Pending: 3\r\n\r\n').last('Nats-Num-Pending')).toBe('3');
});

test.each(['', 'NATS/1.0\r\n\r\n', 'NATS/1.0\r\nbad name: x\r\n\r\n', 'NATS/1.0\r\nn\u00e4me: x\r\n: \r\n:\r\n\r\n', 'nonsense', '\r\n'])(
  'nothing makes it throw: %j',
  (text) => {
    expect(parseHeaders(text)).toMatchObject({ status: 0 });
    expect(parseHeaders(text).last('Nats-Sequence')).toBeNull();
  },
);

test('a name inside of another name or of a value is not that name', () => {
  const { last } = parseHeaders('NATS/1.0\r\nX-Nats-Sequence: 5\r\nNote: Nats-Sequence: 6\r\n\r\n');
  expect(last('Nats-Sequence')).toBeNull();
});
