import { createInterface } from 'node:readline';
import { emailConnectors, productionMailProbe } from './composition.ts';
import { createEngine } from './create-engine.ts';
import { channelConnector } from './channels/channel-connector.ts';
import { createInlineParser } from './channels/email/parse-pool.ts';
import { jsonLog } from './log.ts';
import { PROBE_POINTS } from './probe.ts';
import type { ProbePoint } from './probe.ts';
import type { ShellPort } from './ports/shell-port.ts';
import type { ShellRequests } from '../../shared/contract/shell.contract.ts';
import { instant } from '../../shared/domain/time.ts';

/**
 * The engine in plain Node, without windows: spoken to by one JSON object a line on standard input and output. The tests
 * use it as a workstation that can be killed at any step.
 */
interface HeadlessStart {
  readonly workspacePath: string;
  /** Kill this process with SIGKILL when the point is reached for the n-th time (from 1). */
  readonly killAt?: { readonly point: ProbePoint; readonly count: number };
  readonly trustedCa?: string;
  readonly timings?: Readonly<Record<string, number>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The playbooks that Meridian brings; the bot has none without. */
  readonly playbookFolder?: string;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own parent process wrote it
const start = JSON.parse(process.argv[2] ?? '{}') as HeadlessStart;
const clock = { now: () => instant(Date.now()) };
const secrets = new Map(Object.entries(start.secrets ?? {}));
const log = jsonLog(
  (line) => process.stderr.write(line),
  () => Date.now(),
);

let reached = 0;
function probe(point: ProbePoint): void {
  if (start.killAt === undefined || point !== start.killAt.point) return;
  reached += 1;
  // SIGKILL and nothing softer: no handler runs, no buffer is flushed.
  if (reached === start.killAt.count) process.kill(process.pid, 'SIGKILL');
}
if (start.killAt !== undefined && !PROBE_POINTS.includes(start.killAt.point)) throw new Error(`there is no point ${start.killAt.point}`);

/** Secrets live in memory for the life of this process; there is nobody to notify and nothing to open. */
const answers: { readonly [Name in keyof ShellRequests]?: (input: ShellRequests[Name][0]) => ShellRequests[Name][1] } = {
  'app.info': () => ({
    version: '0.0.0',
    electron: '',
    chrome: '',
    node: process.versions.node,
    fallbackRuntime: false,
    pinnedElectron: '',
    platform: process.platform,
    packaged: false,
    userDataPath: start.workspacePath,
  }),
  'vault.status': () => ({ backend: 'keychain', state: 'ready' }),
  'secret.get': ({ ref }) => secrets.get(ref) ?? null,
  'secret.set': ({ ref, value }) => {
    secrets.set(ref, value);
    return 'ok';
  },
  'secret.delete': ({ ref }) => {
    secrets.delete(ref);
    return null;
  },
  'external.open': () => 'refused',
};
const shell: ShellPort = {
  request: (name, input) => {
    const answer = answers[name];
    // Requests about windows are answered with nothing: there are none.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own parent process wrote it
    return Promise.resolve((answer === undefined ? null : answer(input as never)) as never);
  },
};

const email = emailConnectors({
  parser: () => createInlineParser(),
  ...(start.trustedCa === undefined ? {} : { trustedCa: start.trustedCa }),
  ...(start.timings === undefined ? {} : { timings: start.timings }),
});

const engine = createEngine({
  workspace: 'main',
  workspacePath: start.workspacePath,
  clock,
  log,
  probe,
  random: Math.random,
  shell,
  parser: createInlineParser(),
  mail: productionMailProbe(),
  ...(start.playbookFolder === undefined ? {} : { playbookFolder: start.playbookFolder }),
  createConnector: (account, secret, io) => (account.kind === 'email' ? email : channelConnector)(account, secret, io),
});

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own parent process wrote it
  const request = JSON.parse(line) as { readonly id: number; readonly name: string; readonly input: unknown };
  void engine.call(request.name, request.input).then((result) => say({ id: request.id, result }));
});
process.stdin.on('end', () => {
  void engine[Symbol.asyncDispose]().then(() => process.exit(0));
});
say({ ready: true });
