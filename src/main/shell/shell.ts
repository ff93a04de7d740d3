import { rm } from 'node:fs/promises';
import path from 'node:path';
import { app, ipcMain, Menu, nativeTheme, powerMonitor, shell } from 'electron';
import type { EngineStart, ShellRequests } from '../../shared/contract/shell.contract.ts';
import type { CaseId, MessageId } from '../../shared/domain/ids.ts';
import { APP_ORIGIN } from './addresses.ts';
import { DEEP_LINK_SCHEME, parseDeepLink } from './deep-link.ts';
import { askAboutTrouble } from './engine-dialogs.ts';
import type { EngineTrouble } from './engine-dialogs.ts';
import { EngineProcess } from './engine-process.ts';
import type { LaunchOptions } from './launch-options.ts';
import { MailBodies } from './mail-bodies.ts';
import { menuTemplate } from './menu-template.ts';
import { Notifications } from './notifications.ts';
import { PageWindow } from './page-window.ts';
import { serveApp, serveMailBodies } from './protocol.ts';
import { guardApp, surviveRejections } from './security.ts';
import type { GuardCounts } from './security.ts';
import { ShellLog } from './shell-log.ts';
import { ShellStateFile } from './shell-state.ts';
import type { Locale, Theme } from './shell-state.ts';
import { shellText } from './shell-text.ts';
import { StatusIcon } from './tray.ts';

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
  readonly #statusIcon: StatusIcon;
  readonly #notifications: Notifications;
  #answer: Promise<(name: string, input: unknown) => Promise<unknown>> | null = null;
  #guard: GuardCounts | null = null;
  #workspace: EngineStart['workspace'];
  /** Null unless this is an end-to-end test. */
  #clockAheadMs: number | null;
  #isQuitting = false;
  #exitCode = 0;

  constructor(options: LaunchOptions, folders: AppFolders) {
    this.#options = options;
    this.#folders = folders;
    this.#workspace = options.workspace;
    this.#clockAheadMs = options.isTest ? 0 : null;
    const userData = app.getPath('userData');
    const iconFolder = path.join(folders.resources, 'icons');
    const log = this.#log;
    log.openIn(path.join(userData, 'logs'));
    this.#stateFile = new ShellStateFile(path.join(userData, 'shell.json'), (error) => {
      log.warn('the window state could not be kept', error);
    });
    this.#window = new PageWindow({
      origin: options,
      preloadPath: path.join(folders.out, 'preload/index.cjs'),
      iconPath: path.join(iconFolder, 'icon-256.png'),
      isHidden: options.isHidden,
      stateFile: this.#stateFile,
      log,
      onVisibilityChange: () => {
        this.#statusIcon.update();
      },
    });
    this.#notifications = new Notifications((caseId) => {
      if (caseId === null) this.#window.show();
      else this.openCase(caseId);
    }, log);
    this.#statusIcon = new StatusIcon({
      iconFolder,
      log,
      locale: () => this.#locale(),
      isWindowVisible: () => this.#window.isVisible,
      show: () => {
        this.#window.show();
      },
      hide: () => {
        this.#window.hide();
      },
      switchShift: () => {
        this.#engine.sendEvent({ type: 'switch-shift' });
      },
      quit: () => {
        app.quit();
      },
    });
    this.#engine = new EngineProcess({
      modulePath: options.testEnginePath ?? path.join(folders.out, 'main/engine.js'),
      log,
      start: () => this.#engineStart(),
      answer: async (name, input) => this.#answerRequest(name, input),
      givePageItsPort: (port) => this.#window.givePort(port),
      onReady: () => undefined,
      onFatal: (code, detail) => {
        void this.#onTrouble({ code, detail });
      },
      onGaveUp: (detail) => {
        void this.#onTrouble({ code: null, detail });
      },
    });
  }

  /** Listens for everything that may happen before and after the app is ready. */
  attach(): void {
    surviveRejections(this.#log);
    this.#guard = guardApp({
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
      if (typeof link === 'string') this.openLink(link);
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.openLink(url);
    });
    app.on('activate', () => {
      this.#window.show();
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('before-quit', (event) => {
      // a second time only after the engine has ended
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
    const { screenshotPath, deepLink, devServer, isTest } = this.#options;
    if (devServer === null) serveApp(path.join(this.#folders.out, 'renderer'));
    serveMailBodies(this.#bodies, devServer ?? APP_ORIGIN);
    // the theme first: the window is painted in its ground colour
    nativeTheme.themeSource = this.#stateFile.state.theme;
    nativeTheme.on('updated', () => {
      this.#window.updateGround();
    });
    this.#engine.start();
    this.#window.open();
    this.#buildMenu();
    this.#statusIcon.open();
    for (const state of ['suspend', 'resume'] as const) {
      const tell = (): void => {
        this.#engine.sendEvent({ type: 'power', state });
      };
      if (state === 'suspend') powerMonitor.on('suspend', tell);
      else powerMonitor.on('resume', tell);
    }
    if (app.isPackaged) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
    if (deepLink !== null) this.openLink(deepLink);
    if (isTest) this.#hookTests();
    if (screenshotPath !== null) void this.#takeScreenshots(screenshotPath);
  }

  /** Follows a link that another program sent; anything that is none of ours does nothing. */
  openLink(text: string): void {
    const link = parseDeepLink(text);
    if (link?.kind === 'case') this.openCase(link.caseId, link.messageId);
    if (link?.kind !== 'invite' && link?.kind !== 'forum-key') return;
    if (app.isReady()) this.#window.show();
    this.#engine.sendEvent(
      link.kind === 'invite' ? { type: 'invite-link', text: link.text } : { type: 'forum-key', payload: link.payload },
    );
  }

  /** Shows a case, in front of everything else. */
  openCase(caseId: CaseId, messageId?: MessageId): void {
    if (app.isReady()) this.#window.show();
    this.#engine.sendEvent({ type: 'deep-link', caseId, ...(messageId === undefined ? {} : { messageId }) });
  }

  #locale(): Locale {
    return this.#stateFile.state.locale ?? (app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  }

  #engineStart(): EngineStart {
    return {
      workspace: this.#workspace,
      workspacePath: path.join(app.getPath('userData'), 'workspaces', this.#workspace),
      parseWorkerPath: path.join(this.#folders.out, 'main/parse-worker.js'),
      locale: this.#locale(),
      clockAheadMs: this.#clockAheadMs,
    };
  }

  async #answerRequest(name: string, input: unknown): Promise<unknown> {
    this.#answer ??= import('./shell-handlers.ts').then(({ createAnswer }) =>
      createAnswer({
        window: this.#window,
        bodies: this.#bodies,
        statusIcon: this.#statusIcon,
        notifications: this.#notifications,
        locale: () => this.#locale(),
        setAppearance: (appearance) => {
          this.#setAppearance(appearance);
        },
        openWorkspace: (workspace) => {
          // after the answer has left
          setImmediate(() => void this.#openWorkspace(workspace));
        },
        reopenWorkspace: () => {
          setImmediate(() => void this.#reopen(async () => Promise.resolve()));
        },
        resetSample: () => {
          if (this.#workspace !== 'sample') return false;
          setImmediate(() => void this.#reopen(async () => removeFolder(this.#engineStart().workspacePath)));
          return true;
        },
      }),
    );
    return (await this.#answer)(name, input);
  }

  #setAppearance({ theme, locale }: ShellRequests['appearance.set'][0]): void {
    const { state } = this.#stateFile;
    if (state.theme === theme && state.locale === locale) return;
    this.#stateFile.change({ theme, locale });
    this.#setTheme(theme);
    this.#buildMenu();
    this.#statusIcon.update();
  }

  /** From here the page learns of it too, by its media query. */
  #setTheme(theme: Theme): void {
    nativeTheme.themeSource = theme;
  }

  async #openWorkspace(workspace: EngineStart['workspace']): Promise<void> {
    if (workspace === this.#workspace || this.#isQuitting) return;
    this.#workspace = workspace;
    await this.#reopen(async () => Promise.resolve());
  }

  /** Stops the engine, does something to the data that nobody uses then, and starts the engine and the page again. */
  async #reopen(meanwhile: () => Promise<void>): Promise<void> {
    await this.#engine.stop();
    this.#bodies.clear();
    this.#notifications.closeAll();
    try {
      await meanwhile();
    } catch (error) {
      this.#log.warn('the workspace could not be thrown away', error);
    }
    // a person may have quit meanwhile
    if (this.#isQuitting) return;
    this.#engine.start();
    this.#buildMenu();
    this.#window.load();
  }

  #buildMenu(): void {
    const template = menuTemplate({
      text: shellText(this.#locale()),
      platform: process.platform,
      isPackaged: app.isPackaged,
      workspace: this.#workspace,
      theme: this.#stateFile.state.theme,
      command: (command) => {
        this.#window.show();
        this.#engine.sendEvent({ type: 'menu', command });
      },
      zoom: (change) => {
        const level = change === 'reset' ? 0 : this.#window.zoomLevel + (change === 'in' ? 1 : -1);
        this.#window.setZoomLevel(level);
      },
      revealData: () => {
        shell.showItemInFolder(path.join(app.getPath('userData'), 'workspaces', this.#workspace));
      },
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #onTrouble(trouble: EngineTrouble): Promise<void> {
    if (this.#isQuitting) return;
    if (this.#options.screenshotPath !== null) {
      process.stderr.write(`the engine does not run: ${trouble.code ?? 'crashed'}: ${trouble.detail}\n`);
      this.#exit(1);
      return;
    }
    this.#window.show();
    const choice = await askAboutTrouble(trouble, this.#locale(), this.#window.window, this.#engineStart().workspacePath);
    if (choice === 'quit') {
      app.quit();
      return;
    }
    await this.#engine.stop();
    if (!this.#isQuitting) this.#engine.retry();
  }

  async #takeScreenshots(folder: string): Promise<void> {
    const { window } = this.#window;
    try {
      if (window === null) throw new Error('the window is gone');
      const { takeScreenshots } = await import('./screenshots.ts');
      const files = await takeScreenshots(window, folder, (theme) => {
        this.#setTheme(theme);
      });
      process.stdout.write(`${files.join('\n')}\n`);
      this.#exit(0);
    } catch (error) {
      if (this.#isQuitting) return;
      process.stderr.write(`no screenshots: ${error instanceof Error ? error.message : String(error)}\n`);
      this.#exit(1);
    }
  }

  #hookTests(): void {
    const hooks: TestHooks = {
      putMailBody: (html, links) => this.#bodies.put(html, links),
      refusals: () => ({ ...this.#guard }),
      enginePid: () => this.#engine.pid ?? null,
      moveClock: (aheadMs) => {
        this.#clockAheadMs = aheadMs;
        this.#engine.moveClock(aheadMs);
      },
      selfCheck: async () => {
        const { selfCheck } = await import('./self-check.ts');
        return selfCheck(this.#options);
      },
    };
    Object.defineProperty(globalThis, 'meridianTest', { value: hooks });
  }

  #exit(code: number): void {
    this.#exitCode = code;
    app.quit();
  }

  async #quit(): Promise<void> {
    await this.#engine.stop();
    this.#statusIcon.close();
    this.#notifications.closeAll();
    if (this.#exitCode === 0) app.quit();
    else app.exit(this.#exitCode);
  }
}

/** On some systems files stay locked for a moment after the process that had them open has ended. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** What end-to-end tests reach of the shell, as `globalThis.meridianTest`; never there in a packaged app. */
export interface TestHooks {
  putMailBody(html: string, links: readonly string[]): { readonly url: string; readonly token: string };
  refusals(): Partial<GuardCounts>;
  enginePid(): number | null;
  /** Lets the engine's clock run ahead of the machine's by this much. The page's clock is the test's own to move. */
  moveClock(aheadMs: number): void;
  selfCheck(): Promise<readonly { readonly item: number; readonly name: string; readonly state: string; readonly detail: string }[]>;
}
