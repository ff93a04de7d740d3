import type { GuardKeys } from './guard-keys.ts';
import { guardedMessage, previewOf } from './redact-message.ts';
import type { MessageEvent, SourceRedactor } from './redact-message.ts';
import { messageIdFor } from '../identity.ts';
import type { Batch, ChannelEvent } from '../channels/connector.ts';
import type { Log } from '../log.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { recentTexts } from '../store/guard.store.ts';
import { messageByUid } from '../store/messages.store.ts';
import type { SealedOriginal } from '../store/sealed.store.ts';
import { me, settingValue } from '../store/settings.store.ts';
import type { Store } from '../store/sql.ts';
import { WALLET_SECRETS } from '../../../shared/domain/guard/reveal-rules.ts';
import { isRedacted, redact } from '../../../shared/domain/guard/placeholder.ts';
import type { SecretKind, SecretScanner } from '../../../shared/domain/guard/secret-types.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { after, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** What was found in something that came in. */
export interface Finding {
  readonly kinds: readonly SecretKind[];
  /** Null when nothing of the original is kept: the vault is locked or empty, or the team wants none. */
  readonly sealed: SealedOriginal | null;
  /** Messages from before that hold parts of the same secret, as they read from now on. */
  readonly earlier: readonly { readonly messageUid: MessageId; readonly text: string }[];
}

export interface GuardedBatch {
  /** As it may be stored. */
  readonly batch: Batch;
  readonly findings: ReadonlyMap<ChannelEvent, Finding>;
}

export interface RedactedText {
  readonly text: string;
  readonly kinds: readonly SecretKind[];
}

/** Takes secrets out of what comes in, before anything of it is written anywhere. */
export interface Redactor {
  /** Loads the word lists; every other call needs them. */
  ready(): Promise<void>;
  /** What the text may be stored as. Throws before `ready`. */
  text(text: string): RedactedText;
  batch(account: StoredAccount, batch: Batch): Promise<GuardedBatch>;
  /** To be called right before the batch is stored: parts of secrets that are here already leave the search's index first. */
  forgetEarlier(findings: GuardedBatch['findings']): void;
  scanner(): SecretScanner;
}

/** How long sealed originals are kept, in hours; 0: not at all. */
export const RETENTION_KEY = 'sealed-retention-hours';
export const DEFAULT_RETENTION_HOURS = 24;
/** Messages of one customer that are read together. */
const TOGETHER_MS = 10 * MINUTE_MS;
const TOGETHER = 5;

export interface RedactorDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly keys: GuardKeys;
  readonly loadScanner: () => Promise<SecretScanner>;
  readonly source: SourceRedactor;
  readonly log: Log;
  /** Takes a message out of the search's index, by its key; it comes back with what it says then. */
  readonly forgetIndexed: (messageKey: number) => void;
}

export function createRedactor(deps: RedactorDeps): Redactor {
  const { store, clock, keys } = deps;
  let loaded: SecretScanner | null = null;

  function scanner(): SecretScanner {
    if (loaded === null) throw new Error('the word lists are not loaded');
    return loaded;
  }

  async function ready(): Promise<void> {
    loaded ??= await deps.loadScanner();
  }

  async function seal(originals: readonly string[]): Promise<SealedOriginal | null> {
    const stored = store.read((db) => settingValue(db, RETENTION_KEY));
    const hours = stored === null ? DEFAULT_RETENTION_HOURS : Number(stored);
    // where nobody sits (a gateway) nobody could ever look: nothing is kept that serves nobody
    if (hours <= 0 || store.read(me) === null) return null;
    const now = clock.now();
    try {
      return await keys.seal(JSON.stringify([...new Set(originals)]), now, after(now, hours * HOUR_MS));
    } catch (error) {
      // what can not be sealed is not kept; the message itself must come in
      deps.log('warn', 'an original could not be sealed', { error });
      return null;
    }
  }

  return {
    ready,
    scanner,
    forgetEarlier: (findings) => {
      const uids = [...findings.values()].flatMap(({ earlier }) => earlier.map(({ messageUid }) => messageUid));
      for (const uid of uids) {
        const key = store.read((db) => messageByUid(db, uid))?.id;
        if (key !== undefined) deps.forgetIndexed(key);
      }
    },
    text: (text) => redactText(scanner(), text),
    batch: async (account, batch) => {
      await ready();
      const guarding = new BatchGuard(scanner(), deps, account);
      for (const event of batch.events) {
        if (event.kind === 'message') await guarding.message(event, seal);
        else if (event.kind === 'edited') await guarding.edit(event, seal);
        else guarding.events.push(event);
      }
      return { batch: { ...batch, events: guarding.events }, findings: guarding.findings };
    },
  };
}

/** A message of the same customer in the same conversation. */
interface Recent {
  readonly messageUid: MessageId;
  readonly original: string;
  readonly from: string;
  readonly sentAt: Instant;
}

type Seal = (originals: readonly string[]) => Promise<SealedOriginal | null>;

class BatchGuard {
  readonly events: ChannelEvent[] = [];
  readonly findings = new Map<ChannelEvent, Finding>();
  readonly #scanner: SecretScanner;
  readonly #deps: RedactorDeps;
  readonly #account: StoredAccount;
  /** What came with this very batch, by conversation, the newest last. */
  readonly #fresh = new Map<string, Recent[]>();
  /** Where those messages are among the events. */
  readonly #places = new Map<MessageId, number>();

  constructor(scanner: SecretScanner, deps: RedactorDeps, account: StoredAccount) {
    this.#scanner = scanner;
    this.#deps = deps;
    this.#account = account;
  }

  async edit(event: Extract<ChannelEvent, { readonly kind: 'edited' }>, seal: Seal): Promise<void> {
    const { text, kinds } = redactText(this.#scanner, event.text);
    const clean = kinds.length === 0 ? event : { ...event, text };
    this.events.push(clean);
    if (kinds.length > 0) this.findings.set(clean, { kinds, sealed: await seal([event.text]), earlier: [] });
  }

  async message(event: MessageEvent, seal: Seal): Promise<void> {
    const { message } = event;
    const recent = this.#recent(message);
    const texts = recent.map(({ original }) => original);
    const guarded = guardedMessage(this.#scanner, this.#deps.source, event, texts);
    if (guarded.lostSource)
      this.#deps.log('warn', 'the source of a message is not kept: it could not be redacted', { account: this.#account.uid });
    const messageUid = messageIdFor(this.#account.uid, message.nativeKey);
    if (guarded.kinds.length > 0) {
      const parts = guarded.earlier.flatMap(({ index }) => texts[index] ?? []);
      const sealed = await seal([...parts, ...guarded.originals]);
      const earlier = guarded.earlier.flatMap(({ index, text }) => {
        const part = recent[index];
        return part === undefined || this.#rewritten(part.messageUid, text) ? [] : [{ messageUid: part.messageUid, text }];
      });
      this.findings.set(guarded.event, { kinds: guarded.kinds, sealed, earlier });
    }
    this.#places.set(messageUid, this.events.length);
    this.events.push(guarded.event);
    if (message.origin === undefined || message.direction !== 'in') return;
    const { conversation } = message.origin;
    const now: Recent = { messageUid, original: message.text, from: message.from.address, sentAt: message.receivedAt };
    this.#fresh.set(conversation, [...(this.#fresh.get(conversation) ?? []), now]);
  }

  #recent({ origin, from, receivedAt, direction }: NormalizedMessage): readonly Recent[] {
    if (origin === undefined || direction !== 'in') return [];
    const since = after(receivedAt, -TOGETHER_MS);
    const who = { from: from.address, since };
    const stored = this.#deps.store.read((db) => recentTexts(db, this.#account.uid, origin.conversation, who));
    const fresh = (this.#fresh.get(origin.conversation) ?? []).filter((each) => each.from === from.address && each.sentAt >= since);
    return [...stored, ...fresh].slice(-TOGETHER);
  }

  /** A message that is not stored yet simply says something else. */
  #rewritten(uid: MessageId, text: string): boolean {
    const place = this.#places.get(uid);
    const event = place === undefined ? undefined : this.events[place];
    if (place === undefined || event?.kind !== 'message') return false;
    const changed = { ...event, message: { ...event.message, text, preview: previewOf(text) } };
    const finding = this.findings.get(event);
    if (finding !== undefined) this.findings.set(changed, finding);
    this.events[place] = changed;
    return true;
  }
}

/** Nothing harmless has their shape in a text that somebody writes. */
const GIVES_AWAY: ReadonlySet<SecretKind> = new Set([...WALLET_SECRETS, 'pem-key']);

/**
 * What a draft is stored as. Only what is certainly a secret is taken out of it: what merely looks like one (a number of an order) must not be
 * lost to whoever is writing; it is pointed out, and refused when it is sent.
 */
export function draftText(redactor: Pick<Redactor, 'scanner'>, text: string): string {
  return redact(
    text,
    redactor
      .scanner()
      .scan(text)
      .filter((hit) => hit.certainty === 'certain' || (isRedacted(hit) && GIVES_AWAY.has(hit.kind))),
  );
}

/** A text without its certain and likely secrets, and which kinds they were. */
export function redactText(scanner: SecretScanner, text: string): RedactedText {
  const hits = scanner.scan(text).filter(isRedacted);
  return hits.length === 0 ? { text, kinds: [] } : { text: redact(text, hits), kinds: [...new Set(hits.map(({ kind }) => kind))] };
}
