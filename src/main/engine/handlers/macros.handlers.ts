import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { applyMacro } from '../usecases/apply-macro.ts';
import { macrosForCase, previewMacro, tryMacro } from '../usecases/macro-fill.ts';
import { listMacros, noteMacroUse, removeMacro, saveMacro } from '../usecases/macros.ts';
import type { macrosContract } from '../../../shared/contract/macros.contract.ts';

export function macroHandlers(services: EngineServices): HandlersOf<keyof typeof macrosContract> {
  const { context } = services;
  const { store, clock } = context;
  const { outbound, redactor } = services.guard;
  const fill = () => ({ guard: outbound, now: clock.now() });
  return {
    'macros.list': sql((db) => listMacros(db)),
    'macros.forCase': later(
      async ({ caseId }) => {
        await redactor.ready();
        return store.read((db) => macrosForCase(db, fill(), caseId));
      },
      ['macros', 'team_macros', 'macro_uses', 'team_macro_uses', 'messages', 'promises'],
    ),
    'macros.preview': later(
      async ({ macroId, caseIds }) => {
        await redactor.ready();
        return store.read((db) => previewMacro(db, fill(), macroId, caseIds));
      },
      ['macros', 'team_macros', 'messages', 'promises'],
    ),
    'macros.try': sql((db, input) => tryMacro(db, clock.now(), input)),
    'macros.save': async (input) => {
      await redactor.ready();
      return saveMacro(context, outbound, input);
    },
    'macros.remove': (input) => removeMacro(context, input),
    'macros.used': (input) => noteMacroUse(context, input),
    'macros.apply': async (input) => {
      await redactor.ready();
      return applyMacro({ ...context, signToken: services.signToken, guard: { outbound, redactor, auditKey: null } }, input);
    },
  };
}
