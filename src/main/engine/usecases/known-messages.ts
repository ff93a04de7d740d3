import { messageIdFor } from '../identity.ts';
import type { KnownMessages } from '../channels/connector.ts';
import type { Log } from '../log.ts';
import { conversationOfMessage } from '../store/conversations.store.ts';
import { messageByUid } from '../store/messages.store.ts';
import { messageOfRemoteRef, refBelow } from '../store/remote-refs.store.ts';
import type { ReadDb, Store } from '../store/sql.ts';
import type { AccountId, MessageId } from '../../../shared/domain/ids.ts';

/**
 * The message that a channel keeps under a reference. Where the reference is the message's own key, it is known at every workstation that has
 * the message; others only where it was fetched or told.
 */
export function messageAtRef(db: ReadDb, account: AccountId, ref: string): MessageId | null {
  const seen = messageOfRemoteRef(db, account, ref)?.uid;
  if (seen !== undefined) return seen;
  const uid = messageIdFor(account, ref);
  return messageByUid(db, uid) === undefined ? null : uid;
}

/**
 * What the team knows of the messages of an account, for its connector. A database that can not be read now says so where the message is stored: a
 * connector passes over what it can not read, and no message must be lost for that.
 */
export function knownMessages(store: Store, account: AccountId, log: Log): KnownMessages {
  const looked = (find: (db: ReadDb) => string | null): string | null => {
    try {
      return store.read(find);
    } catch (error) {
      log('warn', 'where a message belongs could not be looked up', { account, error });
      return null;
    }
  };
  const conversationOf = (db: ReadDb, ref: string): string | null => {
    const uid = messageAtRef(db, account, ref);
    return uid === null ? null : conversationOfMessage(db, uid);
  };
  return {
    conversationOf: (ref) => looked((db) => conversationOf(db, ref)),
    conversationBelow: (prefix) =>
      looked((db) => {
        const ref = refBelow(db, account, prefix);
        return ref === undefined ? null : conversationOf(db, ref);
      }),
  };
}
