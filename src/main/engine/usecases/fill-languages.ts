import { contactIdFor } from '../identity.ts';
import type { Batch, ChannelEvent } from '../channels/connector.ts';
import type { LanguageGuesser } from '../ports/language-port.ts';
import { contactByUid } from '../store/contacts.store.ts';
import type { Store } from '../store/sql.ts';
import { detectLanguage, languageOfTag, wordsOf } from '../../../shared/domain/language.ts';
import type { Lang } from '../../../shared/domain/language.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';

/** Letters below which only what the customer wrote in before says anything. */
const MIN_LETTERS = 16;
/** Languages that a look without knowing the author takes for each other: ideographs alone, Cyrillic without a telling letter. */
const UNSURE: ReadonlySet<string> = new Set<Lang>(['zh-Hans', 'zh-Hant', 'ru']);

/**
 * Names the languages of customers' messages whose channel could not, or not for certain: first by the text together with what its author
 * wrote in before or has set their widget to, then by the library. Before the write, which must not wait for anything.
 */
export async function fillLanguages(store: Store, guess: LanguageGuesser, batch: Batch): Promise<Batch> {
  const found = new Map<NormalizedMessage, Lang>();
  const unsure: NormalizedMessage[] = [];
  /** What authors wrote in within this batch, which nothing was stored of yet. */
  const said = new Map<ContactId, string>();
  for (const event of batch.events) {
    if (event.kind !== 'message' || !isByCustomer(event.message)) continue;
    const { message } = event;
    const author = contactIdFor(message.channel, message.from.address);
    if (message.language === null || isLookedAt(message, message.language)) {
      const prior = said.get(author) ?? store.read((db) => contactByUid(db, author)?.language ?? null);
      const known = detectLanguage(message.preview, priorOf(message, prior));
      if (known !== null) found.set(message, known);
      else if (isLongEnough(message)) unsure.push(message);
    }
    const language = found.get(message) ?? message.language;
    if (language !== null) said.set(author, language);
  }
  if (unsure.length === 0 && found.size === 0) return batch;
  const guessed = await guess(unsure.map(({ preview }) => wordsOf(preview)));
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

function isByCustomer({ direction, auto }: NormalizedMessage): boolean {
  return direction === 'in' && (auto === 'none' || auto === 'list');
}

/** Whether the channel's own look said this, and not the author's program: it did not know what they wrote in before. */
function isLookedAt({ preview }: NormalizedMessage, language: string): boolean {
  return UNSURE.has(language) && detectLanguage(preview) === language;
}

/** Addresses, links and codes are letters, but no words. */
function isLongEnough({ preview }: NormalizedMessage): boolean {
  return (wordsOf(preview).match(/\p{L}/gu) ?? []).length >= MIN_LETTERS;
}

function priorOf({ origin }: NormalizedMessage, before: string | null): Lang | null {
  const named = before ?? origin?.author.facts['chat.locale'] ?? origin?.author.facts['telegram.language'] ?? null;
  return named === null ? null : languageOfTag(named);
}
