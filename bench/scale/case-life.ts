import { between, composed, fill, pick, spread, tongueAt } from './scale-text.ts';
import type { Chance, Tongue } from './scale-text.ts';
import { seeded } from '../generate-mail.ts';
import { accountIdFor, caseIdFor, messageIdFor } from '../../src/main/engine/identity.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { CaseEventBody, Tier } from '../../src/shared/domain/case.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, CaseId, MessageId, OutboxId } from '../../src/shared/domain/ids.ts';
import { CHANNELS } from '../../src/shared/domain/message.ts';
import type { Channel, NormalizedMessage, Party } from '../../src/shared/domain/message.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { toLocal } from '../../src/shared/domain/time/zone.ts';

/** How large the workspace is, and when it is looked at. */
export interface ScalePlan {
  readonly cases: number;
  readonly open: number;
  readonly contacts: number;
  /** The present of the workspace: nothing in it is younger. */
  readonly now: Instant;
}

/** Something that happens in a case. */
export type Step =
  /** What a channel brings: from the customer, or of ours from another program. */
  | { readonly kind: 'arrival'; readonly at: Instant; readonly message: NormalizedMessage; readonly ref: string }
  | {
      readonly kind: 'reply';
      readonly at: Instant;
      readonly sentAt: Instant;
      readonly agent: AgentId;
      readonly messageId: MessageId;
      readonly outboxId: OutboxId;
      readonly clientKey: string;
      readonly text: string;
      readonly isClaim: boolean;
    }
  | { readonly kind: 'note'; readonly at: Instant; readonly agent: AgentId; readonly messageId: MessageId; readonly text: string }
  | { readonly kind: 'act'; readonly at: Instant; readonly actor: AgentId | null; readonly body: CaseEventBody };

/** A case from its first message to the present. */
export interface CaseLife {
  readonly caseId: CaseId;
  readonly account: StoredAccount;
  readonly customer: Party;
  readonly tier: Tier;
  readonly language: string;
  readonly subject: string;
  readonly steps: readonly Step[];
  readonly isRead: boolean;
  /** What somebody at this desk has begun to write. */
  readonly draft: string | null;
}

export interface Team {
  readonly me: AgentId;
  readonly agents: readonly { readonly agentId: AgentId; readonly name: string }[];
}

export const LABELS = ['withdrawals', 'kyc', 'cards', 'api', 'fraud', 'L2', 'refund', 'shipping', 'login', 'invoice', 'bug', 'vendor'];
/** In hundredths, in the order of CHANNELS. */
const CHANNEL_SHARES = [58, 16, 10, 4, 6, 6];
/** So long ago the oldest cases began. */
const HISTORY_MS = 730 * DAY_MS;

/** Accounts that nobody connects: without a secret no connector begins. */
export const ACCOUNTS: Readonly<Record<Channel, StoredAccount>> = Object.fromEntries(
  CHANNELS.map((channel): [Channel, StoredAccount] => {
    const address = `support@${channel}.bench.test`;
    return [
      channel,
      {
        uid: accountIdFor('bench', address),
        kind: 'email',
        address,
        name: `Bench ${channel}`,
        tokenKey: '00'.repeat(32),
        createdAt: instant(0),
        removedAt: null,
        settings: null,
        isElsewhere: true,
      },
    ];
  }),
) as Record<Channel, StoredAccount>;

interface Customer {
  readonly party: Party;
  readonly channel: Channel;
  readonly tongue: Tongue;
  readonly tier: Tier;
}

/** A customer follows from the number alone, so that none has to be kept. */
function customerOf(index: number): Customer {
  const chance = seeded(index * 2_654_435_761 + 17);
  const tongue = tongueAt(chance());
  let left = chance() * 100;
  const channel = CHANNELS[CHANNEL_SHARES.findIndex((share) => (left -= share) < 0)] ?? 'email';
  const [given, family] = [pick(chance, tongue.words.givenNames), pick(chance, tongue.words.familyNames)];
  const name = tongue.words.familyFirst ? `${family}${given}` : `${given} ${family}`;
  const isMail = channel === 'email' || channel === 'web';
  const address = isMail ? `customer${index}@mail${between(chance, 1, 400)}.test` : `${channel}:${100_000 + index}`;
  const draw = chance();
  return { party: { address, name }, channel, tongue, tier: draw < 0.01 ? 'vip-plus' : draw < 0.05 ? 'vip' : 'standard' };
}

/** Few customers write often: the chance falls with the rank as a Zipf distribution with an exponent of 0.8 has it. */
function customerIndex(chance: Chance, contacts: number): number {
  return Math.floor(contacts * chance() ** 5);
}

/** What is known while a life is told. */
interface Telling {
  readonly chance: Chance;
  readonly index: number;
  readonly customer: Customer;
  readonly account: StoredAccount;
  readonly order: string;
  readonly subject: string;
  readonly team: Team;
  readonly steps: Step[];
  /** Ids of mails so far. */
  readonly keys: string[];
  owner: AgentId | null;
}

/** The life of case `index`. The same plan gives the same life; the cases with the highest numbers are unsolved. */
export function caseLife(plan: ScalePlan, team: Team, index: number): CaseLife {
  const chance = seeded(index * 40_503 + 7);
  const customer = customerOf(customerIndex(chance, plan.contacts));
  const account = ACCOUNTS[customer.channel];
  const order = `MX-${100_000 + ((index * 7_919) % 900_000)}`;
  const isOpen = index >= plan.cases - plan.open;
  const subject = fill(chance, pick(chance, customer.tongue.words.subjects), order);
  const telling: Telling = { chance, index, customer, account, order, subject, team, steps: [], keys: [], owner: null };
  const isLive = customer.channel === 'chat' || customer.channel === 'telegram';
  const messages = 1 + Math.min(80, Math.floor(spread(chance, isLive ? 12 : 9)));
  const gaps = Array.from({ length: messages }, () => (isLive ? spread(chance, 4 * MINUTE_MS) : spread(chance, 9 * HOUR_MS)) + 30_000);
  const length = gaps.reduce((sum, gap) => sum + gap, 0);
  const solvedAge = 2 * DAY_MS + ((plan.cases - plan.open - index) / Math.max(1, plan.cases - plan.open)) * HISTORY_MS;
  const lastAt = plan.now - (isOpen ? 5 * MINUTE_MS + spread(chance, 30 * HOUR_MS) : solvedAge + spread(chance, DAY_MS));
  let at = lastAt - length;
  let isWaiting: boolean = false;
  for (const [place, gap] of gaps.entries()) {
    // the customer begins, and writes twice now and then
    const isOurs: boolean = place > 0 && chance() < (isWaiting ? 0.72 : 0.12);
    at += place === 0 ? 0 : gap;
    if (isOurs) tellOurs(telling, instant(Math.floor(at)));
    else tellArrival(telling, instant(Math.floor(at)), 'in');
    isWaiting = !isOurs;
    if (place === 0) tellTriage(telling, instant(Math.floor(at) + 20_000), isOpen);
  }
  tellEnd(telling, instant(Math.floor(at) + 3 * MINUTE_MS), plan.now, isOpen);
  return {
    caseId: caseIdFor(account.uid, nativeKeyOf(telling, 0, 'in')),
    account,
    customer: customer.party,
    tier: customer.tier,
    language: customer.tongue.tag,
    subject,
    steps: telling.steps,
    isRead: !isOpen || chance() < 0.6,
    draft: isOpen && chance() < 0.006 ? text(telling, true) : null,
  };
}

function text({ chance, customer: { tongue, channel, party }, order }: Telling, isOurs: boolean): string {
  const isMail = channel === 'email' || channel === 'web' || channel === 'community';
  return composed(chance, tongue, {
    isOurs,
    isMail,
    name: isOurs ? 'Support' : party.name,
    order,
    sentences: isMail ? between(chance, 2, 7) : channel === 'x' ? 1 : between(chance, 1, 3),
  });
}

function nativeKeyOf({ customer, account, index }: Telling, place: number, direction: 'in' | 'out'): string {
  if (customer.channel !== 'email') return `${account.address} ${index}.${place}`;
  return `t${index}.m${place}@${direction === 'in' ? 'client.test' : 'bench.test'}`;
}

/** A message that a channel brings. */
function tellArrival(telling: Telling, at: Instant, direction: 'in' | 'out'): void {
  const { chance, index, customer, account, steps, keys, subject } = telling;
  const { party, channel, tongue } = customer;
  const isMail = channel === 'email';
  const place = steps.length;
  const nativeKey = nativeKeyOf(telling, place, direction);
  const body = text(telling, direction === 'out');
  const us: Party = { address: account.address, name: account.name };
  const hasFile = direction === 'in' && chance() < 0.07;
  steps.push({
    kind: 'arrival',
    at,
    ref: `INBOX/1/${index}.${place}`,
    message: {
      channel,
      direction,
      nativeKey,
      thread: { tokens: [], ownKey: isMail ? nativeKey : null, parentKeys: [...keys] },
      subject: isMail && keys.length > 0 ? `Re: ${subject}` : subject,
      from: direction === 'in' ? party : us,
      to: [direction === 'in' ? us : party],
      cc: isMail && chance() < 0.05 ? [{ address: `colleague${between(chance, 1, 300)}@office.test`, name: '' }] : [],
      replyTo: [],
      text: body,
      html: null,
      preview: body.trim().replaceAll(/\s+/gu, ' ').slice(0, 200),
      language: tongue.tag,
      sentAt: at,
      receivedAt: at,
      senderOffsetMinutes: direction === 'in' && isMail ? tongue.words.offsetMinutes : null,
      auto: 'none',
      bounce: null,
      attachments: hasFile
        ? [
            {
              index: 0,
              name: `screenshot-${between(chance, 1, 9_999)}.png`,
              type: 'image/png',
              sizeBytes: between(chance, 9_000, 900_000),
              contentId: null,
              inline: false,
              sha256: '0'.repeat(64),
              embedded: null,
            },
          ]
        : [],
      warnings: [],
      raw: null,
      seen: false,
      ...(isMail ? {} : { origin: originOf(telling, nativeKey) }),
    },
  });
  if (isMail) keys.push(nativeKey);
}

function originOf({ index, customer }: Telling, nativeKey: string): NonNullable<NormalizedMessage['origin']> {
  const { party, channel } = customer;
  return {
    conversation: `${channel} ${index}`,
    nativeKey,
    author: { nativeId: party.address, handle: null, verification: channel === 'web' ? 'none' : 'platform', facts: {} },
    isPrivate: channel !== 'community',
  };
}

/** An answer: written here as a rule, now and then in another mail program. */
function tellOurs(telling: Telling, at: Instant): void {
  const { chance, customer, team, steps, keys, index, account } = telling;
  if (customer.channel === 'email' && chance() < 0.15) {
    tellArrival(telling, at, 'out');
    return;
  }
  const agent = telling.owner ?? pick(chance, team.agents).agentId;
  const place = steps.length;
  const clientKey = `meridian.${index}.${place}@bench.test`;
  steps.push({
    kind: 'reply',
    at,
    sentAt: instant(at + 12_000),
    agent,
    messageId: messageIdFor(account.uid, clientKey),
    outboxId: makeId('out', `b${index}-${place}`),
    clientKey,
    text: text(telling, true),
    isClaim: telling.owner === null,
  });
  telling.owner = agent;
  if (customer.channel === 'email') keys.push(clientKey);
}

/** What is done with a new case: labels, priority, somebody takes it. */
function tellTriage(telling: Telling, at: Instant, isOpen: boolean): void {
  const { chance, team, steps } = telling;
  const act = (actor: AgentId | null, body: CaseEventBody): void => void steps.push({ kind: 'act', at, actor, body });
  const lead = team.agents[0]?.agentId ?? null;
  if (chance() < 0.45) act(lead, { type: 'case.labelAdded', label: pick(chance, LABELS) });
  if (chance() < 0.1) act(lead, { type: 'case.labelAdded', label: pick(chance, LABELS) });
  const draw = chance();
  if (draw < 0.14) act(lead, { type: 'case.priorityChanged', to: draw < 0.03 ? 'urgent' : draw < 0.1 ? 'high' : 'low' });
  if (chance() < (isOpen ? 0.35 : 0.8)) {
    const agent = pick(chance, team.agents).agentId;
    act(agent, { type: 'case.claimed', agentId: agent });
    telling.owner = agent;
  }
}

/** Where a case stands at present. */
function tellEnd(telling: Telling, at: Instant, now: Instant, isOpen: boolean): void {
  const { chance, steps, owner, index, team } = telling;
  const act = (body: CaseEventBody): void => void steps.push({ kind: 'act', at, actor: owner ?? team.me, body });
  if (owner !== null && chance() < 0.15) {
    const note = fill(chance, pick(chance, telling.customer.tongue.words.agent), telling.order);
    steps.push({ kind: 'note', at, agent: owner, messageId: makeId('msg', `note${index}`), text: note });
  }
  if (owner !== null && chance() < (isOpen ? 0.06 : 0.02)) {
    const dueAt = instant((isOpen ? now : at) + between(chance, 2, 96) * HOUR_MS);
    act({
      type: 'promise.made',
      promiseId: makeId('prm', `b${index}`),
      text: 'We get back to you',
      zone: 'Asia/Singapore',
      dueAt,
      dueLocal: toLocal('Asia/Singapore', dueAt),
      messageId: null,
      source: 'typed',
    });
  }
  if (!isOpen) {
    act({ type: 'case.statusChanged', to: 'solved' });
    return;
  }
  const draw = chance();
  if (draw < 0.22) act({ type: 'case.statusChanged', to: draw < 0.15 ? 'pending' : 'hold' });
  if (chance() < 0.08) act({ type: 'case.snoozed', until: instant(now + between(chance, 30, 500) * HOUR_MS) });
}
