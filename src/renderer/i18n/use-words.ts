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

/** Words without a value in them are looked up once: i18next reads their key anew each time. */
function wordsOf(locale: string, namespace: FlatNamespace): Words {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its keys are checked where the words are asked for
  const words = i18next.getFixedT(locale, namespace) as unknown as Words;
  const known = new Map<string, string>();
  return (key, values) => {
    if (values !== undefined) return words(key, values);
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
