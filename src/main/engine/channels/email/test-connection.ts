import type { ConnectionTest, TestStep } from '../../../../shared/contract/workspace.contract.ts';
import { DEFAULT_TIMINGS, type EmailAccount, type EmailTimings } from './email-account.ts';
import { toConnectorError, type MailProtocol } from './email-errors.ts';
import type { EmailErrorCode } from './error-codes.ts';
import { ImapSession } from './imap-session.ts';
import { SmtpSession } from './smtp-session.ts';

/** How far a test came: the step named here failed, or all are done. */
export type TestStage = 'resolve' | 'connect' | 'tls' | 'talk' | 'sign-in' | 'list' | 'done';

/** The result of one server's test, with the step that it ended at. */
export interface StagedStep extends TestStep {
  readonly stage: TestStage;
}

export interface StagedTest extends ConnectionTest {
  readonly imap: StagedStep;
  readonly smtp: StagedStep;
}

type Folder = ConnectionTest['folders'][number];

/** A person waits in front of the dialog. */
const TEST_TIMINGS: Partial<EmailTimings> = { connectMs: 10_000, openMs: 10_000, silenceMs: 10_000 };

const STAGE_OF: Partial<Record<EmailErrorCode, TestStage>> = {
  'host-not-found': 'resolve',
  'host-unreachable': 'connect',
  'connection-refused': 'connect',
  timeout: 'connect',
  'certificate-untrusted': 'tls',
  'certificate-expired': 'tls',
  'certificate-wrong-host': 'tls',
  'tls-failed': 'tls',
  'tls-required': 'tls',
  'starttls-unavailable': 'tls',
  'wrong-password': 'sign-in',
  'app-password-required': 'sign-in',
  'sign-in-expired': 'sign-in',
};

const ROLES: Readonly<Record<string, Folder['role']>> = {
  '\\Inbox': 'inbox',
  '\\Sent': 'sent',
  '\\Archive': 'archive',
  '\\Junk': 'junk',
  '\\Trash': 'trash',
  '\\Drafts': 'drafts',
  '\\All': 'all',
};

async function stepOf(protocol: MailProtocol, account: EmailAccount, work: () => Promise<void>): Promise<StagedStep> {
  try {
    await work();
    return { ok: true, code: null, detail: '', stage: 'done' };
  } catch (error) {
    const known = toConnectorError(error, protocol, account.auth);
    const stage = Object.entries(STAGE_OF).find(([code]) => code === known.code)?.[1] ?? 'talk';
    return { ok: false, code: known.code, detail: known.message, stage };
  }
}

/** The folders that can be followed, with their roles; the inbox first. Throws a ConnectorError. */
export async function listFolders(account: EmailAccount, signal: AbortSignal, timings: Partial<EmailTimings> = {}): Promise<Folder[]> {
  using session = await ImapSession.open(account, { ...DEFAULT_TIMINGS, ...TEST_TIMINGS, ...timings }, signal);
  const listed = await session.run(signal, async (client) =>
    // without LIST-STATUS every folder would cost a command of its own
    client.list(client.capabilities.has('LIST-STATUS') ? { statusQuery: { messages: true } } : {}),
  );
  const usable = listed.filter((folder) => ![...folder.flags].some((flag) => ['\\NOSELECT', '\\NONEXISTENT'].includes(flag.toUpperCase())));
  const folders = usable.map((folder) => ({
    path: folder.path,
    role: folder.path.toUpperCase() === 'INBOX' ? ('inbox' as const) : (ROLES[folder.specialUse ?? ''] ?? null),
    messages: folder.status?.messages ?? null,
  }));
  await session.logout();
  return folders.sort((left, right) => Number(right.role === 'inbox') - Number(left.role === 'inbox'));
}

/**
 * Tries both servers at once, each from resolving its name to signing in, and lists the folders. Never throws: what failed is
 * in the steps. Each network step has ten seconds.
 */
export async function testConnection(account: EmailAccount, signal: AbortSignal, timings: Partial<EmailTimings> = {}): Promise<StagedTest> {
  let folders: Folder[] = [];
  const [imap, smtp] = await Promise.all([
    stepOf('imap', account, async () => {
      folders = await listFolders(account, signal, timings);
    }),
    stepOf('smtp', account, async () => {
      using session = await SmtpSession.open(account, { ...DEFAULT_TIMINGS, ...TEST_TIMINGS, ...timings }, signal);
      session.quit();
    }),
  ]);
  return { imap, smtp, folders };
}
