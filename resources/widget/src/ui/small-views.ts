import type { Checked } from '../tabs.ts';
import type { Words } from '../words/words.ts';
import { h, newName } from './dom.ts';
import type { Formats } from './formats.ts';
import type { FormView } from './forms.ts';
import { icon } from './icons.ts';

/** Is somebody who says so of our support? Their code is entered here, and our own side says whose it is. */
export function checkView(words: Words, formats: Formats, now: () => number, check: (code: string) => Promise<Checked | null>): FormView {
  const id = newName();
  const code = h('input', {
    class: 'code',
    attributes: {
      id,
      type: 'text',
      maxlength: 60,
      placeholder: 'XXXX-XXXX-XXXX',
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      dir: 'ltr',
      'aria-required': 'true',
    },
  });
  const go = h('button', { class: 'button', text: words.checkNow, attributes: { type: 'submit' } });
  const result = h('div', { attributes: { role: 'status' } });
  const form = h(
    'form',
    { class: 'page', attributes: { novalidate: true } },
    h('h2', { text: words.check, attributes: { tabindex: -1 } }),
    h('p', { text: words.checkText }),
    h('div', { class: 'field' }, h('label', { text: words.checkCode, attributes: { for: id } }), code),
    h('div', { class: 'actions' }, go),
    result,
  );
  const ask = async (): Promise<void> => {
    const asked = code.value.trim();
    if (asked === '') {
      code.focus();
      return;
    }
    result.replaceChildren(h('p', { text: words.checking }));
    const checked = await check(asked);
    // another one was entered meanwhile
    if (code.value.trim() === asked) result.replaceChildren(verdict(words, formats, now(), checked));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask();
  });
  code.addEventListener('input', () => result.replaceChildren());
  return { element: form, focus: () => code.focus() };
}

function verdict(words: Words, formats: Formats, now: number, checked: Checked | null): HTMLElement {
  if (checked === null) {
    return h('div', { class: 'result unsure' }, h('strong', {}, icon('warning'), h('span', { text: words.checkNone })));
  }
  if (!checked.ok) {
    return h(
      'div',
      { class: 'result bad' },
      h('strong', {}, icon('warning'), h('span', { text: words.checkBad })),
      h('p', { text: words.checkBadText }),
    );
  }
  return h(
    'div',
    { class: 'result good' },
    h('strong', {}, icon('badge'), h('span', { text: words.checkOk(checked.name ?? words.agent) })),
    checked.until === null ? null : h('p', { text: words.checkUntil(formats.soon(checked.until, now)) }),
  );
}

/** Asks once before a conversation goes from this browser. */
export function forgetView(words: Words, forget: () => void, cancel: () => void): FormView {
  const no = h('button', { class: 'button plain', text: words.cancel, attributes: { type: 'button' }, on: { click: cancel } });
  const yes = h('button', { class: 'button bad', text: words.forgetYes, attributes: { type: 'button' }, on: { click: forget } });
  const element = h(
    'div',
    { class: 'page' },
    h('h2', { text: words.forget, attributes: { tabindex: -1 } }),
    h('p', { text: words.forgetText }),
    h('div', { class: 'actions' }, yes, no),
  );
  return { element, focus: () => no.focus() };
}
