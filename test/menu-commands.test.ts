import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from '../src/main/shell/menu-template.ts';
import { shellText } from '../src/main/shell/shell-text.ts';

/** The page's own sources: shell and page share no code, so the ids of actions are compared as they are written. */
const page = readdirSync('src/renderer', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/u.test(name) && !name.includes('.test.'))
  .map((name) => readFileSync(join('src/renderer', name), 'utf8'))
  .join('\n');

function commandsOf(items: readonly MenuItemConstructorOptions[]): string[] {
  return items.flatMap((item) => [
    ...(item.id === undefined ? [] : [item.id]),
    ...(Array.isArray(item.submenu) ? commandsOf(item.submenu) : []),
  ]);
}

test.each(['linux', 'darwin', 'win32'] as const)('every command of the menu bar on %s is an action of the page', (platform) => {
  const commands = (['main', 'sample'] as const).flatMap((workspace) =>
    commandsOf(
      menuTemplate({
        text: shellText('en'),
        platform,
        isPackaged: true,
        workspace,
        theme: 'system',
        command: () => {},
        zoom: () => {},
        revealData: () => {},
      }),
    ),
  );
  expect(commands).toContain('case.claim');
  expect(commands.filter((id) => !page.includes(`'${id}'`))).toEqual([]);
});
