import type { ConnectionTest, DiscoveredSettings, EmailSettings, ServerSettings } from '../../../../shared/contract/workspace.contract.ts';

/** What the person has entered so far; ports are text while they are typed. */
export interface ServerDraft {
  readonly host: string;
  readonly port: string;
  readonly security: ServerSettings['security'];
}

export interface WizardDraft {
  readonly address: string;
  readonly name: string;
  readonly user: string;
  readonly password: string;
  readonly imap: ServerDraft;
  readonly smtp: ServerDraft;
  readonly folders: readonly string[];
  readonly sentFolder: string | null;
  readonly sentCopy: 'append' | 'server';
  readonly plusAddressing: boolean;
}

export const EMPTY_DRAFT: WizardDraft = {
  address: '',
  name: '',
  user: '',
  password: '',
  imap: { host: '', port: '993', security: 'tls' },
  smtp: { host: '', port: '465', security: 'tls' },
  folders: [],
  sentFolder: null,
  sentCopy: 'append',
  plusAddressing: false,
};

const STANDARD_PORTS: Readonly<Record<'imap' | 'smtp', Readonly<Record<ServerSettings['security'], string>>>> = {
  imap: { tls: '993', starttls: '143', none: '143' },
  smtp: { tls: '465', starttls: '587', none: '25' },
};

/** The port that goes with a security, unless the person chose one of their own. */
export function withSecurity(kind: 'imap' | 'smtp', server: ServerDraft, security: ServerSettings['security']): ServerDraft {
  const isStandard = Object.values(STANDARD_PORTS[kind]).includes(server.port) || server.port === '';
  return { ...server, security, port: isStandard ? STANDARD_PORTS[kind][security] : server.port };
}

export function isAddress(address: string): boolean {
  return /^[^\s@<>,;"]+@[^\s@<>,;"]+$/u.test(address.trim());
}

export function domainOf(address: string): string {
  return address.trim().split('@').at(-1) ?? '';
}

export function isPort(port: string): boolean {
  return /^\d{1,5}$/u.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
}

function draftOf(server: ServerSettings): ServerDraft {
  return { host: server.host, port: String(server.port), security: server.security };
}

function serverOf(draft: ServerDraft): ServerSettings {
  return { host: draft.host.trim(), port: Number(draft.port), security: draft.security };
}

export function withDiscovered(draft: WizardDraft, found: DiscoveredSettings): WizardDraft {
  return {
    ...draft,
    user: found.user,
    imap: draftOf(found.imap),
    smtp: draftOf(found.smtp),
    sentCopy: found.sentCopy,
    plusAddressing: found.plusAddressing,
  };
}

export function draftFrom(settings: EmailSettings): WizardDraft {
  return { ...settings, password: '', imap: draftOf(settings.imap), smtp: draftOf(settings.smtp) };
}

/** Complete settings; before the folders are known the inbox stands in for them, because a test needs none. */
export function settingsFrom(draft: WizardDraft): EmailSettings {
  return {
    address: draft.address.trim(),
    name: draft.name.trim(),
    user: draft.user.trim() === '' ? draft.address.trim() : draft.user.trim(),
    imap: serverOf(draft.imap),
    smtp: serverOf(draft.smtp),
    folders: draft.folders.length === 0 ? ['INBOX'] : draft.folders,
    sentFolder: draft.sentFolder,
    sentCopy: draft.sentCopy,
    plusAddressing: draft.plusAddressing,
  };
}

/** What is wrong with the servers page, by field; empty when it can be tested. */
export function serverProblems(
  draft: WizardDraft,
  needsPassword: boolean,
): ReadonlySet<'imap.host' | 'imap.port' | 'smtp.host' | 'smtp.port' | 'password'> {
  const problems = new Set<'imap.host' | 'imap.port' | 'smtp.host' | 'smtp.port' | 'password'>();
  for (const kind of ['imap', 'smtp'] as const) {
    if (draft[kind].host.trim() === '') problems.add(`${kind}.host`);
    if (!isPort(draft[kind].port)) problems.add(`${kind}.port`);
  }
  if (needsPassword && draft.password === '') problems.add('password');
  return problems;
}

type Folder = ConnectionTest['folders'][number];
const NOT_CASES: readonly Folder['role'][] = ['sent', 'junk', 'trash', 'drafts', 'all'];

/** Folders and sent folder that fit what the server has: what was chosen before if it is still there, else the inbox. */
export function withFolders(draft: WizardDraft, folders: readonly Folder[]): WizardDraft {
  const paths = new Set(folders.map((folder) => folder.path));
  const kept = draft.folders.filter((path) => paths.has(path));
  const inbox = folders.filter((folder) => folder.role === 'inbox').map((folder) => folder.path);
  const sent = folders.find((folder) => folder.role === 'sent')?.path ?? null;
  return {
    ...draft,
    folders: kept.length > 0 ? kept : inbox,
    sentFolder: draft.sentFolder !== null && paths.has(draft.sentFolder) ? draft.sentFolder : sent,
  };
}

/** Folders that people usually make cases of come first. */
export function inOrder(folders: readonly Folder[]): readonly Folder[] {
  const rank = (folder: Folder): number => (folder.role === 'inbox' ? 0 : NOT_CASES.includes(folder.role) ? 2 : 1);
  return [...folders].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
}
