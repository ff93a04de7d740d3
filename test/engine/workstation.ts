import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailServer } from '../mail-server/mail-server.ts';
import { emailConnectors, productionMailProbe } from '../../src/main/engine/composition.ts';
import { createEngine } from '../../src/main/engine/create-engine.ts';
import type { Engine, EngineOptions } from '../../src/main/engine/create-engine.ts';
import { createInlineParser } from '../../src/main/engine/channels/email/parse-pool.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import type { ShellPort } from '../../src/main/engine/ports/shell-port.ts';
import type { Answer, CallName, Input, Output } from '../../src/shared/contract/contract.ts';
import type { EmailSettings } from '../../src/shared/contract/workspace.contract.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId, OperationId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** A keychain and a window manager in memory: the shell's part in tests of the engine. It keeps what it was asked. */
export function memoryShell(
  secrets = new Map<string, string>(),
): ShellPort & { readonly asked: { readonly name: string; readonly input: unknown }[] } {
  const asked: { readonly name: string; readonly input: unknown }[] = [];
  const answer = (name: string, input: unknown): unknown => {
    asked.push({ name, input });
    const { ref, value } = (input ?? {}) as { ref?: string; value?: string };
    switch (name) {
      case 'vault.status':
        return { backend: 'keychain', state: 'ready' };
      case 'secret.get':
        return secrets.get(ref ?? '') ?? null;
      case 'secret.set':
        secrets.set(ref ?? '', value ?? '');
        return 'ok';
      default:
        return null;
    }
  };
  return { asked, request: (name, input) => Promise.resolve(answer(name, input) as never) };
}

export interface Workstation extends AsyncDisposable {
  readonly engine: Engine;
  readonly folder: string;
  readonly shell: ReturnType<typeof memoryShell>;
  call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Answer<Name>>;
  /** Like `call`; throws when the answer is an error. */
  ask<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** Ends the engine and keeps the folder, as quitting the app does. */
  quit(): Promise<void>;
}

let operations = 0;
/** A new operation id. */
export function op(): OperationId {
  operations += 1;
  return makeId('op', `test-${process.pid}-${operations}`);
}

/** Milliseconds within which the email tests want a dead connection noticed and a failed one tried again. */
export const QUICK = { quietMs: 1_000, probeMs: 1_000, staleMs: 500, pollMs: 2_000, silenceMs: 3_000, connectMs: 3_000, openMs: 4_000 };

/** Folders made here: whoever works in one last, perhaps after a restart, takes it away. */
const ownFolders = new Set<string>();

/** A workstation with the real engine and the real email connector, in this process. */
export async function startWorkstation(
  options: Partial<EngineOptions> & { readonly folder?: string; readonly secrets?: Map<string, string>; readonly trustedCa?: string } = {},
): Promise<Workstation> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'meridian-workstation-'));
  if (options.folder === undefined) ownFolders.add(folder);
  const shell = memoryShell(options.secrets);
  const engine = createEngine({
    workspace: 'main',
    workspacePath: folder,
    clock: { now: () => instant(Date.now()) },
    log: (level, message, fields) => {
      if (level === 'error')
        process.stderr.write(
          `${message} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? value.stack : value))}\n`,
        );
    },
    probe: noProbe,
    random: () => 0,
    shell,
    parser: createInlineParser(),
    mail: productionMailProbe(),
    createConnector: emailConnectors({
      parser: () => createInlineParser(),
      timings: QUICK,
      ...(options.trustedCa === undefined ? {} : { trustedCa: options.trustedCa }),
    }),
    ...options,
  });
  // what is to begin later is waited for by who lets it begin
  if (options.beforeChores === undefined) await engine.started;
  let open = true;
  const quit = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await engine[Symbol.asyncDispose]();
  };
  const call = async <Name extends CallName>(name: Name, input: Input<Name>): Promise<Answer<Name>> =>
    (await engine.call(name, input)) as Answer<Name>;
  return {
    engine,
    folder,
    shell,
    call,
    ask: async (name, input) => {
      const answer = await call(name, input);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.detail}`);
      return answer.value;
    },
    quit,
    [Symbol.asyncDispose]: async () => {
      await quit();
      if (ownFolders.delete(folder)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Says who works here, as the first run does. */
export async function introduce(station: Workstation): Promise<void> {
  await station.ask('workspace.setProfile', { opId: op(), name: 'Ana Reis', zone: 'Europe/Lisbon', languages: ['en'] });
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
}

/** The settings of the rig's support mailbox, without TLS unless asked. */
export function settingsFor(server: MailServer, change: Partial<EmailSettings> = {}): EmailSettings {
  return {
    address: 'support@team.test',
    name: 'Team Support',
    user: 'support@team.test',
    imap: { host: server.host, port: server.ports.imap, security: 'none' },
    smtp: { host: server.host, port: server.ports.smtp, security: 'none' },
    folders: ['INBOX', 'Sent'],
    sentFolder: 'Sent',
    sentCopy: 'append',
    plusAddressing: true,
    ...change,
  };
}

/** Connects the support mailbox and waits until it is live. */
export async function connectMailbox(station: Workstation, server: MailServer, change: Partial<EmailSettings> = {}): Promise<void> {
  await station.ask('accounts.add', {
    opId: op(),
    settings: settingsFor(server, change),
    password: server.users['support@team.test'] ?? '',
  });
  await until(async () => (await station.ask('accounts.list', {})).every((account) => account.state === 'live'), 'the mailbox is live');
}

/** Waits for a condition; the deadline is generous because the machine may be busy. */
export async function until(condition: () => Promise<boolean> | boolean, what: string, deadlineMs = 20_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Writes and sends a reply; returns when it is in the outbox. */
export async function reply(
  station: Workstation,
  caseId: CaseId,
  text: string,
  to = 'customer@example.test',
): Promise<Output<'cases.reply'>> {
  const { draftId } = await station.ask('drafts.save', {
    opId: op(),
    caseId,
    kind: 'reply',
    text,
    to: [{ address: to, name: '' }],
    cc: [],
  });
  return station.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
}
