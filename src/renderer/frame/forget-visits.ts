import i18next from 'i18next';
import { call, newOperationId } from '../bridge/client.ts';
import { errorText } from '../i18n/error-text.ts';
import { showToast } from '../ui/toast.tsx';

/** Forgets where this person has been, and what they do often. */
export async function forgetVisits(): Promise<void> {
  const answer = await call('desk.forgetVisits', { opId: newOperationId() });
  showToast(
    answer.ok
      ? { title: i18next.t('keys:command.forgotten'), tone: 'ok' }
      : {
          title: i18next.t('keys:command.forgetFailed'),
          description: errorText(i18next.getFixedT(null, 'errors'), answer.error.code),
          tone: 'problem',
        },
  );
}
