import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';
import { AlertDialog } from './dialog.tsx';
import type { SettledAs } from '../../shared/domain/team/send-settling.ts';
import './fate-choices.css';

interface FateChoicesProps {
  /** What somebody has decided already, while that waits for whoever holds the channel. An empty name: nobody known. */
  readonly waiting: { readonly as: SettledAs; readonly name: string } | null;
  readonly onSettle: (as: SettledAs) => void;
}

/** What a person may say about a reply of which nobody knows whether it arrived. */
export function FateChoices({ waiting, onSettle }: FateChoicesProps): ReactNode {
  const t = useWords('fate');
  const [asking, setAsking] = useState<'again' | 'dropped' | null>(null);
  // the words of a dialog that is closing stay
  const [asked, setAsked] = useState<'again' | 'dropped'>('again');
  if (waiting !== null)
    return (
      <p className="fate-waits" role="status">
        <Hourglass aria-hidden="true" />
        <span>
          <strong>{t(`waits.${waiting.as}`, { name: waiting.name === '' ? t('somebody') : waiting.name })}</strong> {t('waitsText')}
        </span>
      </p>
    );
  const ask = (as: 'again' | 'dropped'): void => {
    setAsked(as);
    setAsking(as);
  };
  return (
    <div className="fate-choices" role="group" aria-label={t('label')}>
      <Button size="sm" variant="primary" onClick={() => onSettle('sent')}>
        {t('sent')}
      </Button>
      <Button size="sm" onClick={() => ask('again')}>
        {t('again')}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => ask('dropped')}>
        {t('dropped')}
      </Button>
      <AlertDialog
        open={asking !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setAsking(null);
        }}
        title={t(`${asked}Title`)}
        description={t(`${asked}Text`)}
        confirmLabel={t(asked)}
        danger={asked === 'dropped'}
        onConfirm={() => {
          setAsking(null);
          onSettle(asked);
        }}
      />
    </div>
  );
}
