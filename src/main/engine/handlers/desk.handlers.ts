import { writeFile } from 'node:fs/promises';
import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { forgetAllVisits, keysOf, listVisits, noteVisit, setKeys } from '../usecases/desk.ts';
import type { deskContract } from '../../../shared/contract/desk.contract.ts';
import { fail, ok } from '../../../shared/domain/result.ts';

export function deskHandlers({ context, shell }: EngineServices): HandlersOf<keyof typeof deskContract> {
  return {
    'desk.visits': sql((db) => listVisits(db)),
    'desk.visit': (input) => noteVisit(context, input),
    'desk.forgetVisits': () => forgetAllVisits(context),
    'desk.keys': sql((db) => keysOf(db)),
    'desk.setKeys': (input) => setKeys(context, input),
    'desk.exportKeys': async () => {
      const path = await shell.request('dialog.save', { suggestedName: 'meridian-keys.json' });
      if (path === null) return ok(null);
      try {
        await writeFile(path, `${JSON.stringify(context.store.read(keysOf), null, 2)}\n`, { mode: 0o600 });
      } catch (error) {
        return fail({ code: 'write-failed', detail: String(error) });
      }
      return ok({ path });
    },
  };
}
