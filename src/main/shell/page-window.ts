import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { MessagePortMain, WebFrameMain } from 'electron';
import { appPageAddress, isAppPage } from './addresses.ts';
import type { PageOrigin } from './addresses.ts';
import { handKeysOn } from './frame-keys.ts';
import type { ShellLog } from './shell-log.ts';
import { clampZoomLevel } from './shell-state.ts';
import type { ShellStateFile } from './shell-state.ts';
import { MINIMUM_SIZE, placeWindow } from './window-bounds.ts';

export interface PageWindowOptions {
  readonly origin: PageOrigin;
  readonly preloadPath: string;
  readonly iconPath: string;
  readonly isHidden: boolean;
  readonly stateFile: ShellStateFile;
  readonly log: ShellLog;
  /** The window was shown, hidden or minimised. */
  onVisibilityChange(): void;
}

const SAVE_AFTER_MS = 400;
/** A page that crashes more often than this in a minute is not loaded again by itself. */
const MAX_RELOADS = 3;
const MINUTE_MS = 60_000;

/** The ground of the window before the page has painted; `--canvas` of the page's tokens. */
export function groundColour(): string {
  return nativeTheme.shouldUseDarkColors ? '#101114' : '#f5f5f3';
}

/** The one window of the app and the page in it. */
export class PageWindow {
  readonly #options: PageWindowOptions;
  #window: BrowserWindow | null = null;
  /** The page asked for a port since it was loaded. */
  #wantsPort = false;
  #saving: NodeJS.Timeout | undefined;
  #reloads: number[] = [];

  constructor(options: PageWindowOptions) {
    this.#options = options;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** Opens the window, or brings the open one to the front. */
  show(): void {
    const window = this.#window;
    if (window === null) {
      this.open(false);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  hide(): void {
    this.#window?.hide();
  }

  /** Whether a person can see the window now. */
  get isVisible(): boolean {
    return this.#window !== null && this.#window.isVisible() && !this.#window.isMinimized();
  }

  open(isHidden: boolean = this.#options.isHidden): void {
    if (this.#window !== null) return;
    const { state } = this.#options.stateFile;
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
    const window = new BrowserWindow({
      ...placeWindow(state.bounds, [primary.workArea, ...others.map((display) => display.workArea)]),
      minWidth: MINIMUM_SIZE.width,
      minHeight: MINIMUM_SIZE.height,
      show: false,
      title: 'Meridian',
      icon: this.#options.iconPath,
      backgroundColor: groundColour(),
      webPreferences: {
        preload: this.#options.preloadPath,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
      },
    });
    this.#window = window;
    if (state.isMaximized) window.maximize();
    // maximising shows a window on some systems
    if (state.isMaximized && isHidden) window.hide();
    if (state.isFullScreen && !isHidden) window.setFullScreen(true);
    window.once('ready-to-show', () => {
      if (!isHidden) window.show();
    });
    this.#watch(window);
    handKeysOn(window.webContents);
    this.load();
  }

  /** Loads the page anew, as after the workspace changed. */
  load(): void {
    const address = appPageAddress(this.#options.origin);
    this.#window?.loadURL(address).catch((error: unknown) => {
      this.#options.log.warn(`the page ${address} could not be loaded`, error);
    });
  }

  /** Whether a message of the page may be believed: it comes from the top frame of our own window and shows our own page. */
  isPage(frame: WebFrameMain | null): boolean {
    const contents = this.#window?.webContents;
    return contents !== undefined && frame !== null && frame === contents.mainFrame && isAppPage(frame.url, this.#options.origin);
  }

  /** Notes that the page is listening for a port. */
  onPageAsksForPort(): void {
    this.#wantsPort = true;
  }

  /** Hands the page its end of a channel; false when it did not ask for one yet. */
  givePort(port: MessagePortMain): boolean {
    if (!this.#wantsPort || this.#window === null) return false;
    this.#window.webContents.postMessage('engine-port', null, [port]);
    return true;
  }

  setZoomLevel(level: number): void {
    const clamped = clampZoomLevel(level);
    this.#window?.webContents.setZoomLevel(clamped);
    this.#options.stateFile.change({ zoomLevel: clamped });
  }

  get zoomLevel(): number {
    return this.#options.stateFile.state.zoomLevel;
  }

  /** Repaints what shows before the page does, after the theme changed. */
  updateGround(): void {
    this.#window?.setBackgroundColor(groundColour());
  }

  #watch(window: BrowserWindow): void {
    const save = (): void => {
      clearTimeout(this.#saving);
      this.#saving = setTimeout(() => {
        this.#save(window);
      }, SAVE_AFTER_MS);
    };
    window.on('resize', save);
    window.on('move', save);
    window.on('maximize', save);
    window.on('unmaximize', save);
    window.on('enter-full-screen', save);
    window.on('leave-full-screen', save);
    const onVisibility = (): void => {
      this.#options.onVisibilityChange();
    };
    window.on('show', onVisibility);
    window.on('hide', onVisibility);
    window.on('minimize', onVisibility);
    window.on('restore', onVisibility);
    window.on('close', () => {
      clearTimeout(this.#saving);
      this.#save(window);
    });
    window.once('closed', () => {
      this.#window = null;
      this.#wantsPort = false;
      onVisibility();
    });

    const contents = window.webContents;
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) this.#wantsPort = false;
    });
    contents.on('did-navigate', (_event, url) => {
      // an empty page is not asked about beforehand
      if (isAppPage(url, this.#options.origin)) return;
      this.#options.log.warn(`the window went to ${url.slice(0, 200)} and was brought back`);
      this.load();
    });
    contents.on('dom-ready', () => {
      contents.setZoomLevel(this.zoomLevel);
      contents.setVisualZoomLevelLimits(1, 1).catch((error: unknown) => {
        this.#options.log.warn('pinch zoom could not be switched off', error);
      });
    });
    contents.on('zoom-changed', (_event, direction) => {
      this.setZoomLevel(this.zoomLevel + (direction === 'in' ? 1 : -1));
    });
    contents.on('render-process-gone', (_event, details) => {
      this.#options.log.warn(`the page's process is gone: ${details.reason}, code ${String(details.exitCode)}`);
      this.#wantsPort = false;
      if (details.reason === 'clean-exit') return;
      const now = performance.now();
      this.#reloads = [...this.#reloads.filter((at) => now - at < MINUTE_MS), now];
      if (this.#reloads.length <= MAX_RELOADS) this.load();
    });
    contents.on('unresponsive', () => {
      this.#options.log.warn('the page does not respond');
    });
    contents.on('preload-error', (_event, path, error) => {
      this.#options.log.warn(`the preload ${path} failed`, error);
    });
  }

  #save(window: BrowserWindow): void {
    if (window.isDestroyed() || window.isMinimized()) return;
    this.#options.stateFile.change({
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    });
  }
}
