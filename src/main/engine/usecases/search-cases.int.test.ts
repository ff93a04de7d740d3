import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyAction } from './apply-action.ts';
import { addNote, cancelReply, sendReply } from './send-reply.ts';
import { saveDraftText } from './write-draft.ts';
import { searchCases } from './search-cases.ts';
import { compileConditions } from '../store/case-filter.store.ts';
import { NOW, openSearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import type { SearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import type { SearchHit } from '../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { parseCaseQuery } from '../../../shared/domain/query/parse-case-query.ts';
import { DAY_MS } from '../../../shared/domain/time.ts';

let workspace: SearchWorkspace;
beforeEach(() => {
  workspace = openSearchWorkspace();
});
afterEach(() => workspace[Symbol.asyncDispose]());

function marked(hit: SearchHit | undefined): string[] {
  return hit === undefined ? [] : hit.marks.map(([start, end]) => hit.snippet.slice(start, end));
}

describe('finding', () => {
  const mails = [
    { key: 'zh', subject: '订单问题', text: '您好，我上周的订单退款失败了，请尽快处理。谢谢！' },
    { key: 'ja', subject: 'お問い合わせ', text: '先日注文した商品がまだ届いておりません。配送状況を教えてください。' },
    { key: 'ko', subject: '배송 문의', text: '주문한 상품이 아직 도착하지 않았습니다. 환불요청드립니다.' },
    { key: 'th', subject: 'สอบถาม', text: 'สวัสดีค่ะ ขอคืนเงินสำหรับสินค้าที่เสียหาย' },
    { key: 'es', subject: 'Envío dañado', text: 'El paquete llegó roto. ¿Pueden enviar otro mañana?' },
    {
      key: 'en',
      subject: 'Where is order #A-1029?',
      text: 'I would like to cancel my order and get a REFUND.',
      files: ['invoice_2026-03.pdf', '請求書.pdf'],
    },
    { key: 'ad', subject: 'Login', text: 'reset please', from: { name: 'Giulia De Santis', address: 'giulia.desantis@posta.example.it' } },
    { key: 'ha', subject: 'Deploy', text: 'It broke at commit 3f8a91bc22d04e5566778899aabbccddeeff0011.' },
  ];
  beforeEach(() => workspace.ingest(mails));

  test.each([
    ['退款', ['订单问题']],
    ['款失', ['订单问题']],
    ['退', ['订单问题']],
    ['订单问', ['订单问题']],
    ['商品', ['お問い合わせ']],
    ['届い', ['お問い合わせ']],
    ['配送状況', ['お問い合わせ']],
    ['환불', ['배송 문의']],
    ['요청', ['배송 문의']],
    ['คืนเงิน', ['สอบถาม']],
    ['เสีย', ['สอบถาม']],
    ['envio danado', ['Envío dañado']],
    ['MAÑANA', ['Envío dañado']],
    ['llego', ['Envío dañado']],
    ['refund', ['Where is order #A-1029?']],
    ['cancel ord', ['Where is order #A-1029?']],
    ['"cancel my order"', ['Where is order #A-1029?']],
    ['"cancel order"', []],
    ['canc order', []],
    ['#A-1029', ['Where is order #A-1029?']],
    ['a1029', ['Where is order #A-1029?']],
    ['1029', ['Where is order #A-1029?']],
    ['invoice_2026', ['Where is order #A-1029?']],
    ['請求', ['Where is order #A-1029?']],
    ['giulia', ['Login']],
    ['desantis', ['Login']],
    ['de santis', ['Login']],
    ['giulia.desantis@posta.example.it', ['Login']],
    ['posta.example', ['Login']],
    ['3f8a91bc22', ['Deploy']],
    ['退款 商品', []],
    ['nothingofthesort', []],
    ['', []],
    ['  #!  ', []],
  ])('%s', async (text, subjects) => {
    expect(await workspace.subjects(text)).toEqual(subjects);
  });

  test('the snippet shows the place, with its marks', async () => {
    const [zh] = (await workspace.find('退款失败')).hits;
    expect(zh?.snippet).toBe('…我上周的订单退款失败了，请尽快处理。谢谢！');
    expect(marked(zh)).toEqual(['退款失败']);
    expect(zh?.messageAt).toBe(NOW - 60_000);
    const [file] = (await workspace.find('請求')).hits;
    expect(file?.snippet).toContain('請求書.pdf');
    expect(marked(file)).toEqual(['請求']);
    const [person] = (await workspace.find('giul')).hits;
    expect(marked(person)).toEqual(['Giul', 'giul']);
    const [subject] = (await workspace.find('#A-1029')).hits;
    expect(marked(subject)).toEqual(['A-1029']);
  });
});

describe('cases', () => {
  test('a case is one hit, by its best message', async () => {
    await workspace.ingest([
      { key: 'm1', subject: 'Thread', text: `a tracking number, ${'somewhere in a long text '.repeat(60)}` },
      { key: 'm2', subject: 'Re: Thread', text: 'the tracking number', parents: ['m1'] },
    ]);
    const { hits } = await workspace.find('tracking');
    expect(hits).toHaveLength(1);
    expect(hits[0]?.snippet).toBe('the tracking number');
    expect(hits[0]?.row.messageCount).toBe(2);
  });

  test('a case that was merged into another is found as the other', async () => {
    await workspace.ingest([
      { key: 'left', subject: 'Left', text: 'alpaca' },
      { key: 'right', subject: 'Right', text: 'bison' },
    ]);
    await workspace.indexer.settled();
    await workspace.ingest([{ key: 'both', subject: 'Both', text: 'camel', parents: ['left', 'right'] }]);
    const found = await Promise.all(['alpaca', 'bison', 'camel'].map((text) => workspace.find(text)));
    const uids = found.flatMap(({ hits }) => hits.map((hit) => hit.row.caseId));
    expect(uids).toHaveLength(3);
    expect(new Set(uids).size).toBe(1);
  });

  test('subjects come before texts, and new before old', async () => {
    await workspace.ingest([
      { key: 'a', subject: 'In the text', text: 'my voucher does not work' },
      { key: 'b', subject: 'The voucher', text: 'does not work' },
      { key: 'c', subject: 'Older text', text: 'my voucher does not work', at: NOW - 200 * DAY_MS },
    ]);
    expect(await workspace.subjects('voucher')).toEqual(['The voucher', 'In the text', 'Older text']);
  });

  test('notes are found', async () => {
    await workspace.ingest([{ key: 'n', subject: 'Noted' }]);
    const caseId = (await workspace.find('noted')).hits[0]?.row.caseId ?? makeId('case', 'none');
    addNote(workspace.context, { opId: makeId('op', '1'), caseId, text: 'Kunde ist verärgert; bitte Rückruf' });
    expect(await workspace.subjects('ruckruf')).toEqual(['Noted']);
    expect(await workspace.subjects('ana reis')).toEqual(['Noted']);
  });

  test('a reply is found until it is taken back', async () => {
    await workspace.ingest([{ key: 'r', subject: 'Replied' }]);
    const caseId = (await workspace.find('replied')).hits[0]?.row.caseId ?? makeId('case', 'none');
    const to = [{ address: 'mei@customer.test', name: 'Mei' }];
    const saved = saveDraftText(workspace.context, { opId: makeId('op', '2'), caseId, kind: 'reply', text: 'wombat answer', to, cc: [] });
    const draftId = saved.ok ? saved.value.draftId : makeId('drf', 'none');
    const sent = sendReply({ ...workspace.context, signToken: () => null }, { opId: makeId('op', '3'), caseId, draftId, thenStatus: null });
    expect(await workspace.subjects('wombat')).toEqual(['Replied']);
    const outboxId = sent.ok ? sent.value.outboxId : makeId('out', 'none');
    expect(cancelReply(workspace.context, { opId: makeId('op', '4'), outboxId }).ok).toBe(true);
    expect(await workspace.subjects('wombat')).toEqual([]);
  });

  test('a message that was deleted is not found, and the one that takes its key is', async () => {
    await workspace.ingest([{ key: 'd1', subject: 'Gone', text: 'ocelot' }]);
    expect(await workspace.subjects('ocelot')).toEqual(['Gone']);
    workspace.store.write((tx) => {
      tx.run('DELETE FROM remote_refs');
      tx.run('DELETE FROM messages');
    });
    expect(await workspace.subjects('ocelot')).toEqual([]);
    await workspace.ingest([{ key: 'd2', subject: 'New', text: 'puma' }]);
    expect(await workspace.subjects('puma')).toEqual(['New']);
    expect(await workspace.subjects('ocelot')).toEqual([]);
  });

  test('contacts are found by the beginning of name or address, before their messages are indexed', async () => {
    await workspace.stopIndexing();
    await workspace.ingest([
      { key: 'k1', subject: 'One', from: { name: 'Zoë Ångström', address: 'zoe@fjord.test' } },
      { key: 'k2', subject: 'Two', from: { name: 'Bo', address: 'zoe.b@fjord.test' } },
      { key: 'k3', subject: 'Three', from: { name: 'Cy', address: 'cy@fjord.test' } },
    ]);
    const found = (text: string): string[] =>
      workspace.store
        .read((db) => searchCases({ db, search: workspace.search, clock: workspace.context.clock }, { text, limit: 10 }))
        .hits.map((hit) => `${hit.row.subject}: ${hit.snippet}`)
        .sort();
    expect(found('ZOE')).toEqual(['One: Zoë Ångström zoe@fjord.test', 'Two: Bo zoe.b@fjord.test']);
    expect(found('zoë Å')).toEqual(['One: Zoë Ångström zoe@fjord.test']);
    expect(found('zoe.')).toEqual(['Two: Bo zoe.b@fjord.test']);
    expect(found('100%')).toEqual([]);
  });

  test('older matches are looked for when the newest candidates do not hold, and cut ones are told', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({
      key: `x${index}`,
      subject: `X ${index}`,
      text: 'order my cancel',
      at: NOW - index * 1_000,
    }));
    await workspace.ingest([...many, { key: 'old', subject: 'Old', text: 'please cancel my order', at: NOW - DAY_MS }]);
    expect(await workspace.subjects('"cancel my order"')).toEqual(['Old']);
    const cut = await workspace.find('order', 20);
    expect(cut.hits).toHaveLength(20);
    expect(cut.more).toBe(true);
    expect((await workspace.find('"cancel my order"')).more).toBe(false);
  });

  test.each([
    ['few cases, whose messages are looked up first', 500],
    ['many cases, of which each match is asked', 0],
  ])('only cases that a filter lets through are found: %s', async (_what, fewCases) => {
    await workspace.ingest([
      { key: 'one', subject: 'One', text: 'gecko', from: { name: 'Ana Çelik', address: 'ana@one.test' } },
      { key: 'two', subject: 'Two', text: 'gecko', from: { name: 'Bo', address: 'bo@two.test' } },
      { key: 'left', subject: 'Left', text: 'newt', from: { name: 'Ana Reis', address: 'reis@left.test' } },
      { key: 'right', subject: 'Right', text: 'toad', from: { name: 'Ana Reis', address: 'reis@left.test' } },
    ]);
    // merges them: the mail answers both
    await workspace.ingest([
      { key: 'both', subject: 'Both', text: 'frog', parents: ['left', 'right'], from: { name: 'Ana Reis', address: 'reis@left.test' } },
    ]);
    await workspace.indexer.settled();
    const asker = { me: null, now: workspace.context.clock.now(), zone: 'UTC' };
    const found = (text: string, query: string): readonly string[] =>
      workspace.store
        .read((db) =>
          searchCases(
            { db, search: workspace.search, clock: workspace.context.clock, fewCases },
            { text, limit: 10, filter: compileConditions(parseCaseQuery(query, []).conditions, asker) },
          ),
        )
        .hits.map((hit) => hit.row.contactName)
        .toSorted();
    expect(found('gecko', 'from:celik')).toEqual(['Ana Çelik']);
    expect(found('gecko', '-from:celik status:unsolved')).toEqual(['Bo']);
    expect(found('gecko', 'status:solved')).toEqual([]);
    expect(found('bo', 'from:bo')).toEqual(['Bo']);
    expect(found('bo', 'status:solved')).toEqual([]);
    for (const animal of ['newt', 'toad', 'frog']) expect(found(animal, 'from:reis is:unread')).toEqual(['Ana Reis']);
  });

  test('what was found says where: the text before all else, and a note for what it is', async () => {
    await workspace.ingest([
      { key: 'w1', subject: 'Voucher', text: 'it does not work', from: { name: 'Olm', address: 'olm@cave.test' }, files: ['axolotl.pdf'] },
    ]);
    const whereOf = async (text: string) => (await workspace.find(text)).hits[0]?.foundIn;
    expect(await whereOf('voucher')).toEqual(['subject']);
    expect(await whereOf('work')).toEqual(['text']);
    expect(await whereOf('axolotl')).toEqual(['files']);
    expect(await whereOf('olm')).toEqual(['people']);
    expect(await whereOf('voucher work axolotl')).toEqual(['text', 'subject', 'files']);
    const caseId = (await workspace.find('voucher')).hits[0]?.row.caseId ?? makeId('case', 'none');
    addNote(workspace.context, { opId: makeId('op', 'w'), caseId, text: 'salamander' });
    expect(await whereOf('salamander')).toEqual(['note']);
  });

  test.each([
    ['few cases have the label', 0],
    ['many have it', 2_100],
  ])('labels are found by the beginnings of their words: %s', async (_what, others) => {
    await workspace.ingest([
      { key: 'l1', subject: 'Lost', text: 'where is it', at: NOW - 2 * DAY_MS },
      { key: 'l2', subject: 'Kept', text: 'thanks', at: NOW - DAY_MS },
      { key: 'l3', subject: 'Other', text: 'hello' },
    ]);
    let labelled = 0;
    const caseOf = async (text: string) => (await workspace.find(text)).hits[0]?.row.caseId ?? makeId('case', 'none');
    const label = async (text: string, name: string): Promise<void> => {
      labelled += 1;
      const action = { kind: 'add-label', label: name } as const;
      applyAction(workspace.context, { opId: makeId('op', `label${labelled}`), caseIds: [await caseOf(text)], action });
    };
    for (const subject of ['Lost', 'Kept']) await label(subject, 'Courier délai');
    await label('Kept', '加急');
    workspace.store.write((tx) => {
      const [other] = tx.all<{ id: number }>("SELECT id FROM cases WHERE subject = 'Other'");
      for (let index = 0; index < others; index += 1)
        tx.run('INSERT INTO case_labels(label, case_id) VALUES(@label, @id)', { label: `courier ${index}`, id: other?.id ?? 0 });
    });
    const found = await workspace.find('delai cour');
    expect(found.hits.map((hit) => [hit.row.subject, hit.snippet, hit.foundIn])).toEqual([
      ['Kept', 'Courier délai', ['label']],
      ['Lost', 'Courier délai', ['label']],
    ]);
    expect(await workspace.subjects('加急')).toEqual(['Kept']);
    expect((await workspace.subjects('courier')).slice(others === 0 ? 0 : 1)).toEqual(['Kept', 'Lost']);
    // the words of the message and the label of its case are told together
    await workspace.ingest([{ key: 'l4', subject: 'Courier', text: 'courier' }]);
    await label('"Courier"', 'courier');
    expect((await workspace.find('courier')).hits.find((hit) => hit.row.subject === 'Courier')?.foundIn).toEqual([
      'text',
      'subject',
      'label',
    ]);
  });

  test('the best first, or the newest', async () => {
    await workspace.ingest([
      { key: 'o1', subject: 'Refund', text: 'my refund, please', at: NOW - 40 * DAY_MS },
      { key: 'o2', subject: 'Hello', text: `${'something else in a long text. '.repeat(60)} refundable`, at: NOW - DAY_MS },
    ]);
    expect((await workspace.find('refund')).hits.map((hit) => hit.row.subject)).toEqual(['Refund', 'Hello']);
    expect((await workspace.find('refund', 50, { order: 'newest' })).hits.map((hit) => hit.row.subject)).toEqual(['Hello', 'Refund']);
  });

  test('a search says how far it came, and goes on from there until all is looked through', async () => {
    const many = Array.from({ length: 650 }, (_, index) => ({
      key: `s${index}`,
      subject: `S ${index}`,
      text: index % 100 === 0 ? 'cancel my order' : 'order my cancel',
      at: NOW - index * (DAY_MS / 10),
    }));
    await workspace.ingest(many);
    const all = await workspace.find('"cancel my order"');
    expect(all.hits).toHaveLength(7);
    expect(all.scope).toMatchObject({ searched: 650, total: 650, next: null });
    expect(new Date(all.scope.since ?? 0).toISOString().slice(0, 10)).toBe(new Date(NOW - 649 * (DAY_MS / 10)).toISOString().slice(0, 10));
    // out of time after the first candidates
    const hits: string[] = [];
    const searched: number[] = [];
    let step = await workspace.find('"cancel my order"', 50, {}, -1);
    for (let steps = 0; steps < 10; steps += 1) {
      hits.push(...step.hits.map((hit) => hit.row.subject));
      searched.push(step.scope.searched);
      expect(step.more).toBe(step.scope.next !== null);
      if (step.scope.next === null) break;
      step = await workspace.find('"cancel my order"', 50, { before: step.scope.next }, -1);
    }
    expect(searched).toEqual([200, 400, 600, 650]);
    expect(new Set(hits)).toEqual(new Set(all.hits.map((hit) => hit.row.subject)));
    expect(hits).toHaveLength(7);
  });

  test('who goes on from an answer that was cut gets the cut ones, too', async () => {
    await workspace.ingest(
      Array.from({ length: 60 }, (_, index) => ({ key: `c${index}`, subject: `C ${index}`, text: 'lynx', at: NOW - index * 1_000 })),
    );
    const first = await workspace.find('lynx', 10);
    expect(first.hits).toHaveLength(10);
    expect(first.scope.next).not.toBeNull();
    const rest = await workspace.find('lynx', 10, { before: first.scope.next ?? 0 });
    expect(new Set([...first.hits, ...rest.hits].map((hit) => hit.row.caseId)).size).toBe(60);
    expect(rest.scope.next).toBeNull();
  });

  test('a live search depends on the tables that it was answered from', async () => {
    await workspace.ingest([{ key: 'l', subject: 'Live' }]);
    await workspace.indexer.settled();
    const { tables } = workspace.store.readTracked((db) =>
      searchCases({ db, search: workspace.search, clock: workspace.context.clock }, { text: 'live', limit: 5 }),
    );
    expect([...tables]).toEqual(expect.arrayContaining(['messages', 'cases', 'contacts', 'outbox', 'attachments']));
  });
});
