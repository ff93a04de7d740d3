import { useTranslation } from 'react-i18next';
import { call, newOperationId } from '../bridge/client.ts';
import { VIEWS } from '../../shared/domain/views.ts';
import type { Action } from '../shortcuts/registry.ts';
import { useActions } from '../shortcuts/registry.ts';
import { viewKeys } from '../shortcuts/view-keys.ts';
import { openJoinDialog } from '../state/join-dialog.ts';
import { saveSettings } from '../state/save-settings.ts';
import {
  addMailbox,
  goTo,
  openCoverage,
  openHandoffs,
  openSettings,
  openView,
  setHelpOpen,
  setPaletteOpen,
  setRibbonOpen,
  useSession,
} from '../state/session.ts';
import { useTeam } from '../state/team.ts';
import { undoLast } from '../state/undo.ts';
import { openWorkspace } from './open-workspace.ts';
import { setSwitchPersonOpen } from './switch-person.store.ts';
import { useHasColleagues } from './switch-person.tsx';

/** What can be done anywhere in the window. */
export function useFrameActions(workspace: 'main' | 'sample'): void {
  const { t } = useTranslation('frame');
  const { t: lanes } = useTranslation('lanes');
  const { t: tDesk } = useTranslation('desk');
  const density = useSession((state) => state.density);
  const hasColleagues = useHasColleagues();
  const { t: tHub } = useTranslation('hub');
  const team = useTeam();
  const isMember = team !== null && team.phase !== 'read-only';
  const general: readonly Action[] = [
    {
      id: 'app.palette',
      area: 'general',
      label: t('actions.palette'),
      keys: ['mod+k'],
      hidden: true,
      run: () => setPaletteOpen(!useSession.getState().isPaletteOpen),
    },
    { id: 'app.help', area: 'general', label: t('actions.help'), keys: ['?'], run: () => setHelpOpen(true) },
    {
      id: 'app.undo',
      area: 'general',
      label: t('actions.undo'),
      keys: ['u', 'mod+z'],
      when: () => !isWriting(),
      run: () => void undoLast(),
    },
    { id: 'go.inbox', area: 'navigation', label: t('actions.goInbox'), keys: ['g i'], run: () => goTo('inbox') },
    { id: 'go.outbox', area: 'navigation', label: t('actions.goOutbox'), keys: ['g o'], run: () => goTo('outbox') },
    { id: 'go.handoffs', area: 'navigation', label: lanes('go.screen'), keys: ['g h'], run: () => openHandoffs('lanes') },
    { id: 'go.sweep', area: 'navigation', label: lanes('go.sweep'), keys: ['g e'], run: () => openHandoffs('sweep') },
    { id: 'go.brief', area: 'navigation', label: lanes('go.brief'), keys: ['g b'], run: () => openHandoffs('brief') },
    { id: 'go.promises', area: 'navigation', label: lanes('go.promises'), keys: ['g p'], run: () => openHandoffs('promises') },
    { id: 'go.metrics', area: 'navigation', label: lanes('go.metrics'), keys: ['g f'], run: () => openHandoffs('metrics') },
    { id: 'go.coverage', area: 'navigation', label: t('actions.goCoverage'), keys: ['g c'], run: () => goTo('coverage') },
    { id: 'go.shifts', area: 'navigation', label: t('actions.goShifts'), keys: ['g m'], run: () => openCoverage('shifts') },
    { id: 'go.team', area: 'navigation', label: tHub('actions.goHub'), keys: ['g t'], run: () => openSettings('team-hub') },
    {
      id: 'go.conflicts',
      area: 'navigation',
      label: tHub('actions.goConflicts'),
      keys: ['g x'],
      when: () => team !== null,
      run: () => goTo('conflicts'),
    },
    { id: 'ribbon.walk', area: 'navigation', label: t('actions.ribbonWalk'), keys: ['g r'], run: walkRibbon },
    { id: 'go.settings', area: 'navigation', label: t('actions.goSettings'), keys: ['g s', 'mod+,'], run: () => goTo('settings') },
    ...VIEWS.map((view): Action => ({
      id: `go.view.${view}`,
      area: 'navigation',
      label: t('actions.goView', { view: t(`views.${view}`) }),
      keys: [viewKeys(view)],
      hidden: true,
      run: () => openView(view),
    })),
  ];
  const wide: readonly Action[] = [
    {
      id: 'accounts.syncNow',
      label: t('actions.syncNow'),
      run: () => void call('accounts.syncNow', { opId: newOperationId(), accountId: null }),
    },
    { id: 'ribbon.fold', label: t('actions.ribbonFold'), run: () => setRibbonOpen(!useSession.getState().isRibbonOpen) },
    { id: 'shift.toggle', label: t('actions.toggleShift'), run: () => void toggleShift() },
    { id: 'person.switch', label: tDesk('switch.command'), when: () => hasColleagues, run: () => setSwitchPersonOpen(true) },
    { id: 'theme.light', label: t('actions.themeLight'), run: () => void saveSettings({ theme: 'light' }) },
    { id: 'theme.dark', label: t('actions.themeDark'), run: () => void saveSettings({ theme: 'dark' }) },
    { id: 'theme.system', label: t('actions.themeSystem'), run: () => void saveSettings({ theme: 'system' }) },
    {
      id: 'density.toggle',
      label: t('actions.densityToggle'),
      run: () => void saveSettings({ density: density === 'compact' ? 'comfortable' : 'compact' }),
    },
    { id: 'locale.en', label: 'Language: English', run: () => void saveSettings({ locale: 'en' }) },
    { id: 'locale.zh-CN', label: '语言：简体中文', run: () => void saveSettings({ locale: 'zh-CN' }) },
    { id: 'accounts.add', label: t('actions.addMailbox'), when: () => workspace === 'main', run: addMailbox },
    { id: 'workspace.sample', label: t('actions.openSample'), when: () => workspace === 'main', run: () => void openWorkspace('sample') },
    { id: 'workspace.main', label: t('actions.openMain'), when: () => workspace === 'sample', run: () => void openWorkspace('main') },
    { id: 'team.join', label: tHub('actions.join'), when: () => workspace === 'main' && !isMember, run: () => openJoinDialog() },
    {
      id: 'team.nudge',
      label: tHub('actions.nudge'),
      when: () => isMember,
      run: () => void call('team.nudge', { opId: newOperationId() }),
    },
    { id: 'app.about', label: t('actions.about'), run: () => openSettings('about') },
  ].map((action) => ({ ...action, area: 'general', keys: [] }));
  useActions([...general, ...wide]);
}

/** While a field has the focus, Ctrl+Z belongs to the text in it. */
function isWriting(): boolean {
  const { activeElement } = document;
  return activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement;
}

async function toggleShift(): Promise<void> {
  const settings = await call('settings.get', {});
  if (settings.ok) await saveSettings({ onShift: !settings.value.onShift });
}

/** Unfolds the ribbon, if need be, and puts the focus on it. */
function walkRibbon(): void {
  setRibbonOpen(true);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.ribbon-cursor-area')?.focus({ focusVisible: true }));
}
