import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ChannelRow, ChannelSettings } from '../../../shared/contract/channels.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { ChatForm } from './chat-form.tsx';
import { DiscourseForm } from './discourse-form.tsx';
import { KINDS } from './kinds.ts';
import { TelegramForm } from './telegram-form.tsx';
import { XForm } from './x-form.tsx';

type Kind = ChannelSettings['kind'];

export interface ChannelFormProps {
  /** The account that is edited, or that is connected here, too; null for a new one. */
  readonly row: ChannelRow | null;
  readonly onBack: (() => void) | null;
  readonly onDone: () => void;
}

interface ChannelDialogProps {
  readonly row: ChannelRow | null;
  readonly onClose: () => void;
}

/** Connects a channel or changes one. */
export function ChannelDialog({ row, onClose }: ChannelDialogProps): ReactNode {
  const t = useWords('channels');
  const fixed = KINDS.find((kind) => kind === row?.kind) ?? null;
  const [kind, setKind] = useState<Kind>(fixed ?? 'chat');
  const [isChosen, setChosen] = useState(fixed !== null);
  const isEdit = row?.settings !== null && row !== null;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={isEdit ? t('editTitle', { name: row.name }) : t('addTitle')}
      size="md"
    >
      {isChosen ? (
        <KindForm kind={kind} row={row} onBack={fixed === null ? () => setChosen(false) : null} onDone={onClose} />
      ) : (
        <div className="channel-form">
          <RadioCards<Kind>
            label={t('choose')}
            value={kind}
            onChange={setKind}
            options={KINDS.map((value) => ({
              value,
              label: t(`kind.${value}`),
              content: (
                <span className="channel-choice">
                  <strong>{t(`kind.${value}`)}</strong>
                  <span>{t(`kindText.${value}`)}</span>
                </span>
              ),
            }))}
          />
          <div className="channel-form-buttons">
            <span />
            <Button variant="primary" onClick={() => setChosen(true)}>
              {t('next')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function KindForm({ kind, ...props }: ChannelFormProps & { readonly kind: Kind }): ReactNode {
  switch (kind) {
    case 'chat':
      return <ChatForm {...props} />;
    case 'telegram':
      return <TelegramForm {...props} />;
    case 'discourse':
      return <DiscourseForm {...props} />;
    case 'x':
      return <XForm {...props} />;
  }
}
