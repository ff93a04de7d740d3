/** Who the team is elsewhere and what it never does, as the widget is told, so that visitors know others for what they are. */
export interface OfficialState {
  /** "We never write first", in the team's own words by language of the widget; null while the team does not say so. */
  readonly neverFirst: Readonly<Partial<Record<WidgetLanguage, string>>> | null;
  /** Under which names, and on which channels, the team is real. */
  readonly accounts: readonly { readonly channel: string; readonly name: string; readonly handle: string }[];
  readonly domains: readonly string[];
}

export const WIDGET_LANGUAGES = ['en', 'zh', 'ja', 'es'] as const;
export type WidgetLanguage = (typeof WIDGET_LANGUAGES)[number];

/** More would not be read, and must fit into one entry of the hub. */
export const MOST_OFFICIAL = 30;
const LONGEST_TEXT = 500;
const LONGEST_NAME = 200;

type Json = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Json | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object has string keys
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function asText(value: unknown, most: number): string {
  return typeof value === 'string' ? value.slice(0, most) : '';
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_OFFICIAL) : [];
}

/** Null for what is none; what is malformed in it is left out. */
export function readOfficial(value: unknown): OfficialState | null {
  const found = asObject(value);
  if (found === null) return null;
  const texts = asObject(found['neverFirst']);
  const own = WIDGET_LANGUAGES.map((language) => [language, asText(texts?.[language], LONGEST_TEXT)] as const);
  return {
    neverFirst: texts === null ? null : Object.fromEntries(own.filter(([, text]) => text !== '')),
    accounts: asList(found['accounts']).flatMap((each) => {
      const account = asObject(each);
      const channel = asText(account?.['channel'], 40);
      const [name, handle] = [asText(account?.['name'], LONGEST_NAME), asText(account?.['handle'], LONGEST_NAME)];
      return channel === '' || (name === '' && handle === '') ? [] : [{ channel, name, handle }];
    }),
    domains: asList(found['domains'])
      .map((each) => asText(each, 253))
      .filter((each) => each !== ''),
  };
}
