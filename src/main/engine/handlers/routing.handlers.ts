import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { relateCases, relatedCases } from '../usecases/related-cases.ts';
import { reasonsOfCase, routingView, saveRoutingRules } from '../usecases/routing-rules.ts';
import type { routingContract } from '../../../shared/contract/routing.contract.ts';

export function routingHandlers({ context, book }: EngineServices): HandlersOf<keyof typeof routingContract> {
  return {
    'routing.rules': sql((db) => routingView(db)),
    'routing.save': (input) => saveRoutingRules(context, input),
    'routing.need': sql((db, { caseId }) => reasonsOfCase(db, book, caseId), ['@plan']),
    'cases.related': sql((db, { caseId }) => relatedCases(db, caseId)),
    'cases.link': (input) => relateCases(context, input, 'cases.link', 'same'),
    'cases.unlink': (input) => relateCases(context, input, 'cases.unlink', null),
    'cases.notSame': (input) => relateCases(context, input, 'cases.notSame', 'different'),
  };
}
