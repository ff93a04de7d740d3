import fs from 'node:fs';
import path from 'node:path';

const MAX_BYTES = 1_000_000;

/** The shell's log: one file of at most a megabyte and the one before it, and standard error. */
export class ShellLog {
  #file: string | null = null;

  /** From here on lines go to `shell.log` in this folder too. A folder that can not be written to is no reason to stop. */
  openIn(folder: string): void {
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = path.join(folder, 'shell.log');
      if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) fs.renameSync(file, `${file}.1`);
      this.#file = file;
    } catch (error) {
      this.warn('the log file can not be written', error);
    }
  }

  info(what: string): void {
    this.#write('info', what);
  }

  warn(what: string, cause?: unknown): void {
    this.#write('warn', cause === undefined ? what : `${what}: ${describe(cause)}`);
  }

  #write(level: string, text: string): void {
    const line = `${new Date().toISOString()} shell ${level} ${text.replaceAll('\n', '\n    ')}\n`;
    if (level !== 'info') process.stderr.write(line);
    if (this.#file === null) return;
    try {
      fs.appendFileSync(this.#file, line, { mode: 0o600 });
    } catch {
      // a full disk must not bring down the window
      this.#file = null;
    }
  }
}

/** A failure as text for a log or a dialog. */
export function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
