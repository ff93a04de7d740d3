import { ChevronDown, CircleCheck, Clock, Hand, MoreHorizontal, PanelRight, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { STATUSES } from '../../../../shared/domain/case.ts';
import { togglePane, useSession } from '../../../state/session.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Menu, MenuRadioGroup } from '../../../ui/menu.tsx';
import { applyAction, applyStatus } from '../actions/apply-actions.ts';
import { contextPaneId, isPaneShown } from '../actions/use-case-commands.ts';
import { closeCase, openPicker, openVipDialog } from '../inbox-store.ts';
import { BotButton, BotMark } from '../channel/bot-buttons.tsx';
import { CaseMenuItems } from '../list/case-menu.tsx';
import { AssigneeMark, STATUS_ICONS, TierMark } from '../list/case-marks.tsx';
import { LocalTime } from '../list/local-time.tsx';
import { useSnoozeText } from '../list/put-off-marks.tsx';
import { DueButton, RaisedMark } from '../sla/due-badge.tsx';
import { WaitingBadge } from '../list/waiting-badge.tsx';
import { LabelMenu } from '../views/label-menu.tsx';
import { PendingMark } from './pending-mark.tsx';
import { PresenceLine } from './presence-line.tsx';
import { usePeople } from './use-people.ts';

/** Subject, state and what can be done, above the conversation. */
export function ConversationHeader({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const people = usePeople();
  const snoozeText = useSnoozeText(detail);
  const collapsed = useSession((state) => state.collapsedPanes);
  const { caseId } = detail;
  const isMine = detail.assigneeId !== null && detail.assigneeId === people.me;
  const hasContext = isPaneShown(contextPaneId(window.innerWidth), collapsed);
  return (
    <header className="ib-case-head">
      <div className="ib-case-title">
        <h2 className="truncate" title={detail.subject}>
          {detail.subject.trim() === '' ? t('conversation.noSubject') : detail.subject}
        </h2>
        <BotButton detail={detail} />
        {!isMine && detail.bot === null && (
          <Button
            size="sm"
            icon={<Hand aria-hidden="true" />}
            shortcut="c"
            onClick={() => void applyAction([caseId], { kind: 'claim' }, (count) => t('done.claim', { count }))}
          >
            {t('action.claim')}
          </Button>
        )}
        {detail.status === 'solved' ? (
          <Button size="sm" shortcut="o" onClick={() => void applyStatus([caseId], 'open')}>
            {t('action.reopen')}
          </Button>
        ) : (
          <Button size="sm" icon={<CircleCheck aria-hidden="true" />} shortcut="e" onClick={() => void applyStatus([caseId], 'solved')}>
            {t('action.solve')}
          </Button>
        )}
        <IconButton
          size="sm"
          label={t('action.snooze')}
          shortcut="s"
          icon={<Clock aria-hidden="true" />}
          onClick={() => openPicker('snooze', [caseId])}
        />
        <Menu align="end" trigger={<IconButton size="sm" label={t('action.more')} icon={<MoreHorizontal aria-hidden="true" />} />}>
          <CaseMenuItems withOpen={false} />
        </Menu>
        <IconButton
          size="sm"
          label={t('action.toggleContext')}
          shortcut="i"
          pressed={hasContext}
          icon={<PanelRight aria-hidden="true" />}
          onClick={() => togglePane(contextPaneId(window.innerWidth))}
        />
        <IconButton size="sm" label={t('action.close')} shortcut="escape" icon={<X aria-hidden="true" />} onClick={closeCase} />
      </div>
      <div className="ib-case-facts">
        <Menu
          trigger={
            <button type="button" className="ib-fact" aria-label={`${t('action.status')}: ${t(`status.${detail.status}`)}`}>
              {STATUS_ICONS[detail.status]}
              {t(`status.${detail.status}`)}
              <ChevronDown aria-hidden="true" />
            </button>
          }
        >
          <MenuRadioGroup
            label={t('action.status')}
            value={detail.status}
            onChange={(to) => void applyStatus([caseId], to)}
            options={STATUSES.map((value) => ({ value, label: t(`status.${value}`), icon: STATUS_ICONS[value] }))}
          />
        </Menu>
        <button type="button" className="ib-fact" title={t('action.assign')} onClick={() => openPicker('assign', [caseId])}>
          <AssigneeMark
            assigneeId={detail.assigneeId}
            assigneeName={detail.assigneeName}
            isPending={detail.isOwnerPending}
            me={people.me}
            withName
          />
        </button>
        {!detail.isOwnerPending && <PendingMark detail={detail} />}
        {detail.bot !== null && <BotMark bot={detail.bot} />}
        <PresenceLine caseId={caseId} />
        <DueButton row={detail} caseId={caseId} />
        {detail.raised && <RaisedMark withWord />}
        {detail.sla === null && <WaitingBadge since={detail.waitingSince} withWord />}
        {detail.snoozedUntil !== null && (
          <button type="button" className="ib-fact" onClick={() => openPicker('snooze', [caseId])}>
            <Clock aria-hidden="true" />
            {snoozeText}
          </button>
        )}
        {detail.tier === 'standard' ? null : (
          <button type="button" className="ib-fact" title={detail.contact.tierReason} onClick={() => openVipDialog(caseId)}>
            <TierMark tier={detail.tier} />
          </button>
        )}
        {detail.priority !== 'normal' && (
          <button type="button" className="ib-fact" onClick={() => openPicker('priority', [caseId])}>
            {t('flag.priority', { priority: t(`priority.${detail.priority}`) })}
          </button>
        )}
        <LocalTime zone={detail.contactZone} offsetMinutes={detail.contactOffsetMinutes} />
        {detail.labels.map((label) => (
          <LabelMenu key={label} className="ib-label ib-label-editable" label={label} caseId={caseId}>
            <span className="truncate">{label}</span>
            <button
              type="button"
              aria-label={t('labels.remove', { label })}
              onClick={() =>
                void applyAction([caseId], { kind: 'remove-label', label }, (count) => t('done.removeLabel', { count, label }))
              }
            >
              <X aria-hidden="true" />
            </button>
          </LabelMenu>
        ))}
        <IconButton
          size="sm"
          label={t('labels.add')}
          shortcut="l"
          icon={<Plus aria-hidden="true" />}
          onClick={() => openPicker('labels', [caseId])}
        />
      </div>
    </header>
  );
}
