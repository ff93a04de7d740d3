import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { addTeam, inviteAll, type Applied } from './hub.ts';
import { HubError } from './hub-state.ts';
import { readTeamList } from './team-list.ts';

interface Speaks {
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly nowMs: () => number;
}

/** `add-team --from FILE`: everybody of a list becomes a user. */
export async function addTeamFrom(machine: Speaks, root: string, file: string | undefined, holdsChannels: boolean): Promise<Applied> {
  if (file === undefined) throw new HubError('--from names the list of the team (CSV or JSON)');
  const people = readTeamList(await readFile(file, 'utf8'), file);
  const { users, unlisted, ...applied } = await addTeam(root, people, holdsChannels, machine.nowMs());
  for (const { person, user, isNew } of users) {
    const channels = user.holdsChannels && user.role === 'agent' ? ' (channels)' : '';
    machine.say(`  ${user.name.padEnd(24)} ${user.role}${channels}, ${isNew ? 'new' : 'there already'}: ${person.name}`);
  }
  machine.say(`${String(users.length)} people are users of this hub; npm run hub -- invite --all --out FOLDER`);
  for (const name of unlisted) machine.say(`  ${name} is not in the list; npm run hub -- revoke ${name} if they have left`);
  return applied;
}

/** `invite --all --out FOLDER`: a file for everybody who was never invited. */
export async function inviteEverybody(machine: Speaks, root: string, out: string | undefined): Promise<Applied> {
  if (out === undefined) throw new HubError('--all needs --out: a folder for the invites');
  const { written, skipped, ...applied } = await inviteAll(root, path.resolve(out), machine.nowMs());
  for (const file of written) machine.say(`  ${file}`);
  for (const { name, why } of skipped) machine.say(`  ${name}: ${why}`);
  if (written.length === 0) machine.say('nobody had to be invited');
  else
    machine.warn(
      `These ${String(written.length)} invites are SECRETS: whoever has one is that person. Each is for one workstation, and is not written again. Hand them over one by one, and delete the folder.`,
    );
  return applied;
}
