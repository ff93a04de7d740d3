import type { OutboundMessage, SendResult } from '../channels/connector.ts';
import type { Capabilities } from '../../../shared/domain/channel/capabilities.ts';
import { outboundProblems } from '../../../shared/domain/channel/outbound-limits.ts';

/**
 * Why a message must not be handed to a channel: it is longer, or has more or larger files, than that takes. What people write is
 * refused while it is a draft; this holds for what machines write, and for what was queued where other limits were known. Whether one
 * may answer at all (windows, summons) was decided when it was queued.
 */
export function overLimit(
  capabilities: Capabilities,
  { text, attachments, writtenAt }: Pick<OutboundMessage, 'text' | 'attachments' | 'writtenAt'>,
): Extract<SendResult, { readonly status: 'rejected' }> | null {
  const [problem] = outboundProblems(capabilities, {
    text,
    attachments: attachments.map(({ bytes }) => ({ sizeBytes: bytes.length })),
    now: writtenAt,
    lastInboundAt: writtenAt,
    isSummoned: true,
  });
  return problem === undefined
    ? null
    : { status: 'rejected', permanent: true, code: problem.code, detail: `${problem.actual} of ${problem.limit}` };
}
