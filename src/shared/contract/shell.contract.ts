import type { CaseId, MessageId } from '../domain/ids.ts';

/**
 * What the engine asks of the shell (the process that owns windows, keychain and dialogs), and what the shell tells
 * the engine. Both directions travel over the utility process's parent port; the page never speaks to the shell directly.
 */

/** Where secrets live. `keychain` is the operating system's; `passphrase` is our own vault where the system has none. */
export type VaultStatus =
  | { readonly backend: 'keychain'; readonly state: 'ready' }
  | {
      readonly backend: 'passphrase';
      readonly state: 'empty' | 'locked' | 'ready';
      readonly reason: 'no-keychain' | 'plain-text-keychain';
    };

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly chrome: string;
  readonly node: string;
  /** True when the app runs on the closed-network fallback runtime instead of the pinned Electron. */
  readonly fallbackRuntime: boolean;
  readonly pinnedElectron: string;
  readonly platform: string;
  readonly packaged: boolean;
  readonly userDataPath: string;
}

/** Requests from the engine to the shell: name -> [input, output]. */
export interface ShellRequests {
  'app.info': [null, AppInfo];
  'vault.status': [null, VaultStatus];
  /** Makes the passphrase vault; at least 10 characters. */
  'vault.create': [{ readonly passphrase: string }, 'ok' | 'too-short' | 'exists'];
  'vault.unlock': [{ readonly passphrase: string }, 'ok' | 'wrong' | 'wait'];
  'secret.get': [{ readonly ref: string }, string | null];
  'secret.set': [{ readonly ref: string; readonly value: string }, 'ok' | 'locked'];
  'secret.delete': [{ readonly ref: string }, null];
  /** Opens an https or mailto link in the person's browser; anything else is refused. */
  'external.open': [{ readonly url: string }, 'ok' | 'refused'];
  /** Asks where to save a file; null when cancelled. */
  'dialog.save': [{ readonly suggestedName: string }, string | null];
  'path.reveal': [{ readonly path: string }, null];
  notify: [{ readonly title: string; readonly body: string; readonly caseId: CaseId | null }, null];
  /** Feeds tray and dock. */
  'status.show': [
    {
      readonly unread: number;
      readonly waiting: number;
      readonly sync: 'online' | 'offline' | 'problem' | 'none';
      readonly onShift: boolean;
      readonly workspace: 'main' | 'sample';
    },
    null,
  ];
  /** Keeps a cleaned mail body to be shown in the opaque frame; returns the address to load there. */
  'mail-body.put': [{ readonly html: string; readonly links: readonly string[] }, { readonly url: string; readonly token: string }];
  'mail-body.drop': [{ readonly token: string }, null];
  'appearance.set': [{ readonly theme: 'light' | 'dark' | 'system'; readonly locale: 'en' | 'zh-CN' }, null];
  /** Reopens the app on another workspace; the page reloads. */
  'workspace.open': [{ readonly workspace: 'main' | 'sample' }, null];
  /** Opens the same workspace anew: the engine starts again, and the page reloads. */
  'workspace.reopen': [null, null];
  /** Deletes the sample workspace and opens it anew; refused while another one is open. */
  'workspace.resetSample': [null, 'ok' | 'refused'];
}

/** Facts from the shell to the engine; most are passed on to the page. */
export type ShellEvent =
  | { readonly type: 'menu'; readonly command: string }
  | { readonly type: 'deep-link'; readonly caseId: CaseId; readonly messageId?: MessageId }
  /** The text of a link `meridian://join/...`, unread. */
  | { readonly type: 'invite-link'; readonly text: string }
  /** A forum has led the browser back with a key that is encrypted for whoever asked for it. */
  | { readonly type: 'forum-key'; readonly payload: string }
  | { readonly type: 'mail-link'; readonly token: string; readonly url: string }
  | { readonly type: 'power'; readonly state: 'suspend' | 'resume' }
  | { readonly type: 'switch-shift' };

/** How the shell starts the engine: passed as the utility process's only argument, as JSON. */
export interface EngineStart {
  readonly workspace: 'main' | 'sample';
  /** Folder of this workspace; the engine creates it with mode 0700. */
  readonly workspacePath: string;
  readonly parseWorkerPath: string;
  readonly locale: 'en' | 'zh-CN';
  /** How far the engine's clock runs ahead of the machine's, in end-to-end tests; null for the machine's own, which can not be moved. */
  readonly clockAheadMs: number | null;
}

/** Messages between shell and engine. A page port travels with `connect-page`. */
export type ShellToEngine =
  | { readonly t: 'connect-page' }
  | { readonly t: 'response'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly t: 'response'; readonly id: number; readonly ok: false; readonly error: string }
  | { readonly t: 'event'; readonly event: ShellEvent }
  /** For end-to-end tests alone; ignored by an engine whose clock can not be moved. */
  | { readonly t: 'move-clock'; readonly aheadMs: number }
  | { readonly t: 'stop' };

export type EngineToShell =
  | { readonly t: 'ready'; readonly bootMs: number }
  /** The engine can not open its data; the shell shows the reason in a dialog. */
  | { readonly t: 'fatal'; readonly code: string; readonly detail: string }
  | { readonly t: 'request'; readonly id: number; readonly name: keyof ShellRequests; readonly input: unknown };
