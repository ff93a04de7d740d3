interface Texts {
  readonly [key: string]: string | Texts;
}

/** `{ list: { title } }` as `{ 'list.title' }`: a text is then found by one look, instead of cutting its key and walking down at every call. */
export function flatTexts(texts: Texts, before = ''): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === 'string') flat[`${before}${key}`] = text;
    else Object.assign(flat, flatTexts(text, `${before}${key}.`));
  }
  return flat;
}
