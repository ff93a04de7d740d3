import { Heart } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail, TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { AgentCard } from '../../../../shared/contract/workspace.contract.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { Button } from '../../../ui/button.tsx';
import { applyAction } from '../actions/apply-actions.ts';
import { openNoReply } from '../inbox-store.ts';
import './thanks-offer.css';
import { isThanksAtEnd } from './timeline-groups.ts';

const NO_AGENTS: readonly AgentCard[] = [];

/** Suggests that no reply is needed where the customer only thanks for one. The person decides. */
export function ThanksOffer({ detail, items }: { readonly detail: CaseDetail; readonly items: readonly TimelineItem[] }): ReactNode {
  const t = useWords('inbox');
  const reasonText = useWords('reminders');
  const agents = useLiveValue('workspace.get', {}, null)?.agents ?? NO_AGENTS;
  const { caseId, contactName, waitingSince, bot } = detail;
  const isThanks = useMemo(() => isThanksAtEnd(items, [contactName, ...agents.map(({ name }) => name)]), [items, contactName, agents]);
  if (!isThanks || waitingSince === null || bot !== null) return null;
  return (
    <section className="ib-thanks" aria-label={t('thanks.title')}>
      <Heart aria-hidden="true" />
      <p>{t('thanks.text')}</p>
      <Button
        size="sm"
        shortcut="shift+e"
        onClick={() => void applyAction([caseId], { kind: 'no-reply-needed' }, (count) => t('done.noReplyNeeded', { count }))}
      >
        {t('action.noReplyNeeded')}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => openNoReply([caseId])}>
        {reasonText('noReply.with')}
      </Button>
    </section>
  );
}
