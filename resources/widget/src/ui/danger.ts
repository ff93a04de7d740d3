import type { SecretWarning } from '../secret-warning.ts';
import type { Words } from '../words/words.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

const OF_MONEY: ReadonlySet<SecretWarning['kind']> = new Set(['recovery-phrase', 'private-key']);

/** Says what must not be sent and why, and gives the focus to the way out of it. */
export function dangerBox(
  { kind, isCertain }: SecretWarning,
  words: Words,
  remove: () => void,
  sendAnyhow: () => void,
): { readonly element: HTMLElement; readonly focus: () => void } {
  const out = h('button', { class: 'button bad', text: words.secretRemove, attributes: { type: 'button' }, on: { click: remove } });
  const element = h(
    'div',
    { class: 'danger', attributes: { role: 'alert' } },
    h('strong', {}, icon('warning'), h('span', { text: words.secretTitle[kind] })),
    h('p', { text: OF_MONEY.has(kind) ? words.secretMove : words.secretChange }),
    h(
      'div',
      {},
      out,
      isCertain
        ? null
        : h('button', { class: 'button plain', text: words.secretWrong, attributes: { type: 'button' }, on: { click: sendAnyhow } }),
    ),
  );
  return { element, focus: () => out.focus() };
}
