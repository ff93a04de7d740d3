import { MAX_CHAT_FILE_BYTES, MAX_CHAT_FILES } from '../../../../src/shared/domain/chat/chat-wire.ts';
import type { PickedFile } from '../chat-session.ts';
import type { Words } from '../words/words.ts';
import { h, say } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icons.ts';

export interface FileTray {
  readonly element: HTMLElement;
  /** Opens the browser's own dialog. */
  readonly pick: () => void;
  /** Takes files that were dropped or pasted. */
  readonly add: (files: Iterable<File>) => void;
  readonly count: () => number;
  /** Reads what was picked. Rejects when one of them has gone. */
  readonly take: () => Promise<readonly PickedFile[]>;
  readonly clear: () => void;
}

/** Files that go with the next message: names, a way to take each out again, and what is wrong with those that can not be taken. */
export function fileTray(words: Words, formats: Formats, onChange: () => void): FileTray {
  let picked: readonly File[] = [];
  const input = h('input', { attributes: { type: 'file', multiple: true, hidden: true, tabindex: -1, 'aria-label': words.attach } });
  const list = h('div', { class: 'tray' });
  const problem = h('p', { class: 'problem', attributes: { role: 'alert' } });
  const element = h('div', { attributes: { hidden: true } }, input, list, problem);

  function show(wrong: string): void {
    list.replaceChildren(...picked.map(card));
    say(problem, wrong);
    element.hidden = picked.length === 0 && wrong === '';
    onChange();
  }

  function card(file: File): HTMLElement {
    const remove = h(
      'button',
      {
        attributes: { type: 'button', 'aria-label': words.removeFile(file.name) },
        on: {
          click: () => {
            picked = picked.filter((each) => each !== file);
            show('');
          },
        },
      },
      icon('close'),
    );
    return h('div', { class: 'tray-file' }, h('span', { text: file.name }), h('small', { text: formats.size(file.size) }), remove);
  }

  function add(files: Iterable<File>): void {
    let wrong = '';
    for (const file of files) {
      if (file.size > MAX_CHAT_FILE_BYTES) wrong = words.tooLarge(file.name, formats.size(MAX_CHAT_FILE_BYTES));
      else if (picked.length >= MAX_CHAT_FILES) wrong = words.tooMany(MAX_CHAT_FILES);
      else picked = [...picked, file];
    }
    show(wrong);
  }

  input.addEventListener('change', () => {
    add(input.files ?? []);
    input.value = '';
  });
  return {
    element,
    pick: () => input.click(),
    add,
    count: () => picked.length,
    take: async () =>
      Promise.all(
        picked.map(async (file) => ({ name: file.name, type: file.type.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) })),
      ),
    clear: () => {
      picked = [];
      show('');
    },
  };
}
