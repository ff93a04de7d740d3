import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { INTAKE_FIELDS } from '../../../../shared/domain/message.ts';
import type { Intake } from '../../../../shared/domain/message.ts';
import { IconButton } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.tsx';
import './channel-message.css';

/** What a form or the bot has asked the customer, each answer under its question. */
export function IntakeList({ intake }: { readonly intake: Intake }): ReactNode {
  const t = useWords('channel');
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    showToast({ title: t('intake.copied'), tone: 'ok' });
  };
  const rows = INTAKE_FIELDS.flatMap((field) => {
    const value = intake[field];
    return value === undefined || value.trim() === '' ? [] : [{ field, value }];
  });
  if (rows.length === 0) return null;
  return (
    <dl className="ib-intake" aria-label={t('intake.title')}>
      {rows.map(({ field, value }) => (
        <div key={field}>
          <dt>{t(`intake.${field}`)}</dt>
          <dd dir="auto">
            <span className={field === 'transaction' ? 'ib-intake-code' : undefined}>{value}</span>
            {field === 'transaction' && (
              <IconButton
                size="sm"
                label={t('intake.copy', { what: t('intake.transaction') })}
                icon={<Copy aria-hidden="true" />}
                onClick={() => void copy(value)}
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
