import type { OfficialState } from '../../../../src/shared/domain/chat/official-state.ts';
import { WIDGET_LANGUAGES } from '../../../../src/shared/domain/chat/official-state.ts';
import type { Words } from '../words/words.ts';
import { h, say } from './dom.ts';
import { icon } from './icons.ts';

const BRANDS: Readonly<Record<string, string>> = { telegram: 'Telegram', x: 'X' };

/** What is always true: we never ask for keys and never write first; and under which names we are real, where the team says. */
export function safetyView(words: Words): { readonly element: HTMLElement; readonly show: (official: OfficialState | null) => void } {
  const text = h('span', { text: words.safety });
  const list = h('ul');
  const names = h('details', { attributes: { hidden: true } }, h('summary', { text: words.official }), list);
  const element = h('div', { class: 'safety' }, icon('shield'), h('div', {}, text, names));
  let shown = '';
  return {
    element,
    show: (official) => {
      const language = WIDGET_LANGUAGES.find((each) => words.locale.startsWith(each)) ?? 'en';
      const own = official?.neverFirst ?? null;
      say(text, own === null ? words.safety : (own[language] ?? words.safety));
      element.classList.toggle('loud', own !== null);
      const { accounts = [], domains = [] } = official ?? {};
      const now = JSON.stringify([accounts, domains]);
      // who has opened it and reads is not to lose it
      if (now === shown) return;
      shown = now;
      names.hidden = accounts.length + domains.length === 0;
      const lines = [
        ...accounts.map(
          ({ channel, name, handle }) => `${channelOf(channel, words)}: ${[name, handle].filter((each) => each !== '').join(', ')}`,
        ),
        ...(domains.length === 0 ? [] : [words.officialSites(domains.join(', '))]),
        words.officialOthers,
      ];
      list.replaceChildren(...lines.map((line) => h('li', { text: line, attributes: { dir: 'auto' } })));
    },
  };
}

function channelOf(channel: string, { channel: own }: Words): string {
  return channel === 'email' || channel === 'community' ? own[channel] : (BRANDS[channel] ?? channel);
}
