import type { ShellRequests } from '../../shared/contract/shell.contract.ts';
import { shellText, withCount } from './shell-text.ts';
import type { Locale } from './shell-state.ts';

export type Status = ShellRequests['status.show'][0];

export const NO_STATUS: Status = { unread: 0, waiting: 0, sync: 'none', onShift: false, workspace: 'main' };

/** Which of the tray's pictures says it best; what is wrong goes before what is new. */
export function trayPicture({ sync, unread, onShift }: Status): 'problem' | 'unread' | 'on-shift' | 'off-shift' {
  if (sync === 'problem') return 'problem';
  if (unread > 0) return 'unread';
  return onShift ? 'on-shift' : 'off-shift';
}

/** One line that says everything the picture does. */
export function trayTooltip(status: Status, locale: Locale): string {
  const text = shellText(locale);
  const parts = [
    ...(status.workspace === 'sample' ? [text.sample] : []),
    withCount(text.unread, status.unread, locale),
    ...(status.waiting > 0 ? [withCount(text.waiting, status.waiting, locale)] : []),
    status.onShift ? text.onShiftState : text.offShiftState,
    ...(status.sync === 'offline' ? [text.offline] : status.sync === 'problem' ? [text.problem] : []),
  ];
  return `Meridian: ${parts.join(locale === 'zh-CN' ? '，' : ', ')}`;
}
