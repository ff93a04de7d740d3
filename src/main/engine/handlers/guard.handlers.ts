import { writeFile } from 'node:fs/promises';
import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { listAudit } from '../store/audit.store.ts';
import type { AuditFilter } from '../store/audit.store.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { listAgents, me } from '../store/settings.store.ts';
import { recordAudit, verifyAudit } from '../usecases/audit.ts';
import { codeOfCase, whoseCode } from '../usecases/authenticity.ts';
import { once } from '../usecases/context.ts';
import { revealOriginal, sealedState } from '../usecases/guard-reveal.ts';
import { guardView, renewAuthenticity, saveGuardRules, saveRegistry, saveRetention } from '../usecases/guard-settings.ts';
import type { guardContract } from '../../../shared/contract/guard.contract.ts';
import { defang } from '../../../shared/domain/guard/defang.ts';
import { fail, ok } from '../../../shared/domain/result.ts';

/** As many rows as a sheet of numbers takes. */
const MOST_EXPORTED = 1_000_000;

export function guardHandlers(services: EngineServices): HandlersOf<keyof typeof guardContract> {
  const { context, guard } = services;
  const { store, clock } = context;
  const auditKey = async (): Promise<Uint8Array | null> => guard.keys.auditKey();

  return {
    'guard.sealed': sql((db, { messageId }) => sealedState(db, messageId, clock.now()), ['@clock']),
    'guard.reveal': async ({ messageId, reason }) => revealOriginal(context, guard.keys, { messageId, reason }),
    'guard.checkDraft': later(
      async ({ caseId, text }) => {
        await guard.redactor.ready();
        return store.read((db) => guard.outbound(db, text, caseId === null ? null : currentCaseUid(db, caseId)));
      },
      ['messages'],
    ),
    'guard.view': later(async () => {
      const { state } = await services.shell.request('vault.status', null);
      return store.read((db) => guardView(db, state));
    }, ['settings', '@vault']),
    'guard.saveRegistry': async ({ opId, registry }) => saveRegistry(context, { opId, value: registry, auditKey: await auditKey() }),
    'guard.saveRules': async ({ opId, rules }) => saveGuardRules(context, { opId, value: rules, auditKey: await auditKey() }),
    'guard.saveRetention': async ({ opId, hours }) => saveRetention(context, { opId, value: hours, auditKey: await auditKey() }),
    'authenticity.renew': async ({ opId }) => renewAuthenticity(context, { opId, auditKey: await auditKey() }),
    'authenticity.code': sql((db, { caseId }) => codeOfCase(db, caseId, clock.now()), ['@clock']),
    'authenticity.check': async ({ opId, code, caseId }) => {
      const key = await auditKey();
      return once(context, opId, 'authenticity.check', (tx) => {
        const { answer } = whoseCode(tx, code, clock.now(), caseId);
        const actor = me(tx)?.agentId ?? null;
        recordAudit(context, tx, { actor, action: 'authenticity.checked', caseId, detail: answer.outcome }, key);
        return { value: answer };
      });
    },
    'audit.list': sql((db, { limit, ...filter }) => {
      const rows = listAudit(db, { ...filter, limit: limit + 1 });
      return { rows: rows.slice(0, limit), more: rows.length > limit };
    }),
    'audit.verify': later(async () => {
      const key = await auditKey();
      return store.read((db) => verifyAudit(db, key));
    }, ['audit_log', 'events']),
    'audit.export': async ({ action, from, to }) => {
      const filter: AuditFilter = { action, from, to };
      const path = await services.shell.request('dialog.save', { suggestedName: 'audit.csv' });
      if (path === null) return ok(null);
      const key = await auditKey();
      const rows = store.read((db) => listAudit(db, { ...filter, before: null, limit: MOST_EXPORTED }));
      const names = new Map(store.read(listAgents).map((agent) => [agent.agentId, agent.name]));
      const table = rows
        .toReversed()
        .map((row) => [
          String(row.number),
          new Date(row.at).toISOString(),
          row.actor === null ? '' : (names.get(row.actor) ?? row.actor),
          row.action,
          row.caseId ?? '',
          row.messageId ?? '',
          defang(row.detail),
        ]);
      try {
        const { writeCsv } = await import('../interchange/csv.ts');
        await writeFile(path, writeCsv([['number', 'at', 'who', 'action', 'case', 'message', 'detail'], ...table]), { mode: 0o600 });
      } catch (error) {
        return fail({ code: 'write-failed', detail: String(error) });
      }
      store.write((tx) => {
        const actor = me(tx)?.agentId ?? null;
        recordAudit(context, tx, { actor, action: 'audit.exported', detail: `${table.length} entries` }, key);
      });
      return ok({ path });
    },
  };
}
