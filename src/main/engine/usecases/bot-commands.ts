import { applyInternal } from './apply-action.ts';
import { playbookOf } from './bot.ts';
import { byMail } from './ingest-ids.ts';
import { CommandFailure } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { accountByUid } from '../store/accounts.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { answerTarget } from '../store/conversations.store.ts';
import { messagesOfInterval, silentConversations } from '../store/bot.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { Applied } from '../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { replay } from '../../../shared/domain/bot/next-step.ts';
import type { PlaybookBook } from '../../../shared/domain/bot/playbook.ts';
import type { CaseId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { after, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

interface BotInput {
  readonly opId: OperationId;
  readonly caseId: CaseId;
}

/** An agent gives a conversation to the bot: from the customer's next message on it goes through its account's playbook. */
export function giveToBot(context: UseCaseContext, book: PlaybookBook, { opId, caseId }: BotInput): Result<Applied, CallError> {
  return applyInternal(context, { opId, caseIds: [caseId] }, 'cases.giveToBot', (tx) => {
    const saved = caseByUid(tx, currentCaseUid(tx, caseId));
    if (saved === undefined) throw new CommandFailure('not-found', `case ${caseId}`);
    const { channel, accountId, bot } = saved.state;
    const account = accountByUid(tx, accountId);
    const playbook = account === undefined ? null : playbookOf(account);
    const isPrivate = answerTarget(tx, saved.id)?.isPrivate === true;
    if (playbook === null || !isPrivate || (channel !== 'chat' && channel !== 'telegram')) throw new CommandFailure('no-bot');
    if (bot !== null) throw new CommandFailure('already-bots');
    if (!book.has(playbook)) throw new CommandFailure('playbook-broken', playbook);
    return { kind: 'give-to-bot', playbook, at: context.clock.now() };
  });
}

/** An agent takes a conversation from the bot. What the bot had not said yet is never said. */
export function takeFromBot(context: UseCaseContext, { opId, caseId }: BotInput): Result<Applied, CallError> {
  return applyInternal(context, { opId, caseIds: [caseId] }, 'cases.takeFromBot', (tx) => {
    const saved = caseByUid(tx, currentCaseUid(tx, caseId));
    if (saved === undefined) throw new CommandFailure('not-found', `case ${caseId}`);
    if (saved.state.bot === null) throw new CommandFailure('not-bots');
    return { kind: 'take-from-bot', at: context.clock.now() };
  });
}

/** Who has gone quiet in a conversation with the bot so long is looked after by people: nobody sees what only a machine has. */
export const LONGEST_SILENCE_MS = 12 * HOUR_MS;

/** Who was offered a person and says nothing waits for one: `transfer me` is a wish, and they believe it is granted. */
export const LONGEST_OFFER_MS = 5 * MINUTE_MS;

/**
 * Ends what the bot has with customers who write no more, without a word. The same event at every workstation.
 * @param book the playbooks as they are here; without that of a conversation nobody here can know what was offered in it
 */
export function letSilentGo(context: UseCaseContext, tx: WriteDb, now: Instant, book: () => PlaybookBook = () => new Map()): void {
  for (const { uid, id, bot, lastInboundId, lastInboundAt } of silentConversations(tx, after(now, -LONGEST_OFFER_MS))) {
    const isForgotten = lastInboundAt <= now - LONGEST_SILENCE_MS && bot.since <= now - LONGEST_SILENCE_MS;
    const isAwaited = !isForgotten && replay(book(), bot.playbook, messagesOfInterval(tx, id, bot)).isOffering;
    if (!isForgotten && !isAwaited) continue;
    const reason = isAwaited ? 'asked' : 'stuck';
    context.ledger.append(tx, uid, [{ type: 'case.botEnded', reason, messageId: lastInboundId, at: now }], byMail(`case.${uid}`));
  }
}
