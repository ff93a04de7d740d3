import { CircleAlert, Lock, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Live } from '../../bridge/live-queries.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { leadNames, useRoster } from '../../state/roster.ts';
import { Button } from '../../ui/button.tsx';
import '../../ui/master-detail.css';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { showToast } from '../../ui/toast.tsx';
import './handoff-settings.css';

interface SettingsFrameProps<Value extends { readonly canChange: boolean }> {
  readonly title: string;
  readonly lead: string;
  readonly live: Live<Value>;
  readonly children: (value: Value) => ReactNode;
}

/** The frame of a page of settings that leads may change: title, who may change it, loading and errors. */
export function SettingsFrame<Value extends { readonly canChange: boolean }>({
  title,
  lead,
  live,
  children,
}: SettingsFrameProps<Value>): ReactNode {
  return (
    <Page className="handoff-settings" title={title} lead={lead}>
      <Loaded live={live}>
        {(value) => (
          <>
            {!value.canChange && <ReadOnly />}
            {children(value)}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ReadOnly(): ReactNode {
  const t = useWords('handoffSettings');
  const formats = useFormats();
  const names = leadNames(useRoster());
  return (
    <p className="m-note" role="note">
      <Lock aria-hidden="true" />
      <span>{names.length === 0 ? t('readOnlyNobody') : t('readOnly', { names: formats.list(names) })}</span>
    </p>
  );
}

interface EditsBarProps {
  /** What must be put right before it may be saved. */
  readonly faults: number;
  /** Somebody else saved something since the edits began. */
  readonly isNewer: boolean;
  readonly onDiscard: () => void;
  /** Returns the code of why it was refused, else null. */
  readonly onSave: () => Promise<string | null>;
}

/** Says that there are edits and what is wrong with them, and saves them. */
export function EditsBar({ faults, isNewer, onDiscard, onSave }: EditsBarProps): ReactNode {
  const t = useWords('handoffSettings');
  const tErrors = useWords('errors');
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    const code = await onSave();
    setBusy(false);
    if (code === null) showToast({ title: t('bar.saved'), tone: 'ok' });
    else showToast({ title: t('bar.failed'), description: refusal(code), tone: 'problem' });
  };
  const refusal = (code: string): string =>
    code === 'not-allowed' || code === 'bad-template' ? t(`error.${code}`) : errorText(tErrors, code);
  const words = faults > 0 ? t('bar.faults', { count: faults }) : isNewer ? t('bar.newer') : t('bar.unsaved');
  return (
    <div className="m-save-bar" role="region" aria-label={t('bar.label')}>
      {faults > 0 || isNewer ? <CircleAlert aria-hidden="true" /> : <Pencil aria-hidden="true" />}
      <p>{words}</p>
      <Button onClick={onDiscard}>{t('bar.discard')}</Button>
      <Button variant="primary" disabled={faults > 0} loading={isBusy} onClick={() => void save()}>
        {t('bar.save')}
      </Button>
    </div>
  );
}
