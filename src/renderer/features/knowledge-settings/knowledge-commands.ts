import i18next from 'i18next';
import type { ArticleRow } from '../../../shared/contract/suggest.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { offerUndo } from '../../state/undo.ts';
import { showToast } from '../../ui/toast.tsx';

/** Removes an article and offers to bring it back. False when that could not be. */
export async function removeArticle({ articleId, title }: Pick<ArticleRow, 'articleId' | 'title'>): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('knowledge.remove', { opId, articleIds: [articleId] });
  if (!answer.ok) {
    const description = errorText(i18next.getFixedT(null, 'errors'), answer.error.code);
    showToast({ title: i18next.t('suggest:knowledge.removeFailed'), description, tone: 'problem' });
    return false;
  }
  offerUndo({
    opId,
    label: i18next.t('suggest:knowledge.removed', { title }),
    takeBack: async () => {
      const back = await call('knowledge.restore', { opId: newOperationId(), articleIds: [articleId] });
      return back.ok ? null : back.error.code;
    },
    doAgain: async () => {
      const again = await call('knowledge.remove', { opId: newOperationId(), articleIds: [articleId] });
      return again.ok ? null : again.error.code;
    },
  });
  return true;
}
