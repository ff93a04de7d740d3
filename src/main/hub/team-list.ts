import { z } from 'zod';
import { columnOf, readTiers } from '../engine/interchange/agents-csv-fields.ts';
import { readCsv } from '../engine/interchange/csv.ts';
import { isId } from '../../shared/domain/ids.ts';
import { HubError, RESERVED_NAMES, type HubState, type HubUser, type NewUser } from './hub-state.ts';

/** Somebody of the team, as a list tells. */
export interface ListedPerson {
  readonly name: string;
  /** In the team's plan; null where the list does not say. */
  readonly agentId: string | null;
  readonly role: 'agent' | 'lead';
  /** The name on the hub, where the list says which; else it is made of the person's name. */
  readonly user: string | null;
}

const MOST_PEOPLE = 5_000;

const jsonList = z
  .array(
    z.object({
      name: z.string().trim().min(1).max(200),
      agentId: z.string().nullable().optional(),
      id: z.string().nullable().optional(),
      role: z.enum(['agent', 'lead']).optional(),
      tiers: z.array(z.string()).optional(),
      user: z.string().nullable().optional(),
      isActive: z.boolean().optional(),
    }),
  )
  .max(MOST_PEOPLE);

/**
 * Reads the list of a team: the table that Meridian exports (Team > Export), or JSON with the same words. Leads are those with the
 * tier `lead`, or whose column `role` says so. Throws a HubError that names the line.
 * @param fileName decides by its ending which of the two it is
 */
export function readTeamList(text: string, fileName: string): readonly ListedPerson[] {
  const people = /\.json$/iu.test(fileName) ? fromJson(text) : fromCsv(text);
  if (people.length === 0) throw new HubError('the list names nobody');
  return people;
}

function fromJson(text: string): readonly ListedPerson[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HubError('the list is no JSON');
  }
  const list = jsonList.or(z.object({ agents: jsonList }).transform(({ agents }) => agents)).safeParse(value);
  if (!list.success) throw new HubError(`the list is not one of people: ${z.prettifyError(list.error)}`);
  return list.data
    .filter((each) => each.isActive !== false)
    .map(({ name, agentId, id, role, tiers, user }, index) =>
      person(index + 1, { name, id: agentId ?? id ?? '', role: role ?? '', isLead: tiers?.includes('lead') === true, user: user ?? '' }),
    );
}

function fromCsv(text: string): readonly ListedPerson[] {
  const { records, broken } = readCsv(text, MOST_PEOPLE + 2);
  if (broken.length > 0) throw new HubError(`line ${String(broken[0])} of the list is no line of a table`);
  const [header, ...lines] = records;
  const titles = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const at = (is: (title: string) => boolean): number => titles.findIndex(is);
  const [name, id, tiers] = (['name', 'id', 'tiers'] as const).map((column) => at((title) => columnOf(title) === column));
  const [role, user] = [at((title) => title === 'role' || title === '角色'), at((title) => title === 'user' || title === '用户')];
  if (name === undefined || name < 0) throw new HubError('the list has no column with names; its first line must name the columns');
  if (lines.length > MOST_PEOPLE) throw new HubError(`the list is longer than ${String(MOST_PEOPLE)} people`);
  return lines.map(({ line, cells }) => {
    const of = (index: number | undefined): string => (index === undefined || index < 0 ? '' : (cells[index] ?? '').trim());
    const read = readTiers(of(tiers));
    if (!read.ok) throw new HubError(`line ${String(line)} of the list: ${JSON.stringify(of(tiers))} are no tiers`);
    return person(line, { name: of(name), id: of(id), role: of(role).toLowerCase(), isLead: read.value.includes('lead'), user: of(user) });
  });
}

interface Line {
  readonly name: string;
  readonly id: string;
  readonly role: string;
  readonly isLead: boolean;
  readonly user: string;
}

function person(line: number, { name, id, role, isLead, user }: Line): ListedPerson {
  const wrong = (what: string): HubError => new HubError(`line ${String(line)} of the list: ${what}`);
  if (name === '') throw wrong('somebody without a name');
  if (id !== '' && !isId('agt', id)) throw wrong(`${JSON.stringify(id)} is no id of a person (agt_...)`);
  if (role !== '' && role !== 'agent' && role !== 'lead') throw wrong(`${JSON.stringify(role)} is not agent or lead`);
  const isLeading = role === '' ? isLead : role === 'lead';
  return { name, agentId: id === '' ? null : id, role: isLeading ? 'lead' : 'agent', user: user === '' ? null : user };
}

/** A person with the user that they are on the hub. */
export interface PlannedUser {
  readonly person: ListedPerson;
  readonly user: NewUser;
  readonly isNew: boolean;
}

/**
 * Which users the people of a list are. Who is there already (by the id in the plan, else by the name) keeps the user, its keys and the
 * right to hold channels; the role is the list's. Throws a HubError where a line says something that cannot be.
 * @param holdsChannels whether agents that are new may fetch mail and send for the team
 */
export function plannedUsers(
  state: Pick<HubState, 'users'>,
  people: readonly ListedPerson[],
  holdsChannels: boolean,
): readonly PlannedUser[] {
  const taken = new Set(state.users.map(({ name }) => name));
  const planned = new Set<string>();
  const claimed = new Set(people.flatMap(({ agentId }) => agentId ?? []));
  return people.map((each) => {
    const known = knownUser(state, each, claimed);
    const name = known?.name ?? each.user ?? freeName(each, taken);
    if (planned.has(name)) throw new HubError(`${JSON.stringify(each.name)} is in the list twice (user ${name})`);
    planned.add(name);
    taken.add(name);
    const isHolder = each.role === 'lead' || (known?.holdsChannels ?? holdsChannels);
    return {
      person: each,
      user: { name, role: each.role, holdsChannels: isHolder, agentId: each.agentId ?? known?.agentId ?? null },
      isNew: known === undefined,
    };
  });
}

function knownUser({ users }: Pick<HubState, 'users'>, each: ListedPerson, claimed: ReadonlySet<string>): HubUser | undefined {
  const ofAgent = each.agentId === null ? undefined : users.find(({ agentId }) => agentId === each.agentId);
  if (ofAgent !== undefined && each.user !== null && ofAgent.name !== each.user)
    throw new HubError(`${JSON.stringify(each.name)} is ${ofAgent.name} on this hub already, and not ${each.user}`);
  const named = users.find(({ name }) => name === (each.user ?? userNameOf(each.name)));
  const found = ofAgent ?? (named !== undefined && isFree(named, each, claimed) ? named : undefined);
  if (found !== undefined && found.role !== 'agent' && found.role !== 'lead') {
    if (each.user !== null || ofAgent !== undefined) throw new HubError(`${found.name} is a ${found.role} on this hub, and no person`);
    return undefined;
  }
  return found;
}

/** A user of that name who is nobody else in the plan. */
function isFree(user: HubUser, each: ListedPerson, claimed: ReadonlySet<string>): boolean {
  return user.agentId === null || (each.agentId === null && !claimed.has(user.agentId));
}

/** Letters that no accent can be taken off. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** The name of a user, made of a person's: `Ana Reis` is `ana-reis`. Null for a name without Latin letters. */
export function userNameOf(name: string): string | null {
  const plain = name
    .toLowerCase()
    .replaceAll(/[ßæøœłđðþı]/gu, (letter) => LETTERS[letter] ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’.]/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^[-0-9]+|-+$/gu, '')
    .slice(0, 28)
    .replaceAll(/-+$/gu, '');
  return plain === '' ? null : plain;
}

function freeName(each: ListedPerson, taken: ReadonlySet<string>): string {
  const id = each.agentId
    ?.slice('agt_'.length)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '')
    .slice(-8);
  const base = userNameOf(each.name) ?? `agent-${id === undefined || id === '' ? 'x' : id}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${String(number)}`;
    if (!taken.has(name) && !RESERVED_NAMES.has(name)) return name;
  }
}
