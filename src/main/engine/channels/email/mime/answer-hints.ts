import type { AnswerHints } from '../../../../../shared/domain/message.ts';
import { parseAddresses } from './addresses.ts';
import type { Envelope } from './envelope.ts';
import { allHeaders, firstHeader } from './header-block.ts';
import type { HeaderField } from './header-block.ts';

/** Longer values say nothing more; two senders are too many already. */
const LONGEST_VALUE = 200;
const MOST_SENDERS = 10;

/** The values that `decideAutoReply` looks at, as they came. */
export function readAnswerHints(fields: readonly HeaderField[], envelope: Envelope): AnswerHints {
  const value = (name: string): string => (firstHeader(fields, name) ?? '').slice(0, LONGEST_VALUE);
  const from = allHeaders(fields, 'from')
    .slice(0, MOST_SENDERS)
    .flatMap((each) => parseAddresses(each));
  return {
    from: from.slice(0, MOST_SENDERS).map((each) => each.address),
    returnPath: envelope.returnPath,
    autoSubmitted: value('auto-submitted'),
    precedence: value('precedence'),
    suppress: value('x-auto-response-suppress'),
    loop: value('x-loop'),
    hasListHeader: fields.some((field) => field.name.startsWith('list-')),
  };
}
