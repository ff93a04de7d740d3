import type { Capabilities, LengthUnit } from './capabilities.ts';
import type { Instant } from '../time.ts';
import { hasLink, weightedLength } from './weighted-length.ts';

/** How long a text is for a channel, in its own unit. */
export function lengthIn(unit: LengthUnit, text: string): number {
  switch (unit) {
    case 'utf16':
      return text.length;
    case 'codepoint':
      return Array.from(text).length;
    case 'weighted':
      return weightedLength(text);
  }
}

/** What is to be sent, as far as limits go. */
export interface OutgoingShape {
  readonly text: string;
  readonly attachments: readonly { readonly sizeBytes: number }[];
  readonly now: Instant;
  /** The customer's last message; null when they never wrote. */
  readonly lastInboundAt: Instant | null;
  /** Whether the customer named our account; null where the channel does not tell. */
  readonly isSummoned: boolean | null;
}

/** `limit` in the unit of the problem: characters, bytes, files, or the instant at which the window closed. */
export interface OutboundProblem {
  readonly code: 'text-too-long' | 'file-too-large' | 'too-many-files' | 'window-over' | 'not-summoned';
  readonly limit: number;
  readonly actual: number;
}

/** Why a channel would refuse it; empty when it would not. Asked by the composer as one types, and by the engine before anything is queued. */
export function outboundProblems({ text, attachments, reply }: Capabilities, shape: OutgoingShape): readonly OutboundProblem[] {
  const problems: OutboundProblem[] = [];
  const length = lengthIn(text.unit, shape.text);
  if (length > text.max) problems.push({ code: 'text-too-long', limit: text.max, actual: length });
  if (shape.attachments.length > attachments.maxCount)
    problems.push({ code: 'too-many-files', limit: attachments.maxCount, actual: shape.attachments.length });
  const largest = Math.max(0, ...shape.attachments.map(({ sizeBytes }) => sizeBytes));
  if (largest > attachments.maxBytes) problems.push({ code: 'file-too-large', limit: attachments.maxBytes, actual: largest });
  if (reply.windowMs !== null && (shape.lastInboundAt === null || shape.now > shape.lastInboundAt + reply.windowMs))
    problems.push({ code: 'window-over', limit: (shape.lastInboundAt ?? 0) + reply.windowMs, actual: shape.now });
  if (reply.isSummonNeeded && shape.isSummoned !== true) problems.push({ code: 'not-summoned', limit: 1, actual: 0 });
  return problems;
}

/** What sending costs in US dollars; null where it is free. */
export function costOf({ reply }: Capabilities, shape: Pick<OutgoingShape, 'text' | 'isSummoned'>): number | null {
  if (reply.costUsd === null) return null;
  if (hasLink(shape.text)) return reply.costUsd.withLink;
  return shape.isSummoned === true ? reply.costUsd.summoned : reply.costUsd.plain;
}

/** When the channel stops letting answers through; null when it never does. */
export function replyWindowEnd({ reply }: Capabilities, lastInboundAt: Instant | null): number | null {
  return reply.windowMs === null || lastInboundAt === null ? null : lastInboundAt + reply.windowMs;
}
