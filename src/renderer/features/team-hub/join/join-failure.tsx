import { CircleAlert } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { CreateVaultDialog, UnlockVaultDialog } from '../../../frame/vault-dialogs.tsx';
import { errorText } from '../../../i18n/error-text.ts';
import { linkCodeText, wayOutText } from '../../../i18n/hub-text.ts';
import { Button } from '../../../ui/button.tsx';

export interface JoinFailureProps {
  readonly code: string;
  readonly detail: string;
  /** The password safe is open now: it is tried again. */
  readonly onReady: () => void;
}

/** Why the team was not joined, and the way out. */
export function JoinFailure({ code, detail, onReady }: JoinFailureProps): ReactNode {
  const t = useWords('hub');
  const tErrors = useWords('errors');
  const vault = useLiveValue('vault.status', {}, null);
  const [dialog, setDialog] = useState<'unlock' | 'create' | null>(null);
  const reason = joinErrorText(t, code) ?? errorText(tErrors, code);
  const wayOut = code === 'vault-locked' ? null : wayOutText(t, code);
  return (
    <div className="join-failure" role="alert">
      <CircleAlert aria-hidden="true" />
      <div>
        <strong>{t('join.failed')}</strong>
        <p>
          {reason} {wayOut}
        </p>
        {detail !== '' && <code>{detail}</code>}
        {code === 'vault-locked' && (
          <Button size="sm" onClick={() => setDialog('unlock')}>
            {t('join.unlock')}
          </Button>
        )}
        {code === 'vault-empty' && (
          <Button size="sm" onClick={() => setDialog('create')}>
            {t('join.setUp')}
          </Button>
        )}
      </div>
      <UnlockVaultDialog open={dialog === 'unlock'} onOpenChange={() => setDialog(null)} onReady={onReady} />
      <CreateVaultDialog open={dialog === 'create'} onOpenChange={() => setDialog(null)} onReady={onReady} status={vault} />
    </div>
  );
}

const OWN = ['invalid-invite', 'vault-locked', 'vault-empty', 'already-joined', 'refused', 'other-person', 'history-needs-lead'] as const;

/** The words of this dialog, else those for a connection that fails later as well. */
function joinErrorText(t: TFunction<'hub'>, code: string): string | null {
  const own = OWN.find((each) => each === code);
  if (own !== undefined) return t(`join.error.${own}`);
  return code === 'sample' ? t('join.problem.sample') : linkCodeText(t, code);
}
