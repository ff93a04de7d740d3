import { contactIdFor } from '../identity.ts';
import type { Batch, ChannelEvent } from '../channels/connector.ts';
import type { LanguageGuesser } from '../ports/language-port.ts';
import { contactByUid } from '../store/contacts.store.ts';
import type { Store } from '../store/sql.ts';
import { detectLanguage, languages } from '../../../shared/domain/language.ts';
import type { Lang } from '../../../shared/domain/language.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';

/** Letters below which only what the customer wrote in before says anything. */
const MIN_LETTERS = 16;

/**
 * Names the languages of customers' messages whose channel could not: first by the text together with what its author wrote in before or
 * has set their widget to, then by the library. Before the write, which must not wait for anything.
 */
export async function fillLanguages(store: Store, guess: LanguageGuesser, batch: Batch): Promise<Batch> {
  const unknown = batch.events.flatMap((event) => (event.kind === 'message' && isUnknown(event.message) ? [event.message] : []));
  if (unknown.length === 0) return batch;
  const found = new Map<NormalizedMessage, Lang>();
  const unsure: NormalizedMessage[] = [];
  for (const message of unknown) {
    const known = detectLanguage(
      message.preview,
      store.read((db) => priorOf(message, contactByUid(db, contactIdFor(message.channel, message.from.address))?.language ?? null)),
    );
    if (known !== null) found.set(message, known);
    else if ((message.preview.match(/\p{L}/gu) ?? []).length >= MIN_LETTERS) unsure.push(message);
  }
  const guessed = await guess(unsure.map(({ preview }) => preview));
  for (const [index, message] of unsure.entries()) {
    const language = guessed[index] ?? null;
    if (language !== null) found.set(message, language);
  }
  const events = batch.events.map((event): ChannelEvent => {
    const language = event.kind === 'message' ? found.get(event.message) : undefined;
    return event.kind === 'message' && language !== undefined ? { ...event, message: { ...event.message, language } } : event;
  });
  return { ...batch, events };
}

function isUnknown({ direction, language, auto }: NormalizedMessage): boolean {
  return direction === 'in' && language === null && (auto === 'none' || auto === 'list');
}

function priorOf({ origin }: NormalizedMessage, contacts: string | null): Lang | null {
  const locale = origin?.author.facts['chat.locale'] ?? origin?.author.facts['telegram.language'] ?? null;
  const named = contacts ?? locale;
  if (named === null) return null;
  return languages.find((known) => known === named) ?? languages.find((known) => known === named.split('-')[0]) ?? null;
}
