import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { openNoReply, useInbox } from '../inbox-store.ts';
import { applyAction } from './apply-actions.ts';
import './case-picker.css';

export const NO_REPLY_REASONS = ['thanks', 'phone', 'copy', 'mistake', 'info'] as const;
const LONGEST = 500;

/** Says that cases need no reply, and why: one of a few reasons, or words of one's own. */
export function NoReplyDialog(): ReactNode {
  const t = useWords('reminders');
  const caseIds = useInbox((state) => state.noReplyCaseIds);
  const title = caseIds === null ? '' : caseIds.length === 1 ? t('noReply.title') : t('noReply.titleMany', { count: caseIds.length });
  return (
    <Dialog open={caseIds !== null} onOpenChange={() => openNoReply(null)} size="sm" title={title} description={t('noReply.text')}>
      {caseIds !== null && <NoReplyForm caseIds={caseIds} />}
    </Dialog>
  );
}

function NoReplyForm({ caseIds }: { readonly caseIds: readonly CaseId[] }): ReactNode {
  const t = useWords('reminders');
  const inboxText = useWords('inbox');
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const say = (why: string): void => {
    if (why.trim() === '') {
      setMissing(true);
      return;
    }
    openNoReply(null);
    void applyAction(caseIds, { kind: 'no-reply-needed', reason: why.trim() }, (count) => inboxText('done.noReplyNeeded', { count }));
  };
  return (
    <form
      className="ib-park"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        say(reason);
      }}
    >
      <TextField
        label={t('noReply.reason')}
        placeholder={t('noReply.placeholder')}
        dir="auto"
        maxLength={LONGEST}
        value={reason}
        onChange={(value) => {
          setReason(value);
          setMissing(false);
        }}
        error={isMissing ? t('noReply.missing') : undefined}
      />
      <div className="ib-park-suggestions">
        {NO_REPLY_REASONS.map((each) => (
          <Button key={each} size="sm" onClick={() => say(t(`noReply.suggestion.${each}`))}>
            {t(`noReply.suggestion.${each}`)}
          </Button>
        ))}
      </div>
      <div className="ib-park-buttons">
        <Button type="submit" variant="primary">
          {t('noReply.save')}
        </Button>
      </div>
    </form>
  );
}
