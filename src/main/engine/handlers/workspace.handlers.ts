import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { listAgents, me, readSettings, saveSettings, saveSettingValue, settingValue } from '../store/settings.store.ts';
import { changeTier, changeZone } from '../usecases/change-tier.ts';
import { CommandFailure, once } from '../usecases/context.ts';
import { notedByHand } from '../usecases/follow-shift.ts';
import { setProfile, takeDesk } from '../usecases/set-profile.ts';
import type { Settings, Workspace, workspaceContract } from '../../../shared/contract/workspace.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { isKnownZone, timeZoneDataVersion } from '../../../shared/domain/time/zone.ts';

/** The notice of the last start is kept as a setting so that it survives a restart until it was read. */
export const NOTICE_KEY = 'notice';

export function workspaceHandlers(services: EngineServices): HandlersOf<keyof typeof workspaceContract> {
  const { context, shell } = services;

  /** A command that only concerns the shell: nothing is stored, so nothing needs to be remembered. */
  async function viaShell<Value>(work: () => Promise<Value>): Promise<Result<Value, CallError>> {
    return ok(await work());
  }

  return {
    'workspace.get': sql(
      (db): Workspace => {
        const agent = me(db);
        const notice = settingValue(db, NOTICE_KEY);
        return {
          workspace: services.workspace,
          hasProfile: agent !== null,
          me: agent,
          agents: listAgents(db),
          preparing: services.preparing(),
          // Written at start by the recovery alone.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
          notice: notice === null || notice === '' ? null : (JSON.parse(notice) as Workspace['notice']),
        };
      },
      ['@preparing'],
    ),
    'workspace.open': (input) => viaShell(() => shell.request('workspace.open', { workspace: input.workspace })),
    'workspace.resetSample': async () => {
      if (services.workspace !== 'sample') return fail({ code: 'not-found', detail: 'this is not the sample workspace' });
      const answer = await shell.request('workspace.resetSample', null);
      return answer === 'ok' ? ok(null) : fail({ code: 'not-found', detail: answer });
    },
    'workspace.setProfile': (input) => setProfile(context, input),
    'workspace.sitDown': (input) => takeDesk(context, input),
    'workspace.dismissNotice': (input) =>
      once(context, input.opId, 'workspace.dismissNotice', (tx) => {
        saveSettingValue(tx, NOTICE_KEY, '');
        return { value: null };
      }),
    'settings.get': sql((db) => readSettings(db)),
    'settings.set': (input) => {
      const result = once(context, input.opId, 'settings.set', (tx) => {
        const settings: Settings = { ...readSettings(tx), ...withoutUndefined(input.patch) };
        saveSettings(tx, settings);
        if (input.patch.onShift !== undefined) notedByHand(tx, context.clock.now());
        return { value: settings };
      });
      if (result.ok) {
        shell
          .request('appearance.set', { theme: result.value.theme, locale: result.value.locale })
          .catch((error: unknown) => services.log('warn', 'the shell did not take the appearance', { error }));
      }
      return result;
    },
    'contacts.setTier': (input) =>
      once(context, input.opId, 'contacts.setTier', (tx) => {
        if (input.tier !== 'standard' && input.reason.trim() === '') throw new CommandFailure('reason-missing');
        changeTier(context, tx, input, me(tx)?.agentId ?? null);
        return { value: null };
      }),
    'contacts.setZone': (input) =>
      once(context, input.opId, 'contacts.setZone', (tx) => {
        if (input.zone !== null && !isKnownZone(input.zone)) throw new CommandFailure('unknown-zone', input.zone);
        changeZone(context, tx, input.contactId, input.zone, me(tx)?.agentId ?? null);
        return { value: null };
      }),
    'app.info': later(async () => {
      const info = await shell.request('app.info', null);
      const database = context.store.database;
      return {
        ...info,
        sqlite: database.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '',
        timeZoneData: timeZoneDataVersion(process.versions['tz']),
        databaseBytes: Number(database.pragma('page_count', { simple: true })) * Number(database.pragma('page_size', { simple: true })),
      };
    }),
    'app.openLink': async (input) => {
      const answer = await shell.request('external.open', { url: input.url });
      return answer === 'ok' ? ok(null) : fail({ code: 'refused', detail: input.url });
    },
    'app.revealData': () => viaShell(() => shell.request('path.reveal', { path: services.workspacePath })),
    'mailBody.put': (input) => viaShell(() => shell.request('mail-body.put', { html: input.html, links: input.links })),
    'mailBody.drop': (input) => viaShell(() => shell.request('mail-body.drop', { token: input.token })),
  };
}

/** zod's `partial` leaves absent keys out; exactOptionalPropertyTypes wants to see it. */
function withoutUndefined<T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
