import path from 'node:path';
import { app, ipcMain } from 'electron';
import { isId } from '../../shared/domain/ids.ts';
import type { CaseId } from '../../shared/domain/ids.ts';
import type { EngineStart } from '../../shared/contract/shell.contract.ts';
import { APP_ORIGIN } from './addresses.ts';
import { parseDeepLink } from './deep-link.ts';
import { EngineProcess } from './engine-process.ts';
import type { LaunchOptions } from './launch-options.ts';
import { MailBodies } from './mail-bodies.ts';
import { PageWindow } from './page-window.ts';
import { serveApp, serveMailBodies } from './protocol.ts';
import { guardApp, surviveRejections } from './security.ts';
import { ShellLog } from './shell-log.ts';
import { ShellStateFile } from './shell-state.ts';

/** Folders of the app itself. */
export interface AppFolders {
  /** Where the build put main, preload and page. */
  readonly out: string;
  readonly resources: string;
}

/** Windows, engine process and everything of the operating system, put together. */
export class Shell {
  readonly #options: LaunchOptions;
  readonly #folders: AppFolders;
  readonly #log = new ShellLog();
  readonly #bodies = new MailBodies();
  readonly #stateFile: ShellStateFile;
  readonly #engine: EngineProcess;
  readonly #window: PageWindow;
  #workspace: EngineStart['workspace'];
  #isQuitting = false;

  constructor(options: LaunchOptions, folders: AppFolders) {
    this.#options = options;
    this.#folders = folders;
    this.#workspace = options.workspace;
    const userData = app.getPath('userData');
    this.#log.openIn(path.join(userData, 'logs'));
    this.#stateFile = new ShellStateFile(path.join(userData, 'shell.json'), (error) => {
      this.#log.warn('the window state could not be kept', error);
    });
    this.#window = new PageWindow({
      origin: options,
      preloadPath: path.join(folders.out, 'preload/index.cjs'),
      iconPath: path.join(folders.resources, 'icons/icon-256.png'),
      isHidden: options.isHidden,
      stateFile: this.#stateFile,
      log: this.#log,
    });
    this.#engine = new EngineProcess({
      modulePath: options.testEnginePath ?? path.join(folders.out, 'main/engine.js'),
      log: this.#log,
      start: () => this.#engineStart(),
      answer: async () => null,
      givePageItsPort: (port) => this.#window.givePort(port),
      onReady: () => undefined,
      onFatal: () => undefined,
      onGaveUp: () => undefined,
    });
  }

  /** Listens for everything that may happen before and after the app is ready. */
  attach(): void {
    surviveRejections(this.#log);
    guardApp({
      origin: this.#options,
      bodies: this.#bodies,
      log: this.#log,
      onMailLink: (token, url) => {
        this.#engine.sendEvent({ type: 'mail-link', token, url });
      },
    });
    app.on('second-instance', (_event, _words, _folder, data) => {
      this.#window.show();
      const link: unknown = typeof data === 'object' && data !== null && 'deepLink' in data ? data.deepLink : null;
      if (isId('case', link)) this.openCase(link);
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      const caseId = parseDeepLink(url);
      if (caseId !== null) this.openCase(caseId);
    });
    app.on('activate', () => {
      this.#window.show();
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin' || this.#isQuitting) app.quit();
    });
    app.on('before-quit', (event) => {
      if (this.#isQuitting) return;
      this.#isQuitting = true;
      event.preventDefault();
      void this.#quit();
    });
    ipcMain.on('request-port', (event) => {
      if (!this.#window.isPage(event.senderFrame)) {
        this.#log.warn(`refused a port to ${event.senderFrame?.url.slice(0, 200) ?? 'a frame that is gone'}`);
        return;
      }
      this.#window.onPageAsksForPort();
      this.#engine.connectPage();
    });
  }

  /** Starts the engine and opens the window; the app must be ready. */
  start(): void {
    if (this.#options.devServer === null) serveApp(path.join(this.#folders.out, 'renderer'));
    serveMailBodies(this.#bodies, this.#options.devServer ?? APP_ORIGIN);
    this.#engine.start();
    this.#window.open();
    if (this.#options.deepLink !== null) this.openCase(this.#options.deepLink);
  }

  /** Shows a case, in front of everything else. */
  openCase(caseId: CaseId): void {
    if (app.isReady()) this.#window.show();
    this.#engine.sendEvent({ type: 'deep-link', caseId });
  }

  #engineStart(): EngineStart {
    return {
      workspace: this.#workspace,
      workspacePath: path.join(app.getPath('userData'), 'workspaces', this.#workspace),
      parseWorkerPath: path.join(this.#folders.out, 'main/parse-worker.js'),
      locale: this.#stateFile.state.locale ?? (app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'),
    };
  }

  async #quit(): Promise<void> {
    await this.#engine.stop();
    app.quit();
  }
}
