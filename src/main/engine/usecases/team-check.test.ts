import { describe, expect, test } from 'vitest';
import { ingestEventId } from './ingest-ids.ts';
import { whyUnfit } from './team-check.ts';
import { readWire, writeWire } from '../../../shared/contract/team-wire.ts';
import type { WireEvent } from '../../../shared/contract/team-wire.ts';
import { instant } from '../../../shared/domain/time.ts';

const CASE = 'case.case_b';
const claim = { id: 'evt_01', stream: CASE, type: 'case.claimed', body: { agentId: 'agt_a' }, actor: 'agt_a' };
const received = {
  id: '',
  stream: CASE,
  type: 'case.messageReceived',
  actor: null,
  body: { messageId: 'msg_a', contactId: 'con_a', at: 1_760_000_000_000, auto: 'none', preview: '', subject: '' },
};
const rightId = String(ingestEventId(CASE, { ...received.body, type: received.type }));

describe('an event of somebody else', () => {
  test('may count when it says what its kind says', () => {
    expect(whyUnfit(claim)).toBeNull();
    expect(whyUnfit({ ...received, id: rightId })).toBeNull();
    // of a newer version: more than is known, and kinds that are not
    expect(whyUnfit({ ...claim, body: { agentId: 'agt_a', mood: 'fine' } })).toBeNull();
    expect(whyUnfit({ ...claim, type: 'case.sung', body: { song: [1] } })).toBeNull();
  });

  test.each([
    ['a wrong type', { ...claim, body: { agentId: { $ne: 1 } } }, 'agentId custom'],
    ['nothing', { ...claim, body: {} }, 'agentId custom'],
    ['a label that is none', { ...claim, type: 'case.labelAdded', body: { label: [] } }, 'label invalid_type'],
    ['a huge label', { ...claim, type: 'case.labelAdded', body: { label: 'x'.repeat(10_000) } }, 'label too_big'],
    ['a time out of all calendars', { ...claim, type: 'case.snoozed', body: { until: 1e300 } }, 'until custom'],
    ['a case with no id', { ...claim, stream: 'case.x' }, 'a case with no id'],
    [
      'a zone that is not known',
      { ...claim, stream: 'hub.hub_a', type: 'hub.saved', body: { hub: hub('Mars/Base') } },
      'a zone that is not known',
    ],
    [
      'a fact in the stream of another',
      { ...claim, stream: 'hub.hub_b', type: 'hub.saved', body: { hub: hub('UTC') } },
      'in the stream of something else',
    ],
    ['a mail with an id of its own making', { ...received, id: 'evt_01' }, 'an id that is not its own'],
    [
      'a mail with the id of another',
      { ...received, id: rightId, body: { ...received.body, messageId: 'msg_b' } },
      'an id that is not its own',
    ],
    ['what takes the place of a mail', { ...claim, id: rightId }, 'an id that is not its own'],
    ['a merge of the smaller into the larger', merge('case_c'), 'a merge the wrong way round'],
    ['a merge into itself', merge('case_b'), 'a merge the wrong way round'],
    ['a merge by a person', { ...merge('case_a'), id: 'evt_01', actor: 'agt_a' }, 'a merge the wrong way round'],
  ])('has no effect with %s', (_what, event, reason) => {
    expect(whyUnfit(event)).toBe(reason);
  });

  test('may merge a case into the smaller one', () => {
    expect(whyUnfit(merge('case_a'))).toBeNull();
  });
});

test('what is nested thousands of levels deep is not read at all', () => {
  const wire: WireEvent = {
    v: 1,
    id: 'evt_1',
    stream: CASE,
    type: 't',
    sv: 1,
    user: 'u',
    workstation: 'w',
    actor: null,
    hlc: '000000000-0000-x',
    at: instant(1),
    base: 0,
    epoch: null,
    body: {},
  };
  const data = writeWire(wire, () => 'signature');
  expect(readWire(data)?.id).toBe('evt_1');
  const deep = data.replace('"body":{}', `"body":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
  expect(readWire(deep)).toBeNull();
});

function hub(zone: string): object {
  return { hubId: 'hub_a', name: 'A', zone, position: null, weekend: [], holidays: [], isActive: true };
}

function merge(into: string): { id: string; stream: string; type: string; body: Record<string, unknown>; actor: string | null } {
  const event = { type: 'case.merged', into };
  return { id: String(ingestEventId(CASE, event)), stream: CASE, type: 'case.merged', body: { into }, actor: null };
}
