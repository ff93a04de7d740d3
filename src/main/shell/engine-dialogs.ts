import { dialog, shell } from 'electron';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import type { Locale } from './shell-state.ts';
import { shellText } from './shell-text.ts';
import type { ShellText } from './shell-text.ts';

export interface EngineTrouble {
  /** A code of the engine, or null when it crashed. */
  readonly code: string | null;
  readonly detail: string;
}

const MAX_DETAIL = 1_200;

/**
 * Tells a person that the engine does not run and why, with the ways forward. Settles when they chose to try again or
 * to quit; looking at the data folder brings the question back.
 */
export async function askAboutTrouble(
  trouble: EngineTrouble,
  locale: Locale,
  window: BrowserWindow | null,
  dataPath: string,
): Promise<'retry' | 'quit'> {
  const text = shellText(locale);
  const options: MessageBoxOptions = {
    type: 'error',
    title: 'Meridian',
    message: trouble.code === null ? text.gaveUpTitle : text.fatalTitle,
    detail: `${explain(trouble, text)}\n\n${[trouble.code, trouble.detail]
      .filter((each) => each !== null && each !== '')
      .join(': ')
      .slice(-MAX_DETAIL)}`,
    buttons: [text.tryAgain, text.showFolder, text.quit],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  };
  for (;;) {
    const { response } = window === null ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
    if (response !== 1) return response === 0 ? 'retry' : 'quit';
    shell.showItemInFolder(dataPath);
  }
}

function explain({ code }: EngineTrouble, text: ShellText): string {
  if (code === null) return text.gaveUpDetail;
  if (code.includes('newer')) return text.newerDetail;
  if (code.includes('full')) return text.fullDetail;
  if (code.includes('busy') || code.includes('locked')) return text.busyDetail;
  return text.fatalDetail;
}
