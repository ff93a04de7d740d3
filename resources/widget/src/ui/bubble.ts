import type { ChatFile } from '../../../../src/shared/domain/chat/chat-wire.ts';
import type { ChatItem, OwnItem, TeamItem } from '../chat-store.ts';
import type { Words } from '../words/words.ts';
import { h } from './dom.ts';
import type { Formats } from './formats.ts';
import { icon } from './icons.ts';
import type { IconName } from './icons.ts';
import { richText } from './rich-text.ts';

export interface BubbleTools {
  readonly words: Words;
  readonly formats: Formats;
  /** The bytes of a file; null while they are not all here. */
  readonly bytesOf: (file: ChatFile, side: ChatItem['side']) => Promise<Uint8Array | null>;
  readonly withdraw: (itemId: string) => void;
}

/** Pictures that a browser draws without running anything in them. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
const MARK: Readonly<Record<OwnItem['delivery'], IconName>> = { waiting: 'clock', sent: 'check', received: 'checks', read: 'checks' };

export function authorName({ author }: Pick<TeamItem, 'author'>, words: Words): string {
  return author.name === '' ? words[author.kind] : author.name;
}

/** Initials, or the mark of a program. */
export function avatar(name: string, kind: 'bot' | 'agent' | 'system', isSmall: boolean): HTMLElement {
  const letters = Array.from(name.trim())[0]?.toUpperCase() ?? '';
  const face = kind === 'agent' && letters !== '' ? letters : icon(kind === 'bot' ? 'bot' : 'chat');
  return h('span', { class: isSmall ? 'avatar small' : 'avatar', attributes: { 'aria-hidden': 'true' } }, face);
}

/** One message of the team; `isFirst` of several in a row says who it is from. */
export function teamBubble(item: TeamItem, isFirst: boolean, tools: BubbleTools): HTMLElement {
  const { words, formats } = tools;
  if (item.author.kind === 'system') return h('div', { class: 'bubble system' }, richText(item.text, words));
  const name = authorName(item, words);
  const kind = words[item.author.kind];
  const who = h('div', { class: 'who' }, avatar(name, item.author.kind, true), h('b', { text: name, attributes: { dir: 'auto' } }));
  // a bot is called one, whatever its name is
  if (name !== kind) who.append(h('span', { class: 'kind', text: kind }));
  const bubble = h(
    'div',
    { class: 'bubble team' },
    item.text === '' ? null : richText(item.text, words),
    ...item.files.map((file) => fileCard(file, 'team', tools)),
    h('div', { class: 'meta' }, timeOf(item.at, formats)),
  );
  return isFirst ? h('div', { class: 'first' }, who, bubble) : bubble;
}

/** One message of the visitor, with how far it has come. */
export function ownBubble(item: OwnItem, tools: BubbleTools): HTMLElement {
  const { words, formats } = tools;
  const label = item.kind === 'message' ? null : h('div', { class: 'label' }, icon(item.kind === 'report' ? 'flag' : 'mail'));
  label?.append(item.kind === 'report' ? words.reported : words.ticket);
  const { progress } = item;
  return h(
    'div',
    { class: item.isRefused ? 'bubble visitor refused' : 'bubble visitor' },
    h('span', { class: 'hidden', text: `${words.you}: ` }),
    label,
    item.text === '' ? null : h('div', { class: 'text', text: item.text, attributes: { dir: 'auto' } }),
    ...item.files.map((file) => fileCard(file, 'visitor', tools)),
    progress === null
      ? null
      : h('progress', {
          attributes: {
            max: progress.all,
            value: progress.done,
            'aria-label': words.uploading(formats.percent(progress.done / progress.all)),
          },
        }),
    h('div', { class: 'meta' }, ...deliveryOf(item, tools)),
  );
}

function deliveryOf(item: OwnItem, { words, formats, withdraw }: BubbleTools): readonly (Node | string)[] {
  const takeBack = (): HTMLElement =>
    h('button', { text: words.takeBack, attributes: { type: 'button' }, on: { click: () => withdraw(item.id) } });
  if (item.isRefused) return [icon('warning'), words.notSent, takeBack()];
  if (item.progress !== null) return [words.uploading(formats.percent(item.progress.done / item.progress.all))];
  const state = words.delivery[item.delivery];
  const shown =
    item.delivery === 'waiting' || item.delivery === 'read' ? h('span', { text: state }) : h('span', { class: 'hidden', text: state });
  return [timeOf(item.at, formats), shown, icon(MARK[item.delivery])];
}

function timeOf(at: number, formats: Formats): HTMLElement {
  return h('time', { text: formats.time(at), attributes: { datetime: new Date(at).toISOString(), title: formats.full(at) } });
}

function fileCard(file: ChatFile, side: ChatItem['side'], tools: BubbleTools): HTMLElement {
  const { words, formats, bytesOf } = tools;
  const size = h('div', { class: 'file-size', text: formats.size(file.size) });
  const text = h('div', { class: 'file-text' }, h('div', { class: 'file-name', text: file.name, attributes: { dir: 'auto' } }), size);
  const card = h(
    'button',
    { class: 'file', attributes: { type: 'button', title: file.name } },
    icon('file'),
    // what is read out holds what is seen (WCAG 2.5.3)
    h('span', { class: 'hidden', text: `${words.download(file.name)}: ` }),
    text,
  );
  const save = async (): Promise<void> => {
    const bytes = await bytesOf(file, side);
    if (bytes === null) size.textContent = words.loadingFile;
    else saveFile(file.name, bytes);
  };
  card.addEventListener('click', () => void save());
  if (PICTURES.has(file.type)) void showPicture(file, side, tools, card, () => void save());
  return card;
}

/** Puts the picture into the place of its card, if all of it is here and the page's policy lets it show. */
async function showPicture(
  file: ChatFile,
  side: ChatItem['side'],
  { words, bytesOf }: BubbleTools,
  card: HTMLElement,
  save: () => void,
): Promise<void> {
  const bytes = await bytesOf(file, side);
  if (bytes === null) return;
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: file.type }));
  const picture = h('img', { class: 'picture', attributes: { alt: file.name } });
  picture.addEventListener('load', () => {
    card.replaceWith(
      h(
        'button',
        { class: 'picture-button', attributes: { type: 'button', 'aria-label': words.download(file.name) }, on: { click: save } },
        picture,
      ),
    );
    URL.revokeObjectURL(url);
  });
  picture.addEventListener('error', () => URL.revokeObjectURL(url));
  picture.src = url;
}

/** As bytes of no kind: nothing that somebody sent is ever opened in the page. */
function saveFile(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }));
  h('a', { attributes: { href: url, download: name, rel: 'noopener' } }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
