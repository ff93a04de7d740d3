import path from 'node:path';
import { app, dialog, shell } from 'electron';
import type { ShellRequests } from '../../shared/contract/shell.contract.ts';
import { openExternal } from './external.ts';
import type { MailBodies } from './mail-bodies.ts';
import type { Notifications } from './notifications.ts';
import type { PageWindow } from './page-window.ts';
import { safeSaveName } from './save-name.ts';
import { Secrets } from './secrets.ts';
import { answerRequest } from './shell-requests.ts';
import type { ShellHandlers } from './shell-requests.ts';
import type { Locale } from './shell-state.ts';
import { shellText } from './shell-text.ts';
import { systemKeychain } from './system-keychain.ts';
import type { StatusIcon } from './tray.ts';

export interface HandlerParts {
  readonly window: PageWindow;
  readonly bodies: MailBodies;
  readonly statusIcon: StatusIcon;
  readonly notifications: Notifications;
  locale(): Locale;
  setAppearance(appearance: ShellRequests['appearance.set'][0]): void;
  openWorkspace(workspace: 'main' | 'sample'): void;
  reopenWorkspace(): void;
  /** False while another workspace is open. */
  resetSample(): boolean;
}

/** Answers the engine's requests. Loaded after the window is on its way: it brings zod and the vault along. */
export function createAnswer(parts: HandlerParts): (name: string, input: unknown) => Promise<unknown> {
  const handlers = createHandlers(parts);
  return async (name, input) => answerRequest(handlers, name, input);
}

function createHandlers(parts: HandlerParts): ShellHandlers {
  const userData = app.getPath('userData');
  let opened: Secrets | null = null;
  // asking for the keychain may wake a service or ask the person: only when it is needed
  const secrets = (): Secrets => (opened ??= new Secrets(userData, systemKeychain()));
  /** Files that the person chose to save; only these and our own folder are shown in the file manager. */
  const saved = new Set<string>();

  return {
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      node: process.versions.node,
      fallbackRuntime: process.versions.electron !== __PINNED_ELECTRON__,
      pinnedElectron: __PINNED_ELECTRON__,
      platform: `${process.platform}-${process.arch}`,
      packaged: app.isPackaged,
      userDataPath: userData,
    }),
    'vault.status': () => secrets().status(),
    'vault.create': async ({ passphrase }) => secrets().create(passphrase),
    'vault.unlock': async ({ passphrase }) => secrets().unlock(passphrase),
    'secret.get': ({ ref }) => secrets().get(ref),
    'secret.set': ({ ref, value }) => secrets().set(ref, value),
    'secret.delete': ({ ref }) => {
      secrets().delete(ref);
      return null;
    },
    'external.open': async ({ url }) => openExternal(url),
    'dialog.save': async ({ suggestedName }) => {
      const options = {
        title: shellText(parts.locale()).saveTitle,
        defaultPath: path.join(app.getPath('downloads'), safeSaveName(suggestedName)),
      };
      const { window } = parts.window;
      const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
      if (answer.canceled || answer.filePath === '') return null;
      saved.add(answer.filePath);
      return answer.filePath;
    },
    'path.reveal': ({ path: wanted }) => {
      const way = path.relative(userData, wanted);
      const isOurs = way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
      if (!isOurs && !saved.has(wanted)) throw new Error('this place is not shown');
      shell.showItemInFolder(wanted);
      return null;
    },
    notify: ({ title, body, caseId }) => {
      parts.notifications.show(title, body, caseId);
      return null;
    },
    'status.show': (status) => {
      parts.statusIcon.setStatus(status);
      return null;
    },
    'mail-body.put': ({ html, links }) => parts.bodies.put(html, links),
    'mail-body.drop': ({ token }) => {
      parts.bodies.drop(token);
      return null;
    },
    'appearance.set': (appearance) => {
      parts.setAppearance(appearance);
      return null;
    },
    'workspace.open': ({ workspace }) => {
      parts.openWorkspace(workspace);
      return null;
    },
    'workspace.reopen': () => {
      parts.reopenWorkspace();
      return null;
    },
    'workspace.resetSample': () => (parts.resetSample() ? 'ok' : 'refused'),
  };
}
