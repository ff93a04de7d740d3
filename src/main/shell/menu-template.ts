import type { MenuItemConstructorOptions } from 'electron';
import type { ShellText } from './shell-text.ts';
import type { Theme } from './shell-state.ts';

export interface MenuFacts {
  readonly text: ShellText;
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly workspace: 'main' | 'sample';
  readonly theme: Theme;
  /** Runs the page's action with this id. */
  command(id: string): void;
  zoom(change: 'in' | 'out' | 'reset'): void;
  revealData(): void;
}

type Items = MenuItemConstructorOptions[];

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The menu bar. Commands are the ids of the page's actions. Accelerators here all carry Ctrl or Cmd: plain keys are the
 * page's. Where the page has the same combination itself, the menu only shows it.
 */
export function menuTemplate(facts: MenuFacts): Items {
  const { text } = facts;
  const isMac = facts.platform === 'darwin';
  return [
    ...(isMac ? [appMenu(facts)] : []),
    { label: text.file, submenu: fileMenu(facts, isMac) },
    { label: text.edit, submenu: editMenu(facts) },
    { label: text.view, submenu: viewMenu(facts) },
    {
      label: text.go,
      submenu: [
        item(facts, text.inbox, 'go.inbox', 'CmdOrCtrl+1'),
        item(facts, text.outbox, 'go.outbox', 'CmdOrCtrl+2'),
        item(facts, text.coverage, 'go.coverage', 'CmdOrCtrl+3'),
        item(facts, text.settingsPlain, 'go.settings'),
      ],
    },
    {
      label: text.case,
      submenu: [
        item(facts, text.reply, 'compose.reply'),
        item(facts, text.note, 'compose.note'),
        SEPARATOR,
        item(facts, text.claim, 'case.claim'),
        item(facts, text.label, 'case.labels'),
        item(facts, text.vip, 'case.vip'),
        item(facts, text.snooze, 'case.snooze'),
        item(facts, text.pending, 'case.pending'),
        item(facts, text.solve, 'case.solve'),
        SEPARATOR,
        item(facts, text.undoLast, 'app.undo'),
      ],
    },
    ...(isMac ? [windowMenu(text)] : []),
    {
      label: text.help,
      role: 'help',
      submenu: [
        item(facts, text.shortcuts, 'app.help'),
        {
          label: text.revealData,
          click: () => {
            facts.revealData();
          },
        },
        ...(isMac ? [] : [SEPARATOR, item(facts, text.about, 'app.about')]),
      ],
    },
  ];
}

function item(facts: MenuFacts, label: string, command: string, accelerator?: string): MenuItemConstructorOptions {
  return {
    id: command,
    label,
    click: () => {
      facts.command(command);
    },
    ...(accelerator === undefined ? {} : { accelerator }),
  };
}

/** An item whose combination the page listens to itself. */
function shown(facts: MenuFacts, label: string, command: string, accelerator: string): MenuItemConstructorOptions {
  return { ...item(facts, label, command, accelerator), registerAccelerator: false };
}

function appMenu(facts: MenuFacts): MenuItemConstructorOptions {
  const { text } = facts;
  return {
    role: 'appMenu',
    submenu: [
      item(facts, text.about, 'app.about'),
      SEPARATOR,
      shown(facts, text.settings, 'go.settings', 'CmdOrCtrl+,'),
      SEPARATOR,
      { role: 'services', label: text.services },
      SEPARATOR,
      { role: 'hide', label: text.hideApp },
      { role: 'hideOthers', label: text.hideOthers },
      { role: 'unhide', label: text.unhide },
      SEPARATOR,
      { role: 'quit', label: text.quit },
    ],
  };
}

function fileMenu(facts: MenuFacts, isMac: boolean): Items {
  const { text } = facts;
  return [
    item(facts, text.addMailbox, 'accounts.add'),
    item(facts, text.syncNow, 'accounts.syncNow', 'CmdOrCtrl+Shift+Y'),
    SEPARATOR,
    facts.workspace === 'sample' ? item(facts, text.openMain, 'workspace.main') : item(facts, text.openSample, 'workspace.sample'),
    SEPARATOR,
    ...(isMac
      ? [{ role: 'close', label: text.close } satisfies MenuItemConstructorOptions]
      : [
          shown(facts, text.settings, 'go.settings', 'CmdOrCtrl+,'),
          SEPARATOR,
          { role: 'quit', label: text.quit, accelerator: 'CmdOrCtrl+Q' } satisfies MenuItemConstructorOptions,
        ]),
  ];
}

function editMenu(facts: MenuFacts): Items {
  const { text } = facts;
  return [
    { role: 'undo', label: text.undo },
    { role: 'redo', label: text.redo },
    SEPARATOR,
    { role: 'cut', label: text.cut },
    { role: 'copy', label: text.copy },
    { role: 'paste', label: text.paste },
    { role: 'pasteAndMatchStyle', label: text.pastePlain },
    { role: 'selectAll', label: text.selectAll },
    SEPARATOR,
    item(facts, text.find, 'list.search', 'CmdOrCtrl+F'),
  ];
}

function viewMenu(facts: MenuFacts): Items {
  const { text, theme } = facts;
  const choice = (label: string, value: Theme): MenuItemConstructorOptions => ({
    ...item(facts, label, `theme.${value}`),
    type: 'radio',
    checked: theme === value,
  });
  const zoom = (label: string, change: 'in' | 'out' | 'reset', accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      facts.zoom(change);
    },
  });
  return [
    shown(facts, text.palette, 'app.palette', 'CmdOrCtrl+K'),
    SEPARATOR,
    {
      label: text.appearance,
      submenu: [choice(text.themeSystem, 'system'), choice(text.themeLight, 'light'), choice(text.themeDark, 'dark')],
    },
    SEPARATOR,
    zoom(text.zoomReset, 'reset', 'CmdOrCtrl+0'),
    zoom(text.zoomIn, 'in', 'CmdOrCtrl+Plus'),
    // the plus sign without shift, as on most keyboards
    { ...zoom(text.zoomIn, 'in', 'CmdOrCtrl+='), visible: false, acceleratorWorksWhenHidden: true },
    zoom(text.zoomOut, 'out', 'CmdOrCtrl+-'),
    SEPARATOR,
    { role: 'togglefullscreen', label: text.fullScreen },
    ...(facts.isPackaged
      ? []
      : [SEPARATOR, { role: 'reload', label: text.reload } as const, { role: 'toggleDevTools', label: text.developerTools } as const]),
  ];
}

function windowMenu(text: ShellText): MenuItemConstructorOptions {
  return {
    label: text.window,
    role: 'window',
    submenu: [
      { role: 'minimize', label: text.minimize },
      { role: 'zoom', label: text.zoomWindow },
      SEPARATOR,
      { role: 'front', label: text.front },
    ],
  };
}
