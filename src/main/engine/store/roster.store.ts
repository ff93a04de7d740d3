import type { ReadDb, WriteDb } from './sql.ts';
import type { AgentProfile, Hub, Requirement, Roster, Rotation, ShiftTemplate } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId, HubId, TemplateId } from '../../../shared/domain/ids.ts';

/** What leads set up. Bodies are JSON, written by the `save` functions here alone. */

interface SqlProfile {
  readonly uid: string;
  readonly name: string;
  readonly zone: string;
  readonly languages: string;
  readonly hub_uid: string | null;
  readonly profile: string | null;
}

type ProfileRest = Omit<AgentProfile, 'agentId' | 'name' | 'zone' | 'hubId'>;

/** Somebody that nobody has set up yet: full time, first tier, whenever they are planned. */
function defaults(languages: readonly string[]): ProfileRest {
  return {
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: languages.map((name) => ({ name, level: 'good', from: null, until: null })),
    tiers: ['L1'],
    pattern: {},
    isActive: true,
  };
}

function toProfile(row: SqlProfile): AgentProfile {
  const rest = row.profile === null ? defaults(JSON.parse(row.languages) as string[]) : (JSON.parse(row.profile) as ProfileRest);
  return { agentId: row.uid as AgentId, name: row.name, hubId: row.hub_uid as HubId | null, zone: row.zone, ...rest };
}

export function readProfiles(db: ReadDb): AgentProfile[] {
  return db.all<SqlProfile>('SELECT uid, name, zone, languages, hub_uid, profile FROM agents ORDER BY hub, name, uid').map(toProfile);
}

export function profileByUid(db: ReadDb, uid: AgentId): AgentProfile | undefined {
  const row = db.get<SqlProfile>('SELECT uid, name, zone, languages, hub_uid, profile FROM agents WHERE uid = @uid', { uid });
  return row === undefined ? undefined : toProfile(row);
}

/** Keeps who sits at this desk: that is no part of a profile. */
export function saveProfile(db: WriteDb, profile: AgentProfile, hubName: string): void {
  const { agentId, name, hubId, zone, ...rest } = profile;
  db.run(
    `INSERT INTO agents(uid, name, hub, zone, languages, is_me, hub_uid, profile) VALUES(@uid, @name, @hub, @zone, @languages, 0, @hubUid, @profile)
     ON CONFLICT(uid) DO UPDATE SET name = @name, hub = @hub, zone = @zone, languages = @languages, hub_uid = @hubUid, profile = @profile`,
    {
      uid: agentId,
      name,
      hub: hubName,
      zone,
      languages: JSON.stringify(rest.languages.map((language) => language.name)),
      hubUid: hubId,
      profile: JSON.stringify(rest),
    },
  );
}

/** Says who sits at this desk. */
export function sitDown(db: WriteDb, uid: AgentId): void {
  db.run('UPDATE agents SET is_me = (uid = @uid) WHERE is_me <> (uid = @uid)', { uid });
}

export function readHubs(db: ReadDb): Hub[] {
  return db.all<{ body: string }>('SELECT body FROM hubs ORDER BY id').map((row) => JSON.parse(row.body) as Hub);
}

export function hubByUid(db: ReadDb, uid: HubId): Hub | undefined {
  const row = db.get<{ body: string }>('SELECT body FROM hubs WHERE uid = @uid', { uid });
  return row === undefined ? undefined : (JSON.parse(row.body) as Hub);
}

/** People of the hub carry its name for the rest of the app. */
export function saveHub(db: WriteDb, hub: Hub): void {
  saveBody(db, 'hubs', hub.hubId, hub);
  db.run('UPDATE agents SET hub = @name WHERE hub_uid = @uid AND hub <> @name', { uid: hub.hubId, name: hub.name });
}

function readTemplates(db: ReadDb): ShiftTemplate[] {
  return db.all<{ body: string }>('SELECT body FROM shift_templates ORDER BY id').map((row) => JSON.parse(row.body) as ShiftTemplate);
}

export function saveTemplate(db: WriteDb, template: ShiftTemplate): void {
  saveBody(db, 'shift_templates', template.templateId, template);
}

function readRotations(db: ReadDb): Rotation[] {
  return db.all<{ body: string }>('SELECT body FROM rotations ORDER BY id').map((row) => JSON.parse(row.body) as Rotation);
}

export function saveRotation(db: WriteDb, rotation: Rotation): void {
  saveBody(db, 'rotations', rotation.rotationId, rotation);
}

export function readRequirements(db: ReadDb): Requirement[] {
  return db.all<{ body: string }>('SELECT body FROM requirements ORDER BY id').map((row) => JSON.parse(row.body) as Requirement);
}

export function saveRequirement(db: WriteDb, requirement: Requirement): void {
  saveBody(db, 'requirements', requirement.requirementId, requirement);
}

function saveBody(
  db: WriteDb,
  table: 'hubs' | 'shift_templates' | 'rotations' | 'requirements',
  uid: HubId | TemplateId | Rotation['rotationId'] | Requirement['requirementId'],
  body: object,
): void {
  db.run(`INSERT INTO ${table}(uid, body) VALUES(@uid, @body) ON CONFLICT(uid) DO UPDATE SET body = @body`, {
    uid,
    body: JSON.stringify(body),
  });
}

/** Everything that leads set up, in the order in which it was made; people by hub and name. */
export function readRoster(db: ReadDb): Roster {
  return {
    hubs: readHubs(db),
    agents: readProfiles(db),
    templates: readTemplates(db),
    rotations: readRotations(db),
    requirements: readRequirements(db),
  };
}
