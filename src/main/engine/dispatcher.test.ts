import { expect, test } from 'vitest';
import { createDispatcher, later } from './dispatcher.ts';
import type { Handlers } from './dispatcher.ts';
import type { Store } from './store/sql.ts';

test('a query that fails before it has made its promise is answered, too', async () => {
  const broken = later<'roster.readAgentsCsv'>(() => {
    throw new Error('no such table');
  });
  const said: string[] = [];
  const dispatcher = createDispatcher({
    store: {} as Store,
    handlers: { 'roster.readAgentsCsv': broken } as Partial<Handlers> as Handlers,
    log: (level, message) => said.push(`${level}: ${message}`),
    onStorageFailure: () => undefined,
  });
  expect(await dispatcher.call('roster.readAgentsCsv', { text: 'name' })).toEqual({
    ok: false,
    error: { code: 'internal', detail: 'roster.readAgentsCsv#1' },
  });
  expect(said).toEqual(['error: a call failed']);
});
