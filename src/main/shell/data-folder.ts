import fs from 'node:fs';
import path from 'node:path';
import { app, dialog } from 'electron';
import { writeFileAtomically } from './atomic-file.ts';
import { shellText } from './shell-text.ts';

/** Why nothing can be written to the data folder. */
export interface FolderTrouble {
  readonly kind: 'full' | 'not-writable';
  /** What the system says, with the path. */
  readonly detail: string;
}

/**
 * Why a data folder can not be written to; null when it can. The lock of the app is a file in that folder: where it can not be had, either
 * another Meridian has it, or this is why.
 *
 * @param write writes and removes a small file in the folder, and throws when it can not; handed in for tests
 */
export function folderTrouble(folder: string, write: (folder: string) => void = writeAndRemove): FolderTrouble | null {
  try {
    write(folder);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    // on a full disk a second start still reaches the Meridian that runs there
    if (isFull && fs.lstatSync(path.join(folder, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined) return null;
    return { kind: isFull ? 'full' : 'not-writable', detail: error instanceof Error ? error.message : String(error) };
  }
}

function writeAndRemove(folder: string): void {
  const file = path.join(folder, 'can-write');
  writeFileAtomically(file, 'x'.repeat(4_096));
  fs.rmSync(file, { force: true });
}

/** Says on the screen that there is nothing to write to, and ends. What a person has chosen for a language can not be read yet. */
export async function tellFolderTrouble({ kind, detail }: FolderTrouble): Promise<void> {
  process.stderr.write(`Meridian can not write to its data folder: ${detail}\n`);
  await app.whenReady();
  const text = shellText(app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  await dialog.showMessageBox({
    type: 'error',
    title: 'Meridian',
    message: text.unwritableTitle,
    detail: `${kind === 'full' ? text.fullDetail : text.unwritableDetail}\n\n${detail}`,
    buttons: [text.quit],
    noLink: true,
  });
  app.exit(1);
}
