// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { useKnowledgePage } from './knowledge-page.tsx';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { ArticleRow } from '../../../shared/contract/suggest.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useSession } from '../../state/session.ts';
import { undoLast } from '../../state/undo.ts';
import { ToastRegion } from '../../ui/toast.tsx';

const AT = instant(Date.UTC(2026, 10, 25, 9));
const row = (path: string): ArticleRow => ({
  articleId: makeId('art', path.replaceAll(/\W/gu, '')),
  title: `Title of ${path}`,
  path,
  format: 'markdown',
  language: 'zh-Hans',
  importedAt: AT,
  writtenAt: null,
  parts: 1,
  found: null,
});
let engine: FakeEngine;
let rows: readonly ArticleRow[];
let gone: readonly ArticleRow[];

function Page(): ReactNode {
  return useKnowledgePage().content;
}

function open(): HTMLElement {
  rows = [];
  gone = [];
  useSession.setState({ zone: 'UTC' });
  engine = new FakeEngine({
    'knowledge.list': ({ text }) => ({
      ok: true,
      value: { articles: rows.filter(({ title }) => title.includes(text)), total: rows.length, macros: 2, playbookSteps: 1 },
    }),
    'knowledge.import': ({ files }) => {
      const good = files.filter(({ text }) => text !== '');
      rows = [...rows, ...good.map(({ path }) => row(path))];
      void engine.changed('knowledge.list');
      const refused = files.filter(({ text }) => text === '').map(({ path }) => ({ path, code: 'empty' as const }));
      return { ok: true, value: { added: good.length, updated: 0, unchanged: 0, refused } };
    },
    'knowledge.remove': ({ articleIds }) => {
      gone = rows.filter(({ articleId }) => articleIds.includes(articleId));
      rows = rows.filter(({ articleId }) => !articleIds.includes(articleId));
      void engine.changed('knowledge.list');
      return { ok: true, value: null };
    },
    'knowledge.restore': () => {
      rows = [...rows, ...gone];
      void engine.changed('knowledge.list');
      return { ok: true, value: null };
    },
  });
  transport.attach(engine.connect());
  return render(
    <ToastRegion>
      <Page />
    </ToastRegion>,
  ).container;
}

beforeAll(async () => startI18n('en'));
afterEach(() => {
  cleanup();
  engine.stop();
});

const choose = (container: HTMLElement, index: number, files: readonly File[]): void => {
  const input = container.querySelectorAll<HTMLInputElement>('input[type="file"]')[index];
  if (input === undefined) throw new Error('no such input');
  fireEvent.change(input, { target: { files } });
};
/** The DOM of these tests does not say where a file is; without a folder it is nowhere. */
const inFolder = (path: string, text: string, name = path.split('/').at(-1) ?? ''): File => {
  const file = new File([text], name);
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
};

test('files are imported with a report, and a removed article comes back', async () => {
  const container = open();
  await screen.findByText('No articles yet');
  expect(screen.getByText('Suggestions also come from 2 macros and 1 step of playbooks.')).toBeDefined();
  choose(container, 0, [inFolder('', '# Fees', 'fees.md'), inFolder('', '', 'nothing.md')]);
  await screen.findByText('Imported: 1 new, 0 updated, 0 unchanged.');
  expect(screen.getByText('nothing.md').parentElement?.textContent).toBe('nothing.md has no text in it');
  expect((await screen.findByRole('rowheader')).textContent).toBe('Title of fees.md');
  fireEvent.click(screen.getByRole('button', { name: 'Remove “Title of fees.md”' }));
  await screen.findByText('No articles yet');
  await undoLast();
  await screen.findByRole('rowheader');
});

test('of a folder what is no article is passed over, hidden files too, and paths stay', async () => {
  const container = open();
  await screen.findByText('No articles yet');
  choose(container, 1, [
    inFolder('help/zh/费用.md', '# 费用'),
    inFolder('help/logo.png', 'png'),
    inFolder('help/.git/readme.md', 'no'),
    inFolder('help/node_modules/x/readme.md', 'no'),
  ]);
  await screen.findByText('Imported: 1 new, 0 updated, 0 unchanged.');
  const sent = engine.calls.flatMap(({ name, input }) =>
    name === 'knowledge.import' ? (input as { files: { path: string }[] }).files : [],
  );
  expect(sent.map(({ path }) => path)).toEqual(['help/zh/费用.md']);
  choose(container, 1, [inFolder('pictures/logo.png', 'png')]);
  await screen.findByText('There is no Markdown, HTML or text file in it.');
});

test('a file that is too large never travels, and a search that finds nothing says so', async () => {
  const container = open();
  await screen.findByText('No articles yet');
  const large = inFolder('', 'x'.repeat(500_001), 'large.txt');
  choose(container, 0, [large, inFolder('', 'ok', 'ok.txt')]);
  await waitFor(() => expect(screen.getByText('large.txt').parentElement?.textContent).toContain('is too large'));
  fireEvent.change(await screen.findByLabelText('Search in articles'), { target: { value: 'zzz' } });
  await screen.findByText('No article has “zzz” in it');
});
