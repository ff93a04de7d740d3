import { setImmediate } from 'node:timers/promises';
import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { articleView, importArticles, knowledgeView, removeArticles, restoreArticles } from '../usecases/suggest-articles.ts';
import { hideFor, showFor, suggestionsFor } from '../usecases/suggest-for-case.ts';
import { createTermBook } from '../usecases/suggest-terms.ts';
import type { suggestContract } from '../../../shared/contract/suggest.contract.ts';

/** What is suggested for cases, and articles, are as they were: nothing in the database tells what an answer of them depends on. */
const KNOWLEDGE = '@knowledge';

export function suggestHandlers(services: EngineServices): HandlersOf<keyof typeof suggestContract> {
  const { context, search, guard, playbooks, changed } = services;
  const { store, clock } = context;
  const book = createTermBook(search);
  const deps = {
    read: store.read.bind(store),
    search,
    book,
    now: () => clock.now(),
    pause: async () => setImmediate(),
    guard: guard.outbound,
    scanner: () => guard.redactor.scanner(),
    playbooks: () => playbooks().book,
  };
  /** Tells that suggestions may be others now, whatever came of the command. */
  const told = <Value>(value: Value): Value => {
    changed(KNOWLEDGE);
    return value;
  };
  return {
    'suggest.forCase': later(async ({ caseId }) => suggestionsFor(deps, caseId), [KNOWLEDGE]),
    'suggest.hide': (input) => told(hideFor(context, input)),
    'suggest.show': (input) => told(showFor(context, input)),
    'knowledge.list': sql((db, { text }) => knowledgeView(db, playbooks().book, text)),
    'knowledge.article': sql((db, { articleId }) => articleView(db, articleId)),
    'knowledge.import': (input) => told(importArticles(context, input)),
    'knowledge.remove': (input) => told(removeArticles(context, input)),
    'knowledge.restore': (input) => told(restoreArticles(context, input)),
  };
}
