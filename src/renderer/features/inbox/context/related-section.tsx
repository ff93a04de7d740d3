import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../i18n/use-words.ts';
import type { RelatedCase, RelatedCases } from '../../../../shared/contract/routing.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { offerUndo } from '../../../state/undo.ts';
import { Button } from '../../../ui/button.tsx';
import { tellFailure } from '../actions/apply-actions.ts';
import { showCase } from '../inbox-store.ts';
import { StatusBadge } from '../list/case-marks.tsx';
import './related-section.css';

const NOTHING: RelatedCases = { linked: [], suggested: [] };

/** Cases that are, or may be, about the same thing as this one, and why. Nothing for most cases. */
export function RelatedSection({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('related');
  const { linked, suggested } = useLiveValue('cases.related', { caseId }, NOTHING);
  return (
    <>
      {linked.length > 0 && (
        <section className="ib-context-part" aria-label={t('linked')}>
          <h3>{t('linked')}</h3>
          <ul className="ib-related">
            {linked.map((other) => (
              <Related key={other.caseId} caseId={caseId} other={other} actions={['unlink']} />
            ))}
          </ul>
        </section>
      )}
      {suggested.length > 0 && (
        <section className="ib-context-part" aria-label={t('title')}>
          <h3>{t('title')}</h3>
          <p className="muted">{t('hint')}</p>
          <ul className="ib-related">
            {suggested.map((other) => (
              <Related key={other.caseId} caseId={caseId} other={other} actions={['link', 'notSame']} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

type RelateAction = 'link' | 'unlink' | 'notSame';

function Related(props: { readonly caseId: CaseId; readonly other: RelatedCase; readonly actions: readonly RelateAction[] }): ReactNode {
  const { caseId, other, actions } = props;
  const { t } = useTranslation(['related', 'inbox']);
  const formats = useFormats();
  const subject = subjectOf(other);
  const reasons = other.reasons.map((reason) => t(`reason.${reason}`));
  return (
    <li>
      <button type="button" className="ib-other" onClick={() => showCase(other.caseId)}>
        <span className="truncate">{subject}</span>
        <span className="ib-other-facts">
          <StatusBadge status={other.status} />
          <span className="truncate">
            {t(`inbox:channel.${other.channel}`)} · {other.contactName}
          </span>
          <time className="muted tabular" dateTime={new Date(other.lastMessageAt).toISOString()}>
            {formats.dateTime(other.lastMessageAt)}
          </time>
        </span>
      </button>
      <p className="ib-related-reasons">{reasons.length === 0 ? t('byHand') : reasons.join(' · ')}</p>
      {other.isVerifiedMeetsUnverified && <p className="ib-related-careful">{t('careful')}</p>}
      <div className="ib-related-buttons">
        {actions.map((action) => (
          <Button
            key={action}
            size="sm"
            variant={action === 'link' ? 'default' : 'ghost'}
            aria-label={t(`${action}Of`, { subject })}
            onClick={() => void relate(caseId, other, action)}
          >
            {t(action)}
          </Button>
        ))}
      </div>
    </li>
  );
}

function subjectOf({ subject }: RelatedCase): string {
  return subject.trim() === '' ? i18next.getFixedT(null, 'inbox')('conversation.noSubject') : subject;
}

async function relate(caseId: CaseId, other: RelatedCase, action: RelateAction): Promise<void> {
  const opId = newOperationId();
  const answer = await call(`cases.${action}`, { opId, caseId, otherId: other.caseId });
  if (!answer.ok) tellFailure(answer.error.code, answer.error.detail);
  else if (answer.value.undoable)
    offerUndo({ opId, label: i18next.getFixedT(null, 'related')(`done.${action}`, { subject: subjectOf(other) }) });
}
