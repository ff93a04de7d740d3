import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { closeJoinDialog, useJoinDialog } from '../../../state/join-dialog.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { InviteStep } from './invite-step.tsx';
import './join.css';
import { PreviewStep } from './preview-step.tsx';
import { readInvite } from './read-invite.ts';
import type { ReadInvite } from './read-invite.ts';

/**
 * Joins a team by an invite that was pasted, dropped, chosen as a file, or handed over by another program. It is read without a
 * connection first, and shown; nothing is joined before the person has said so.
 */
export function JoinDialog(): ReactNode {
  const t = useWords('hub');
  const { isOpen, text, source } = useJoinDialog();
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open && !isBusy) closeJoinDialog();
      }}
      title={t('join.title')}
    >
      {/* Another invite is another dialog: nothing of the one before stays. */}
      <Steps key={text} text={text} isFromLink={source === 'link'} onBusy={setBusy} />
    </Dialog>
  );
}

interface StepsProps {
  readonly text: string;
  readonly isFromLink: boolean;
  readonly onBusy: (isBusy: boolean) => void;
}

function Steps({ text, isFromLink, onBusy }: StepsProps): ReactNode {
  const t = useWords('hub');
  const [typed, setTyped] = useState('');
  const [invite, setInvite] = useState<ReadInvite | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, setReading] = useState(text !== '');
  const [isPassedOn, setPassedOn] = useState(isFromLink);
  const show = (answer: Awaited<ReturnType<typeof readInvite>>): void => {
    setReading(false);
    setInvite(answer.invite);
    setProblem(answer.problem);
  };
  const read = (given: string, fileName: string | null): void => {
    setReading(true);
    void readInvite(given, fileName).then(show);
  };
  useEffect(() => {
    if (text !== '') void readInvite(text, null).then(show);
    // The text is the key of this component: another one makes another component.
  }, [text]);
  if (isReading) {
    return (
      <div className="join-reading">
        <Spinner label={t('join.reading')} />
      </div>
    );
  }
  if (invite === null) return <InviteStep text={typed} onText={setTyped} problem={problem} onInvite={read} onProblem={setProblem} />;
  return (
    <PreviewStep
      invite={invite}
      isFromLink={isPassedOn}
      onBusy={onBusy}
      onAnother={() => {
        setInvite(null);
        setTyped('');
        setProblem(null);
        setPassedOn(false);
      }}
    />
  );
}
