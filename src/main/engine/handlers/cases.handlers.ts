import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { compileConditions } from '../store/case-filter.store.ts';
import type { CaseFilter } from '../store/case-filter.store.ts';
import { listCases } from '../store/case-list.store.ts';
import { countFilters, countViews } from '../store/case-totals.store.ts';
import { listLabels } from '../store/label-counts.store.ts';
import type { Viewer } from '../store/case-views.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { countGroups } from '../store/case-groups.store.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { draftOfCase } from '../store/drafts.store.ts';
import { attachmentsOfDraft } from '../store/messages.store.ts';
import { contactOfCase, openOutbox } from '../store/outbox.store.ts';
import { me } from '../store/settings.store.ts';
import { toDeliveryRow } from '../store/deliveries.store.ts';
import { detailOf, timelineOf, toAttachmentRow } from '../store/timeline.store.ts';
import { applyAction, markRead } from '../usecases/apply-action.ts';
import { undoOperation } from '../usecases/undo-operation.ts';
import { searchCases } from '../usecases/search-cases.ts';
import { draftText } from '../usecases/redactor.ts';
import { addNote, cancelReply, sendReply } from '../usecases/send-reply.ts';
import { settleReply } from '../usecases/settle-reply.ts';
import { reschedule, sendNow } from '../usecases/time-of-reply.ts';
import { sawNews, threadNews } from '../usecases/thread-news.ts';
import { attachToDraft, detachFromDraft, discardDraft, saveDraftText } from '../usecases/write-draft.ts';
import type { Condition } from '../../../shared/domain/query/case-query.ts';
import { isKnownZone } from '../../../shared/domain/time/zone.ts';
import type { casesContract, draftsContract } from '../../../shared/contract/cases.contract.ts';
import type { outboxContract } from '../../../shared/contract/outbox.contract.ts';

type Names = keyof typeof casesContract | keyof typeof draftsContract | keyof typeof outboxContract;

export function caseHandlers(services: EngineServices): HandlersOf<Names> {
  const { context } = services;
  const { redactor } = services.guard;
  const viewer = (db: ReadDb): Viewer => ({ me: me(db)?.agentId ?? null, now: context.clock.now() });
  return {
    'cases.list': sql(
      (db, { filter, ...input }) => {
        const asking = viewer(db);
        return listCases(db, filter === undefined ? input : { ...input, filter: compileFilter(filter, asking) }, asking);
      },
      ['@clock'],
    ),
    'cases.countFilters': sql(
      (db, { filters, zone }) => {
        const asking = viewer(db);
        return countFilters(
          db,
          filters.map((conditions, index) => compileFilter({ conditions, zone }, asking, `f${index}x`)),
        );
      },
      ['@clock'],
    ),
    'cases.countGroups': sql(
      (db, { filter, zone, ...input }) => {
        const asking = viewer(db);
        const days = isKnownZone(zone) ? zone : 'UTC';
        return countGroups(
          db,
          { ...input, zone: days, ...(filter === undefined ? {} : { filter: compileFilter(filter, asking) }) },
          asking,
        );
      },
      ['@clock'],
    ),
    'cases.counts': sql((db) => countViews(db, viewer(db)), ['@clock']),
    'cases.detail': sql((db, input) => detailOf(db, currentCaseUid(db, input.caseId))),
    'cases.timeline': sql((db, input) => timelineOf(db, currentCaseUid(db, input.caseId))),
    'cases.labels': sql((db) => listLabels(db)),
    'cases.search': sql(
      (db, { filter, ...input }) =>
        searchCases(
          { db, search: services.search, clock: context.clock },
          filter === undefined ? input : { ...input, filter: compileFilter(filter, viewer(db)) },
        ),
      ['@search'],
    ),
    'cases.apply': (input) => applyAction({ ...context, book: services.book }, input),
    'cases.undo': (input) => undoOperation(context, input),
    'cases.markRead': (input) => markRead(context, input),
    'cases.addNote': async (input) => {
      await redactor.ready();
      return addNote(context, { ...input, text: redactor.text(input.text).text });
    },
    'cases.reply': async (input) => {
      await redactor.ready();
      const auditKey = input.overrideReason === undefined ? null : await services.guard.keys.auditKey();
      const guard = { outbound: services.guard.outbound, redactor, auditKey };
      return sendReply({ ...context, signToken: services.signToken, guard }, input);
    },

    'drafts.get': sql((db, input) => {
      const draft = draftOfCase(db, currentCaseUid(db, input.caseId), input.kind);
      if (draft === undefined) return null;
      return {
        draftId: draft.uid,
        caseId: draft.caseUid,
        kind: draft.kind,
        text: draft.text,
        to: draft.to,
        cc: draft.cc,
        savedAt: draft.savedAt,
        attachments: attachmentsOfDraft(db, draft.uid).map(toAttachmentRow),
      };
    }),
    'drafts.save': async (input) => {
      await redactor.ready();
      return saveDraftText(context, { ...input, text: draftText(redactor, input.text) });
    },
    'drafts.news': sql((db, input) => threadNews(db, input)),
    'drafts.sawNews': (input) => sawNews(context, input),
    'drafts.discard': (input) => discardDraft(context, input),
    'drafts.attach': (input) => attachToDraft({ ...context, redactor }, input),
    'drafts.detach': (input) => detachFromDraft(context, input),

    'outbox.list': sql((db) =>
      // What a machine answers needs nobody: it is told in its case, and in the log of acknowledgements.
      openOutbox(db)
        .filter((entry) => entry.payload.automatic === undefined)
        .map((entry) => ({
          ...toDeliveryRow(db, entry, null),
          caseId: entry.caseUid,
          subject: entry.payload.subject,
          to: entry.payload.to,
          preview: entry.payload.text.trim().replaceAll(/\s+/gu, ' ').slice(0, 200),
          writtenAt: entry.writtenAt,
          agentId: entry.agent,
          ...contactOfCase(db, entry.caseId),
        })),
    ),
    'outbox.cancel': (input) => cancelReply(context, input),
    'outbox.sendNow': async (input) => {
      await redactor.ready();
      return sendNow({ ...context, guard: services.guard }, input);
    },
    'outbox.reschedule': async (input) => {
      await redactor.ready();
      return reschedule({ ...context, guard: services.guard }, input);
    },
    'outbox.settle': (input) => settleReply(context, input),
  };
}

/** An unknown zone is taken for UTC: days are then a little off, and the list is still there. */
function compileFilter(
  { conditions, zone }: { readonly conditions: readonly Condition[]; readonly zone: string },
  viewer: Viewer,
  prefix?: string,
): CaseFilter {
  return compileConditions(conditions, { ...viewer, zone: isKnownZone(zone) ? zone : 'UTC' }, prefix);
}
