import { writeFile } from 'node:fs/promises';
import { later } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { readRoster } from '../store/roster.store.ts';
import type { TextFile } from '../usecases/export-plan.ts';
import type { CallResult } from '../../../shared/contract/define.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import { isKnownZone } from '../../../shared/domain/time/zone.ts';

type Names = 'coverage.exportIcs' | 'coverage.exportHours' | 'coverage.readIcs' | 'roster.readAgentsCsv' | 'roster.exportAgentsCsv';

/** Files of other programs, in and out. Where a file goes is asked by the shell. What reads and writes them is loaded when it is needed. */
export function interchangeHandlers(services: EngineServices): HandlersOf<Names> {
  const { context, shell } = services;

  async function save(file: TextFile): Promise<CallResult<{ readonly path: string } | null, string>> {
    const path = await shell.request('dialog.save', { suggestedName: file.name });
    if (path === null) return ok(null);
    try {
      await writeFile(path, file.text, { mode: 0o600 });
    } catch (error) {
      return fail({ code: 'write-failed', detail: String(error) });
    }
    return ok({ path });
  }

  return {
    'coverage.exportIcs': async ({ of, from, to }) => {
      const { calendarFile } = await import('../usecases/export-plan.ts');
      const file = context.store.read((db) => calendarFile(db, of, { from, to }, context.clock.now()));
      return file === null ? fail({ code: 'not-found', detail: of.kind }) : save(file);
    },
    'coverage.exportHours': async ({ what, from, to, zone }) => {
      if (!isKnownZone(zone)) return fail({ code: 'unknown-zone', detail: zone });
      const { hoursFile } = await import('../usecases/export-plan.ts');
      return save(context.store.read((db) => hoursFile(db, what, { from, to }, zone)));
    },
    'coverage.readIcs': later(async ({ text, floatingZone, from, to }) => {
      const { readIcs } = await import('../interchange/ics-import.ts');
      const { hubs, agents } = context.store.read(readRoster);
      const preferredZones = [...new Set([...hubs, ...agents].map((each) => each.zone))];
      return readIcs(text, { from, to, floatingZone, preferredZones });
    }),
    'roster.readAgentsCsv': later(async ({ text }) => {
      const { readAgentsCsv } = await import('../interchange/agents-csv.ts');
      return readAgentsCsv(text, context.store.read(readRoster), () => context.ids.next('agt'));
    }),
    'roster.exportAgentsCsv': async ({ what }) => {
      const { agentsFile } = await import('../usecases/export-plan.ts');
      return save(context.store.read((db) => agentsFile(db, what)));
    },
  };
}
