import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeFileAtomically } from './atomic-file.ts';
import { menuTemplate } from './menu-template.ts';
import { RestartPolicy } from './restart-policy.ts';
import { answerRequest } from './shell-requests.ts';
import type { ShellHandlers } from './shell-requests.ts';
import { parseShellState, ShellStateFile } from './shell-state.ts';
import { shellText } from './shell-text.ts';
import { NO_STATUS, trayPicture, trayTooltip } from './tray-text.ts';
import { placeWindow } from './window-bounds.ts';

const LEFT = { x: 0, y: 25, width: 1440, height: 875 };
const RIGHT = { x: 1440, y: 0, width: 1920, height: 1080 };

describe('where the window opens', () => {
  it('is where it was, on any screen', () => {
    const bounds = { x: 1600, y: 100, width: 1200, height: 800 };
    expect(placeWindow(bounds, [LEFT, RIGHT])).toEqual(bounds);
  });
  it('is in the middle of the first screen when its own is gone', () => {
    expect(placeWindow({ x: 1600, y: 100, width: 1200, height: 800 }, [LEFT])).toEqual({ x: 120, y: 63, width: 1200, height: 800 });
    expect(placeWindow(null, [LEFT])).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
  });
  it('leaves its title bar where a hand can take it', () => {
    expect(placeWindow({ x: 100, y: 10, width: 1000, height: 700 }, [LEFT]).y).toBe(25);
    expect(placeWindow({ x: 1400, y: 100, width: 1000, height: 700 }, [LEFT])).toMatchObject({ x: 220 });
    expect(placeWindow({ x: 100, y: 880, width: 1000, height: 700 }, [LEFT])).toMatchObject({ x: 100, y: 880 });
    expect(placeWindow({ x: 100, y: 890, width: 1000, height: 700 }, [LEFT])).toMatchObject({ x: 220 });
  });
  it('is no larger than the screen and no smaller than the page', () => {
    expect(placeWindow({ x: 0, y: 25, width: 9_000, height: 9_000 }, [LEFT])).toMatchObject({ width: 1440, height: 875 });
    expect(placeWindow({ x: 10, y: 50, width: 1, height: 1 }, [LEFT])).toMatchObject({ width: 800, height: 520 });
  });
});

describe('what the shell remembers', () => {
  it('falls back part by part', () => {
    expect(
      parseShellState({ bounds: { x: 1, y: 2, width: 3, height: 'x' }, zoomLevel: 99, theme: 'pink', locale: 'zh-CN', isMaximized: 1 }),
    ).toEqual({
      bounds: null,
      isMaximized: false,
      isFullScreen: false,
      zoomLevel: 6,
      theme: 'system',
      locale: 'zh-CN',
    });
    expect(parseShellState('x').theme).toBe('system');
  });
  it('survives a damaged file and a restart', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-shell-'));
    const file = path.join(folder, 'shell.json');
    fs.writeFileSync(file, '{"theme":');
    const onProblem = vi.fn<(error: unknown) => void>();
    const state = new ShellStateFile(file, onProblem);
    expect(onProblem).toHaveBeenCalledTimes(1);
    state.change({ theme: 'dark' });
    expect(new ShellStateFile(file, onProblem).state.theme).toBe('dark');
    expect(onProblem).toHaveBeenCalledTimes(1);
    fs.rmSync(folder, { recursive: true });
  });
});

describe('replacing a file', () => {
  it('keeps the old one when the new one can not be written', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-atomic-'));
    const file = path.join(folder, 'a.json');
    writeFileAtomically(file, 'old');
    const blocked = vi.spyOn(fs, 'renameSync').mockImplementation(() => {
      throw new Error('ENOSPC');
    });
    expect(() => {
      writeFileAtomically(file, 'new');
    }).toThrow('ENOSPC');
    blocked.mockRestore();
    expect(fs.readFileSync(file, 'utf8')).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['a.json']);
    fs.rmSync(folder, { recursive: true });
  });
});

describe('an engine that crashed', () => {
  it('is started again, later each time, and given up the third time within a minute', () => {
    const policy = new RestartPolicy();
    expect(policy.onCrash(0)).toEqual({ kind: 'restart', delayMs: 250 });
    expect(policy.onCrash(1_000)).toEqual({ kind: 'restart', delayMs: 1_500 });
    expect(policy.onCrash(59_999)).toEqual({ kind: 'give-up' });
    policy.reset();
    expect(policy.onCrash(60_000)).toEqual({ kind: 'restart', delayMs: 250 });
  });
  it('is not held to crashes long ago', () => {
    const policy = new RestartPolicy();
    policy.onCrash(0);
    policy.onCrash(1_000);
    expect(policy.onCrash(61_000)).toEqual({ kind: 'restart', delayMs: 250 });
  });
});

describe('the menu bar', () => {
  interface Item {
    readonly id?: string;
    readonly label?: string;
    readonly role?: string;
    readonly accelerator?: unknown;
    readonly submenu?: unknown;
    readonly type?: string;
    click?: () => void;
  }
  function items(platform: NodeJS.Platform, locale: 'en' | 'zh-CN', run: (id: string) => void = () => undefined): Item[] {
    const flatten = (list: readonly Item[]): Item[] =>
      list.flatMap((each) => [each, ...(Array.isArray(each.submenu) ? flatten(each.submenu as Item[]) : [])]);
    const facts = {
      text: shellText(locale),
      platform,
      isPackaged: true,
      workspace: 'main' as const,
      theme: 'dark' as const,
      command: run,
      zoom: () => undefined,
      revealData: () => undefined,
    };
    return flatten(menuTemplate(facts) as Item[]);
  }

  it.each(['linux', 'win32', 'darwin'] as const)('takes no plain key from the page, and no combination twice, on %s', (platform) => {
    const accelerators = items(platform, 'en').flatMap(({ accelerator }) => (typeof accelerator === 'string' ? [accelerator] : []));
    expect(accelerators.filter((each) => !each.startsWith('CmdOrCtrl+'))).toEqual([]);
    expect(new Set(accelerators).size).toBe(accelerators.length);
    expect(accelerators.length).toBeGreaterThan(8);
  });
  it.each(['linux', 'darwin'] as const)('has a label in both languages for everything on %s', (platform) => {
    const labels = (locale: 'en' | 'zh-CN'): (string | undefined)[] =>
      items(platform, locale)
        .filter(({ type, role }) => type !== 'separator' && role !== 'appMenu')
        .map(({ label }) => label);
    expect(labels('en').every((label) => label !== undefined && label !== '')).toBe(true);
    expect(labels('zh-CN').every((label) => /\p{Script=Han}/u.test(label ?? ''))).toBe(true);
  });
  it('has no developer tools in a packaged app', () => {
    expect(items('linux', 'en').some(({ role }) => role === 'toggleDevTools' || role === 'reload')).toBe(false);
  });
  it('runs the action of the page that has the same id', () => {
    const ran: string[] = [];
    for (const each of items('linux', 'en', (id) => ran.push(id))) if (each.id !== undefined) each.click?.();
    expect(ran).toContain('case.claim');
    expect(ran).toContain('theme.dark');
  });
});

describe('the tray', () => {
  it('shows what is wrong before what is new', () => {
    expect(trayPicture({ ...NO_STATUS, sync: 'problem', unread: 3 })).toBe('problem');
    expect(trayPicture({ ...NO_STATUS, unread: 3, onShift: true })).toBe('unread');
    expect(trayPicture({ ...NO_STATUS, onShift: true })).toBe('on-shift');
    expect(trayPicture(NO_STATUS)).toBe('off-shift');
  });
  it('says it in words', () => {
    const status = { unread: 1_200, waiting: 4, sync: 'offline', onShift: true, workspace: 'sample' } as const;
    expect(trayTooltip(status, 'en')).toBe('Meridian: sample workspace, 1,200 unread, 4 waiting on us, on shift, offline');
    expect(trayTooltip(status, 'zh-CN')).toBe('Meridian: 示例工作区，1,200 个未读，4 个等待我们回复，当班中，离线');
  });
});

describe('requests of the engine', () => {
  const asked: unknown[] = [];
  const refuse = (): never => {
    throw new Error('not asked for here');
  };
  const handlers: ShellHandlers = {
    'app.info': refuse,
    'vault.status': refuse,
    'vault.create': refuse,
    'vault.unlock': refuse,
    'secret.get': ({ ref }) => {
      asked.push(ref);
      return 'sesame';
    },
    'secret.set': refuse,
    'secret.delete': refuse,
    'external.open': refuse,
    'dialog.save': refuse,
    'path.reveal': refuse,
    notify: refuse,
    'status.show': refuse,
    'mail-body.put': refuse,
    'mail-body.drop': refuse,
    'appearance.set': refuse,
    'workspace.open': refuse,
    'workspace.reopen': refuse,
    'workspace.resetSample': refuse,
  };
  it('are answered', async () => {
    expect(await answerRequest(handlers, 'secret.get', { ref: 'a' })).toBe('sesame');
    expect(asked).toEqual(['a']);
  });
  it.each([
    ['nothing.such', null],
    ['toString', null],
    ['__proto__', null],
    ['secret.get', { ref: 1 }],
    ['secret.get', { ref: 'a', more: true }],
    ['notify', { title: 'x', body: 'y', caseId: 'msg_1' }],
    ['path.reveal', { path: 'relative/path' }],
    ['workspace.open', { workspace: '../other' }],
  ])('are refused when unknown or malformed: %s', async (name, input) => {
    await expect(answerRequest(handlers, name, input)).rejects.toThrow(/no such request|malformed input/u);
    expect(asked).toEqual(['a']);
  });
  it('do not repeat in the error what was in them', async () => {
    const failure = await answerRequest(handlers, 'secret.set', { ref: 'a', value: 7, hidden: 'sesame' }).catch(String);
    expect(failure).toContain('malformed input of secret.set');
    expect(failure).not.toContain('sesame');
  });
});
