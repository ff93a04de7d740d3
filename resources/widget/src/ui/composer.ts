import { MAX_CHAT_TEXT } from '../../../../src/shared/domain/chat/chat-wire.ts';
import type { PickedFile } from '../chat-session.ts';
import { secretIn } from '../secret-warning.ts';
import type { Words } from '../words/words.ts';
import { dangerBox } from './danger.ts';
import { h, put, say } from './dom.ts';
import { fileTray } from './files.ts';
import type { Formats } from './formats.ts';
import { icon } from './icons.ts';

export interface ComposerOptions {
  readonly words: Words;
  readonly formats: Formats;
  readonly send: (text: string, files: readonly PickedFile[]) => Promise<void>;
  readonly onTyping: (on: boolean) => void;
  readonly onDraft: (draft: string) => void;
}

export interface Composer {
  readonly element: HTMLElement;
  readonly focus: () => void;
  readonly addFiles: (files: Iterable<File>) => void;
  /** Fills in what was written before a reload. */
  readonly restore: (draft: string) => void;
}

/** Where a visitor writes. Nothing that looks like a secret leaves it without a second look. */
export function composer({ words, formats, send, onTyping, onDraft }: ComposerOptions): Composer {
  const box = h('textarea', { attributes: { rows: 1, placeholder: words.write, 'aria-label': words.write, dir: 'auto' } });
  const go = h('button', { class: 'go', attributes: { type: 'submit', 'aria-label': words.send, title: words.send } }, icon('send'));
  const tray = fileTray(words, formats, () => show());
  const attach = h(
    'button',
    { class: 'tool', attributes: { type: 'button', 'aria-label': words.attach, title: words.attach }, on: { click: () => tray.pick() } },
    icon('clip'),
  );
  const problem = h('p', { class: 'problem', attributes: { role: 'alert' } });
  const danger = h('div', { attributes: { hidden: true } });
  const form = h(
    'form',
    { class: 'foot', attributes: { novalidate: true } },
    danger,
    tray.element,
    problem,
    h('div', { class: 'write' }, attach, box, go),
  );
  /** What is being kept at the moment. */
  let sending: string | null = null;
  /** Something else was to be sent meanwhile. */
  let isNextAsked = false;

  function show(): void {
    put(go, 'aria-disabled', box.value.trim() === '' && tray.count() === 0 ? 'true' : null);
    say(problem, box.value.length > MAX_CHAT_TEXT ? words.tooLong(formats.count(MAX_CHAT_TEXT)) : '');
    // where the box can not grow by itself
    if (!CSS.supports('field-sizing', 'content')) {
      box.rows = Math.min(6, box.value.split('\n').length + Math.floor(box.value.length / 46));
    }
  }

  function endDanger(): void {
    danger.replaceChildren();
    danger.hidden = true;
  }

  async function submit(isSure: boolean): Promise<void> {
    const text = box.value.trim();
    if (sending !== null) {
      // a full box that is sent twice is one message
      isNextAsked ||= text !== sending;
      return;
    }
    if (text.length > MAX_CHAT_TEXT || (text === '' && tray.count() === 0)) return;
    const secret = secretIn(text);
    if (secret !== null && (secret.isCertain || !isSure)) {
      const warning = dangerBox(
        secret,
        words,
        () => {
          box.value = '';
          onDraft('');
          endDanger();
          show();
          box.focus();
        },
        () => void submit(true),
      );
      danger.replaceChildren(warning.element);
      danger.hidden = false;
      // what is a secret is not kept in this browser either
      onDraft('');
      warning.focus();
      return;
    }
    sending = text;
    isNextAsked = false;
    endDanger();
    let isKept = false;
    try {
      await send(text, await tray.take());
      tray.clear();
      // what was written meanwhile stays
      const now = box.value.trimStart();
      box.value = now.startsWith(text) ? now.slice(text.length).trimStart() : now;
      onDraft(box.value);
      onTyping(box.value !== '');
      show();
      isKept = true;
    } catch {
      // a full disk, or a file that has gone: nothing was sent, and all of it is still here
      say(problem, words.notKept);
    } finally {
      sending = null;
      box.focus();
    }
    if (isKept && isNextAsked) await submit(false);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(false);
  });
  box.addEventListener('keydown', (event) => {
    // while an input method composes, Enter chooses a word
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void submit(false);
  });
  box.addEventListener('input', () => {
    endDanger();
    show();
    onTyping(box.value.trim() !== '');
    onDraft(secretIn(box.value) === null ? box.value : '');
  });
  box.addEventListener('blur', () => onTyping(false));
  box.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files ?? null;
    if (files === null || files.length === 0) return;
    event.preventDefault();
    tray.add(files);
  });
  show();
  return {
    element: form,
    focus: () => box.focus(),
    addFiles: tray.add,
    restore: (draft) => {
      box.value = draft;
      show();
    },
  };
}
