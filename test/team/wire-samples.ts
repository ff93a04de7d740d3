import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { planFact, ruleFact } from '../../src/shared/contract/team-facts.ts';
import type { PlanFact, RuleFact } from '../../src/shared/contract/team-facts.ts';
import type { TeamParts } from '../../src/shared/contract/team-parts.ts';
import { writeWire } from '../../src/shared/contract/team-wire.ts';
import type { WireEvent } from '../../src/shared/contract/team-wire.ts';
import type { CaseEventBody, CaseEventType } from '../../src/shared/domain/case.ts';
import { formatHlc } from '../../src/shared/domain/hlc.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { SendEventBody } from '../../src/shared/domain/team/send-fold.ts';
import { instant } from '../../src/shared/domain/time.ts';

/**
 * One event of every kind with all that its body may hold, as a workstation of today writes it. Invented, and the same bytes at every
 * run. `test/fixtures/wire` keeps what was written by each version of the format: the newest file must be what this makes.
 */

type BodyOf<Union extends { readonly type: string }, Type extends Union['type']> = Omit<Extract<Union, { readonly type: Type }>, 'type'>;
type Samples<Union extends { readonly type: string }> = { readonly [Type in Union['type']]: BodyOf<Union, Type> };

const AT = instant(Date.UTC(2026, 10, 20, 9));
const LATER = instant(Date.UTC(2026, 10, 20, 17));
const ME = makeId('agt', 'ana');
const OTHER = makeId('agt', 'bo');
const CASE = makeId('case', 'sample');
const CONTACT = makeId('con', 'mei');
const ACCOUNT = makeId('acc', 'support');
const MESSAGE = makeId('msg', 'first');
const OUTBOX = makeId('out', 'reply');
const HANDOFF = makeId('hnd', 'one');
const HUB = makeId('hub', 'porto');
const PROMISE = makeId('prm', 'one');
const REMINDER = makeId('rem', 'one');
const SHIFT = makeId('shf', 'early');
const PUBLICATION = makeId('pub', 'week');
const ZONE = 'Europe/Lisbon';
const LOCAL = { year: 2026, month: 11, day: 20, hour: 9, minute: 0, second: 0 };
const LOCAL_END = { ...LOCAL, hour: 17 };
const DATE = { year: 2026, month: 11, day: 20 };
const SHA = 'a'.repeat(64);

const PACKET = {
  severity: 'watcher',
  goal: 'The refund is on its way.',
  state: 'Waits for the bank.',
  tried: [{ what: 'Asked the bank', result: 'No answer yet' }],
  actions: [{ what: 'Ask again', dueAt: LATER }],
  promises: [{ promiseId: PROMISE, text: 'by five', dueAt: LATER, zone: ZONE }],
  ifThen: [{ when: 'They refuse', action: 'Offer a voucher' }],
  blockers: ['The bank is closed'],
  notToDo: ['Do not refund twice'],
  waitingOn: ['The bank'],
  isSituationPlain: false,
} as const;
const READ_BACK = {
  firstAction: 'Ask the bank',
  nextPromise: { promiseId: PROMISE, zone: ZONE, local: LOCAL_END },
  contingency: 'A voucher',
  question: null,
} as const;
const MAIL = { messageId: MESSAGE, contactId: CONTACT, at: AT, auto: 'none', preview: 'Where is my order?', subject: 'Order 7' } as const;

const CASES: Samples<CaseEventBody> = {
  'case.opened': {
    channel: 'email',
    accountId: ACCOUNT,
    contactId: CONTACT,
    subject: 'Order 7',
    tier: 'vip',
    language: 'zh',
    follows: makeId('case', 'before'),
  },
  'case.attributesChanged': { tier: 'vip-plus', language: 'de' },
  'case.policyApplied': { policyId: 'standard', version: 3 },
  'case.messageReceived': MAIL,
  'case.messageImported': MAIL,
  'case.replyQueued': {
    messageId: MESSAGE,
    outboxId: OUTBOX,
    preview: 'It is on its way.',
    auto: 'auto-reply',
    sendAt: LATER,
    thenStatus: 'solved',
  },
  'case.replySettled': { messageId: MESSAGE, outboxId: OUTBOX, as: 'again', attempt: 1 },
  'case.replySent': { messageId: MESSAGE, at: AT, auto: 'auto-reply' },
  'case.replyFailed': { messageId: MESSAGE, reason: 'recipient-refused' },
  'case.replyCancelled': { messageId: MESSAGE },
  'case.deliveryFailed': { messageId: MESSAGE, recipient: 'mei@customer.test', diagnostic: '550 no such user', permanent: true },
  'case.messageEdited': { messageId: MESSAGE, at: LATER, text: 'Where is my order 8?' },
  'case.messageRemoved': { messageId: MESSAGE, at: LATER },
  'case.replyRead': { messageId: MESSAGE, at: LATER },
  'case.secretFound': { messageId: MESSAGE, kinds: ['recovery-phrase', 'password'] },
  'case.secretRevealed': { messageId: MESSAGE, kinds: ['one-time-code'], reason: 'The customer asked which code they had sent.' },
  'case.botStarted': { playbook: 'deposits', messageId: MESSAGE, at: AT },
  'case.botEnded': { reason: 'stuck', messageId: MESSAGE, at: AT, refused: 'asks-for-secret' },
  'case.noteAdded': { messageId: MESSAGE },
  'case.claimed': { agentId: ME },
  'case.released': {},
  'case.assigned': { agentId: OTHER, isForced: true },
  'case.statusChanged': { to: 'pending', undoes: 'evt_before', afterReply: MESSAGE },
  'case.snoozed': { until: LATER, awaits: 'reply' },
  'case.woken': { reason: 'customer' },
  'case.priorityChanged': { to: 'high' },
  'case.labelAdded': { label: 'refund' },
  'case.labelRemoved': { label: 'refund' },
  'case.noReplyNeeded': { reason: 'They say thanks.' },
  'case.replyNeeded': {},
  'case.linked': { otherId: makeId('case', 'other') },
  'case.unlinked': { otherId: makeId('case', 'other'), isDifferent: true },
  'case.parked': { reason: 'The bank is closed' },
  'case.unparked': {},
  'case.merged': { into: makeId('case', 'early') },
  'handoff.offered': {
    handoffId: HANDOFF,
    fromId: ME,
    fromHubId: HUB,
    to: { kind: 'agent', agentId: OTHER },
    reason: 'shift-end',
    packet: PACKET,
    expiresAt: LATER,
    senderOffAt: LATER,
    teamHubs: [HUB],
  },
  'handoff.packetEdited': { handoffId: HANDOFF, version: 2, packet: PACKET, expiresAt: LATER },
  'handoff.accepted': {
    handoffId: HANDOFF,
    packetVersion: 2,
    lastInboundId: MESSAGE,
    readBack: READ_BACK,
    hubId: HUB,
    isOnShift: true,
  },
  'handoff.readBack': { handoffId: HANDOFF, packetVersion: 2, readBack: READ_BACK },
  'handoff.declined': { handoffId: HANDOFF, reason: 'I am away' },
  'handoff.withdrawn': { handoffId: HANDOFF },
  'handoff.expired': { handoffId: HANDOFF },
  'handoff.escalated': { handoffId: HANDOFF, toId: OTHER, reason: 'expired' },
  'handoff.asked': { handoffId: HANDOFF, text: 'Which bank?' },
  'handoff.answered': { handoffId: HANDOFF, questionId: 'evt_question', text: 'Theirs' },
  'handoff.returned': { handoffId: HANDOFF, reason: 'Not mine' },
  'handoff.settled': { handoffId: HANDOFF, how: 'action' },
  'handoff.superseded': { handoffId: HANDOFF, reason: 'solved' },
  'promise.made': {
    promiseId: PROMISE,
    text: 'by five',
    zone: ZONE,
    dueAt: LATER,
    dueLocal: LOCAL_END,
    messageId: MESSAGE,
    source: 'detected',
  },
  'promise.kept': { promiseId: PROMISE },
  'promise.released': { promiseId: PROMISE, reason: 'replaced' },
  'reminder.set': { reminderId: REMINDER, at: LATER, note: 'Has the bank answered?', forId: OTHER, isForSilence: true },
  'reminder.cleared': { reminderId: REMINDER, as: 'answered' },
  'intake.kindSet': { kind: 'deposit' },
  'intake.factSet': { field: 'transaction', value: '0x7a', over: { value: '0x7' } },
  'intake.asked': { fields: ['device', 'transaction'], messageId: MESSAGE },
};

const NEEDS = { skills: ['billing'], languages: ['zh'], tiers: ['L1'], hubs: [HUB] } as const;
const WALL = { zone: ZONE, startLocal: LOCAL, endLocal: LOCAL_END, startAt: AT, endAt: LATER, zoneData: '2026a' } as const;
const SHIFT_BODY = {
  ...WALL,
  agentId: ME,
  hubId: HUB,
  breaks: [{ startLocal: { ...LOCAL, hour: 12 }, endLocal: { ...LOCAL, hour: 13 }, startAt: instant(AT + 10_800_000), endAt: LATER }],
  needs: NEEDS,
  source: 'rotation',
  templateId: makeId('tpl', 'early'),
  rotationId: makeId('rot', 'turns'),
  note: 'swapped',
} as const;
const OVERRIDE = {
  ...WALL,
  overrideId: makeId('ovr', 'cover'),
  shiftId: SHIFT,
  agentIn: OTHER,
  reason: 'ill',
  by: ME,
  at: AT,
  swapId: makeId('swp', 'one'),
  isCancelled: false,
} as const;
const ABSENCE = {
  ...WALL,
  absenceId: makeId('abs', 'leave'),
  agentId: ME,
  kind: 'pto',
  state: 'requested',
  note: 'family',
  requestedAt: AT,
  decidedBy: null,
} as const;
const SWAP = {
  swapId: makeId('swp', 'one'),
  shiftId: SHIFT,
  fromAt: AT,
  toAt: LATER,
  fromAgent: ME,
  toAgent: OTHER,
  returnShiftId: makeId('shf', 'late'),
  state: 'asked',
  reason: 'a wedding',
  askedAt: AT,
  decidedBy: null,
} as const;
const WEEK = { mon: [{ openMinute: 540, closeMinute: 1_020 }] };

const PLAN: Samples<PlanFact> = {
  'hub.saved': {
    hub: {
      hubId: HUB,
      name: 'Porto',
      zone: ZONE,
      position: { latitude: 41.1, longitude: -8.6 },
      weekend: ['sat', 'sun'],
      holidays: [{ date: DATE, name: 'A day off' }],
      isActive: true,
    },
  },
  'agent.saved': {
    profile: {
      agentId: ME,
      name: 'Ana',
      hubId: HUB,
      zone: ZONE,
      contract: { hoursPerWeek: 40, from: DATE, until: null },
      skills: [{ name: 'billing', level: 'expert', from: DATE, until: null }],
      languages: [{ name: 'pt', level: 'good', from: null, until: null }],
      tiers: ['L1', 'lead'],
      pattern: WEEK,
      isActive: true,
    },
  },
  'agent.noticesSeen': { agentId: ME, publicationIds: [PUBLICATION] },
  'template.saved': {
    template: {
      templateId: makeId('tpl', 'early'),
      name: 'Early',
      hubId: HUB,
      zone: ZONE,
      days: ['mon', 'tue'],
      startMinute: 540,
      endMinute: 1_020,
      cycleWeeks: 2,
      activeWeeks: [0],
      anchorDate: DATE,
      validFrom: DATE,
      validUntil: null,
      breaks: [{ openMinute: 720, closeMinute: 780 }],
      needs: NEEDS,
      onHolidays: 'skip',
      isActive: true,
    },
  },
  'rotation.saved': {
    rotation: {
      rotationId: makeId('rot', 'turns'),
      name: 'Turns',
      version: 2,
      supersedes: makeId('rot', 'before'),
      templateIds: [makeId('tpl', 'early')],
      agentIds: [ME, OTHER],
      seats: 1,
      step: 'week',
      anchorDate: DATE,
      from: DATE,
      until: null,
      isActive: true,
    },
  },
  'requirement.saved': {
    requirement: {
      requirementId: makeId('req', 'billing'),
      name: 'Billing',
      selector: NEEDS,
      window: { zone: ZONE, week: WEEK },
      minimum: 1,
      target: 2,
      severity: 'major',
      shortestMs: 900_000,
      isActive: true,
    },
  },
  'shift.drafted': { shiftId: SHIFT, draft: { kind: 'changed', body: SHIFT_BODY } },
  'shift.published': { shiftId: SHIFT, publicationId: PUBLICATION, body: SHIFT_BODY },
  'shift.cancelled': { shiftId: SHIFT, publicationId: PUBLICATION },
  'shift.rederived': { shiftId: SHIFT, revision: 2, published: SHIFT_BODY, draft: { kind: 'same' } },
  'publication.made': {
    publicationId: PUBLICATION,
    note: 'Next week',
    reverts: makeId('pub', 'before'),
    changed: 1,
    told: [
      {
        agentId: ME,
        shifts: [{ shiftId: SHIFT, kind: 'moved', isLate: false, before: { from: AT, to: LATER }, after: { from: AT, to: LATER } }],
      },
    ],
  },
  'override.made': { override: OVERRIDE },
  'override.rederived': { override: OVERRIDE },
  'override.cancelled': { overrideId: OVERRIDE.overrideId },
  'absence.requested': { absence: ABSENCE },
  'absence.rederived': { absence: ABSENCE },
  'absence.decided': { absenceId: ABSENCE.absenceId, state: 'approved' },
  'swap.asked': { swap: SWAP, stretch: { from: AT, to: LATER } },
  'swap.answered': { swapId: SWAP.swapId, state: 'accepted', toAgent: OTHER },
  'swap.decided': { swapId: SWAP.swapId, state: 'approved' },
};

const TARGETS = { 'first-reply': 3_600_000, 'next-reply': 7_200_000, resolution: 86_400_000, 'handoff-acceptance': 900_000 } as const;

const RULES: Samples<RuleFact> = {
  'contact.saved': { contactId: CONTACT, tier: { tier: 'vip', reason: 'A large contract', until: LATER }, zone: 'Asia/Shanghai' },
  'account.saved': { accountId: ACCOUNT, kind: 'email', address: 'support@team.test', name: 'Support', createdAt: AT },
  'sla.rulesSaved': {
    policies: [
      {
        id: 'standard',
        version: 3,
        name: 'Standard',
        position: 0,
        effectiveFrom: AT,
        isActive: true,
        conditions: {
          channels: ['email'],
          tiers: ['vip'],
          priorities: ['high'],
          languages: ['zh'],
          teams: ['billing'],
          labels: ['refund'],
        },
        promise: { kind: 'calendars', calendarIds: ['week'] },
        targets: { low: TARGETS, normal: TARGETS, high: TARGETS, urgent: TARGETS },
        defaultPriority: 'normal',
        pauseOn: ['pending'],
        reopenWindowMs: 86_400_000,
      },
    ],
    calendars: [
      {
        id: 'week',
        name: 'Week',
        versions: [{ effectiveFrom: AT, zone: ZONE, week: WEEK, exceptions: [{ date: DATE, windows: [], name: 'A day off' }] }],
        isRetired: true,
      },
    ],
  },
  'staffing.saved': {
    settings: {
      shrinkage: 0.3,
      maxOccupancy: 0.85,
      channels: {
        email: { model: 'tickets', handleSeconds: 480, targetServiceLevel: 0.8, thresholdSeconds: 3_600, patienceSeconds: null },
      },
    },
  },
  'acknowledgements.saved': { isOn: true, readingMinutes: 30, templates: [] },
  'routingRules.saved': {
    rules: [
      {
        id: 'rule-1',
        accountIds: [ACCOUNT],
        channels: ['telegram'],
        labels: ['withdrawal'],
        languages: ['ko'],
        tiers: ['vip'],
        skill: 'L2-withdrawals',
        isLast: false,
        isActive: true,
      },
    ],
  },
  'intakeRules.saved': {
    kinds: [
      {
        id: 'deposit',
        name: null,
        labels: ['deposit'],
        words: ['top up'],
        items: [
          { field: 'transaction', isNeeded: true },
          { field: 'own-bank', isNeeded: false, name: 'Bank', questions: [{ language: 'en', text: 'Which bank was it?' }] },
        ],
        isActive: true,
      },
    ],
  },
  'view.saved': {
    view: {
      viewId: makeId('view', 'sample'),
      name: 'Late in Chinese',
      conditions: [
        { field: 'language', not: false, values: ['zh'] },
        { field: 'from', not: true, values: ['@example.test'] },
        { field: 'waiting', not: false, side: 'before', moment: { kind: 'offset', ms: -14_400_000 } },
        { field: 'updated', not: false, side: 'from', moment: { kind: 'day', days: -1 } },
        { field: 'opened', not: false, side: 'from', moment: { kind: 'date', date: '2026-11-01' } },
      ],
      text: 'refund',
      sort: 'due',
      hiddenColumns: ['waiting'],
      grouping: 'assignee',
    },
    owner: ME,
  },
  'view.removed': { viewId: makeId('view', 'sample'), owner: ME },
  'macro.saved': {
    macro: {
      macroId: makeId('mac', 'sample'),
      name: 'Identity check',
      shortcut: 'kyc',
      texts: [
        { language: 'en', text: 'Dear {{customer.firstName}}, we look at {{order.id}}.' },
        { language: 'zh-Hans', text: '{{customer.name}}，您好。' },
      ],
      actions: [
        { kind: 'status', to: 'pending' },
        { kind: 'priority', to: 'high' },
        { kind: 'add-label', label: 'kyc' },
        { kind: 'remove-label', label: 'new' },
        { kind: 'assign', to: 'me' },
        { kind: 'assign', to: null },
        { kind: 'assign', to: ME },
        { kind: 'snooze', minutes: 1440 },
      ],
      channels: ['email', 'telegram'],
    },
    owner: ME,
  },
  'macro.removed': { macroId: makeId('mac', 'sample'), owner: ME },
  'macro.counted': { macroId: makeId('mac', 'sample'), uses: 12 },
  'officialAccounts.saved': {
    accounts: [{ channel: 'telegram', nativeId: '4711', name: 'Example Support', handle: '@example_support' }],
    domains: ['example.test'],
    brands: ['Example'],
  },
  'guardRules.saved': {
    warnsCustomers: true,
    neverFirst: { isOn: true, texts: { en: 'We never write first.', 'zh-Hans': '我们绝不会主动私信您。' } },
  },
  'authenticity.saved': { current: `${'A'.repeat(43)}=`, previous: `${'B'.repeat(43)}=`, replacedAt: AT },
  'audit.anchored': { workstation: 'desk', count: 20, head: SHA },
  'handoffRules.saved': {
    rules: {
      graceMs: 900_000,
      preparationMs: 300_000,
      effortMs: 600_000,
      wrapUpMs: 900_000,
      longestMs: 28_800_000,
      bulkQuietMs: 3_600_000,
      sweepLeadMs: 1_800_000,
    },
  },
};

const SENDS: Samples<SendEventBody> = {
  'send.started': { fence: 7, attempt: 1, workstation: 'desk' },
  'send.done': { at: AT, key: '<reply@team.test>' },
  'send.failed': { fence: 7, attempt: 1, workstation: 'desk', code: 'refused', permanent: true },
  'send.settled': { as: 'sent', attempt: 1 },
};

const MEMBERS = { 'agent.joined': { user: 'ana' } };

const PARTY = { address: 'mei@customer.test', name: 'Mei' };
const CONTACT_PART = {
  contactId: CONTACT,
  address: PARTY.address,
  name: PARTY.name,
  firstSeenAt: AT,
  seenAt: AT,
  offsetMinutes: 480,
  language: 'zh',
  tier: 'vip',
  tierReason: 'A large contract',
  tierUntil: LATER,
  zone: 'Asia/Shanghai',
} as const;
const ACCOUNT_PART = { accountId: ACCOUNT, kind: 'email', address: 'support@team.test', name: 'Support', createdAt: AT } as const;
const MESSAGE_PART = {
  messageId: MESSAGE,
  kind: 'in',
  sentAt: AT,
  receivedAt: AT,
  agent: null,
  language: 'zh',
  offsetMinutes: 480,
  auto: 'none',
  ownKey: 'mid:first@customer.test',
  source: { sha256: SHA, sizeBytes: 2_048 },
  hasHtml: true,
  warnings: ['lookalike'],
  from: PARTY,
  recipients: { to: [{ address: 'support@team.test', name: '' }], cc: [], replyTo: [] },
  subject: 'Order 7',
  text: 'Where is my order? 我的订单在哪里？',
  keys: ['mid:first@customer.test'],
  attachments: [
    {
      attachmentId: makeId('att', 'one'),
      position: 0,
      inline: false,
      sizeBytes: 9,
      sha256: SHA,
      inSource: true,
      contentId: '<photo>',
      embedded: { subject: 'Fwd', from: 'Bo', summary: 'An older mail' },
      type: 'image/jpeg',
      name: 'photo.jpg',
    },
  ],
} as const;
const OUTBOX_PART = {
  outboxId: OUTBOX,
  accountId: ACCOUNT,
  clientKey: '<reply@team.test>',
  sendAt: AT,
  writtenAt: AT,
  state: 'held',
  holdReason: null,
  later: { at: LATER, isHeld: true, holdReason: 'time-missed' },
  allowed: ['look-alike-domain (examp1e.org)'],
  to: [PARTY],
  cc: [],
  parentKeys: ['first@customer.test'],
  seen: { lastInboundId: MESSAGE, lastOutboundId: null, epoch: 12, status: 'open', writtenEpoch: 11 },
  automatic: { answers: MESSAGE, headers: { 'Auto-Submitted': 'auto-replied' } },
} as const;

const PARTS: Readonly<Record<string, TeamParts>> = {
  'case.opened': { contact: CONTACT_PART, account: ACCOUNT_PART },
  'case.messageReceived': { contact: CONTACT_PART, message: MESSAGE_PART, whole: { sha256: SHA, sizeBytes: 90_000 }, isGuarded: true },
  'case.replyQueued': { message: { ...MESSAGE_PART, kind: 'out', agent: ME }, outbox: OUTBOX_PART },
  'case.replySent': { settling: { sentAt: AT, code: null, detail: '', tokenSha: SHA, refs: ['-100123/7'] } },
};

/** Streams of facts that are one for the whole team. */
const OF_TEAM: Readonly<Record<string, string>> = {
  'sla.rulesSaved': 'setting.sla',
  'staffing.saved': 'setting.staffing',
  'acknowledgements.saved': 'setting.acknowledgements',
  'handoffRules.saved': 'setting.handoff-rules',
  'routingRules.saved': 'setting.routing',
  'intakeRules.saved': 'setting.intake',
  'officialAccounts.saved': 'setting.official-accounts',
  'guardRules.saved': 'setting.guard-rules',
  'authenticity.saved': 'setting.authenticity',
  'audit.anchored': `agent.${ME}`,
};

function streamOf(type: string): string {
  const team = OF_TEAM[type];
  if (team !== undefined) return team;
  const [kind = ''] = type.split('.');
  if (kind === 'send') return `send.${OUTBOX}`;
  return isOfCase(type) ? `case.${CASE}` : `${kind}.${kind}_sample`;
}

export function isOfCase(type: string): type is CaseEventType {
  return Object.hasOwn(CASES, type);
}

/** Every kind that is written today, and what readers know of it. */
export const WRITTEN_TYPES: readonly string[] = [CASES, PLAN, RULES, SENDS, MEMBERS].flatMap((each) => Object.keys(each)).toSorted();

const BODIES: Readonly<Record<string, object>> = { ...CASES, ...PLAN, ...RULES, ...SENDS, ...MEMBERS };

/** A key that everybody may know: it signs nothing but these. */
const KEY = createPrivateKey({
  key: Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    createHash('sha256').update('samples of the wire format').digest(),
  ]),
  format: 'der',
  type: 'pkcs8',
});

export function isSigned(json: string, signature: string): boolean {
  return verify(null, Buffer.from(json), createPublicKey(KEY), Buffer.from(signature, 'base64'));
}

export function sampleOf(type: string): WireEvent {
  const parts = PARTS[type];
  return {
    v: 1,
    id: `evt_${type.replaceAll('.', '-')}`,
    stream: streamOf(type),
    type,
    sv: 1,
    user: 'ana',
    workstation: 'desk',
    actor: type === 'case.messageReceived' ? null : ME,
    hlc: formatHlc({ wallMs: AT, counter: 1 }, 'desk'),
    at: AT,
    base: 41,
    epoch: isOfCase(type) ? 12 : null,
    body: (BODIES[type] ?? {}) as Record<string, unknown>,
    ...(parts === undefined ? {} : { parts }),
    ...(type === 'case.noteAdded' ? { isHistory: true } : {}),
  };
}

/** All of them as they stand in a log. */
export function writtenToday(): string {
  return WRITTEN_TYPES.map((type) => writeWire(sampleOf(type), (text) => sign(null, Buffer.from(text), KEY).toString('base64'))).join('\n');
}

/** The entries of a file of samples. */
export function entriesOf(file: string): string[] {
  const lines = file.split('\n').filter((line) => line !== '');
  return lines.flatMap((line, index) => (index % 2 === 0 ? [`${line}\n${lines[index + 1] ?? ''}`] : []));
}

/** Kinds of facts that readers know. */
export const FACT_TYPES: readonly string[] = [planFact, ruleFact].flatMap((union) => union.options.map((each) => each.shape.type.value));
