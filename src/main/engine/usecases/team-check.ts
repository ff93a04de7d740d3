import { hasRightId } from './ingest-ids.ts';
import { misfitOfFact, wrongTime } from './team-facts-fit.ts';
import { checkCaseBody } from '../../../shared/contract/team-bodies.ts';
import { readFact } from '../../../shared/contract/team-facts.ts';
import { isId } from '../../../shared/domain/ids.ts';

/**
 * Whether what somebody sent may have any effect, by the event alone: no table, no clock and no order is looked at, so all
 * workstations decide alike and for ever. Who may do it, and whether they were in time, is decided elsewhere.
 * @param event with the name that its stream has here
 * @returns why it has none, in words for the log; null when it may
 */
export function whyUnfit(event: {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: string | null;
}): string | null {
  const { stream, type, body } = event;
  if (!hasRightId(event)) return 'an id that is not its own';
  if (!stream.startsWith('case.')) {
    const read = readFact(type, body);
    if (read.kind === 'malformed') return read.reason;
    return read.kind === 'unknown' ? null : misfitOfFact(stream, read.fact);
  }
  const uid = stream.slice('case.'.length);
  if (!isId('case', uid)) return 'a case with no id';
  const fit = checkCaseBody(type, body);
  if (fit === 'unknown') return null;
  if (fit !== 'fit') return fit.reason;
  // the smaller id stays, so that two cases are never merged into each other
  const { into, follows } = body;
  if (type === 'case.merged' && (event.actor !== null || typeof into !== 'string' || into >= uid)) return 'a merge the wrong way round';
  return follows === uid ? 'a case that follows itself' : wrongTime(body);
}
