import { createHash, hash, randomBytes } from 'node:crypto';
import { makeId, ulid } from '../../shared/domain/ids.ts';
import type { AccountId, ArticleId, CaseId, ContactId, EventId, IdKinds, MessageId } from '../../shared/domain/ids.ts';
import type { Channel } from '../../shared/domain/message.ts';
import type { Clock } from '../../shared/domain/time.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** 100 bits of SHA-256 over the parts, as 20 lower-case letters and digits: safe in an address, a file name and a URL. */
function digest(parts: readonly string[]): string {
  // The separator can not occur in a part that a channel gives us as text, so ("a","bc") and ("ab","c") differ.
  const bytes = createHash('sha256').update(parts.join('\u0000')).digest();
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < 20) {
      bits -= 5;
      text += BASE32.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/** The mailbox or channel account: its kind and address, so that two workstations that connect it agree. */
export function accountIdFor(kind: string, address: string): AccountId {
  return makeId('acc', digest([kind, address.toLowerCase()]));
}
export function contactIdFor(channel: Channel, address: string): ContactId {
  return makeId('con', digest([channel, address.toLowerCase()]));
}
/** The case of a thread: the account and the oldest id the thread is known by. */
export function caseIdFor(account: AccountId, rootKey: string): CaseId {
  return makeId('case', digest([account, rootKey]));
}
export function messageIdFor(account: AccountId, nativeKey: string): MessageId {
  return makeId('msg', digest([account, nativeKey]));
}

/** An article of the knowledge: what comes again from the same place is the same article. */
export function articleIdFor(path: string): ArticleId {
  return makeId('art', digest([path]));
}

/**
 * An event that every workstation would tell alike: those that see the same mail make one event of it.
 * @param kind what the parts are, so that others can see which derivation was meant
 */
export function eventIdFor(kind: string, parts: readonly string[]): EventId {
  return makeId('evt', `${kind}-${digest([kind, ...parts])}`);
}

/** Makes ids that sort by time and are unique: ULIDs, increasing even within one millisecond. */
export class IdSource {
  private readonly clock: Clock;
  private readonly random: (count: number) => Uint8Array;
  private lastMs = 0;
  private last = new Uint8Array(10);

  constructor(clock: Clock, random: (count: number) => Uint8Array = randomBytes) {
    this.clock = clock;
    this.random = random;
  }

  next<K extends keyof IdKinds>(prefix: K): IdKinds[K] {
    const now = this.clock.now();
    if (now > this.lastMs) {
      this.lastMs = now;
      this.last = new Uint8Array(this.random(10));
      // Room to count upwards within this millisecond.
      this.last[0] = (this.last[0] ?? 0) & 0x7f;
    } else {
      for (let index = 9; index >= 0; index -= 1) {
        const value = ((this.last[index] ?? 0) + 1) & 0xff;
        this.last[index] = value;
        if (value !== 0) break;
      }
    }
    return makeId(prefix, ulid(this.lastMs, this.last));
  }
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}
