import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importArticles, knowledgeView, articleView, removeArticles, restoreArticles } from './suggest-articles.ts';
import { hideFor, showFor, suggestionsFor } from './suggest-for-case.ts';
import { createTermBook } from './suggest-terms.ts';
import { createOutboundGuard } from './outbound-guard.ts';
import { saveMacro } from './macros.ts';
import { loadSecretScanner } from '../guard/secret-scanner.ts';
import { registrableDomain } from '../guard/registrable-domain.ts';
import { NOW, openSearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import type { SearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import { caseIdOf, solveThreads, threadMessage } from '../../../../test/suggest/history.ts';
import type { Suggestions } from '../../../shared/contract/suggest.contract.ts';
import type { PlaybookBook } from '../../../shared/domain/bot/playbook.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant } from '../../../shared/domain/time.ts';

const scanner = await loadSecretScanner();
let workspace: SearchWorkspace;
let pauses = 0;
beforeEach(() => {
  workspace = openSearchWorkspace();
  pauses = 0;
});
afterEach(() => workspace[Symbol.asyncDispose]());

const NO_PLAYBOOKS: PlaybookBook = new Map();

async function suggested(root: string, playbooks = NO_PLAYBOOKS): Promise<Suggestions> {
  await workspace.indexer.settled();
  const { store, search } = workspace;
  return suggestionsFor(
    {
      read: store.read.bind(store),
      search,
      book: createTermBook(search),
      now: () => instant(NOW),
      pause: async () => {
        pauses += 1;
        return Promise.resolve();
      },
      patience: 1_000,
      guard: createOutboundGuard({ scanner: () => scanner, registrableDomain }),
      scanner: () => scanner,
      playbooks: () => playbooks,
    },
    caseIdOf(workspace, root),
  );
}

/** A solved case: what was asked, and what was answered. */
async function solved(root: string, asked: string, answers: readonly string[], name = 'Robert Miller'): Promise<void> {
  const from = { address: `${root}@other.test`, name };
  const at = NOW - 20 * DAY_MS;
  await solveThreads(workspace, [
    [
      threadMessage('in', { key: root, root, subject: 'Question', text: asked, from, at }),
      ...answers.map((text, index) =>
        threadMessage('out', {
          key: `${root}-${String(index)}`,
          root,
          subject: 'Re: Question',
          text,
          from,
          at: at + (index + 1) * HOUR_MS,
        }),
      ),
    ],
  ]);
}

const asks = async (root: string, text: string): Promise<void> =>
  workspace.ingest([{ key: root, subject: 'Help', text, from: { address: `${root}@customer.test`, name: 'Mei Tanaka' } }]);
/** Words that all cases have in common, so that something is rare. */
async function others(): Promise<void> {
  for (let index = 0; index < 6; index += 1)
    await solved(`o${String(index)}`, `Where is my parcel number ${String(index)}? It has not arrived.`, [
      'The parcel will arrive soon, please wait for the carrier.',
    ]);
}

describe('similar cases', () => {
  beforeEach(others);

  test('give their answer with its source, ready for this customer, and nothing of the other one', async () => {
    await solved('rob', 'My withdrawal 50 USDT is pending for hours, order #A-1029. My wallet is TXYZ. Robert Miller', [
      'We look into it and come back to you soon.',
      'Hi Robert,\n\nyour pending withdrawal of 50 USDT (#A-1029) waits for a manual review. Use code 884213 or write to rob@other.test.\n\nBest regards,\nAna',
    ]);
    await asks('mei', 'The withdrawal is pending since yesterday, please help.');
    const { suggestions, similar, isComplete } = await suggested('mei');
    expect(isComplete).toBe(true);
    const [first] = suggestions;
    expect(first?.source).toMatchObject({
      kind: 'case',
      caseId: caseIdOf(workspace, 'rob'),
      times: 1,
      at: NOW - 20 * DAY_MS + 2 * HOUR_MS,
    });
    expect(first?.text).toBe(
      'Hello Mei,\n\nyour pending withdrawal of ⟦amount⟧ (⟦order.id⟧) waits for a manual review. Use code ⟦number⟧ or write to ⟦mail⟧.',
    );
    expect(first?.gaps).toEqual(['amount', 'order.id', 'number', 'mail']);
    expect(similar[0]).toMatchObject({ caseId: caseIdOf(workspace, 'rob'), contactName: 'Robert Miller', channel: 'email' });
    expect(similar[0]?.question).toContain('My withdrawal 50 USDT is pending');
    expect(similar[0]?.answer).toContain('waits for a manual review');
    // others had their turn
    expect(pauses).toBeGreaterThan(2);
  });

  test('are solved ones, and not the case itself', async () => {
    await asks('open1', 'The frobnicator of my withdrawal squeaks.');
    await asks('open2', 'My withdrawal has a squeaking frobnicator.');
    expect((await suggested('open1')).similar).toEqual([]);
  });

  test('a solved case asks for nothing', async () => {
    await solved('rob', 'My withdrawal is pending.', ['Your withdrawal waits for a manual review, please wait.']);
    expect(await suggested('rob')).toMatchObject({ suggestions: [], similar: [] });
  });

  test('the same answer comes once, and says how often it was given', async () => {
    const answer = 'Your pending withdrawal waits for a manual review, which takes a day.';
    await solved('one', 'My withdrawal is pending.', [answer], 'Ada Ames');
    await solved('two', 'Pending withdrawal, why?', [`Dear Bob,\n\n${answer}`], 'Bob Bins');
    await asks('mei', 'My withdrawal is pending.');
    const fromCases = (await suggested('mei')).suggestions.filter(({ source }) => source.kind === 'case');
    expect(fromCases.map(({ source }) => source.kind === 'case' && source.times)).toEqual([2]);
  });

  test('an answer that the guardrails would not let out is not suggested', async () => {
    await solved('bad', 'My withdrawal is pending.', [
      'Please send us your seed phrase and your password to release the pending withdrawal.',
    ]);
    await asks('mei', 'My withdrawal is pending.');
    const { suggestions, similar } = await suggested('mei');
    expect(suggestions).toEqual([]);
    // it is there to be read, as the case itself is
    expect(similar).toHaveLength(1);
  });

  test('what is not helpful is not shown for this case again, until it is taken back', async () => {
    await solved('rob', 'My withdrawal is pending.', ['Your pending withdrawal waits for a manual review, which takes a day.']);
    await asks('mei', 'My withdrawal is pending.');
    await asks('jo', 'Why is my withdrawal pending?');
    const [first] = (await suggested('mei')).suggestions;
    const [caseId, key] = [caseIdOf(workspace, 'mei'), first?.key ?? ''];
    hideFor(workspace.context, { opId: makeId('op', 'h1'), caseId, key });
    expect(await suggested('mei')).toMatchObject({ suggestions: [], hidden: 1 });
    expect((await suggested('jo')).suggestions).toHaveLength(1);
    showFor(workspace.context, { opId: makeId('op', 'h2'), caseId, key });
    expect((await suggested('mei')).suggestions).toHaveLength(1);
  });

  test('a text in another language comes later, and says so', async () => {
    const { context } = workspace;
    const guard = createOutboundGuard({ scanner: () => scanner, registrableDomain });
    const macro = (id: string, language: 'en' | 'ja', text: string) => ({
      macroId: makeId('mac', id),
      name: `Withdrawal pending ${id}`,
      shortcut: '',
      texts: [{ language, text }],
      actions: [],
      channels: [],
    });
    const save = (id: string, language: 'en' | 'ja', text: string) =>
      saveMacro(context, guard, { opId: makeId('op', id), macro: macro(id, language, text), isTeam: false });
    save('m1', 'ja', '出金は審査中です。');
    save('m2', 'en', 'Dear {{customer.firstName}}, a pending withdrawal is reviewed.');
    await asks('mei', 'The withdrawal is still pending and I would like to know when it will arrive.');
    const { suggestions } = await suggested('mei');
    expect(suggestions.map(({ key, isOtherLanguage }) => [key, isOtherLanguage])).toEqual([
      ['macro:mac_m2', false],
      ['macro:mac_m1', true],
    ]);
    expect(suggestions[0]?.text).toBe('Dear Mei, a pending withdrawal is reviewed.');
  });
});

describe('articles', () => {
  const file = (path: string, text: string) => ({ path, text, writtenAt: instant(NOW - DAY_MS) });
  let operation = 0;
  const imported = (...files: readonly ReturnType<typeof file>[]) => {
    operation += 1;
    const answer = importArticles(workspace.context, { opId: makeId('op', `i${String(operation)}`), files });
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value;
  };
  const listed = (text = '') => workspace.store.read((db) => knowledgeView(db, NO_PLAYBOOKS, text));
  const GUIDE =
    '# Withdrawals\n\nAbout coins.\n\n## Pending\n\nA **pending** withdrawal is reviewed by a person. See [the page](https://help.example/w).';

  test('are taken in by their headings, found by their words, and suggested', async () => {
    expect(imported(file('help/withdrawals.md', GUIDE), file('help/parcel.txt', 'Parcels\n=======\n\nA parcel takes a week.'))).toEqual({
      added: 2,
      updated: 0,
      unchanged: 0,
      refused: [],
    });
    const all = listed();
    expect(all.articles.map(({ title, path, language, parts, found }) => [title, path, language, parts, found])).toEqual([
      ['Parcels', 'help/parcel.txt', null, 1, null],
      ['Withdrawals', 'help/withdrawals.md', 'en', 2, null],
    ]);
    const [found] = listed('pending review').articles;
    expect(found).toMatchObject({ title: 'Withdrawals', found: { position: 1, heading: 'Pending' } });
    await asks('mei', 'Why is the withdrawal pending?');
    const [first] = (await suggested('mei')).suggestions;
    expect(first?.source).toMatchObject({ kind: 'article', title: 'Withdrawals', heading: 'Pending', position: 1 });
    expect(first?.text).toBe('Hello Mei,\n\nA pending withdrawal is reviewed by a person. See the page (https://help.example/w).');
  });

  test('of hostile HTML the words stay, and nothing that could do something', () => {
    const html = `<html><head><title>x</title><script>alert(1)</script></head><body onload="evil()"><h1>Fees &amp; <i>more</i></h1>
      <p style="display:none">hidden words</p><p>Text <img src=x onerror=alert(2)> with <a href="javascript:alert(3)">a link</a>.</p>
      <iframe src="https://evil.example"></iframe><p>\u0001 2 not a heading ⟦redacted:password⟧</p></body></html>`;
    imported(file('a.html', html));
    const [row] = listed().articles;
    const article = workspace.store.read((db) => articleView(db, row?.articleId ?? makeId('art', 'x')));
    expect(article?.title).toBe('Fees & more');
    const text = article?.parts.map((part) => part.text).join('\n') ?? '';
    expect(text).not.toMatch(/<|script|onerror|alert\(1\)|hidden words|iframe/u);
    expect(text).toContain('2 not a heading');
  });

  test('what nests without end, and what is no article, does not stop the others', () => {
    const deep = `# Deep\n\n${'> '.repeat(3_000)}end`;
    const { added, refused } = imported(
      file('deep.md', deep),
      file('deep.html', `${'<div>'.repeat(20_000)}deep inside`),
      file('photo.md', '\u0000\u0001\u0002PNG'),
      file('empty.md', '\n\n# Only a heading\n'),
      file('run.exe', 'words'),
      file('good.md', 'Good words.'),
    );
    expect(refused).toEqual([
      { path: 'photo.md', code: 'not-text' },
      { path: 'empty.md', code: 'empty' },
      { path: 'run.exe', code: 'unknown-format' },
    ]);
    expect(added).toBe(3);
  });

  test('the same path is the same article, and the same words elsewhere have moved', () => {
    imported(file('a.md', GUIDE));
    expect(imported(file('a.md', GUIDE))).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
    expect(imported(file('a.md', GUIDE.replace('person', 'colleague')))).toMatchObject({ updated: 1 });
    expect(listed('colleague').articles).toHaveLength(1);
    expect(listed('person').articles).toHaveLength(0);
    expect(imported(file('b.md', GUIDE.replace('person', 'colleague')))).toMatchObject({ added: 0, updated: 1 });
    expect(listed().articles.map(({ path }) => path)).toEqual(['b.md']);
    // two files that say the same are two
    expect(imported(file('c.md', 'Twin.'), file('d.md', 'Twin.'))).toMatchObject({ added: 2 });
  });

  test('a removed one is found no more, and comes back whole', () => {
    imported(file('a.md', GUIDE));
    const [row] = listed().articles;
    const articleIds = [row?.articleId ?? makeId('art', 'x')];
    removeArticles(workspace.context, { opId: makeId('op', 'r1'), articleIds });
    expect([listed().articles, listed('pending').articles, listed().total]).toEqual([[], [], 0]);
    expect(restoreArticles(workspace.context, { opId: makeId('op', 'r2'), articleIds }).ok).toBe(true);
    expect(listed('pending').articles).toHaveLength(1);
    expect(restoreArticles(workspace.context, { opId: makeId('op', 'r3'), articleIds })).toMatchObject({
      ok: false,
      error: { code: 'nothing-to-undo' },
    });
  });
});
