import { MessagesSquare, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ChannelRow } from '../../../shared/contract/channels.contract.ts';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failed } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { ChannelCard } from './channel-card.tsx';
import { ChannelDialog } from './channel-dialog.tsx';
import './channels.css';

type Open = { readonly kind: 'none' } | { readonly kind: 'add' } | { readonly kind: 'edit'; readonly row: ChannelRow };

/** All channels beside mail, how they are, and what can be done with them. */
export function ChannelsPage(): ReactNode {
  const t = useWords('channels');
  const channels = useLive('channels.list', {});
  const isSample = useLiveValue('workspace.get', {}, null)?.workspace === 'sample';
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const rows = channels.state === 'ready' ? channels.value.filter(({ kind }) => kind !== 'email') : [];
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpen({ kind: 'add' })}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('tab')} lead={t('lead')} aside={rows.length > 0 && !isSample && add}>
      {channels.state === 'loading' && <Spinner />}
      {channels.state === 'error' && <Failed code={channels.error.code} title={t('tab')} />}
      {channels.state === 'ready' && rows.length === 0 && (
        <EmptyState
          icon={<MessagesSquare />}
          title={t('emptyTitle')}
          description={isSample ? t('sampleText') : t('emptyText')}
          actions={isSample ? null : add}
        />
      )}
      <div className="channel-list">
        {rows.map((row) => (
          <ChannelCard key={row.accountId} row={row} onEdit={() => setOpen({ kind: 'edit', row })} />
        ))}
      </div>
      {rows.length > 0 && isSample && <p className="muted">{t('sampleText')}</p>}
      {open.kind !== 'none' && <ChannelDialog row={open.kind === 'edit' ? open.row : null} onClose={() => setOpen({ kind: 'none' })} />}
    </Page>
  );
}
