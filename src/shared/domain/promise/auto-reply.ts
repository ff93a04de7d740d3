import { bareSubject } from '../mail-headers.ts';
import type { AutoKind } from '../message.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';

/**
 * Whether a message may be answered by a machine, and what such an answer must carry so that no two machines ever answer
 * each other. Source: RFC 3834 (sections 2 to 5), with the headers that programs used before it.
 */

export interface AutoReplyRules {
  /** A contact gets one automatic answer in this time. */
  readonly windowMs: number;
  /** Automatic answers in one case, ever. */
  readonly mostPerCase: number;
  /** Older messages are history that was fetched, and nobody waits for an answer to them. */
  readonly oldestMs: number;
}

export const DEFAULT_AUTO_REPLY_RULES: AutoReplyRules = { windowMs: DAY_MS, mostPerCase: 2, oldestMs: HOUR_MS };

/** What must be known of a message. Header values as they came; empty when the header is not there. */
export interface AnswerableMessage {
  readonly auto: AutoKind;
  /** Addresses of the From header. */
  readonly from: readonly string[];
  /** Envelope sender: empty for `<>`, null when the channel does not tell. */
  readonly returnPath: string | null;
  /** Addresses of To and Cc. */
  readonly recipients: readonly string[];
  readonly receivedAt: Instant;
  readonly autoSubmitted: string;
  readonly precedence: string;
  readonly suppress: string;
  readonly loop: string;
  /** Whether it has any header of a mailing list (List-Id, List-Unsubscribe ...). */
  readonly hasListHeader: boolean;
}

export interface AutoReplyHistory {
  /** All addresses that are ours, aliases among them. */
  readonly ownAddresses: readonly string[];
  readonly lastToContactAt: Instant | null;
  readonly sentInCase: number;
}

export type SilenceReason =
  | 'automatic'
  | 'list'
  | 'bounce'
  | 'null-sender'
  | 'suppressed'
  | 'loop'
  | 'no-sender'
  | 'several-senders'
  | 'own-address'
  | 'robot-address'
  | 'not-addressed-to-us'
  | 'answered-recently'
  | 'too-many-in-case'
  | 'too-old';

export type AutoReplyDecision =
  | {
      readonly kind: 'send';
      readonly to: string;
      /** The envelope sender: null, so that nothing comes back to be answered. */
      readonly returnPath: '';
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'silent'; readonly reasons: readonly SilenceReason[] };

/** Local parts that machines write from, and those of list owners. */
const ROBOT =
  /^(?:no-?_?reply|do-?_?not-?_?reply|mailer-?daemon|postmaster|bounces?|notifications?|notify|automated?|auto-?reply|autoresponder|listserv|majordomo|owner-.{1,60})(?:[-+._].{0,60})?$|-(?:request|owner|bounces?|noreply)$/u;

/** Whether to answer, with everything that speaks against it. */
export function decideAutoReply(
  message: AnswerableMessage,
  history: AutoReplyHistory,
  now: Instant,
  rules: AutoReplyRules,
): AutoReplyDecision {
  const reasons = [...contentReasons(message), ...senderReasons(message, history), ...historyReasons(message, history, now, rules)];
  const [from = ''] = message.from;
  if (reasons.length > 0) return { kind: 'silent', reasons };
  const to = message.returnPath === null || message.returnPath === '' ? from : message.returnPath;
  const own = message.recipients.find((each) => isOwn(each, history)) ?? history.ownAddresses[0] ?? '';
  return {
    kind: 'send',
    to,
    returnPath: '',
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', 'X-Loop': withoutTag(own) },
  };
}

/** `Auto: ` before the bare subject, once: programs that know no header know this. */
export function autoReplySubject(subject: string): string {
  let bare = bareSubject(subject);
  for (let count = 0; count < 20 && /^auto: ?/iu.test(bare); count += 1) bare = bareSubject(bare.replace(/^auto: ?/iu, ''));
  return `Auto: ${bare}`.trimEnd();
}

function contentReasons(message: AnswerableMessage): SilenceReason[] {
  const reasons: SilenceReason[] = [];
  const submitted = firstWord(message.autoSubmitted);
  const precedence = firstWord(message.precedence);
  const isBulk = ['bulk', 'junk', 'list'].includes(precedence);
  if (message.auto === 'bounce') reasons.push('bounce');
  if (['auto-reply', 'auto-generated'].includes(message.auto) || (submitted !== '' && submitted !== 'no') || precedence === 'auto_reply') {
    reasons.push('automatic');
  }
  if (message.auto === 'list' || message.hasListHeader || isBulk) reasons.push('list');
  if (message.returnPath === '') reasons.push('null-sender');
  // DR, RN and NRN ask for no receipts, which this is none of
  if (/(?:^|[\s,])(?:all|oof|autoreply)(?:$|[\s,])/iu.test(message.suppress)) reasons.push('suppressed');
  if (message.loop.trim() !== '') reasons.push('loop');
  return reasons;
}

function senderReasons(message: AnswerableMessage, history: AutoReplyHistory): SilenceReason[] {
  const senders = [...message.from, ...(message.returnPath === null || message.returnPath === '' ? [] : [message.returnPath])];
  const reasons: SilenceReason[] = [];
  if (message.from.length === 0 || message.from.includes('')) reasons.push('no-sender');
  if (message.from.length > 1) reasons.push('several-senders');
  if (senders.some((each) => isOwn(each, history))) reasons.push('own-address');
  if (senders.some((each) => ROBOT.test(localPart(each)))) reasons.push('robot-address');
  if (!message.recipients.some((each) => isOwn(each, history))) reasons.push('not-addressed-to-us');
  return reasons;
}

function historyReasons(message: AnswerableMessage, history: AutoReplyHistory, now: Instant, rules: AutoReplyRules): SilenceReason[] {
  const reasons: SilenceReason[] = [];
  if (history.lastToContactAt !== null && now - history.lastToContactAt < rules.windowMs) reasons.push('answered-recently');
  if (history.sentInCase >= rules.mostPerCase) reasons.push('too-many-in-case');
  if (now - message.receivedAt > rules.oldestMs) reasons.push('too-old');
  return reasons;
}

function firstWord(value: string): string {
  return (
    value
      .trim()
      .toLowerCase()
      .split(/[;\s(]/u)[0] ?? ''
  );
}

function localPart(address: string): string {
  const at = address.lastIndexOf('@');
  return (at < 0 ? address : address.slice(0, at)).toLowerCase();
}

/** Our addresses carry tokens behind a plus sign. */
function withoutTag(address: string): string {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  const plus = lower.indexOf('+');
  return plus > 0 && plus < at ? lower.slice(0, plus) + lower.slice(at) : lower;
}

function isOwn(address: string, history: AutoReplyHistory): boolean {
  const bare = withoutTag(address);
  return bare !== '' && history.ownAddresses.some((each) => withoutTag(each) === bare);
}
