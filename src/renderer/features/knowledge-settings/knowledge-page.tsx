import { BookOpen, FileUp, FolderUp, Search, Trash2 } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ArticleRow, KnowledgeView } from '../../../shared/contract/suggest.contract.ts';
import type { ArticleId } from '../../../shared/domain/ids.ts';
import { useLive } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import type { SettingsPage } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { ArticleText } from '../../ui/knowledge/article-text.tsx';
import { Failed } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/progress.tsx';
import '../../ui/table.css';
import type { TabsProps } from '../../ui/tabs.tsx';
import { chosenFiles, useImport } from './import-files.ts';
import type { ChosenFile } from './import-files.ts';
import { ImportReport } from './import-report.tsx';
import { removeArticle } from './knowledge-commands.ts';
import './knowledge-settings.css';

/** The page of the knowledge, for the settings. */
export function useKnowledgePage(): TabsProps<SettingsPage>['tabs'][number] {
  const t = useWords('suggest');
  return { value: 'knowledge', label: t('knowledge.tab'), icon: <BookOpen aria-hidden="true" />, content: <KnowledgePage /> };
}

function KnowledgePage(): ReactNode {
  const t = useWords('suggest');
  const { state, run } = useImport();
  return (
    <Page
      className="knowledge"
      title={t('knowledge.tab')}
      lead={
        <>
          <p className="muted">{t('knowledge.lead')}</p>
          <p className="muted">{t('knowledge.local')}</p>
        </>
      }
    >
      <Import isBusy={state.state === 'busy'} onFiles={(files, isFolder) => void run(files, isFolder)} />
      <ImportReport state={state} />
      <Library />
    </Page>
  );
}

/** Files or a folder, by buttons or dropped. */
function Import({
  isBusy,
  onFiles,
}: {
  readonly isBusy: boolean;
  readonly onFiles: (files: readonly ChosenFile[], isFolder: boolean) => void;
}): ReactNode {
  const t = useWords('suggest');
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  // an attribute that React's types do not know
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), []);
  const take = (input: HTMLInputElement, isFolder: boolean): void => {
    const chosen = chosenFiles(input.files ?? []);
    // the same files may be chosen again after they were changed
    input.value = '';
    if (chosen.length > 0) onFiles(chosen, isFolder);
  };
  return (
    // The pointer's way of what the buttons do by key.
    <div
      className="knowledge-drop"
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const chosen = chosenFiles(event.dataTransfer.files);
        if (chosen.length > 0 && !isBusy) onFiles(chosen, false);
      }}
    >
      <input
        ref={files}
        type="file"
        multiple
        accept=".md,.markdown,.mdx,.html,.htm,.xhtml,.txt,.text"
        hidden
        aria-label={t('knowledge.import')}
        onChange={(event) => take(event.currentTarget, false)}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={t('knowledge.importFolder')}
        onChange={(event) => take(event.currentTarget, true)}
      />
      <Button icon={<FileUp aria-hidden="true" />} disabled={isBusy} onClick={() => files.current?.click()}>
        {t('knowledge.import')}
      </Button>
      <Button icon={<FolderUp aria-hidden="true" />} disabled={isBusy} onClick={() => folder.current?.click()}>
        {t('knowledge.importFolder')}
      </Button>
      <span className="muted">{t('knowledge.drop')}</span>
    </div>
  );
}

function Library(): ReactNode {
  const t = useWords('suggest');
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const live = useLive('knowledge.list', { text });
  // what was found stays until the next answer is here
  const [shown, setShown] = useState<KnowledgeView | null>(null);
  if (live.state === 'ready' && live.value !== shown) setShown(live.value);
  const [read, setRead] = useState<ArticleRow | null>(null);
  if (live.state === 'error') return <Failed code={live.error.code} />;
  if (shown === null) return <Spinner />;
  const also = {
    macros: t('knowledge.macros', { count: shown.macros }),
    steps: t('knowledge.steps', { count: shown.playbookSteps }),
  };
  return (
    <>
      {shown.total === 0 ? (
        <EmptyState icon={<BookOpen />} title={t('knowledge.empty')} description={t('knowledge.emptyHint')} />
      ) : (
        <>
          <TextField
            label={t('knowledge.search')}
            type="search"
            value={typed}
            onChange={setTyped}
            maxLength={200}
            hint={t('knowledge.total', { count: shown.total })}
          />
          {shown.articles.length === 0 ? (
            <EmptyState icon={<Search />} title={t('knowledge.noMatch', { text })} />
          ) : (
            <Articles articles={shown.articles} onRead={setRead} />
          )}
        </>
      )}
      <p className="muted">{t('knowledge.also', also)}</p>
      {read !== null && <Reader article={read} onClose={() => setRead(null)} />}
    </>
  );
}

function Articles({
  articles,
  onRead,
}: {
  readonly articles: readonly ArticleRow[];
  readonly onRead: (article: ArticleRow) => void;
}): ReactNode {
  const t = useWords('suggest');
  const formats = useFormats();
  const place = useRef<HTMLTableElement>(null);
  const [removed, setRemoved] = useState(0);
  useEffect(() => {
    // what had the focus is gone
    if (removed > 0) place.current?.querySelector<HTMLElement>('button')?.focus();
  }, [removed]);
  const remove = async (article: ArticleRow): Promise<void> => {
    if (await removeArticle(article)) setRemoved((before) => before + 1);
  };
  return (
    <table ref={place} className="m-table knowledge-table" aria-label={t('knowledge.list')}>
      <thead>
        <tr>
          <th scope="col">{t('knowledge.column.title')}</th>
          <th scope="col">{t('knowledge.column.language')}</th>
          <th scope="col">{t('knowledge.column.source')}</th>
          <th scope="col">{t('knowledge.column.written')}</th>
          <th scope="col">{t('knowledge.column.imported')}</th>
          <th scope="col">{t('knowledge.column.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {articles.map((article) => (
          <tr key={article.articleId}>
            <th scope="row">
              <button
                type="button"
                className="knowledge-title"
                aria-label={t('knowledge.open', { title: article.title })}
                onClick={() => onRead(article)}
              >
                {article.title}
              </button>
              {article.found !== null && (
                <p className="knowledge-found muted" lang={article.language ?? undefined}>
                  {article.found.heading !== '' && <strong>{article.found.heading} · </strong>}
                  {article.found.text}
                </p>
              )}
            </th>
            <td>{article.language === null ? t('knowledge.unknownLanguage') : formats.languageName(article.language)}</td>
            <td className="knowledge-path">{article.path}</td>
            <td className="tabular">
              {article.writtenAt === null ? t('knowledge.unknownDate') : formats.date(article.writtenAt, article.importedAt)}
            </td>
            <td className="tabular">{formats.dateTime(article.importedAt)}</td>
            <td>
              <IconButton
                label={t('knowledge.remove', { title: article.title })}
                icon={<Trash2 aria-hidden="true" />}
                onClick={() => void remove(article)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reader({ article, onClose }: { readonly article: ArticleRow; readonly onClose: () => void }): ReactNode {
  const t = useWords('suggest');
  const live = useLive('knowledge.article', { articleId: article.articleId satisfies ArticleId });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      isReading
      title={article.title}
      description={t('knowledge.from', { path: article.path })}
    >
      {live.state === 'loading' && <Spinner />}
      {live.state === 'ready' && live.value !== null && <ArticleText article={live.value} position={article.found?.position ?? null} />}
      {(live.state === 'error' || (live.state === 'ready' && live.value === null)) && <p role="alert">{t('knowledge.gone')}</p>}
    </Dialog>
  );
}
