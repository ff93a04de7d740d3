import { CalendarPlus, Copy, PencilLine, RotateCcw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { AlertDialog } from '../../../ui/dialog.tsx';
import { remember, tellProblem } from './edit-plan.ts';
import type { PlannerActions } from './planner-actions.ts';
import { openDialog, say, usePlanner } from './planner.store.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

export interface DraftBarProps {
  readonly data: PlannerData;
  readonly words: ShiftWords;
  readonly actions: PlannerActions;
}

/** Below the plan: what is selected, and the draft with what to do about it. */
export function DraftBar({ data, words, actions }: DraftBarProps): ReactNode {
  const t = useWords('plan');
  const selected = usePlanner((state) => state.selected);
  const layer = usePlanner((state) => state.layer);
  const targets = selected.size === 0 ? [] : actions.targets();
  const [first] = targets;
  const canEdit = data.canPlan && layer === 'draft';
  const isDrafted = targets.some((each) => each.look !== 'published');
  return (
    <div className="plan-foot">
      <div className="plan-foot-selection">
        {first === undefined ? (
          <span className="muted">{canEdit ? t('foot.hint') : data.canPlan ? t('foot.published') : t('foot.read')}</span>
        ) : (
          <>
            <span className="truncate tabular">
              {targets.length === 1 ? (
                <>
                  <strong>{words.who(first.body.agentId)}</strong> {words.when(first.body)} ·{' '}
                  {words.length(first.body.endAt - first.body.startAt)}
                </>
              ) : (
                <strong>{t('foot.selected', { count: targets.length })}</strong>
              )}
            </span>
            {canEdit && (
              <span className="plan-foot-actions">
                <IconButton size="sm" label={t('menu.edit')} shortcut="enter" icon={<PencilLine />} onClick={actions.open} />
                <IconButton size="sm" label={t('menu.nextDay')} shortcut="mod+d" icon={<Copy />} onClick={() => actions.copyByDays(1)} />
                <IconButton
                  size="sm"
                  label={t('menu.nextWeek')}
                  shortcut="mod+shift+d"
                  icon={<CalendarPlus />}
                  onClick={() => actions.copyByDays(7)}
                />
                {isDrafted && <IconButton size="sm" label={t('menu.reset')} icon={<RotateCcw />} onClick={actions.reset} />}
                <IconButton size="sm" label={t('menu.remove')} shortcut="delete" icon={<Trash2 />} onClick={actions.remove} />
              </span>
            )}
          </>
        )}
      </div>
      {data.canPlan && <Drafted count={data.drafted} />}
    </div>
  );
}

function Drafted({ count }: { readonly count: number }): ReactNode {
  const t = useWords('plan');
  const [isAsking, setAsking] = useState(false);
  const [isWorking, setWorking] = useState(false);
  const discard = async (): Promise<void> => {
    setWorking(true);
    const answer = await call('plan.discard', { opId: newOperationId() });
    setWorking(false);
    setAsking(false);
    if (!answer.ok) {
      tellProblem(answer.error.code, 'plan:failed.discard');
      return;
    }
    remember({ label: t('done.discarded'), inverse: answer.value.inverse });
    say(t('done.discarded'));
  };
  return (
    <div className="plan-foot-draft" role="status">
      <span className="tabular">{count === 0 ? t('foot.noDraft') : t('foot.drafted', { count })}</span>
      {count > 0 && (
        <>
          <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
            {t('foot.discard')}
          </Button>
          <Button size="sm" variant="primary" onClick={() => openDialog({ kind: 'publish' })}>
            {t('foot.publish')}
          </Button>
        </>
      )}
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('discard.title')}
        description={t('discard.text', { count })}
        confirmLabel={t('discard.confirm')}
        onConfirm={() => void discard()}
        loading={isWorking}
        danger
      />
    </div>
  );
}
