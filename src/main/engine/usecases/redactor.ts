import type { GuardKeys } from './guard-keys.ts';
import { cleanFile, guardedMessage, textOfFile, withoutPart } from './redact-message.ts';
import type { GuardedMessage, MessageEvent, Together } from './redact-message.ts';
import { cleanSource } from './redact-source-of.ts';
import type { KnownSecret, SourceRedactor } from './redact-source-of.ts';
import { knowingLong, scanAhead } from './scan-ahead.ts';
import { messageIdFor } from '../identity.ts';
import type { Batch, ChannelEvent, InboundFile } from '../channels/connector.ts';
import type { Log } from '../log.ts';
import type { LongTextScan } from '../ports/scan-port.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import { mailsAround, recentTexts } from '../store/guard.store.ts';
import { messageByUid } from '../store/messages.store.ts';
import type { SealedOriginal } from '../store/sealed.store.ts';
import { me, settingValue } from '../store/settings.store.ts';
import type { Store } from '../store/sql.ts';
import { bareKey } from '../store/threads.store.ts';
import { WALLET_SECRETS } from '../../../shared/domain/guard/reveal-rules.ts';
import { isRedacted, redact } from '../../../shared/domain/guard/placeholder.ts';
import type { SecretKind, SecretScanner } from '../../../shared/domain/guard/secret-types.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { MessageOrigin, NormalizedMessage } from '../../../shared/domain/message.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** What was found in something that came in. */
export interface Finding {
  readonly kinds: readonly SecretKind[];
  /** Null when nothing of the original is kept: the vault is locked or empty, or the team wants none. */
  readonly sealed: SealedOriginal | null;
  /** Stored messages that hold parts of the same secret, as they read from now on. */
  readonly earlier: readonly EarlierPart[];
}

export interface EarlierPart {
  readonly messageUid: MessageId;
  readonly text: string;
  /** Null when the message has no source. */
  readonly source: RewrittenSource | null;
}

/** What a mail's source is from now on. */
export interface RewrittenSource {
  /** The SHA-256 of the one that holds the secret. */
  readonly was: string;
  /** Null when it could not be redacted: then none is kept. */
  readonly bytes: Uint8Array | null;
  readonly files: ReturnType<SourceRedactor['files']>;
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
  /** What a file may be stored as: without the secrets in its name, and in what it says where it is text. Long texts are scanned beside the thread. */
  file(file: InboundFile): Promise<{ readonly file: InboundFile; readonly kinds: readonly SecretKind[] }>;
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
/** Mails are slower: somebody sends the rest when they are back at the paper. */
const MAILS_TOGETHER_MS = DAY_MS;

export interface RedactorDeps {
  readonly store: Store;
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly clock: Clock;
  readonly keys: GuardKeys;
  readonly loadScanner: () => Promise<SecretScanner>;
  readonly source: SourceRedactor;
  /** In this thread when it is left out. */
  readonly scanLong?: LongTextScan;
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
    file: async (file) => {
      await ready();
      const text = textOfFile(file);
      const knowing = await knowingLong(scanner(), deps.scanLong, text === null ? [] : [text]);
      const kinds = new Set<SecretKind>();
      const kept = cleanFile(file, (part) => {
        const redacted = redactText(knowing, part);
        for (const kind of redacted.kinds) kinds.add(kind);
        return redacted.text;
      });
      return { file: kept, kinds: [...kinds] };
    },
    batch: async (account, batch) => {
      await ready();
      const guarding = new BatchGuard(await scanAhead(scanner(), deps, batch), deps, account);
      for (const event of batch.events) {
        if (event.kind === 'message') await guarding.message(event, seal);
        else if (event.kind === 'edited') await guarding.edit(event, seal);
        else guarding.events.push(event);
      }
      return { batch: { ...batch, events: guarding.events }, findings: guarding.findings };
    },
  };
}

/** A message of the same customer: in the same conversation of a chat, or any mail. */
interface Recent {
  readonly messageUid: MessageId;
  readonly original: string;
  readonly from: string;
  readonly sentAt: Instant;
  readonly sourceSha: string | null;
}

/** Which of them are read with a message, and how. */
interface Company extends Together {
  readonly recent: readonly Recent[];
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
    const messageUid = messageIdFor(this.#account.uid, message.nativeKey);
    const company = isOfCustomer(message) ? this.#company(message, messageUid) : this.#alone();
    const guarded = guardedMessage(this.#scanner, this.#deps.source, event, company);
    if (guarded.lostSource) this.#tellLost();
    if (guarded.kinds.length > 0) {
      const parts = guarded.earlier.flatMap(({ index }) => company.texts[index] ?? []);
      const sealed = await seal([...parts, ...guarded.originals]);
      this.findings.set(guarded.event, { kinds: guarded.kinds, sealed, earlier: this.#earlierOf(guarded, company.recent) });
    }
    this.#places.set(messageUid, this.events.length);
    this.events.push(guarded.event);
    if (!isOfCustomer(message)) return;
    const now: Recent = {
      messageUid,
      // what was taken out of it must not come back with its next part
      original: guarded.event.message.text,
      from: message.from.address,
      sentAt: message.receivedAt,
      sourceSha: null,
    };
    this.#fresh.set(placeOf(message), [...(this.#fresh.get(placeOf(message)) ?? []), now]);
  }

  #tellLost(): void {
    this.#deps.log('warn', 'the source of a message is not kept: it could not be redacted', { account: this.#account.uid });
  }

  #alone(): Company {
    return { recent: [], texts: [], read: (text) => ({ hits: this.#scanner.scan(text), earlier: [] }) };
  }

  #company(message: NormalizedMessage, messageUid: MessageId): Company {
    if (message.origin === undefined) return this.#mails(message, messageUid);
    const recent = this.#recent(message, message.origin);
    const texts = recent.map(({ original }) => original);
    return { recent, texts, read: (text) => this.#scanner.scanConversation(texts, text) };
  }

  #recent({ from, receivedAt }: NormalizedMessage, { conversation }: MessageOrigin): readonly Recent[] {
    const since = after(receivedAt, -TOGETHER_MS);
    const who = { from: from.address, since };
    const stored = this.#deps.store.read((db) => recentTexts(db, this.#account.uid, conversation, who));
    const fresh = (this.#fresh.get(conversation) ?? []).filter((each) => each.from === from.address && each.sentAt >= since);
    return [...stored, ...fresh].slice(-TOGETHER);
  }

  /** Mails may come in any order: what is read together are those around its time. */
  #mails(message: NormalizedMessage, messageUid: MessageId): Company {
    // most mails have nothing that could be a part: no other is looked up for them
    if (!this.#scanner.mayBePart(message.text)) return this.#alone();
    const { receivedAt: at, from, thread, replyTo } = message;
    const [since, until] = [after(at, -MAILS_TOGETHER_MS), after(at, MAILS_TOGETHER_MS)];
    const keys = [...thread.parentKeys, ...(thread.ownKey === null ? [] : [thread.ownKey])].map(bareKey);
    const around = { account: this.#account.uid, keys, from: from.address, replyTo: replyTo.map(({ address }) => address), since, until };
    const stored = this.#deps.store.read((db) => mailsAround(db, around));
    const fresh = (this.#fresh.get(placeOf(message)) ?? []).filter(({ sentAt }) => sentAt >= since && sentAt <= until);
    const others = [...stored, ...fresh].filter((each) => each.messageUid !== messageUid).toSorted((a, b) => a.sentAt - b.sentAt);
    const before = others.filter(({ sentAt }) => sentAt <= at).slice(-TOGETHER);
    const recent = [...before, ...others.filter(({ sentAt }) => sentAt > at).slice(0, TOGETHER)];
    const texts = recent.map(({ original }) => original);
    const place = before.length;
    return {
      recent,
      texts,
      read: (text) => {
        const { hits, earlier } = this.#scanner.scanMails(texts.toSpliced(place, 0, text), place);
        return { hits, earlier: earlier.map(({ index, hit }) => ({ index: index > place ? index - 1 : index, hit })) };
      },
    };
  }

  /** Of the other parts of a secret those that are stored; those that are not yet are changed here. */
  #earlierOf({ earlier }: GuardedMessage, recent: readonly Recent[]): readonly EarlierPart[] {
    return earlier.flatMap(({ index, text, known }) => {
      const part = recent[index];
      if (part === undefined || this.#rewritten(part.messageUid, text, known)) return [];
      return [{ messageUid: part.messageUid, text, source: this.#sourceWithout(part, known) }];
    });
  }

  #sourceWithout({ sourceSha }: Recent, known: readonly KnownSecret[]): RewrittenSource | null {
    if (sourceSha === null) return null;
    const raw = this.#deps.blobs.get(sourceSha);
    const found = { kinds: new Set<SecretKind>(), originals: [], known };
    const bytes = raw === null ? null : cleanSource(this.#deps.source, raw, this.#scanner, found);
    if (bytes === null) this.#tellLost();
    return { was: sourceSha, bytes, files: bytes === null ? [] : this.#deps.source.files(bytes) };
  }

  /** A message that is not stored yet simply says something else. */
  #rewritten(uid: MessageId, text: string, known: readonly KnownSecret[]): boolean {
    const place = this.#places.get(uid);
    const event = place === undefined ? undefined : this.events[place];
    if (place === undefined || event?.kind !== 'message') return false;
    const changed = { ...event, message: withoutPart(this.#scanner, this.#deps.source, event.message, { text, known }) };
    if (event.message.raw !== null && changed.message.raw === null) this.#tellLost();
    const finding = this.findings.get(event);
    if (finding !== undefined) this.findings.set(changed, finding);
    this.events[place] = changed;
    for (const [name, recent] of this.#fresh)
      this.#fresh.set(
        name,
        recent.map((each) => (each.messageUid === uid ? { ...each, original: text } : each)),
      );
    return true;
  }
}

/** Machines send no parts of secrets, and a form in our name speaks for many customers. */
function isOfCustomer({ origin, direction, auto, warnings }: NormalizedMessage): boolean {
  if (direction !== 'in') return false;
  return origin !== undefined || ((auto === 'none' || auto === 'list') && !warnings.includes('claims-own-address'));
}

/** What messages that are read together have in common: their conversation, or who the mails are of. */
function placeOf({ origin, from, replyTo }: NormalizedMessage): string {
  return origin?.conversation ?? `mail ${[from, ...replyTo].map(({ address }) => address).join(' ')}`;
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
