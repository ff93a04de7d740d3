import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { AuthenticityAnswer } from '../../../../shared/contract/guard.contract.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { showToast } from '../../../ui/toast.tsx';

/** The code by which the customer of a case can find out that it is us, and a place to check one that somebody was told. */
export function AuthenticityCard({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('guard');
  const formats = useFormats();
  const state = useLiveValue('authenticity.code', { caseId: detail.caseId }, null);
  const [asked, setAsked] = useState('');
  const [answer, setAnswer] = useState<AuthenticityAnswer | null>(null);
  if (state === null) return null;
  const { code } = state;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code ?? '');
    showToast({ title: t('code.copied'), tone: 'ok' });
  };
  const check = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const result = await call('authenticity.check', { opId: newOperationId(), code: asked, caseId: null });
    if (result.ok) setAnswer(result.value);
  };
  return (
    <section className="ib-context-part" aria-label={t('code.title')}>
      <h3>{t('code.title')}</h3>
      {code === null ? (
        <p className="muted">{t('code.none')}</p>
      ) : (
        <>
          <p className="ib-fact-line">
            <code className="tabular">{code}</code>
            <IconButton size="sm" label={t('code.copy')} icon={<Copy aria-hidden="true" />} onClick={() => void copy()} />
          </p>
          <p className="muted">{t('code.hint', { at: formats.dateTime(state.until) })}</p>
          <form onSubmit={(event) => void check(event)}>
            <TextField
              label={t('code.check')}
              value={asked}
              maxLength={60}
              onChange={(next) => {
                setAsked(next);
                setAnswer(null);
              }}
            />
            <Button type="submit" size="sm" disabled={asked.trim() === ''}>
              {t('code.checkButton')}
            </Button>
            {answer !== null && (
              <p role="status">
                {answer.outcome === 'genuine' ? t('code.genuine', { name: answer.agentName }) : t(`code.${answer.outcome}`)}
              </p>
            )}
          </form>
        </>
      )}
    </section>
  );
}
