import i18next from 'i18next';
import type { FlatNamespace, TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';

type Words = (key: string, values?: object) => string;

/** By language and namespace; the same as long as both are. */
const made = new Map<string, Words>();

function subscribe(onChange: () => void): () => void {
  i18next.on('languageChanged', onChange);
  return () => {
    i18next.off('languageChanged', onChange);
  };
}

function language(): string {
  return i18next.language;
}

/** So many texts with values are remembered for a language and namespace; then it begins anew. */
const MOST_WITH_VALUES = 2_000;

/** What a text with these values is remembered by; null when one of them is no number and no text. */
function nameOf(key: string, values: object): string | null {
  let name = key;
  for (const [value, given] of Object.entries(values) as [string, unknown][]) {
    if (typeof given !== 'string' && typeof given !== 'number') return null;
    name += `\u0000${value}\u0001${typeof given}\u0001${String(given)}`;
  }
  return name;
}

/** Words are put together once for each key and values: i18next reads its key anew each time, and a row has a dozen of them. */
function wordsOf(locale: string, namespace: FlatNamespace): Words {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its keys are checked where the words are asked for
  const words = i18next.getFixedT(locale, namespace) as unknown as Words;
  const known = new Map<string, string>();
  const withValues = new Map<string, string>();
  return (key, values) => {
    if (values !== undefined) {
      const name = nameOf(key, values);
      if (name === null) return words(key, values);
      let text = withValues.get(name);
      if (text === undefined) {
        text = words(key, values);
        if (withValues.size >= MOST_WITH_VALUES) withValues.clear();
        withValues.set(name, text);
      }
      return text;
    }
    let text = known.get(key);
    if (text === undefined) {
      text = words(key);
      known.set(key, text);
    }
    return text;
  };
}

/**
 * The words of one namespace in the person's language; renders again when that changes. Everything is loaded before the first render, so
 * that nothing has to be asked of it as `useTranslation` does: in a list of rows, that was a seventh of what a row takes.
 */
export function useWords<Namespace extends FlatNamespace>(namespace: Namespace): TFunction<Namespace> {
  const locale = useSyncExternalStore(subscribe, language);
  const key = `${locale} ${namespace}`;
  let words = made.get(key);
  if (words === undefined) {
    words = wordsOf(locale, namespace);
    made.set(key, words);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its words are those of the namespace, which the map can not say
  return words as unknown as TFunction<Namespace>;
}
