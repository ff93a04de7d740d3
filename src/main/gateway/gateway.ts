import { randomUUID } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { channelConnector } from '../engine/channels/channel-connector.ts';
import { emailConnectors, productionMailProbe } from '../engine/composition.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { LanguageGuesser } from '../engine/ports/language-port.ts';
import type { LongTextScan } from '../engine/ports/scan-port.ts';
import type { Engine } from '../engine/create-engine.ts';
import type { MailParser } from '../engine/channels/email/mime/parsed-mail.ts';
import { accountIdFor, IdSource } from '../engine/identity.ts';
import { secretRef } from '../engine/jobs/account-pool.ts';
import type { LinkFactory } from '../engine/jobs/team.ts';
import type { Log } from '../engine/log.ts';
import { noProbe } from '../engine/probe.ts';
import { accountByUid, listAccounts } from '../engine/store/accounts.store.ts';
import { entriesInState } from '../engine/store/outbox.store.ts';
import type { CheckpointWork } from '../engine/store/checkpoint/checkpoint-work.ts';
import type { SnapshotWork } from '../engine/store/snapshot/snapshot-work.ts';
import { parseInvite } from '../engine/team/hub-invite.ts';
import { channelLease } from '../engine/team/hub-link.ts';
import type { YearChecker } from '../engine/year-check/year-checker.ts';
import { gatewayShell } from './gateway-shell.ts';
import { GatewayError } from './gateway-settings.ts';
import type { GatewayMailbox, GatewaySettings } from './gateway-settings.ts';
import { putSites, siteAccount, siteStatuses, type GatewaySiteStatus } from './gateway-sites.ts';
import { takeFolder } from './gateway-socket.ts';
import type { AccountRow, EmailSettings } from '../../shared/contract/workspace.contract.ts';
import type { Clock } from '../../shared/domain/time.ts';

export interface GatewayOptions {
  /** The workspace, with mode 0700. One gateway at a time. */
  readonly folder: string;
  readonly settings: GatewaySettings;
  /** The link of an invite; needed at the first start alone. */
  readonly invite: string | null;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly parser: MailParser;
  /** Where the playbooks are that Meridian brings. */
  readonly playbookFolder?: string;
  readonly createLink: LinkFactory;
  readonly checkYear?: YearChecker;
  readonly guessLanguages?: LanguageGuesser;
  readonly scanLong?: LongTextScan;
  readonly snapshots?: SnapshotWork;
  readonly checkpoints?: CheckpointWork;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How a gateway does, as `--status` tells. */
export interface GatewayStatus {
  readonly isHealthy: boolean;
  readonly version: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly hub: { readonly name: string; readonly user: string; readonly state: string; readonly code: string | null } | null;
  /** Entries of the log that are known and not applied. */
  readonly behind: number | null;
  readonly mailboxes: readonly {
    readonly address: string;
    /** Whether this gateway fetches and sends for it; another one may. */
    readonly isHeldHere: boolean;
    readonly heldBy: string | null;
    readonly state: string;
    readonly code: string | null;
    readonly lastSyncAt: string | null;
  }[];
  readonly sites: readonly GatewaySiteStatus[];
  /** Replies of which nobody knows whether they arrived: a person has to decide. */
  readonly unclearReplies: number;
}

/** `stopped`: it was asked to. `revoked`: the hub lets it in no more, and starting it again is useless. */
export type GatewayEnd = 'stopped' | 'revoked';

const LOOK_EVERY_MS = 2_000;

/** Runs the engine of a team's gateway until it is asked to stop. Throws a GatewayError for what a person has to put right. */
export async function runGateway(options: GatewayOptions): Promise<GatewayEnd> {
  const { folder, log, signal } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (((await stat(folder)).mode & 0o077) !== 0) throw new GatewayError(`${folder} can be read by others; chmod 700 ${folder}`);
  const startedAt = new Date(options.clock.now()).toISOString();
  const starting: GatewayStatus = {
    isHealthy: false,
    version: options.version,
    pid: process.pid,
    startedAt,
    hub: null,
    behind: null,
    mailboxes: [],
    sites: [],
    unclearReplies: 0,
  };
  let status = (): GatewayStatus => starting;
  await using _folder = await takeFolder(folder, () => JSON.stringify(status()));
  const shell = gatewayShell(folder, options.version);
  for (const [address, password] of options.settings.passwords) {
    await shell.request('secret.set', { ref: secretRef(accountIdFor('email', address)), value: password });
  }
  for (const site of options.settings.sites) {
    await shell.request('secret.set', { ref: secretRef(siteAccount(site)), value: site.secret });
  }
  const { trustedAuthority } = options.settings;
  const trusted = trustedAuthority === null ? {} : { trustedCa: trustedAuthority };
  const email = emailConnectors({ parser: () => options.parser, ...trusted });
  await using engine = createEngine({
    workspace: 'main',
    workspacePath: folder,
    clock: options.clock,
    log,
    probe: noProbe,
    random: Math.random,
    shell,
    parser: options.parser,
    ...(options.playbookFolder === undefined ? {} : { playbookFolder: options.playbookFolder }),
    mail: productionMailProbe(trusted),
    createConnector: (account, secret, io) => (account.kind === 'email' ? email : channelConnector)(account, secret, io),
    createLink: options.createLink,
    ...(options.checkYear === undefined ? {} : { checkYear: options.checkYear }),
    ...(options.guessLanguages === undefined ? {} : { guessLanguages: options.guessLanguages }),
    ...(options.checkpoints === undefined ? {} : { checkpoints: options.checkpoints }),
    ...(options.scanLong === undefined ? {} : { scanLong: options.scanLong }),
    ...(options.snapshots === undefined ? {} : { snapshots: options.snapshots }),
  });
  await engine.started;
  await join(engine, options);
  await putMailboxes(engine, options);
  await putSites(engine, { ...options, sites: options.settings.sites });
  const rows = await accountRows(engine);
  let known: readonly AccountRow[] = rows;
  let sites = await siteStatuses(engine);
  status = () => statusOf(engine, known, sites, options, startedAt);
  log('info', 'gateway: it runs', { folder, mailboxes: options.settings.mailboxes.map(({ address }) => address) });
  let told = '';
  while (!signal.aborted) {
    if (engine.team.membership()?.phase === 'ended') {
      log('error', 'gateway: the hub lets it in no more');
      return 'revoked';
    }
    known = await accountRows(engine);
    sites = await siteStatuses(engine);
    const now = status();
    const summary = JSON.stringify([
      now.isHealthy,
      now.hub,
      now.mailboxes.map(({ address, isHeldHere, state, code }) => [address, isHeldHere, state, code]),
      now.sites.map(({ site, isHeldHere, state, code }) => [site, isHeldHere, state, code]),
      now.unclearReplies,
    ]);
    if (summary !== told) log(now.isHealthy ? 'info' : 'warn', 'gateway: state', { ...now });
    told = summary;
    await pause(LOOK_EVERY_MS, signal);
  }
  log('info', 'gateway: it stops');
  return 'stopped';
}

async function join(engine: Engine, { invite, folder }: GatewayOptions): Promise<void> {
  const member = engine.team.membership();
  if (member !== null && member.phase !== 'ended') return;
  if (invite === null) {
    throw new GatewayError(
      member === null
        ? `the workspace in ${folder} belongs to no team yet; name an invite with --invite`
        : `the workspace in ${folder} has left its team; begin anew in an empty folder`,
    );
  }
  const parsed = parseInvite(invite);
  if (parsed === null) throw new GatewayError('the invite cannot be read');
  if (parsed.user.role !== 'gateway') {
    throw new GatewayError(
      `the invite is for ${parsed.user.name}, who is ${parsed.user.role} on the hub; a gateway needs a user of the role gateway`,
    );
  }
  const joined = await engine.team.join({ invite, keepHistory: false, isSamePerson: true });
  if (!joined.ok) throw new GatewayError(`the hub cannot be joined: ${joined.error.code} ${joined.error.detail}`);
}

/** Makes the accounts of the workspace those of the settings. */
async function putMailboxes(engine: Engine, { settings, clock, log }: GatewayOptions): Promise<void> {
  const ids = new IdSource(clock);
  const done = async (name: string, input: object): Promise<void> => {
    const answer = await engine.call(name, { opId: ids.next('op'), ...input });
    if (!answer.ok) throw new GatewayError(`a mailbox cannot be set up: ${answer.error.code} ${answer.error.detail}`);
  };
  const wanted = new Set([...settings.mailboxes.map(({ address }) => accountIdFor('email', address)), ...settings.sites.map(siteAccount)]);
  for (const mailbox of settings.mailboxes) {
    const accountId = accountIdFor('email', mailbox.address);
    const known = engine.store.read((db) => accountByUid(db, accountId));
    const email = emailSettings(mailbox);
    const password = settings.passwords.get(mailbox.address.toLowerCase()) ?? '';
    if (known === undefined || known.removedAt !== null || known.isElsewhere === true) {
      await done('accounts.add', { settings: email, password });
      log('info', 'gateway: a mailbox was added', { address: mailbox.address });
    } else if (!isDeepStrictEqual(known.settings, email)) await done('accounts.update', { accountId, settings: email, password });
  }
  for (const { uid, isElsewhere, address } of engine.store.read(listAccounts)) {
    if (isElsewhere === true || wanted.has(uid)) continue;
    await done('accounts.remove', { accountId: uid });
    log('info', 'gateway: an account was removed', { address });
  }
}

function emailSettings({ password: _password, ...mailbox }: GatewayMailbox): EmailSettings {
  return {
    ...mailbox,
    address: mailbox.address.toLowerCase(),
    name: mailbox.name ?? mailbox.address,
    user: mailbox.user ?? mailbox.address,
  };
}

async function accountRows(engine: Engine): Promise<readonly AccountRow[]> {
  const answer = await engine.call('accounts.list', {});
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the output of this call, by the contract
  return answer.ok ? (answer.value as readonly AccountRow[]) : [];
}

function statusOf(
  engine: Engine,
  rows: readonly AccountRow[],
  sites: readonly GatewaySiteStatus[],
  { version }: GatewayOptions,
  startedAt: string,
): GatewayStatus {
  const session = engine.team.session();
  const member = engine.team.membership();
  const link = engine.team.linkState();
  const sync = session?.sync.status() ?? null;
  const mailboxes = rows
    .filter(({ config }) => config !== null)
    .map(({ accountId, address, state, code, lastSyncAt }) => {
      const holder = session?.link.leases.holder(channelLease(accountId)) ?? null;
      const isHeldHere = holder !== null && holder.user === member?.user.name && holder.workstation === member.workstation;
      return {
        address,
        isHeldHere,
        heldBy: holder === null ? null : `${holder.user} ${holder.workstation}`,
        state,
        code,
        lastSyncAt: lastSyncAt === null ? null : new Date(lastSyncAt).toISOString(),
      };
    });
  const isOnline = link?.state === 'online';
  return {
    isHealthy:
      isOnline && [...mailboxes, ...sites].every(({ isHeldHere, state }) => !isHeldHere || (state !== 'problem' && state !== 'paused')),
    version,
    pid: process.pid,
    startedAt,
    hub: member === null ? null : { name: member.hub.name, user: member.user.name, state: link?.state ?? 'none', code: link?.code ?? null },
    behind: sync === null ? null : Math.max(0, sync.lastSequence - sync.cursor),
    mailboxes,
    sites,
    unclearReplies: engine.store.read((db) => entriesInState(db, 'unknown')).length,
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

/** Reads an invite from a file that others cannot read. */
export async function readInvite(file: string): Promise<string> {
  const there = await stat(file).catch(() => null);
  if (there?.isFile() !== true) throw new GatewayError(`there is no invite at ${file}`);
  if ((there.mode & 0o077) !== 0) throw new GatewayError(`${file} can be read by others; chmod 600 ${file}`);
  return readFile(file, 'utf8');
}

/** A name for one run of the program. */
export function newRun(): string {
  return randomUUID();
}
