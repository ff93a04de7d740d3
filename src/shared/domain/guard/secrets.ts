import { createMailsReader } from './across-mails.ts';
import { findCardNumbers } from './card-number.ts';
import { findKeyMaterial } from './key-material.ts';
import { knownWordsOf } from './phrase-words.ts';
import type { KnownWords } from './phrase-words.ts';
import { plainReading } from './plain-reading.ts';
import { createPhraseFinder } from './recovery-phrase.ts';
import type { EarlierHit, SecretHit, SecretScanner, SecretScannerOptions } from './secret-types.ts';
import { findSpokenSecrets } from './spoken-secrets.ts';

/** Messages before one that are read together with it. */
export const RECENT_TEXTS = 5;

/** What of a text is read as what follows the messages before it, in UTF-16 units: what they begin does not end further down. */
const FOLLOWING = 16_384;

const rank: Readonly<Record<SecretHit['certainty'], number>> = { certain: 0, likely: 1, possible: 2 };

/**
 * A scanner of texts for what a customer should not have sent. The word lists are indexed once, here (about 20 ms for all ten); a scan is
 * synchronous and keeps nothing.
 */
export function createSecretScanner(options: SecretScannerOptions): SecretScanner {
  const known = knownWordsOf(options.wordLists);
  const findPhrases = createPhraseFinder(known, options.sha256);

  function find(text: string): readonly SecretHit[] {
    return [...findPhrases(text), ...findKeyMaterial(text, options.sha256), ...findCardNumbers(text), ...findSpokenSecrets(text)];
  }

  function scan(text: string): readonly SecretHit[] {
    if (text.length < 4) return [];
    const reading = plainReading(text);
    if (reading === null) return withoutOverlaps(find(text));
    // as it stands, too: what is not seen may be all that stands between the words
    const asRead = find(reading.text).map((hit) => ({
      ...hit,
      from: reading.places[hit.from] ?? 0,
      to: reading.places[hit.to] ?? text.length,
    }));
    return withoutOverlaps([...asRead, ...find(text)]);
  }

  return scannerBy(known, scan);
}

function scannerBy(words: KnownWords, scan: SecretScanner['scan']): SecretScanner {
  const mails = createMailsReader(words, scan);
  return {
    scan,
    knowing: (found) => scannerBy(words, (text) => found.get(text) ?? scan(text)),
    mayBePart: mails.mayBePart,
    scanMails: (texts, at) => {
      const { hits, earlier } = mails.read(texts, at);
      return { hits: withoutOverlaps([...scan(texts[at] ?? ''), ...hits]), earlier };
    },
    scanConversation(recentTexts, text) {
      const own = scan(text);
      const firstIndex = Math.max(0, recentTexts.length - RECENT_TEXTS);
      const recent = recentTexts.slice(firstIndex);
      if (recent.length === 0) return { hits: own, earlier: [] };
      const starts: number[] = [];
      let joined = '';
      for (const one of recent) {
        starts.push(joined.length);
        joined += one + '\n';
      }
      const ownStart = joined.length;
      const following = text.slice(0, FOLLOWING);
      joined += following;
      const found = [...own];
      const earlier: EarlierHit[] = [];
      for (const hit of scan(joined)) {
        if (hit.to <= ownStart || (hit.to === joined.length && following.length < text.length)) continue;
        found.push({ ...hit, from: Math.max(0, hit.from - ownStart), to: hit.to - ownStart });
        for (const [position, start] of starts.entries()) {
          const length = recent[position]?.length ?? 0;
          const from = Math.max(0, hit.from - start);
          const to = Math.min(length, hit.to - start);
          if (from < to) earlier.push({ index: firstIndex + position, hit: { ...hit, from, to } });
        }
      }
      return { hits: withoutOverlaps(found), earlier };
    },
  };
}

/** Of hits that share characters the surest stays, then the longest; in the order of the text. */
function withoutOverlaps(hits: readonly SecretHit[]): readonly SecretHit[] {
  if (hits.length < 2) return hits;
  const kept: SecretHit[] = [];
  for (const hit of hits.toSorted((a, b) => rank[a.certainty] - rank[b.certainty] || b.to - b.from - (a.to - a.from))) {
    if (kept.every((other) => hit.to <= other.from || hit.from >= other.to)) kept.push(hit);
  }
  return kept.toSorted((a, b) => a.from - b.from);
}
