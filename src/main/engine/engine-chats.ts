import type { Conversations, ConnectorIo } from './channels/connector.ts';
import type { AccountPool } from './jobs/account-pool.ts';
import type { TeamSession } from './jobs/team.ts';
import { createTypingElsewhere } from './jobs/typing-elsewhere.ts';
import type { Typing } from './jobs/typing.ts';
import type { BlobStore } from './store/blobs.store.ts';
import { listAccounts } from './store/accounts.store.ts';
import { listAgents } from './store/settings.store.ts';
import type { Store } from './store/sql.ts';
import { conversationStanding, sentAfter } from './usecases/chat-standing.ts';
import type { DutyBook } from './usecases/duty-book.ts';
import type { AccountId, CaseId } from '../../shared/domain/ids.ts';
import type { Clock } from '../../shared/domain/time.ts';
import { MINUTE_MS } from '../../shared/domain/time.ts';

export interface EngineChatsDeps {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly duties: DutyBook;
  readonly clock: Clock;
  readonly pool: () => Pick<AccountPool, 'nudge' | 'onlineConnector'>;
  readonly session: () => TeamSession | null;
  readonly typing: () => Pick<Typing, 'tell'>;
  /** Whose code of ours this is; nobody's where there are none. */
  readonly checkCode?: Conversations['checkCode'];
}

/** What live chat needs of the engine: the team's hub, and how conversations stand. */
export interface EngineChats extends Disposable {
  hub(): ReturnType<NonNullable<ConnectorIo['hub']>>;
  conversations(account: AccountId): Conversations;
  /** A session with a team began or ended. */
  follow(): void;
}

/** Facts of commits after which a conversation may stand otherwise. */
const FACTS = ['cases', 'events', 'outbox', 'agents', 'messages'];

export function connectChats(deps: EngineChatsDeps): EngineChats {
  const { store } = deps;
  let followed: TeamSession | null = null;
  let stopFollowing: () => void = () => {};

  function viewed(): ReadonlySet<CaseId> {
    const others = deps.session()?.link.presence.others() ?? [];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what colleagues say of themselves; compared, and never used as one
    return new Set(others.flatMap(({ viewing }) => (viewing === null ? [] : [viewing as CaseId])));
  }

  const elsewhere = createTypingElsewhere({
    others: () => deps.session()?.link.presence.others() ?? [],
    nameOf: (agentId) => store.read(listAgents).find((each) => each.agentId === agentId)?.name ?? '',
    tell: (caseUid, isTyping, name) => deps.typing().tell(caseUid, isTyping, name),
  });

  function news(): void {
    for (const { uid, kind } of store.read(listAccounts)) if (kind === 'chat') deps.pool().onlineConnector(uid)?.standingsChanged?.();
  }

  const stopListening = store.onCommit((changes) => {
    if (FACTS.some((fact) => changes.has(fact))) news();
  });
  // turns begin and end with time alone
  const timer = setInterval(news, MINUTE_MS);
  timer.unref();

  const standing = { ...deps, now: () => deps.clock.now(), viewed };
  return {
    hub: () => deps.session()?.link ?? null,
    conversations: (account) => ({
      sentAfter: (conversation, clientKey, has) => sentAfter(standing, account, conversation, { clientKey, has }),
      standing: (conversation) => conversationStanding(standing, account, conversation),
      checkCode: (code) => deps.checkCode?.(code) ?? null,
    }),
    follow: () => {
      const session = deps.session();
      if (session === followed) return;
      stopFollowing();
      elsewhere.follow();
      followed = session;
      if (session === null) {
        stopFollowing = () => {};
        return;
      }
      let wasOnline = session.link.state().state === 'online';
      const stops = [
        session.link.presence.onChange(() => {
          elsewhere.follow();
          news();
        }),
        session.link.onState(({ state }) => {
          const isOnline = state === 'online';
          // what waits for the hub does not wait for its next turn
          if (isOnline && !wasOnline) for (const { uid, kind } of store.read(listAccounts)) if (kind === 'chat') deps.pool().nudge(uid);
          wasOnline = isOnline;
        }),
      ];
      stopFollowing = () => {
        for (const stop of stops) stop();
      };
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
      stopListening();
      stopFollowing();
      elsewhere[Symbol.dispose]();
    },
  };
}
