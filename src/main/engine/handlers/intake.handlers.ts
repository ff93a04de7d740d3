import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { intakeOfCase, intakeRow, intakeRulesView, saveIntakeRules, setFact, setKind } from '../usecases/intake.ts';
import type { intakeContract } from '../../../shared/contract/intake.contract.ts';

export function intakeHandlers({ context, guard }: EngineServices): HandlersOf<keyof typeof intakeContract> {
  const { outbound, redactor } = guard;
  return {
    'intake.ofCase': sql((db, { caseId }) => intakeOfCase(db, caseId)),
    'intake.row': sql((db, { caseId }) => intakeRow(db, caseId)),
    'intake.setKind': (input) => setKind(context, input),
    'intake.setFact': async (input) => {
      await redactor.ready();
      return setFact(context, redactor, input);
    },
    'intake.rules': sql((db) => intakeRulesView(db)),
    'intake.save': async (input) => {
      await redactor.ready();
      return saveIntakeRules(context, outbound, input);
    },
  };
}
