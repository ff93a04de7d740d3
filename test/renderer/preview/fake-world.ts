import type { CaseRow, TimelineItem } from '../../../src/shared/contract/cases.contract.ts';
import type { OutboxRow } from '../../../src/shared/contract/outbox.contract.ts';
import type { Input, Output } from '../../../src/shared/contract/contract.ts';
import type { AccountRow, Settings, Workspace } from '../../../src/shared/contract/workspace.contract.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../src/shared/domain/time.ts';
import { DUE_SOON_MS } from '../../../src/shared/domain/views.ts';
import type { ViewId } from '../../../src/shared/domain/views.ts';
import { fakeCoverage } from './fake-coverage.ts';
import { fakeHandoffs, fakeMarks } from './fake-handoffs.ts';
import { fakeClocks, fakeSla } from './fake-sla.ts';
import { fakeTeam } from '../fake-team.ts';
import { fakeTurns } from './fake-turns.ts';
import type { FakeEngine } from '../fake-engine.ts';
import { fakeMetrics } from './fake-metrics.ts';
import { fakePlan } from './fake-plan.ts';
import { fakePromises } from './fake-promises.ts';
import { fakeRules } from './fake-rules.ts';

const NOW = Date.now();
const at = (agoMs: number): ReturnType<typeof instant> => instant(NOW - agoMs);
const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
const ME = makeId('agt', 'me');
const LI = makeId('agt', 'li');
const ACCOUNT = makeId('acc', 'support');

const PEOPLE = [
  ['Amara Okafor', 'amara@lumen.example', 'Africa/Lagos', 'en', 'vip'],
  ['陈思远', 'siyuan.chen@qinghe.example', 'Asia/Shanghai', 'zh', 'vip-plus'],
  ['Jörg Müller', 'j.mueller@werkbank.example', 'Europe/Berlin', 'de', 'standard'],
  ['María José Fernández', 'mj@olivar.example', 'Europe/Madrid', 'es', 'standard'],
  ['田中 美咲', 'misaki@hoshino.example', 'Asia/Tokyo', 'ja', 'standard'],
  ['Ben Carter', 'ben@northfold.example', 'America/Chicago', 'en', 'standard'],
  ['سارة الحداد', 'sara@marsa.example', 'Asia/Dubai', 'ar', 'standard'],
] as const;
const SUBJECTS = [
  ['Export stops at 10,000 rows', 'We tried the export twice today and it ends without any message. Our month closes tonight.'],
  ['发票抬头需要修改', '您好，我们公司上个月更名，请问如何修改已开具的发票抬头？'],
  [
    'Rechnung 2025-118: falscher Steuersatz',
    'Guten Tag, auf der letzten Rechnung steht 16 % statt 19 %. Können Sie das bitte korrigieren?',
  ],
  ['No puedo iniciar sesión', 'Desde esta mañana el sistema dice que mi cuenta no existe.'],
  ['APIの応答が遅い', '昨日から応答に10秒以上かかることがあります。ログを添付します。'],
  ['Question about our renewal', 'Before we renew, could you confirm the seat price for 250 users?'],
  ['طلب استرداد', 'تم خصم المبلغ مرتين هذا الشهر، أرجو المساعدة.'],
] as const;

function row(index: number): CaseRow {
  const person = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
  const subject = SUBJECTS[(index + Math.floor(index / 7)) % SUBJECTS.length] ?? SUBJECTS[0];
  const mine = index % 4 === 0;
  const status = index % 11 === 7 ? 'solved' : index % 5 === 3 ? 'pending' : 'open';
  const sla = fakeSla(index, person[4], status, at((index + 1) * 23 * MINUTE_MS));
  return {
    caseId: makeId('case', `c${index}`),
    subject: subject[0],
    preview: subject[1],
    channel: 'email',
    status,
    priority: index % 9 === 0 ? 'urgent' : index % 6 === 0 ? 'high' : 'normal',
    assigneeId: mine ? ME : index % 3 === 0 ? LI : null,
    isOwnerPending: mine && index % 8 === 4,
    assigneeName: mine ? 'Robin Vale' : index % 3 === 0 ? '李雷' : null,
    contactId: makeId('con', `p${index % PEOPLE.length}`),
    contactName: person[0],
    contactAddress: person[1],
    tier: person[4],
    contactZone: person[2],
    ...sla,
    runway: fakeRunway(index, sla.sla?.dueAt ?? null),
    ...fakeMarks(index),
    contactOffsetMinutes: null,
    language: person[3],
    labels: index % 3 === 0 ? ['billing'] : index % 5 === 0 ? ['bug', 'export'] : [],
    bot: null,
    asked: null,
    waitingSince: status === 'open' ? at((index + 1) * 23 * MINUTE_MS) : null,
    snoozedUntil: null,
    snoozedFor: null,
    reminders: [],
    followUpAt: null,
    lastMessageAt: at((index + 1) * 23 * MINUTE_MS),
    lastDirection: status === 'open' ? 'in' : 'out',
    messageCount: 1 + (index % 6),
    unread: index % 3 === 1,
    queuedReplies: index === 3 ? 1 : 0,
    sendsAt: null,
    failedReplies: index === 5 ? 1 : 0,
    hasDraft: index === 2,
    hasAttachments: index % 7 === 4,
  };
}

/** FAKE: for two of three cases somebody is on, for every ninth nobody comes before it is due. */
function fakeRunway(index: number, dueAt: number | null): CaseRow['runway'] {
  if (dueAt === null) return null;
  const left = index % 9 === 4 ? 0 : Math.max(0, dueAt - NOW) * 0.4;
  return { staffedAtDue: 3 * HOUR_MS + Math.round(left), base: 2 * HOUR_MS, since: instant(NOW - HOUR_MS) };
}

const VIEW_FILTERS: Readonly<Record<ViewId, (row: CaseRow) => boolean>> = {
  mine: (each) => each.assigneeId === ME && each.status !== 'solved',
  unassigned: (each) => each.assigneeId === null && each.status !== 'solved',
  vip: (each) => each.tier !== 'standard' && each.status !== 'solved',
  'due-soon': ({ sla }) => sla !== null && sla.dueAt !== null && sla.dueAt < NOW + DUE_SOON_MS,
  overdue: ({ sla }) => sla !== null && sla.dueAt !== null && sla.dueAt < NOW,
  unstaffed: ({ sla, runway }) => sla !== null && sla.dueAt !== null && sla.dueAt >= NOW && runwayOf(runway) === 0,
  'waiting-us': (each) => each.waitingSince !== null,
  'waiting-customer': (each) => each.status === 'pending',
  snoozed: (each) => each.snoozedUntil !== null,
  solved: (each) => each.status === 'solved',
  all: () => true,
};

const SETTINGS = { user: 'support@acme.example', host: 'imap.acme.example', smtp: 'smtp.acme.example' };

function account(scenario: string): AccountRow {
  const base: AccountRow = {
    accountId: ACCOUNT,
    kind: scenario === 'sample' ? 'sample' : 'email',
    address: 'support@acme.example',
    name: 'Acme Support',
    state: 'live',
    since: at(3 * HOUR_MS),
    code: null,
    detail: '',
    lastSyncAt: at(40_000),
    nextAttemptAt: null,
    backfill: scenario === 'backfill' ? { done: 1_840, total: 5_212 } : null,
    queued: 0,
    setAside: 0,
    config: {
      address: 'support@acme.example',
      name: 'Acme Support',
      user: SETTINGS.user,
      imap: { host: SETTINGS.host, port: 993, security: 'tls' },
      smtp: { host: SETTINGS.smtp, port: 465, security: 'tls' },
      folders: ['INBOX', 'Billing'],
      sentFolder: 'Sent',
      sentCopy: 'append',
      plusAddressing: true,
    },
  };
  if (scenario === 'offline') return { ...base, state: 'offline', code: 'host-not-found', nextAttemptAt: instant(NOW + 42_000), queued: 2 };
  if (scenario === 'problem' || scenario === 'locked')
    return { ...base, state: 'problem', code: 'wrong-password', detail: 'NO [AUTHENTICATIONFAILED] Invalid credentials', queued: 1 };
  return scenario === 'sample' ? { ...base, config: null } : base;
}

function outboxRow(index: number, patch: Partial<OutboxRow>): OutboxRow {
  const of = row(index);
  return {
    outboxId: makeId('out', `o${index}`),
    state: 'queued',
    sendAt: at(60_000),
    laterAt: null,
    thenStatus: null,
    attempts: 0,
    nextAttemptAt: null,
    holdReason: null,
    code: null,
    detail: '',
    bounced: null,
    attempt: 0,
    underwaySince: null,
    settling: null,
    caseId: of.caseId,
    subject: of.subject,
    to: [{ address: of.contactAddress, name: of.contactName }],
    preview: 'Thank you for your patience. We have found the reason and a fix is on its way; I will write again tonight.',
    writtenAt: at(12 * MINUTE_MS),
    agentId: of.assigneeId,
    contactName: of.contactName,
    contactZone: of.contactZone,
    contactOffsetMinutes: of.contactOffsetMinutes,
    ...patch,
  };
}

/** Staffed milliseconds left now; never ends without a plan. */
function runwayOf(runway: CaseRow['runway']): number {
  if (runway === null) return Number.MAX_SAFE_INTEGER;
  return Math.max(0, runway.staffedAtDue - runway.base - (runway.since === null ? 0 : NOW - runway.since));
}
/** As the engine sorts: what breaches before anyone starts, then the lanes. */
const runwayGroup = (each: CaseRow): number => (dueOf(each) < NOW || runwayOf(each.runway) === 0 ? 0 : 1 + lane(each));
const lane = (each: CaseRow): number => (each.tier === 'standard' && !each.raised ? 1 : 0);
const dueOf = (each: CaseRow): number => each.sla?.dueAt ?? Number.MAX_SAFE_INTEGER;

/** Everything the preview shows, made up around now. */
export function fakeWorld(query: URLSearchParams, engine: () => FakeEngine): ConstructorParameters<typeof FakeEngine>[0] {
  const scenario = query.get('scenario') ?? 'main';
  const isEmpty = scenario === 'empty' || scenario === 'first-run';
  const rows = isEmpty ? [] : Array.from({ length: 180 }, (_, index) => row(index));
  let settings: Settings = {
    theme: query.get('theme') === 'dark' ? 'dark' : query.get('theme') === 'light' ? 'light' : 'system',
    locale: query.get('locale') === 'zh-CN' ? 'zh-CN' : 'en',
    density: query.get('density') === 'compact' ? 'compact' : 'comfortable',
    undoChatSeconds: 0,
    undoSendSeconds: 10,
    signature: 'Kind regards,\nRobin Vale\nAcme Support',
    notifications: true,
    onShift: true,
  };
  const me = { agentId: ME, name: 'Robin Vale', hub: 'Lisbon', zone: 'Europe/Lisbon', languages: ['en', 'pt', 'zh'], isMe: true };
  let workspace: Workspace = {
    workspace: scenario === 'sample' ? 'sample' : 'main',
    hasProfile: scenario !== 'first-run',
    me: scenario === 'first-run' ? null : me,
    agents: [me, { agentId: LI, name: '李雷', hub: 'Shanghai', zone: 'Asia/Shanghai', languages: ['zh', 'en'], isMe: false }],
    preparing: scenario === 'preparing' ? { what: 'sample', done: 212, total: 340 } : null,
    notice:
      scenario === 'notice'
        ? { code: 'recovered-from-backup', detail: '', setAsidePath: '/home/robin/.config/Meridian/main/damaged.db' }
        : null,
  };
  const list = ({ view, sort, limit }: Input<'cases.list'>): Output<'cases.list'> => {
    const found = rows.filter(VIEW_FILTERS[view]);
    if (sort === 'runway')
      found.sort(
        (a, b) =>
          runwayGroup(a) - runwayGroup(b) || (runwayGroup(a) === 0 ? 0 : runwayOf(a.runway) - runwayOf(b.runway)) || dueOf(a) - dueOf(b),
      );
    if (sort === 'due') found.sort((a, b) => lane(a) - lane(b) || dueOf(a) - dueOf(b));
    return { rows: found.slice(0, limit), total: found.length };
  };
  const outbox = scenario === 'offline' ? [outboxRow(1, {}), outboxRow(3, { attempts: 2, nextAttemptAt: instant(NOW + 42_000) })] : [];
  const troubled = [
    outboxRow(2, { state: 'held', holdReason: 'customer-wrote' }),
    outboxRow(4, { state: 'unknown', code: 'connection-lost', detail: 'read ECONNRESET' }),
    outboxRow(5, { state: 'failed', code: 'recipients-refused', detail: '550 5.1.1 no such user' }),
    outboxRow(6, { sendAt: instant(NOW + 8_000), writtenAt: at(2_000) }),
    outboxRow(7, { laterAt: instant(NOW + 9 * HOUR_MS), sendAt: instant(NOW + 9 * HOUR_MS) }),
    outboxRow(8, { state: 'sent' }),
  ];
  return {
    'workspace.get': () => ok(workspace),
    'workspace.open': () => ok(null),
    'workspace.setProfile': (input) => {
      workspace = { ...workspace, hasProfile: true, me: { ...me, name: input.name, zone: input.zone, languages: input.languages } };
      void engine().changed('workspace.get');
      return ok({ ...me, name: input.name });
    },
    'workspace.sitDown': ({ agentId }) => ok({ ...me, agentId, name: 'Wei Ling Tan', hub: 'Singapore', zone: 'Asia/Singapore' }),
    'workspace.dismissNotice': () => {
      workspace = { ...workspace, notice: null };
      void engine().changed('workspace.get');
      return ok(null);
    },
    'settings.get': () => ok(settings),
    'settings.set': ({ patch }) => {
      settings = { ...settings, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) };
      void engine().changed('settings.get');
      return ok(settings);
    },
    'cases.list': (input) => ok(list(input)),
    'cases.counts': () =>
      ok({
        ...(Object.fromEntries(Object.entries(VIEW_FILTERS).map(([view, keep]) => [view, rows.filter(keep).length])) as Record<
          ViewId,
          number
        >),
        unread: rows.filter((each) => each.unread).length,
      }),
    'cases.labels': () =>
      ok([
        { label: 'billing', count: 60 },
        { label: 'bug', count: 24 },
        { label: 'export', count: 24 },
      ]),
    'cases.detail': ({ caseId }) => {
      const found = rows.find((each) => each.caseId === caseId);
      return ok(found === undefined ? null : detail(found));
    },
    'cases.related': () => ok({ linked: [], suggested: [] }),
    'routing.need': () => ok([]),
    'routing.rules': () => ok({ rules: [], canChange: true }),
    'cases.timeline': ({ caseId }) => {
      const found = rows.find((each) => each.caseId === caseId);
      return ok(found === undefined ? [] : timeline(found));
    },
    'sla.clocks': ({ caseId }) => {
      const index = rows.findIndex((each) => each.caseId === caseId);
      const found = rows[index];
      return ok(found === undefined ? { instances: [], causes: {} } : fakeClocks(index, found.tier, found.status, found.lastMessageAt));
    },
    'cases.search': ({ text, limit }) => {
      const words = text.toLowerCase();
      const hits = rows.filter((each) =>
        `${each.subject} ${each.preview} ${each.contactName} ${each.contactAddress}`.toLowerCase().includes(words),
      );
      return ok({
        hits: hits
          .slice(0, limit)
          .map((each) => ({ row: each, snippet: each.preview, marks: [], messageAt: each.lastMessageAt, foundIn: ['text'] })),
        notIndexed: 0,
        more: hits.length > limit,
        scope: { searched: rows.length, total: rows.length, since: null, next: null },
      });
    },
    'cases.apply': ({ caseIds }) => ok({ changed: caseIds.length, undoable: true }),
    'cases.undo': () => ok({ changed: 1, undoable: false, kept: 0, keptBy: [] }),
    'cases.markRead': () => ok(null),
    'drafts.get': () => ok(null),
    'drafts.save': () => ok({ draftId: makeId('drf', 'd1'), savedAt: instant(Date.now()) }),
    'messages.html': () => ok(null),
    'outbox.list': () => ok(scenario === 'outbox' ? troubled : outbox),
    'outbox.cancel': () => ok({ draftId: makeId('drf', 'd1') }),
    'outbox.sendNow': () => ok(null),
    'outbox.reschedule': () => ok({ before: null }),
    'outbox.settle': () => ok(null),
    'accounts.list': () => ok(isEmpty ? [] : [account(scenario)]),
    'accounts.discover': ({ address }) =>
      ok([
        {
          imap: { host: `imap.${address.split('@')[1] ?? ''}`, port: 993, security: 'tls' },
          smtp: { host: `smtp.${address.split('@')[1] ?? ''}`, port: 587, security: 'starttls' },
          user: address,
          sentCopy: 'append',
          plusAddressing: true,
          appPasswordHint: 'https://acme.example/app-passwords',
          source: 'autoconfig',
          providerName: 'Acme Mail',
        },
      ]),
    'accounts.test': ({ password }) =>
      ok({
        imap:
          password === 'wrong'
            ? { ok: false, code: 'wrong-password', detail: 'NO [AUTHENTICATIONFAILED] Invalid credentials' }
            : { ok: true, code: null, detail: '' },
        smtp:
          password === 'wrong'
            ? { ok: false, code: 'certificate-untrusted', detail: 'self-signed certificate' }
            : { ok: true, code: null, detail: '' },
        folders: [
          { path: 'INBOX', role: 'inbox', messages: 5_212 },
          { path: 'Billing', role: null, messages: 431 },
          { path: 'Sent', role: 'sent', messages: 3_871 },
          { path: 'Spam', role: 'junk', messages: 17 },
          { path: 'Trash', role: 'trash', messages: null },
        ],
      }),
    'accounts.add': () =>
      scenario === 'first-run' ? { ok: false, error: { code: 'vault-empty', detail: '' } } : ok({ accountId: ACCOUNT }),
    'accounts.update': () => ok(null),
    'accounts.remove': () => ok(null),
    'accounts.syncNow': () => ok(null),
    'vault.status': () =>
      ok(
        scenario === 'locked'
          ? { backend: 'passphrase', state: 'locked', reason: 'no-keychain' }
          : { backend: 'passphrase', state: 'ready', reason: 'plain-text-keychain' },
      ),
    'vault.create': () => ok(null),
    'vault.unlock': ({ passphrase }) => (passphrase === 'right' ? ok(null) : { ok: false, error: { code: 'wrong', detail: '' } }),
    ...fakeRules(scenario, engine),
    ...fakePlan(engine, { now: instant(NOW), people: Number(query.get('people') ?? 9) }),
    ...fakeCoverage(scenario, engine),
    ...fakePromises(rows, engine),
    ...fakeTurns(rows, query, engine, fakeHandoffs(rows, engine)),
    ...fakeMetrics(rows),
    ...fakeTeam(rows, query, engine),
    'app.info': () =>
      ok({
        version: '0.1.0',
        electron: '33.2.1',
        chrome: '130.0.6723.137',
        node: '20.18.1',
        fallbackRuntime: true,
        pinnedElectron: '45.4.1',
        platform: 'linux x64',
        packaged: false,
        userDataPath: '/home/robin/.config/Meridian/main',
        sqlite: '3.53.0',
        timeZoneData: '2026c',
        databaseBytes: 48_234_496,
      }),
    'app.openLink': () => ok(null),
    'app.revealData': () => ok(null),
  };
}

function detail(of: CaseRow): Output<'cases.detail'> {
  const them = { address: of.contactAddress, name: of.contactName };
  return {
    ...of,
    contact: {
      contactId: of.contactId,
      name: of.contactName,
      address: of.contactAddress,
      tier: of.tier,
      tierReason: of.tier === 'standard' ? '' : 'Largest customer in the region; renewal in March.',
      tierUntil: null,
      zone: of.contactZone,
      offsetMinutes: null,
      language: of.language,
      firstSeenAt: at(210 * DAY_MS),
      caseCount: 4,
    },
    openedAt: at(2 * DAY_MS),
    solvedAt: null,
    ownerId: of.assigneeId,
    epoch: 3,
    pendingEvents: of.isOwnerPending ? 1 : 0,
    accountId: makeId('acc', 'support'),
    accountAddress: 'support@acme.example',
    origin: null,
    lastInboundAt: null,
    noReply: null,
    bot: null,
    otherCases: [{ caseId: makeId('case', 'c9'), subject: 'Seats for the new office', status: 'solved', lastMessageAt: at(40 * DAY_MS) }],
    replyTo: [them],
    replyAllTo: [them],
    replyAllCc: [{ address: 'accounts@lumen.example', name: '' }],
    byMail: null,
    canReply: true,
    cannotReplyCode: null,
  };
}

function timeline(of: CaseRow): readonly TimelineItem[] {
  const base = {
    cc: [],
    hasHtml: false,
    language: of.language,
    senderOffsetMinutes: 60,
    auto: 'none',
    warnings: [],
    attachments: [],
    delivery: null,
    hasSource: true,
    removedOnServer: false,
    origin: null,
    readAt: null,
    editedAt: null,
    versions: [],
  } as const;
  const them = { address: of.contactAddress, name: of.contactName };
  const us = { address: 'support@acme.example', name: 'Acme Support' };
  return [
    {
      ...base,
      kind: 'message',
      messageId: makeId('msg', `${of.caseId.slice(5)}a`),
      direction: 'in',
      at: at(2 * DAY_MS),
      from: them,
      to: [us],
      agentId: null,
      text: of.preview,
    },
    {
      kind: 'event',
      id: 'evt_0',
      at: at(2 * DAY_MS - 30 * MINUTE_MS),
      agentId: null,
      body: { type: 'case.attributesChanged', tier: of.tier },
    },
    {
      kind: 'event',
      id: 'evt_2',
      at: at(2 * DAY_MS - 40 * MINUTE_MS),
      agentId: ME,
      body: { type: 'case.policyApplied', policyId: 'standard', version: 1 },
    },
    { kind: 'event', id: 'evt_1', at: at(2 * DAY_MS - HOUR_MS), agentId: ME, body: { type: 'case.claimed', agentId: ME } },
    {
      kind: 'note',
      messageId: makeId('msg', `${of.caseId.slice(5)}n`),
      at: at(DAY_MS + HOUR_MS),
      agentId: LI,
      text: 'Looked into the log: the export hits the row limit of the old plan.',
    },
    {
      ...base,
      kind: 'message',
      messageId: makeId('msg', `${of.caseId.slice(5)}b`),
      direction: 'out',
      at: at(DAY_MS),
      from: us,
      to: [them],
      agentId: ME,
      text: 'Thank you for telling us. I am looking into it and will write again today.',
    },
    {
      ...base,
      kind: 'message',
      messageId: makeId('msg', `${of.caseId.slice(5)}c`),
      direction: 'in',
      at: of.lastMessageAt,
      from: them,
      to: [us],
      agentId: null,
      text: `${of.preview}\n\n> Thank you for telling us.`,
    },
  ];
}
