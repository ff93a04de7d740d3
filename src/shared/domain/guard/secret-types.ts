/** What a customer should never have sent. */
export const secretKinds = [
  'recovery-phrase',
  'private-key',
  'extended-key',
  'pem-key',
  'card-number',
  'one-time-code',
  'password',
  'token',
] as const;

export type SecretKind = (typeof secretKinds)[number];

/**
 * How sure a hit is. `certain`: a checksum or an unmistakable shape says so. `likely`: shape and words around it. Both are redacted.
 * `possible`: the same shape is common among harmless things (64 hexadecimal digits are a transaction id as often as a key): a person
 * is asked, nothing is taken out.
 */
export type SecretCertainty = 'certain' | 'likely' | 'possible';

/** A secret in a text. `from` and `to` are UTF-16 offsets into that text, `to` exclusive. */
export interface SecretHit {
  readonly kind: SecretKind;
  readonly certainty: SecretCertainty;
  readonly from: number;
  readonly to: number;
  /** What more may be said without giving anything away: words of a phrase (`12`), the format of a key (`wif`, `jwt`); `''` when nothing. */
  readonly detail: string;
}

/** A hit in one of the texts that came before. */
export interface EarlierHit {
  /** Index into the recent texts that were handed in. */
  readonly index: number;
  readonly hit: SecretHit;
}

export interface ConversationHits {
  /** Hits in the text itself, with its own offsets. */
  readonly hits: readonly SecretHit[];
  /** The parts of the same secrets in the texts before; those are stored already, and are to be redacted now. */
  readonly earlier: readonly EarlierHit[];
}

export interface SecretScanner {
  /** Secrets in a text, in order and without overlap. */
  readonly scan: (text: string) => readonly SecretHit[];
  /** The same, for which some texts are scanned already. */
  readonly knowing: (found: ReadonlyMap<string, readonly SecretHit[]>) => SecretScanner;
  /**
   * Secrets in a text, read together with what the same customer sent before it (oldest first; the last five count): a phrase in several
   * messages, or a key whose name stands in the message before.
   */
  readonly scanConversation: (recentTexts: readonly string[], text: string) => ConversationHits;
  /** Whether a mail has something that may be a part of a secret in several mails; if not, the others need not be read. */
  readonly mayBePart: (text: string) => boolean;
  /**
   * Secrets in one of the mails of a sender, read together with the others (in the order of time; the one is at `at`): a phrase in several mails,
   * or a key that a mail before has announced. What a mail quotes is not read as its own. `index` counts all of the mails.
   */
  readonly scanMails: (texts: readonly string[], at: number) => ConversationHits;
}

/** The languages of BIP-39 word lists. */
export const phraseLanguages = [
  'english',
  'french',
  'spanish',
  'italian',
  'czech',
  'portuguese',
  'japanese',
  'korean',
  'simplified-chinese',
  'traditional-chinese',
] as const;

export type PhraseLanguage = (typeof phraseLanguages)[number];

/** The word lists (2,048 words each, in the order of BIP-39) and a hash: data and platform that the domain can not have itself. */
export interface SecretScannerOptions {
  readonly wordLists: Readonly<Partial<Record<PhraseLanguage, readonly string[]>>>;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
}
