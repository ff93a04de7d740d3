import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyAction } from './apply-action.ts';
import { changeTier } from './change-tier.ts';
import { recordSent } from './record-sent.ts';
import { addNote, cancelReply, sendReply } from './send-reply.ts';
import { saveDraftText } from './write-draft.ts';
import { insertAttachment } from '../store/messages.store.ts';
import { outboxByUid } from '../store/outbox.store.ts';
import { sha256Hex } from '../identity.ts';
import { hear, lastKey, picture, told } from '../../../../test/engine/carry.ts';
import { caseOf, mail, ME, openDesk, receive, T0 } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AttachmentId, CaseId, OutboxId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';

/** Two workstations without a hub between them: what one did is told to the other, which then shows the same. */

let desk: Desk;
let other: Desk;
let operations = 0;
const op = () => makeId('op', `parts-${(operations += 1)}`);
const value = <Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: { readonly code: string } },
): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

beforeEach(() => {
  desk = openDesk();
  other = openDesk();
  // a workstation of the team that has fetched nothing and knows no account
  other.store.write((tx) => {
    tx.run('DELETE FROM accounts');
    tx.run('UPDATE agents SET is_me = 0');
  });
});
afterEach(() => {
  desk[Symbol.dispose]();
  other[Symbol.dispose]();
});

function reply(caseId: CaseId, text: string, attachments: readonly AttachmentId[] = []): OutboxId {
  const to = [{ address: 'Mei@customer.test', name: 'Mei' }];
  const { draftId } = value(saveDraftText(desk, { opId: op(), caseId, kind: 'reply', text, to, cc: [] }));
  desk.store.write((tx) => {
    for (const uid of attachments)
      insertAttachment(tx, {
        uid,
        messageId: null,
        draftUid: draftId,
        position: 0,
        inline: false,
        sizeBytes: 3,
        sha256: sha256Hex('abc'),
        inSource: false,
        contentId: null,
        embedded: null,
        type: 'text/plain',
        name: 'log.txt',
      });
  });
  return value(sendReply({ ...desk, signToken: () => 'case.signature' }, { opId: op(), caseId, draftId, thenStatus: 'pending' })).outboxId;
}

function sent(outboxId: OutboxId): void {
  desk.store.write((tx) => {
    const entry = outboxByUid(tx, outboxId);
    if (entry === undefined) throw new Error('no such reply');
    recordSent(desk.ledger, tx, entry, { at: desk.clock.now(), now: desk.clock.now() });
  });
}

/** A day of work, in steps between which time passes. */
function day(): readonly (() => Promise<void> | void)[] {
  let queued: OutboxId;
  const file = {
    index: 0,
    name: 'photo.jpg',
    type: 'image/jpeg',
    sizeBytes: 9,
    contentId: null,
    inline: false,
    sha256: sha256Hex('photo'),
    embedded: null,
  };
  const source = new TextEncoder().encode('Message-ID: <a1>\r\n\r\nhello');
  return [
    () => receive(desk, mail('a1', { attachments: [file], raw: source, senderOffsetMinutes: 480, language: 'zh' }, ['lost-parent'])),
    () => receive(desk, mail('b2', { from: { address: 'kofi@customer.test', name: 'Kofi' } }), mail('b3', {}, ['b2'])),
    () => void (queued = reply(caseOf(desk, 'a1'), 'With a file', [makeId('att', 'file1')])),
    () => sent(queued),
    () => receive(desk, mail('a4', { language: 'en', text: 'thanks' }, ['a1'])),
    () => void value(addNote(desk, { opId: op(), caseId: caseOf(desk, 'b2'), text: 'call them' })),
    () => void (queued = reply(caseOf(desk, 'b2'), 'Taken back', [makeId('att', 'file2')])),
    () => void value(cancelReply(desk, { opId: op(), outboxId: queued })),
    () => void (queued = reply(caseOf(desk, 'b2'), 'Taken back, and sent after all')),
    () => sent(queued),
    () =>
      receive(
        desk,
        mail('bounce5', {
          from: { address: 'mailer-daemon@customer.test', name: '' },
          auto: 'bounce',
          bounce: {
            originalMessageId: `m.${queued.slice(4).toLowerCase()}@team.test`,
            recipient: 'mei@customer.test',
            diagnostic: 'no such user',
            permanent: true,
          },
        }),
      ),
    () =>
      receive(
        desk,
        mail('c6', {
          direction: 'out',
          from: { address: 'support@team.test', name: '' },
          to: [{ address: 'lena@customer.test', name: 'Lena' }],
        }),
      ),
    () =>
      desk.store.write((tx) => {
        const contactId = tx.get<{ uid: string }>("SELECT uid FROM contacts WHERE address = 'kofi@customer.test'")?.uid ?? '';
        changeTier(
          desk,
          tx,
          { contactId: makeId('con', contactId.slice(4)), tier: 'vip', reason: 'large account', until: instant(T0 + 9e9) },
          ME,
        );
      }),
    () => void value(applyAction(desk, { opId: op(), caseIds: [caseOf(desk, 'b2')], action: { kind: 'add-label', label: 'urgent' } })),
    // a1 and b2 turn out to be one thread
    () => receive(desk, mail('d7', {}, ['a1', 'b2'])),
    () => receive(desk, mail('d8', {}, ['d7'])),
  ];
}

function tables(one: Desk): ReturnType<typeof picture> {
  return picture(one);
}

describe('what one workstation did', () => {
  test('is the same at another, step by step, and when it is told twice', async () => {
    let behind = 0;
    for (const step of day()) {
      await step();
      desk.time.now += 60_000;
      other.time.now = desk.time.now;
      const events = told(desk, behind);
      expect(hear(other, events)).toEqual([]);
      expect(tables(other)).toEqual(tables(desk));
      hear(other, events);
      expect(tables(other)).toEqual(tables(desk));
      behind = lastKey(desk);
    }
    expect(picture(desk)['cases']).toHaveLength(3);
    expect(picture(desk)['attachments']).toHaveLength(3);
  });

  test('is the same when all of it is told at once at the end', async () => {
    for (const step of day()) {
      await step();
      desk.time.now += 60_000;
    }
    other.time.now = desk.time.now;
    expect(hear(other, told(desk))).toEqual([]);
    expect(tables(other)).toEqual(tables(desk));
  });
});
