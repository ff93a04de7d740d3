import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { relateCases, relatedCases } from '../usecases/related-cases.ts';
import type { routingContract } from '../../../shared/contract/routing.contract.ts';

export function routingHandlers({ context }: EngineServices): HandlersOf<keyof typeof routingContract> {
  return {
    'cases.related': sql((db, { caseId }) => relatedCases(db, caseId)),
    'cases.link': (input) => relateCases(context, input, 'cases.link', 'same'),
    'cases.unlink': (input) => relateCases(context, input, 'cases.unlink', null),
    'cases.notSame': (input) => relateCases(context, input, 'cases.notSame', 'different'),
  };
}
