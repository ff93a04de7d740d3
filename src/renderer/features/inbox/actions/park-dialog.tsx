import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useParked } from '../../../state/parked.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { openPark, useInbox } from '../inbox-store.ts';
import { applyAction } from './apply-actions.ts';
import './case-picker.css';

const SUGGESTIONS = ['away', 'third', 'quiet'] as const;
const LONGEST = 500;

/** Parks cases: they stay with their owner over the end of a turn, and a reason says why that is all right. */
export function ParkDialog(): ReactNode {
  const t = useWords('handoff');
  const caseIds = useInbox((state) => state.parkCaseIds);
  const title = caseIds === null ? '' : caseIds.length === 1 ? t('park.title') : t('park.titleMany', { count: caseIds.length });
  return (
    <Dialog open={caseIds !== null} onOpenChange={() => openPark(null)} size="sm" title={title} description={t('park.text')}>
      {caseIds !== null && <ParkForm key={caseIds.join(' ')} caseIds={caseIds} />}
    </Dialog>
  );
}

function ParkForm({ caseIds }: { readonly caseIds: readonly CaseId[] }): ReactNode {
  const t = useWords('handoff');
  const [only] = caseIds;
  const parked = useParked(caseIds.length === 1 && only !== undefined ? only : null);
  const [typed, setTyped] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  // parked already: the reason is there to be changed
  const reason = typed ?? parked?.reason ?? '';
  const park = (why: string): void => {
    if (why.trim() === '') {
      setMissing(true);
      return;
    }
    openPark(null);
    void applyAction(caseIds, { kind: 'park', reason: why.trim() }, (count) => t('park.done', { count }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    park(reason);
  };
  return (
    <form className="ib-park" onSubmit={submit}>
      <TextField
        label={t('park.reason')}
        placeholder={t('park.placeholder')}
        dir="auto"
        maxLength={LONGEST}
        value={reason}
        onChange={(value) => {
          setTyped(value);
          setMissing(false);
        }}
        error={isMissing ? t('park.missing') : undefined}
      />
      <div className="ib-park-suggestions">
        {SUGGESTIONS.map((each) => (
          <Button key={each} size="sm" onClick={() => park(t(`park.suggestion.${each}`))}>
            {t(`park.suggestion.${each}`)}
          </Button>
        ))}
      </div>
      <div className="ib-park-buttons">
        <Button type="submit" variant="primary">
          {t('park.save')}
        </Button>
      </div>
    </form>
  );
}
