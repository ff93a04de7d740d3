import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addNote, cancelReply, sendReply } from './send-reply.ts';
import { sendNow } from './time-of-reply.ts';
import { completeMessage, filesOf, filesToSend } from './team-parts.ts';
import { tokenKey, tokenSha } from './token-keys.ts';
import { saveDraftText } from './write-draft.ts';
import { changeOutbox, outboxByUid } from '../store/outbox.store.ts';
import { eventRow, saveWire } from '../store/team.store.ts';
import { recordSent } from './record-sent.ts';
import { hear, lastKey, picture, told } from '../../../../test/engine/carry.ts';
import type { Carried } from '../../../../test/engine/carry.ts';
import { ACCOUNT, caseOf, mail, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { MAX_EVENT_BYTES } from '../team/hub-names.ts';
import { writeWire } from '../../../shared/contract/team-wire.ts';
import type { WireEvent } from '../../../shared/contract/team-wire.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId, OutboxId } from '../../../shared/domain/ids.ts';

/** What a member of the team may send who means no good, and what does not fit into an event. */

let desk: Desk;
let other: Desk;
let operations = 0;
const op = () => makeId('op', `hostile-${(operations += 1)}`);

beforeEach(async () => {
  desk = openDesk();
  other = openDesk();
  other.store.write((tx) => tx.run('DELETE FROM accounts'));
  await receive(desk, mail('a1'), mail('b2', { from: { address: 'kofi@customer.test', name: 'Kofi' } }));
  hear(other, told(desk));
});
afterEach(() => {
  desk[Symbol.dispose]();
  other[Symbol.dispose]();
});

function reply(text: string, signToken: () => string | null = () => null): OutboxId {
  const caseId = caseOf(desk, 'a1');
  const to = [{ address: 'mei@customer.test', name: 'Mei' }];
  const draft = saveDraftText(desk, { opId: op(), caseId, kind: 'reply', text, to, cc: [] });
  if (!draft.ok) throw new Error(draft.error.code);
  const sent = sendReply({ ...desk, signToken }, { opId: op(), caseId, draftId: draft.value.draftId, thenStatus: null });
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value.outboxId;
}

/** What was recorded since, as it travels. */
function since(behind: number, change: (event: Carried) => Carried = (event) => event): readonly Carried[] {
  return told(desk, behind).map(change);
}

/** Changes one part of an event of one kind; the rest stays as it is. */
function lying(type: string, change: (parts: Record<string, Record<string, unknown>>) => unknown): (event: Carried) => Carried {
  return (event) =>
    event.row.type === type ? { ...event, parts: change(structuredClone(event.parts) as Record<string, Record<string, unknown>>) } : event;
}

describe('parts that lie', () => {
  const lies: readonly (readonly [string, string, (parts: Record<string, Record<string, unknown>>) => unknown, string])[] = [
    ['no parts at all but a text', 'case.messageReceived', () => 'everything', 'invalid_type'],
    [
      'a wrong type',
      'case.messageReceived',
      (parts) => ({ ...parts, message: { ...parts['message'], text: { $gt: '' } } }),
      'message.text invalid_type',
    ],
    [
      'a name without end',
      'case.messageReceived',
      (parts) => ({ ...parts, contact: { ...parts['contact'], name: 'x'.repeat(60_000) } }),
      'contact.name too_big',
    ],
    [
      'a time that is none',
      'case.messageReceived',
      (parts) => ({ ...parts, message: { ...parts['message'], sentAt: 1e300 } }),
      'message.sentAt custom',
    ],
    [
      'the message of another event',
      'case.messageReceived',
      (parts) => ({ ...parts, message: { ...parts['message'], messageId: 'msg_other' } }),
      'message of another event',
    ],
    [
      'a note that seems to be the customer’s',
      'case.noteAdded',
      (parts) => ({ message: { ...parts['message'], kind: 'in' } }),
      'message of another kind',
    ],
    [
      'a note of somebody else',
      'case.noteAdded',
      (parts) => ({ message: { ...parts['message'], agent: 'agt_victim' } }),
      'message of another author',
    ],
    [
      'the contact of another event',
      'case.messageReceived',
      (parts) => ({ ...parts, contact: { ...parts['contact'], contactId: 'con_other' } }),
      'contact of another event',
    ],
    [
      'another address for a known contact',
      'case.messageReceived',
      (parts) => ({ ...parts, contact: { ...parts['contact'], address: 'me@elsewhere.test' } }),
      'contact with the id of another',
    ],
    [
      'an address with a second header',
      'case.replyQueued',
      (parts) => ({ ...parts, outbox: { ...parts['outbox'], to: [{ address: 'a@b.test', name: 'x\r\nBcc: all@team.test' }] } }),
      'outbox.to.0.name invalid_format',
    ],
    [
      'the Message-ID of another reply',
      'case.replyQueued',
      (parts) => ({ ...parts, outbox: { ...parts['outbox'], clientKey: '<m.other@team.test>' } }),
      'reply with the id of another',
    ],
    [
      'another mailbox',
      'case.replyQueued',
      (parts) => ({ ...parts, message: { ...parts['message'], from: { address: 'ceo@team.test', name: '' } } }),
      'reply from another address',
    ],
    ['a reply without its message', 'case.replyQueued', ({ outbox }) => ({ outbox }), 'reply without a message'],
    [
      'the account of another event',
      'case.opened',
      (parts) => ({ ...parts, account: { ...parts['account'], accountId: 'acc_other' } }),
      'account of another event',
    ],
    [
      'an account with another address',
      'case.opened',
      (parts) => ({ ...parts, account: { ...parts['account'], address: 'x@y.test' } }),
      'account with the id of another',
    ],
  ];

  test.each(lies)('%s: are refused, and nothing is lost', async (_what, type, change, reason) => {
    const behind = lastKey(desk);
    await receive(desk, mail('a3', { text: 'more' }, ['a1']), mail('n4', { from: { address: 'new@customer.test', name: 'New' } }));
    addNote(desk, { opId: op(), caseId: caseOf(desk, 'a1'), text: 'note' });
    reply('hello');
    const before = picture(other);
    const refused = hear(other, since(behind, lying(type, change)));
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set([reason]));
    const after = picture(other);
    // every row that was there is there as it was
    for (const table of ['messages', 'contacts', 'accounts', 'attachments', 'keys'])
      expect(after[table]?.map(stable)).toEqual(expect.arrayContaining((before[table] ?? []).map(stable)));
    // the event stands: the case shows that something came
    const state = (of: Desk) => of.store.read((db) => db.get<{ count: number }>('SELECT sum(message_count) AS count FROM cases')?.count);
    expect(state(other)).toBe(state(desk));
    // told honestly, everything is there
    expect(hear(other, since(behind))).toEqual([]);
    const [mine, theirs] = [picture(desk), picture(other)];
    for (const table of ['messages', 'contacts', 'attachments', 'keys', 'outbox', 'cases']) expect(theirs[table]).toEqual(mine[table]);
  });
});

/** What newer mail changes of a row by right is left out. */
function stable(row: unknown): Record<string, unknown> {
  const { offset_seen_at: _seen, name: _name, ...rest } = row as Record<string, unknown>;
  return rest;
}

describe('what belongs to another case', () => {
  /** An event that puts the message of one case into another. */
  function stolen(from: string, into: string): Carried {
    const [event] = told(desk).filter(
      ({ row, body }) =>
        row.type === 'case.messageReceived' && row.stream === `case.${caseOf(desk, from)}` && body['messageId'] !== undefined,
    );
    if (event === undefined) throw new Error('a message was expected');
    return { ...event, row: { ...event.row, id: makeId('evt', 'stolen'), sequence: 900, stream: `case.${caseOf(desk, into)}` } };
  }

  test('a message is not moved by force', () => {
    const before = picture(other);
    hear(other, [stolen('a1', 'b2')]);
    expect(picture(other)['messages']).toEqual(before['messages']);
    expect(picture(other)['keys']).toEqual(before['keys']);
  });

  test('a reply is not settled from elsewhere', () => {
    const behind = lastKey(desk);
    const uid = reply('hello');
    hear(other, since(behind));
    const entry = other.store.read((db) => outboxByUid(db, uid));
    const [template] = since(behind);
    if (entry === undefined || template === undefined) throw new Error('a reply was expected');
    const body = { messageId: entry.messageUid };
    const row = {
      ...template.row,
      id: makeId('evt', 'foreign'),
      sequence: 901,
      stream: `case.${caseOf(desk, 'b2')}`,
      type: 'case.replyCancelled',
      body: JSON.stringify(body),
    };
    hear(other, [{ row, body, parts: null }]);
    expect(other.store.read((db) => outboxByUid(db, uid))?.state).toBe('queued');
  });

  test('thread keys stay with the case that had them', async () => {
    const behind = lastKey(desk);
    await receive(desk, mail('b3', { from: { address: 'kofi@customer.test', name: 'Kofi' } }, ['b2']));
    hear(
      other,
      since(
        behind,
        lying('case.messageReceived', (parts) => ({ ...parts, message: { ...parts['message'], keys: ['a1', 'b3'] } })),
      ),
    );
    const of = (key: string) =>
      other.store.read((db) => db.get<{ uid: string }>('SELECT case_uid AS uid FROM thread_keys WHERE key = @key', { key })?.uid);
    expect(of('a1')).toBe(caseOf(desk, 'a1'));
    expect(of('b3')).toBe(caseOf(desk, 'b2'));
  });

  test('a file of another message stays there', async () => {
    const behind = lastKey(desk);
    const file = {
      index: 0,
      name: 'a.txt',
      type: 'text/plain',
      sizeBytes: 1,
      contentId: null,
      inline: false,
      sha256: 'a'.repeat(64),
      embedded: null,
    };
    await receive(desk, mail('a5', { attachments: [file] }, ['a1']));
    hear(other, since(behind));
    const mine = picture(desk)['attachments'];
    const later = lastKey(desk);
    await receive(desk, mail('b6', { attachments: [file] }, ['b2']));
    const [uid] = (mine ?? []).map((row) => (row as { readonly uid: string }).uid);
    const steal = lying('case.messageReceived', (parts) => ({
      ...parts,
      message: {
        ...parts['message'],
        attachments: [{ ...(parts['message'] as { readonly attachments: readonly object[] }).attachments[0], attachmentId: uid }],
      },
    }));
    expect(hear(other, since(later, steal))).toEqual(['files of another message']);
    expect(picture(other)['attachments']).toEqual(mine);
  });
});

test('two workstations that fetch the same mail tell one event, and what one lacks comes with the next fetch', async () => {
  const both = openDesk();
  await receive(both, mail('a1'), mail('b2', { from: { address: 'kofi@customer.test', name: 'Kofi' } }));
  const ids = (of: Desk) =>
    told(of)
      .map(({ row }) => row.id)
      .sort();
  expect(ids(both)).toEqual(ids(desk));
  expect(hear(both, told(desk))).toEqual([]);
  expect(picture(both)).toEqual(picture(desk));
  both[Symbol.dispose]();
  // its content was refused; the mailbox has it
  const behind = lastKey(desk);
  await receive(desk, mail('a7', {}, ['a1']));
  hear(
    other,
    since(behind, (event) => ({ ...event, parts: null })),
  );
  await receive(other, mail('a7', {}, ['a1']));
  expect(picture(other)['messages']).toEqual(picture(desk)['messages']);
  expect(other.store.read((db) => db.all("SELECT id FROM events WHERE body LIKE '%Subject a7%'"))).toHaveLength(1);
});

describe('a text that does not fit into an event', () => {
  const LONG = `${'长文本 and more, '.repeat(8_000)}the end`;

  /** Stores the entries as they came, as a workstation does that follows a hub. */
  function keepWire(events: readonly Carried[]): void {
    other.store.write((tx) => {
      events.forEach(({ row, body, parts }, index) => {
        const { id, stream, type, actor, at, hlc, epoch } = row;
        const event = {
          v: 1,
          id,
          stream,
          type,
          sv: 1,
          user: 'a',
          workstation: 'a',
          actor,
          hlc,
          at,
          base: 0,
          epoch,
          body,
          ...(parts === null ? {} : { parts }),
        } as unknown as WireEvent;
        saveWire(tx, {
          sequence: eventRow(tx, id)?.sequence ?? 1_000 + index,
          eventId: id,
          storedAt: at,
          stream,
          data: writeWire(event, () => ''),
        });
      });
    });
  }

  test('is told by its beginning, and the rest comes as a file', async () => {
    const behind = lastKey(desk);
    await receive(
      desk,
      mail(
        'a8',
        { text: LONG, to: Array.from({ length: 600 }, (_, index) => ({ address: `person${index}@customer.test`, name: 'N'.repeat(50) })) },
        ['a1'],
      ),
    );
    const events = since(behind);
    for (const { row, parts } of events) expect(Buffer.byteLength(JSON.stringify({ ...row, parts }))).toBeLessThan(MAX_EVENT_BYTES - 2_000);
    expect(hear(other, events)).toEqual([]);
    keepWire(events);
    const text = () => other.store.read((db) => db.get<{ text: string }>("SELECT text FROM messages WHERE own_key = 'a8'")?.text);
    expect(LONG.startsWith(text() ?? '?')).toBe(true);
    expect(text()?.length).toBeGreaterThan(10_000);
    const [event] = events;
    const [file] = filesOf(event?.parts).filter(({ kind }) => kind === 'message');
    const [made] = desk.store
      .read((db) => filesToSend(db, { stream: event?.row.stream ?? '', type: event?.row.type ?? '', body: event?.body ?? {} }))
      .filter(({ kind }) => kind === 'message');
    expect(made?.sha256).toBe(file?.sha256);
    expect(file?.isWantedAtOnce).toBe(true);
    // another file, and the right one that was tampered with, are nothing
    const bytes = made?.bytes ?? new Uint8Array();
    const tampered = new TextEncoder().encode(new TextDecoder().decode(bytes).replace('the end', 'his end'));
    for (const wrong of [new Uint8Array(), tampered])
      expect(other.store.write((tx) => completeMessage(tx, { sha256: file?.sha256 ?? '', bytes: wrong }))).toBeNull();
    expect(other.store.write((tx) => completeMessage(tx, { sha256: file?.sha256 ?? '', bytes }))).toBe(caseOf(desk, 'a1'));
    expect(picture(other)).toEqual(picture(desk));
  });

  test('is not sent before all of it is there, and not once more when it has been sent meanwhile', () => {
    const behind = lastKey(desk);
    const uid = reply(LONG);
    const queued = since(behind);
    hear(other, queued);
    keepWire(queued);
    expect(other.store.read((db) => outboxByUid(db, uid))).toBeUndefined();
    const later = lastKey(desk);
    desk.store.write((tx) => {
      const entry = outboxByUid(tx, uid);
      if (entry !== undefined) recordSent(desk.ledger, tx, entry, { at: desk.clock.now(), now: desk.clock.now() });
    });
    const sent = since(later);
    hear(other, sent);
    keepWire([...queued, ...sent]);
    const event = queued.find(({ row }) => row.type === 'case.replyQueued');
    const [file] = desk.store.read((db) =>
      filesToSend(db, { stream: event?.row.stream ?? '', type: 'case.replyQueued', body: event?.body ?? {} }),
    );
    other.store.write((tx) => completeMessage(tx, { sha256: file?.sha256 ?? '', bytes: file?.bytes ?? new Uint8Array() }));
    expect(other.store.read((db) => outboxByUid(db, uid))).toMatchObject({ state: 'sent', payload: { text: LONG } });
    expect(picture(other)).toEqual(picture(desk));
  });
});

describe('how far a reply is', () => {
  const state = (uid: OutboxId) => other.store.read((db) => outboxByUid(db, uid)?.state);

  test('of unknown fate is of unknown fate elsewhere: whoever holds the channel looks for it, and does not just send it', () => {
    const behind = lastKey(desk);
    const uid = reply('did it arrive?');
    desk.store.write((tx) => changeOutbox(tx, uid, { state: 'unknown', at: desk.clock.now() }));
    hear(other, since(behind));
    expect(state(uid)).toBe('unknown');
  });

  test('that was held waits elsewhere, too, until somebody has it sent all the same', () => {
    const behind = lastKey(desk);
    const uid = reply('read this first');
    desk.store.write((tx) => changeOutbox(tx, uid, { state: 'held', at: desk.clock.now(), holdReason: 'customer-wrote' }));
    hear(other, since(behind));
    expect(other.store.read((db) => outboxByUid(db, uid))).toMatchObject({ state: 'held', holdReason: 'customer-wrote' });
    const later = lastKey(desk);
    sendNow(desk, { opId: op(), outboxId: uid });
    hear(other, since(later));
    expect(state(uid)).toBe('queued');
  });

  test('taken back before anybody heard of it is never queued elsewhere', () => {
    const behind = lastKey(desk);
    const uid = reply('no');
    cancelReply(desk, { opId: op(), outboxId: uid });
    const [first] = since(behind);
    if (first === undefined) throw new Error('an event was expected');
    hear(other, [first]);
    expect(state(uid)).toBe('cancelled');
    hear(other, since(behind));
    expect(state(uid)).toBe('cancelled');
  });
});

test('the token of a reply that another workstation signed leads an answer to its case', async () => {
  const behind = lastKey(desk);
  const token = 'abcdefghij234567klmn.signature';
  const uid = reply('hello', () => token);
  desk.store.write((tx) => {
    const entry = outboxByUid(tx, uid);
    if (entry !== undefined) recordSent(desk.ledger, tx, entry, { at: desk.clock.now(), now: desk.clock.now() });
  });
  const events = since(behind);
  expect(JSON.stringify(events)).not.toContain('signature');
  hear(other, events);
  const key = tokenKey(tokenSha(token.toUpperCase()));
  const found = other.store.read((db) => db.get<{ uid: CaseId }>('SELECT case_uid AS uid FROM thread_keys WHERE key = @key', { key }));
  expect(found?.uid).toBe(caseOf(desk, 'a1'));
  // the answer has lost its References, and only its address tells
  await receive(other, mail('x9', { thread: { tokens: [token.toUpperCase()], ownKey: '<x9>', parentKeys: [] } }));
  expect(caseOf(other, 'x9')).toBe(caseOf(desk, 'a1'));
  expect(ACCOUNT.tokenKey).not.toBe('');
});
