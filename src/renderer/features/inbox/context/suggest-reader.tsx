import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ArticleId } from '../../../../shared/domain/ids.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ArticleText } from '../../../ui/knowledge/article-text.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { sourceName, useSuggestions } from './suggest-store.ts';

/** The source of a suggestion that is no case and no macro, to be read. */
export function SuggestReader(): ReactNode {
  const t = useWords('suggest');
  const read = useSuggestions((state) => state.read);
  const source = read?.source ?? null;
  return (
    <Dialog
      open={read !== null}
      onOpenChange={(open) => {
        if (!open) useSuggestions.setState({ read: null });
      }}
      size="lg"
      isReading
      title={source === null ? '' : source.kind === 'article' ? source.title : sourceName(source)}
      description={source === null || source.kind === 'article' ? undefined : t(`source.${source.kind}`)}
    >
      {source?.kind === 'article' && <ReadArticle articleId={source.articleId} position={source.position} />}
      {source?.kind === 'playbook' && (
        <p className="ib-suggestion-text" data-open="">
          {read?.text}
        </p>
      )}
    </Dialog>
  );
}

function ReadArticle({ articleId, position }: { readonly articleId: ArticleId; readonly position: number }): ReactNode {
  const t = useWords('suggest');
  const live = useLive('knowledge.article', { articleId });
  if (live.state === 'loading') return <Spinner />;
  if (live.state === 'error' || live.value === null) return <p role="alert">{t('knowledge.gone')}</p>;
  return (
    <>
      <p className="muted">{t('knowledge.from', { path: live.value.path })}</p>
      <ArticleText article={live.value} position={position} />
    </>
  );
}
