/**
 * Branded identifiers. An id is opaque text; its prefix tells what it names, so that a log line or a
 * wrong argument can be read by a person. Assertions are allowed here and in row mappers only.
 */
type Id<Name extends string> = string & { readonly __brand: Name };

/** A case: derived from the channel account and the root of the thread, equal on every workstation. */
export type CaseId = Id<'CaseId'>;
/** A message: derived from the channel's own identifier, equal on every workstation. */
export type MessageId = Id<'MessageId'>;
/** A contact (customer): derived from the channel kind and the address. */
export type ContactId = Id<'ContactId'>;
/** A channel account, such as one mailbox. */
export type AccountId = Id<'AccountId'>;
/** A member of the team. */
export type AgentId = Id<'AgentId'>;
/** One thing that a person did; makes a command idempotent and undoable. */
export type OperationId = Id<'OperationId'>;
/** An event of the team's log (a ULID: sorts by time of creation). */
export type EventId = Id<'EventId'>;
/** An outgoing message in the outbox. */
export type OutboxId = Id<'OutboxId'>;
/** A reply or note being written. */
export type DraftId = Id<'DraftId'>;
/** A file kept with a message or a draft. */
export type AttachmentId = Id<'AttachmentId'>;
/** A site of the team. */
export type HubId = Id<'HubId'>;
/** A shift of one person, or one that nobody has taken yet. */
export type ShiftId = Id<'ShiftId'>;
/** A pattern that shifts are made from. */
export type TemplateId = Id<'TemplateId'>;
/** People who take turns over templates. */
export type RotationId = Id<'RotationId'>;
/** A stretch of a shift that somebody else takes. */
export type OverrideId = Id<'OverrideId'>;
/** A time in which an agent is away. */
export type AbsenceId = Id<'AbsenceId'>;
/** A request that a colleague takes a shift. */
export type SwapId = Id<'SwapId'>;
/** What must be staffed. */
export type RequirementId = Id<'RequirementId'>;
/** One publishing of shifts, or taking one back. */
export type PublicationId = Id<'PublicationId'>;
/** One offer of a case, with all that came of it. */
export type HandoffId = Id<'HandoffId'>;
/** A promise made to a customer. */
export type PromiseId = Id<'PromiseId'>;
/** A question about cases that somebody keeps. */
export type SavedViewId = Id<'SavedViewId'>;
/** Words and actions that somebody keeps. */
export type MacroId = Id<'MacroId'>;
/** An article of the knowledge on this computer: derived from the path it was imported from. */
export type ArticleId = Id<'ArticleId'>;
/** Something of a case that somebody is to be reminded of. */
export type ReminderId = Id<'ReminderId'>;

export interface IdKinds {
  case: CaseId;
  msg: MessageId;
  con: ContactId;
  acc: AccountId;
  agt: AgentId;
  op: OperationId;
  evt: EventId;
  out: OutboxId;
  drf: DraftId;
  att: AttachmentId;
  hub: HubId;
  shf: ShiftId;
  tpl: TemplateId;
  rot: RotationId;
  ovr: OverrideId;
  abs: AbsenceId;
  swp: SwapId;
  req: RequirementId;
  pub: PublicationId;
  hnd: HandoffId;
  prm: PromiseId;
  view: SavedViewId;
  mac: MacroId;
  rem: ReminderId;
  art: ArticleId;
}

/** The shape every id has: a known prefix, an underscore, and 1-64 characters that are safe in URLs and file names. */
export const ID_PATTERN =
  /^(case|msg|con|acc|agt|op|evt|out|drf|att|hub|shf|tpl|rot|ovr|abs|swp|req|pub|hnd|prm|view|mac|rem|art)_[0-9a-zA-Z-]{1,64}$/;

/** Builds an id from its prefix and body; the body comes from a hash, a ULID or a test. Throws a RangeError on a malformed body. */
export function makeId<K extends keyof IdKinds>(prefix: K, body: string): IdKinds[K] {
  const id = `${prefix}_${body}`;
  if (!ID_PATTERN.test(id)) throw new RangeError(`malformed id ${JSON.stringify(id)}`);
  return id as IdKinds[K];
}

/** True when `value` is an id with this prefix. */
export function isId<K extends keyof IdKinds>(prefix: K, value: unknown): value is IdKinds[K] {
  return typeof value === 'string' && value.startsWith(`${prefix}_`) && ID_PATTERN.test(value);
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A ULID (26 characters of Crockford base32): 48 bits of time, 80 random bits. Ids made in one
 * millisecond by one maker keep their order because the caller's random source may be monotonic.
 * @param atMs epoch milliseconds
 * @param random ten random bytes
 */
export function ulid(atMs: number, random: Uint8Array): string {
  if (random.length < 10) throw new RangeError('a ULID needs ten random bytes');
  let time = '';
  let rest = Math.max(0, Math.trunc(atMs));
  for (let index = 0; index < 10; index += 1) {
    time = CROCKFORD.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  let bits = 0;
  let held = 0;
  for (let index = 0; index < 10; index += 1) {
    held = (held << 8) | (random[index] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += CROCKFORD.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return time + tail;
}
