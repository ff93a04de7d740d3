import path from 'node:path';
import { app, Menu, nativeImage, Tray } from 'electron';
import type { NativeImage } from 'electron';
import type { ShellLog } from './shell-log.ts';
import type { Locale } from './shell-state.ts';
import { shellText, withCount } from './shell-text.ts';
import { NO_STATUS, trayPicture, trayTooltip } from './tray-text.ts';
import type { Status } from './tray-text.ts';

export interface TrayOptions {
  readonly iconFolder: string;
  readonly log: ShellLog;
  locale(): Locale;
  isWindowVisible(): boolean;
  show(): void;
  hide(): void;
  switchShift(): void;
  quit(): void;
}

/** The icon in the notification area, and the number on the dock. Both are extras: a desk without a tray loses nothing. */
export class StatusIcon {
  readonly #options: TrayOptions;
  #tray: Tray | null = null;
  #status: Status = NO_STATUS;

  constructor(options: TrayOptions) {
    this.#options = options;
  }

  open(): void {
    try {
      this.#tray = new Tray(this.#picture());
      // on macOS a click opens the menu
      if (process.platform !== 'darwin') {
        this.#tray.on('click', () => {
          this.#options.show();
        });
      }
      this.update();
    } catch (error) {
      this.#options.log.warn('there is no tray here', error);
    }
  }

  get status(): Status {
    return this.#status;
  }

  setStatus(status: Status): void {
    this.#status = status;
    app.setBadgeCount(status.unread);
    this.update();
  }

  /** Draws everything anew: status, language or visibility changed. */
  update(): void {
    const tray = this.#tray;
    if (tray === null || tray.isDestroyed()) return;
    const locale = this.#options.locale();
    tray.setImage(this.#picture());
    tray.setToolTip(trayTooltip(this.#status, locale));
    tray.setContextMenu(this.#menu(locale));
  }

  close(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }

  #picture(): NativeImage {
    const name = `tray-${trayPicture(this.#status)}${process.platform === 'darwin' ? 'Template' : ''}.png`;
    const image = nativeImage.createFromPath(path.join(this.#options.iconFolder, name));
    if (process.platform === 'darwin') image.setTemplateImage(true);
    return image;
  }

  #menu(locale: Locale): Menu {
    const text = shellText(locale);
    const isVisible = this.#options.isWindowVisible();
    return Menu.buildFromTemplate([
      {
        label: `${withCount(text.unread, this.#status.unread, locale)} · ${withCount(text.waiting, this.#status.waiting, locale)}`,
        enabled: false,
      },
      { type: 'separator' },
      {
        label: text.onShift,
        type: 'checkbox',
        checked: this.#status.onShift,
        click: () => {
          this.#options.switchShift();
        },
      },
      { type: 'separator' },
      isVisible
        ? {
            label: text.trayHide,
            click: () => {
              this.#options.hide();
            },
          }
        : {
            label: text.trayShow,
            click: () => {
              this.#options.show();
            },
          },
      {
        label: text.quit,
        click: () => {
          this.#options.quit();
        },
      },
    ]);
  }
}
