import path from 'node:path';
import { parseArgs } from 'node:util';
import { readInvite, runGateway } from './gateway.ts';
import type { GatewayOptions, GatewayStatus } from './gateway.ts';
import { GatewayError, readSecret, readSettings } from './gateway-settings.ts';
import { askGateway } from './gateway-socket.ts';

/** What the command needs of the machine it runs on. */
export interface GatewayMachine extends Pick<
  GatewayOptions,
  | 'checkYear'
  | 'checkpoints'
  | 'clock'
  | 'createLink'
  | 'guessLanguages'
  | 'log'
  | 'parser'
  | 'playbookFolder'
  | 'scanLong'
  | 'signal'
  | 'snapshots'
  | 'version'
> {
  /** The folder unless `--folder` names another. */
  readonly folder: string;
  /** `CREDENTIALS_DIRECTORY` of systemd; null without it. */
  readonly credentials: string | null;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

export const GATEWAY_USAGE = `npm run gateway -- [options]

Holds the channels of a team around the clock: fetches mail and sends replies, without windows.

  --folder DIR      where its workspace is (else MERIDIAN_GATEWAY, else ~/meridian-gateway)
  --settings FILE   the mailboxes, as JSON (else settings.json in the folder)
  --invite FILE     the invite of a user of the role gateway; at the first start alone.
                    The credential "invite" of systemd counts as well
  --status          says how the gateway of this folder does, and ends: 0 healthy, 1 not, 2 none runs
  --help            this text

It writes one JSON object a line to standard output, and ends at SIGTERM or SIGINT when what it
sends has ended. Exit codes: 0 asked to end, 1 failed, 3 revoked (starting again is useless).
resources/gateway/README.md explains the settings, systemd and containers.`;

const OPTIONS = {
  folder: { type: 'string' },
  settings: { type: 'string' },
  invite: { type: 'string' },
  status: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const NONE_RUNS = 2;
const REVOKED = 3;

/**
 * The gateway command. What a person can put right is said in one sentence.
 * @param words what stands after `npm run gateway --`
 * @returns the exit code
 */
export async function runGatewayCommand(words: readonly string[], machine: GatewayMachine): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...words], options: OPTIONS });
    const folder = path.resolve(values.folder ?? machine.folder);
    if (values.help === true) {
      machine.say(GATEWAY_USAGE);
      return 0;
    }
    if (values.status === true) return await sayStatus(folder, machine);
    const settings = await readSettings(values.settings ?? path.join(folder, 'settings.json'), machine.credentials);
    const invite = values.invite === undefined ? await credentialInvite(machine.credentials) : await readInvite(values.invite);
    const { folder: _folder, credentials: _credentials, say: _say, warn: _warn, ...rest } = machine;
    return (await runGateway({ ...rest, folder, settings, invite })) === 'revoked' ? REVOKED : 0;
  } catch (error) {
    if (error instanceof GatewayError) machine.warn(error.message);
    else machine.log('error', 'gateway: it failed', { error });
    return 1;
  }
}

async function credentialInvite(credentials: string | null): Promise<string | null> {
  return credentials === null ? null : readSecret('invite', { credentials, folder: credentials }).catch(() => null);
}

async function sayStatus(folder: string, { say, warn }: GatewayMachine): Promise<number> {
  const text = await askGateway(folder);
  if (text === null) {
    warn(`no gateway runs in ${folder}`);
    return NONE_RUNS;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own gateway wrote it
  const status = JSON.parse(text) as GatewayStatus;
  say(JSON.stringify(status, null, 2));
  return status.isHealthy ? 0 : 1;
}
