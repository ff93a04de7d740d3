import { expect, test } from 'vitest';
import { guardedWire } from './team-guard.ts';
import type { WireEvent } from '../../../shared/contract/team-wire.ts';
import { instant } from '../../../shared/domain/time.ts';

const redact = (text: string): string => text.replaceAll('secret', '⟦redacted:password⟧');

function told(change: Partial<WireEvent>): WireEvent {
  return {
    v: 1,
    id: 'evt_a',
    stream: 'case.case_a',
    type: 'case.messageReceived',
    sv: 1,
    user: 'ana',
    workstation: 'desk',
    actor: null,
    hlc: '0mwor0dc0-0001-desk',
    at: instant(0),
    base: 0,
    epoch: null,
    body: { messageId: 'msg_secret', preview: 'a secret' },
    parts: { message: { text: 'the secret', from: { name: 'secret' }, origin: { conversation: 'secret', intake: { did: 'secret' } } } },
    ...change,
  };
}

test('what an older Meridian has told is put into no table with a secret in it; ids stay', () => {
  expect(guardedWire(told({}), redact)).toMatchObject({
    body: { messageId: 'msg_secret', preview: 'a ⟦redacted:password⟧' },
    parts: {
      message: {
        text: 'the ⟦redacted:password⟧',
        from: { name: '⟦redacted:password⟧' },
        origin: { conversation: 'secret', intake: { did: '⟦redacted:password⟧' } },
      },
    },
  });
});

test('what a newer one has looked at, and what is of no case, is not looked at again', () => {
  const guarded = told({ parts: { isGuarded: true, message: { text: 'the secret' } } });
  const ofTeam = told({ stream: 'sla' });
  const harmless = told({ body: { preview: 'hello' }, parts: {} });
  for (const event of [guarded, ofTeam, harmless]) expect(guardedWire(event, redact)).toBe(event);
});
