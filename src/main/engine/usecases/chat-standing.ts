import type { DutyBook } from './duty-book.ts';
import { mailboxOf } from '../store/mail-answers.store.ts';
import { officialState } from './official-state.ts';
import type { ConversationStanding, SentMessage } from '../channels/connector.ts';
import { accountByUid } from '../store/accounts.store.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { caseReadUntil, conversationMessages, filesOfMessage, waitingCase } from '../store/chat.store.ts';
import type { ConversationMessage } from '../store/chat.store.ts';
import { listAgents } from '../store/settings.store.ts';
import type { ReadDb, Store } from '../store/sql.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { AccountId, CaseId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What a visitor who waits in a conversation is told of it. */

export interface ChatStandingDeps {
  readonly store: Store;
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly duties: DutyBook;
  readonly now: () => Instant;
  /** Cases that colleagues have on their screens now. */
  readonly viewed: () => ReadonlySet<CaseId>;
}

/** Answers by mail that a page which is open is told of. */
const MOST_MAILED = 10;
/** Messages in one go. */
const MOST = 100;

interface WaitingCase {
  readonly id: number;
  readonly state: CaseState;
  readonly uid: CaseId;
}

function caseOf(db: ReadDb, account: AccountId, conversation: string): WaitingCase | undefined {
  const first = waitingCase(db, account, conversation);
  if (first === null) return undefined;
  const uid = currentCaseUid(db, first);
  const saved = caseByUid(db, uid);
  return saved === undefined ? undefined : { id: saved.id, state: saved.state, uid };
}

/**
 * Those of a case that belong to one conversation: what was said in it, and what we answered while its customer was the last who wrote.
 * A case may have been merged from conversations of several people, who must not read each other's answers. A mail is from whoever reads
 * at the address that was typed into a form: perhaps somebody else.
 */
function ofConversation(messages: readonly ConversationMessage[], conversation: string): readonly ConversationMessage[] {
  const isWord = ({ isOurs, auto }: ConversationMessage): boolean => !isOurs && (auto === 'none' || auto === 'list');
  const isIn = ({ origin }: ConversationMessage): boolean => origin?.conversation === conversation;
  // with nobody else in the case the order says nothing: a colleague's clock may be late
  let isTheirs = messages.every((message) => !isWord(message) || isIn(message));
  return messages.filter((message) => {
    if (isWord(message)) isTheirs = isIn(message);
    return isTheirs;
  });
}

function keyOf({ clientKey, ownKey }: ConversationMessage): string | null {
  return clientKey ?? (ownKey === null ? null : `<${ownKey}>`);
}

/** What has left after the message with this client key, oldest first; all of the newest case when it is not among them. See `Conversations`. */
export function sentAfter(
  deps: ChatStandingDeps,
  account: AccountId,
  conversation: string,
  { clientKey, has }: { readonly clientKey: string | null; readonly has?: readonly string[] | undefined },
): readonly SentMessage[] {
  return deps.store.read((db) => {
    const found = caseOf(db, account, conversation);
    if (found === undefined) return [];
    const ours = ofConversation(conversationMessages(db, found.id), conversation).filter(({ isOurs }) => isOurs);
    const known = new Set(has);
    const last = has === undefined ? ours.findLastIndex((message) => keyOf(message) === clientKey) : -1;
    const agents = new Map(listAgents(db).map(({ agentId, name }) => [agentId, name]));
    return ours
      .slice(last + 1)
      .slice(-MOST)
      .flatMap((message): SentMessage[] => {
        const key = keyOf(message);
        if (key === null || known.has(key) || !hasLeft(message)) return [];
        const isBot = message.auto === 'bot';
        return [
          {
            clientKey: key,
            at: message.at,
            author:
              isBot || message.agent === null
                ? { kind: isBot ? 'bot' : 'system', name: '' }
                : { kind: 'agent', name: agents.get(message.agent) ?? '' },
            text: message.text,
            options: message.options,
            files: () => filesAt(deps, message.id),
          },
        ];
      });
  });
}

/** What is not in the outbox here was sent elsewhere. */
function hasLeft({ state }: Pick<ConversationMessage, 'state'>): boolean {
  return state === null || state === 'sent';
}

function filesAt(deps: ChatStandingDeps, messageId: number): ReturnType<SentMessage['files']> {
  return deps.store
    .read((db) => filesOfMessage(db, messageId))
    .flatMap(({ name, type, sha256 }) => {
      const bytes = deps.blobs.get(sha256);
      return bytes === null ? [] : [{ name, type, bytes }];
    });
}

/** Whether anybody is on shift, and else when somebody comes. Without a plan nobody can say: then people are taken to be there. */
function presenceOfTeam(deps: ChatStandingDeps, db: ReadDb): Pick<ConversationStanding, 'backAt' | 'isOffline'> {
  const now = deps.now();
  const duty = deps.duties.at(db, now);
  if (!duty.hasPlan) return { backAt: null, isOffline: false };
  const agents = listAgents(db).map(({ agentId }) => agentId);
  if (agents.some((agent) => duty.isOnShift(agent, now))) return { backAt: null, isOffline: false };
  const begins = agents.flatMap((agent) => duty.nextTurn(agent, now)?.from ?? []);
  return { backAt: begins.length === 0 ? null : begins.reduce((a, b) => (a < b ? a : b)), isOffline: true };
}

/** Who has the conversation, when a person is there, and how far the customer's messages have come. */
export function conversationStanding(deps: ChatStandingDeps, account: AccountId, conversation: string): ConversationStanding {
  return deps.store.read((db) => {
    const team = { ...presenceOfTeam(deps, db), isMailed: mailboxOf(db) !== null, official: officialState(db) };
    const found = caseOf(db, account, conversation);
    if (found === undefined) return { with: 'nobody', name: null, newest: null, ...team };
    const { state, id, uid } = found;
    const messages = ofConversation(conversationMessages(db, id), conversation);
    const newest = messages.findLast(({ isOurs }) => !isOurs);
    const assignee = state.bot !== null || state.status === 'solved' ? null : state.assigneeId;
    const name = assignee === null ? null : (listAgents(db).find(({ agentId }) => agentId === assignee)?.name ?? null);
    return {
      with: state.bot !== null ? 'bot' : assignee === null ? 'nobody' : 'agent',
      name,
      newest:
        newest === undefined || newest.origin === null
          ? null
          : { nativeKey: newest.origin.nativeKey, isRead: isRead(deps, db, { caseId: id, caseUid: uid, messages, newest }) },
      last: lastOf(messages),
      mailed: mailedOf(messages, accountByUid(db, account)?.address),
      ...team,
    };
  });
}

function lastOf(messages: readonly ConversationMessage[]): string | null {
  const last = messages.findLast((message) => message.isOurs && hasLeft(message) && keyOf(message) !== null);
  return last === undefined ? null : keyOf(last);
}

/** Answers that went by mail, from an address that is not the site's. */
function mailedOf(messages: readonly ConversationMessage[], site: string | undefined): readonly string[] {
  return messages
    .filter(({ isOurs, from, state }) => isOurs && from !== site && hasLeft({ state }))
    .flatMap((message) => keyOf(message) ?? [])
    .slice(-MOST_MAILED);
}

/** A person has looked: here, at a screen elsewhere right now, or they have answered since. */
function isRead(
  deps: ChatStandingDeps,
  db: ReadDb,
  {
    caseId,
    caseUid,
    messages,
    newest,
  }: {
    readonly caseId: number;
    readonly caseUid: CaseId;
    readonly messages: readonly ConversationMessage[];
    readonly newest: ConversationMessage;
  },
): boolean {
  if (caseReadUntil(db, caseId) >= newest.at || deps.viewed().has(caseUid)) return true;
  return messages.slice(messages.indexOf(newest)).some(({ isOurs, agent }) => isOurs && agent !== null);
}
