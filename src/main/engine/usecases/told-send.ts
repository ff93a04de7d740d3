import type { ReadDb } from '../store/sql.ts';
import { eventsOfStream } from '../store/team.store.ts';
import { readSendBody } from '../../../shared/contract/send-wire.ts';
import type { OutboxId } from '../../../shared/domain/ids.ts';
import { foldSend } from '../../../shared/domain/team/send-fold.ts';
import type { SendState } from '../../../shared/domain/team/send-fold.ts';

/** How far a reply's sending is as the log of the team tells, wherever it is sent; `idle` where there is no team. */
export function toldSend(db: ReadDb, outboxId: OutboxId): SendState {
  return foldSend(
    eventsOfStream(db, `send.${outboxId}`).flatMap(({ id, type, body }) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an event's body is an object
      const read = readSendBody(type, JSON.parse(body) as Record<string, unknown>);
      return read === null ? [] : [{ id, body: read }];
    }),
  );
}
