import i18next from 'i18next';
import { errorText } from '../../i18n/error-text.ts';
import { showToast } from '../../ui/toast.tsx';

/** Says in the corner why something did not work. */
export function tellFailure(code: string, detail: string): void {
  showToast({
    title: i18next.t('handoff:send.failed'),
    description: errorText(i18next.getFixedT(null, 'errors'), code) + (code === 'internal' || code === 'invalid' ? ` ${detail}` : ''),
    tone: 'problem',
  });
}
