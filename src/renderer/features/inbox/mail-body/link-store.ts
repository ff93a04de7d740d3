import { create } from 'zustand';
import type { MailLink } from './sanitise-mail.ts';

interface LinkState {
  /** The link that a person is asked about; null when none. */
  readonly asked: { readonly url: string; readonly text: string } | null;
  /** Links of the mails on screen, by the token of their frame. */
  readonly links: ReadonlyMap<string, readonly MailLink[]>;
}

export const useLinks = create<LinkState>(() => ({ asked: null, links: new Map() }));

/** Asks the person before a link is opened. `text` is what the sender made visible. */
export function askAboutLink(url: string, text: string): void {
  useLinks.setState({ asked: { url, text } });
}

export function closeLink(): void {
  useLinks.setState({ asked: null });
}

/** Remembers the links of a mail that is shown under `token`. Returns how to forget them. */
export function rememberLinks(token: string, links: readonly MailLink[]): () => void {
  useLinks.setState((state) => ({ links: new Map([...state.links, [token, links]]) }));
  return () =>
    useLinks.setState((state) => {
      const rest = new Map(state.links);
      rest.delete(token);
      return { links: rest };
    });
}

/** What the sender wrote on the link to `url` in the mail under `token`; the most misleading one when there are several. */
export function textOfLink(token: string, url: string): string {
  const texts = (useLinks.getState().links.get(token) ?? []).filter((link) => link.url === url).map((link) => link.text);
  return texts.find((text) => text.includes('.')) ?? texts[0] ?? '';
}
