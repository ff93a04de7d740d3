import { Notification } from 'electron';
import type { CaseId } from '../../shared/domain/ids.ts';
import type { ShellLog } from './shell-log.ts';

const MAX_SHOWN = 20;
const MAX_TITLE = 120;
const MAX_BODY = 300;

/**
 * Notifications of the operating system, which also decides whether and when they are shown (do not disturb). A case has
 * one at a time: a newer one takes the place of the older.
 */
export class Notifications {
  readonly #onClick: (caseId: CaseId | null) => void;
  readonly #log: ShellLog;
  /** Held so that they are not collected while they can still be clicked; in order of time. */
  readonly #shown = new Map<string, Notification>();

  constructor(onClick: (caseId: CaseId | null) => void, log: ShellLog) {
    this.#onClick = onClick;
    this.#log = log;
  }

  show(title: string, body: string, caseId: CaseId | null): void {
    if (!Notification.isSupported()) return;
    const key = caseId ?? '';
    this.dismiss(key);
    const notification = new Notification({ title: oneLine(title, MAX_TITLE), body: oneLine(body, MAX_BODY) });
    const forget = (): void => {
      if (this.#shown.get(key) === notification) this.#shown.delete(key);
    };
    notification.on('click', () => {
      forget();
      this.#onClick(caseId);
    });
    notification.on('close', forget);
    notification.on('failed', (_event, error) => {
      forget();
      this.#log.warn('a notification could not be shown', error);
    });
    this.#shown.set(key, notification);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MAX_SHOWN && oldest !== undefined) this.dismiss(oldest);
    notification.show();
  }

  /** Takes back the notification of a case. */
  dismiss(key: string): void {
    const notification = this.#shown.get(key);
    this.#shown.delete(key);
    notification?.close();
  }

  closeAll(): void {
    for (const key of this.#shown.keys()) this.dismiss(key);
  }
}

/** A customer wrote this: no line breaks, no invisible controls that turn the reading direction. */
function oneLine(text: string, maxLength: number): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/[\u202a-\u202e\u2066-\u2069]/gu, '');
  return [...plain].length > maxLength ? `${[...plain].slice(0, maxLength - 1).join('')}…` : plain;
}
