import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock } from '../../../state/clock-store.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import { AlertDialog } from '../../../ui/dialog.tsx';
import { snoozeNow } from '../actions/snooze-cases.ts';
import { useInbox } from '../inbox-store.ts';
import type { SnoozeQuestion } from '../inbox-store.ts';
import { useCaseSelector } from './shift-of.ts';

/** Asks before a case is put away past the time at which something is due. */
export function SnoozeWarning(): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const asked = useInbox((state) => state.snoozeQuestion);
  const close = (): void => {
    useInbox.setState({ snoozeQuestion: null });
  };
  const text = (question: SnoozeQuestion): string => {
    const due = formats.dateTime(question.dueAt);
    const until = formats.dateTime(question.until);
    if (question.caseIds.length > 1) return t('snooze.pastDueMany', { count: question.count, due, until });
    const metric = t(`sla.metric.${question.metric}`);
    return question.dueAt <= clock.now() ? t('snooze.overdueOne', { metric, due }) : t('snooze.pastDueOne', { metric, due, until });
  };
  return (
    <AlertDialog
      open={asked !== null}
      onOpenChange={close}
      title={t('snooze.pastDueTitle')}
      description={
        asked === null ? (
          ''
        ) : (
          <>
            {text(asked)} <WhoThen question={asked} />
          </>
        )
      }
      confirmLabel={t('snooze.anyway')}
      onConfirm={() => {
        close();
        if (asked !== null) void snoozeNow(asked.caseIds, asked, formats.dateTime(asked.until));
      }}
    />
  );
}

const MOST_NAMES = 3;

/** Who could take it when it comes back; nothing before anything is planned. */
function WhoThen({ question }: { readonly question: SnoozeQuestion }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const { agents } = useRosterIndex();
  const [caseId] = question.caseIds;
  const selector = useCaseSelector(question.caseIds.length === 1 && caseId !== undefined ? caseId : null);
  const people = useLiveValue('coverage.onNow', selector === null ? null : { selector, at: question.until }, null);
  const nameOf = (id: AgentId): string => agents.get(id)?.name ?? id;
  if (people === null) return null;
  if (people.on.length > 0)
    return t('runway.snoozeOn', { names: formats.list(people.on.slice(0, MOST_NAMES).map((each) => nameOf(each.agentId))) });
  const [next] = people.next;
  if (next === undefined) return null;
  return t('runway.snoozeNext', { name: nameOf(next.agentId), at: formats.dateTime(next.from) });
}
