import type { ReadDb, WriteDb } from './sql.ts';
import type { AgentCard, Settings } from '../../../shared/contract/workspace.contract.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  locale: 'en',
  density: 'comfortable',
  // whoever chats is looking at the answer being typed
  undoChatSeconds: 0,
  undoSendSeconds: 10,
  signature: '',
  notifications: true,
  onShift: true,
};

export function settingValue(db: ReadDb, key: string): string | null {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE key = @key', { key })?.value ?? null;
}

export function saveSettingValue(db: WriteDb, key: string, value: string): void {
  db.run('INSERT INTO settings(key, value) VALUES(@key, @value) ON CONFLICT(key) DO UPDATE SET value = @value', { key, value });
}

/** The person's settings over the defaults; a setting this version does not know is kept and ignored. */
export function readSettings(db: ReadDb, defaults: Settings = DEFAULT_SETTINGS): Settings {
  const stored = settingValue(db, 'settings');
  // Written by `saveSettings` alone, from parsed input.
  return stored === null ? defaults : { ...defaults, ...(JSON.parse(stored) as Partial<Settings>) };
}

export function saveSettings(db: WriteDb, settings: Settings): void {
  saveSettingValue(db, 'settings', JSON.stringify(settings));
}

interface SqlAgent {
  readonly uid: string;
  readonly name: string;
  readonly hub: string;
  readonly zone: string;
  readonly languages: string;
  readonly is_me: number;
}

function toAgent(row: SqlAgent): AgentCard {
  return {
    agentId: row.uid as AgentId,
    name: row.name,
    hub: row.hub,
    zone: row.zone,
    languages: JSON.parse(row.languages) as string[],
    isMe: row.is_me === 1,
  };
}

export function listAgents(db: ReadDb): AgentCard[] {
  return db.all<SqlAgent>('SELECT uid, name, hub, zone, languages, is_me FROM agents ORDER BY is_me DESC, hub, name').map(toAgent);
}

export function me(db: ReadDb): AgentCard | null {
  const row = db.get<SqlAgent>('SELECT uid, name, hub, zone, languages, is_me FROM agents WHERE is_me = 1');
  return row === undefined ? null : toAgent(row);
}

export function saveAgent(db: WriteDb, agent: AgentCard): void {
  db.run(
    `INSERT INTO agents(uid, name, hub, zone, languages, is_me) VALUES(@uid, @name, @hub, @zone, @languages, @isMe)
     ON CONFLICT(uid) DO UPDATE SET name = @name, hub = @hub, zone = @zone, languages = @languages, is_me = @isMe`,
    {
      uid: agent.agentId,
      name: agent.name,
      hub: agent.hub,
      zone: agent.zone,
      languages: JSON.stringify(agent.languages),
      isMe: agent.isMe ? 1 : 0,
    },
  );
}

export interface StoredOperation {
  readonly name: string;
  readonly result: string;
  readonly inverse: string | null;
  readonly undone: boolean;
}

export function operationByUid(db: ReadDb, uid: string): StoredOperation | undefined {
  const row = db.get<{ name: string; result: string; inverse: string | null; undone: number }>(
    'SELECT name, result, inverse, undone FROM operations WHERE uid = @uid',
    { uid },
  );
  return row === undefined ? undefined : { name: row.name, result: row.result, inverse: row.inverse, undone: row.undone === 1 };
}

/** Remembers what a command answered, in the command's own transaction: asked again, it answers the same and does nothing. */
export function saveOperation(
  db: WriteDb,
  operation: {
    readonly uid: string;
    readonly name: string;
    readonly at: Instant;
    readonly result: string;
    readonly inverse: string | null;
  },
): void {
  db.run('INSERT INTO operations(uid, name, at, result, inverse) VALUES(@uid, @name, @at, @result, @inverse)', { ...operation });
}

export function markUndone(db: WriteDb, uid: string): void {
  db.run('UPDATE operations SET undone = 1 WHERE uid = @uid', { uid });
}

/** Operations older than `before` can no longer be repeated or undone by anybody. */
export function forgetOperations(db: WriteDb, before: Instant): number {
  return db.run('DELETE FROM operations WHERE at < @before', { before });
}
