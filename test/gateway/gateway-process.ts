import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inviteLink, type HubInvite } from '../../src/main/engine/team/hub-invite.ts';
import type { GatewayStatus } from '../../src/main/gateway/gateway.ts';
import { askGateway } from '../../src/main/gateway/gateway-socket.ts';
import type { MailServer } from '../mail-server/mail-server.ts';

const GATEWAY = path.resolve(import.meta.dirname, '../../out/main/gateway.js');

export interface RunResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command until it ends by itself. */
export async function gatewayCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
  const child = start(args, env);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  if (!existsSync(GATEWAY)) throw new Error('build first: npm run build');
  return spawn(process.execPath, [GATEWAY, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC', ...env } });
}

/** A gateway that runs in a process of its own. */
export interface RunningGateway {
  readonly pid: number;
  /** What it logged. */
  readonly lines: readonly { readonly level: string; readonly message: string }[];
  status(): Promise<GatewayStatus | null>;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
  readonly ended: Promise<number | null>;
}

export function runGatewayProcess(folder: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): RunningGateway {
  const child = start(['--folder', folder, ...args], env);
  const lines: { level: string; message: string }[] = [];
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
    lines.push(JSON.parse(line) as { level: string; message: string });
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  return {
    pid: child.pid ?? 0,
    lines,
    status: async () => {
      const text = await askGateway(folder);
      return text === null ? null : (JSON.parse(text) as GatewayStatus);
    },
    signal: (name) => void child.kill(name),
    ended: new Promise((resolve) => {
      child.once('close', (code) => {
        if (words !== '') process.stderr.write(words);
        resolve(code);
      });
    }),
  };
}

/** A folder as somebody who sets a gateway up makes it. */
export async function gatewayFolder(
  server: MailServer,
  invite: HubInvite,
): Promise<{
  readonly root: string;
  readonly folder: string;
  readonly invite: string;
  readonly password: string;
  readonly remove: () => Promise<void>;
}> {
  const root = await mkdtemp(path.join(tmpdir(), 'meridian-gw-'));
  const folder = path.join(root, 'work');
  const file = path.join(root, 'gate.invite');
  const password = path.join(root, 'support.password');
  await writeFile(file, inviteLink(invite), { mode: 0o600 });
  await writeFile(password, `${server.password('support@team.test')}\n`, { mode: 0o600 });
  await writeFile(path.join(root, 'authority.pem'), server.certificates.authority);
  const settings = {
    trustedAuthority: 'authority.pem',
    mailboxes: [
      {
        address: 'support@team.test',
        name: 'Team Support',
        imap: { host: '127.0.0.1', port: server.ports.imaps, security: 'tls' },
        smtp: { host: '127.0.0.1', port: server.ports.smtps, security: 'tls' },
        sentFolder: 'Sent',
        plusAddressing: true,
        password: 'support.password',
      },
    ],
  };
  await writeFile(path.join(root, 'settings.json'), JSON.stringify(settings));
  return { root, folder, invite: file, password, remove: async () => rm(root, { recursive: true, force: true }) };
}
