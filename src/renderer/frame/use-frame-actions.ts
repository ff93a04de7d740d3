import { useWords } from '../i18n/use-words.ts';
import { call, newOperationId } from '../bridge/client.ts';
import { VIEWS } from '../../shared/domain/views.ts';
import type { Action } from '../shortcuts/registry.ts';
import { BACK_KEYS, FORWARD_KEYS } from '../shortcuts/catalogue.ts';
import { isInsidePopup, isTyping } from '../shortcuts/keys.ts';
import { PAGE_COMMANDS } from '../shortcuts/page-commands.ts';
import { useActions } from '../shortcuts/registry.ts';
import { viewKeys } from '../shortcuts/view-keys.ts';
import { setDoneListOpen } from '../state/done-list.ts';
import { canGo, go } from '../state/history.ts';
import { openJoinDialog } from '../state/join-dialog.ts';
import { togglePalette } from '../state/palette.ts';
import { saveSettings } from '../state/save-settings.ts';
import {
  addMailbox,
  goTo,
  openCoverage,
  openHandoffs,
  openSettings,
  openView,
  setHelpOpen,
  setRibbonOpen,
  useSession,
} from '../state/session.ts';
import { useTeam } from '../state/team.ts';
import { redoLast, undoLast } from '../state/undo.ts';
import { forgetVisits } from './forget-visits.ts';
import { openWorkspace } from './open-workspace.ts';
import { setSwitchPersonOpen } from './switch-person.store.ts';
import { useHasColleagues } from './switch-person.tsx';

/** What can be done anywhere in the window. */
export function useFrameActions(workspace: 'main' | 'sample'): void {
  const t = useWords('frame');
  const lanes = useWords('lanes');
  const tDesk = useWords('desk');
  const tKeys = useWords('keys');
  const density = useSession((state) => state.density);
  const hasColleagues = useHasColleagues();
  const tHub = useWords('hub');
  const team = useTeam();
  const isMember = team !== null && team.phase !== 'read-only';
  const general: readonly Action[] = [
    {
      id: 'app.palette',
      area: 'general',
      label: t('actions.palette'),
      keys: ['mod+k'],
      hidden: true,
      run: togglePalette,
    },
    { id: 'app.help', area: 'general', label: t('actions.help'), keys: ['?', 'f1'], run: () => setHelpOpen(true) },
    {
      id: 'app.undo',
      area: 'general',
      label: t('actions.undo'),
      keys: ['u', 'mod+z'],
      when: () => !isWriting(),
      run: () => void undoLast(),
    },
    {
      id: 'app.redo',
      area: 'general',
      label: tKeys('command.redo'),
      keys: ['shift+z', 'mod+shift+z', 'mod+y'],
      when: () => !isWriting(),
      run: () => void redoLast(),
    },
    { id: 'app.done', area: 'general', label: tKeys('command.done'), keys: ['g z'], run: () => setDoneListOpen(true) },
    { id: 'app.keys', area: 'general', label: tKeys('command.keys'), keys: [], run: () => openSettings('keys') },
    travel('history.back', tKeys('command.back'), BACK_KEYS, -1),
    travel('history.forward', tKeys('command.forward'), FORWARD_KEYS, 1),
    { id: 'palette.commands', area: 'general', label: tKeys('command.findCommand'), keys: ['>'], run: () => togglePalette('>') },
    { id: 'palette.people', area: 'general', label: tKeys('command.findPerson'), keys: ['@'], run: () => togglePalette('@') },
    { id: 'palette.cases', area: 'general', label: tKeys('command.findCase'), keys: ['mod+o'], run: () => togglePalette('#') },
    { id: 'palette.views', area: 'general', label: tKeys('command.findView'), keys: ['g v'], run: () => togglePalette('/') },
    { id: 'recent.forget', area: 'general', label: tKeys('command.forgetRecent'), keys: [], run: () => void forgetVisits() },
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
    ...PAGE_COMMANDS.map(({ id, label, run }): Action => ({ id, area: 'navigation', label: label(), keys: [], onlyTyped: true, run })),
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
  return isTyping(document.activeElement);
}

/** Back and forward through where one has been; a dialog or a menu that is open has to be left first. */
function travel(id: string, label: string, keys: readonly string[], by: -1 | 1): Action {
  return {
    id,
    area: 'navigation',
    label,
    keys,
    hidden: true,
    when: () => canGo(by) && !isInsidePopup(document.activeElement),
    run: () => go(by),
  };
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
