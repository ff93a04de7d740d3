import { eventIdFor, accountIdFor, contactIdFor, messageIdFor } from '../src/main/engine/identity.ts';
import type { Signer } from '../src/main/engine/team/nkey-signature.ts';
import { clientKeyFor } from '../src/main/engine/usecases/client-keys.ts';
import { writeWire } from '../src/shared/contract/team-wire.ts';
import { formatHlc } from '../src/shared/domain/hlc.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import type { AgentId } from '../src/shared/domain/ids.ts';
import { instant, MINUTE_MS } from '../src/shared/domain/time.ts';
import type { FilledEvent } from './hub-events.ts';

/** The log of an invented team: cases of eight events each, with the texts that travel with them, signed by one of the team. */

export const EVENTS_OF_CASE = 8;
const ADDRESS = 'support@team.test';
const ACCOUNT = accountIdFor('email', ADDRESS);
const START = Date.UTC(2025, 0, 6, 8);
const TEXT =
  'Hello, I ordered two weeks ago and nothing has come yet. The page of the carrier says that the parcel was handed over to the depot, and ' +
  'nothing since. Could you look into it and tell me when it arrives? I leave for a journey on Friday and would like to have it before that. Thank you!';

interface Deed {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: AgentId | null;
  readonly parts?: Readonly<Record<string, unknown>>;
}

/** What the team knows before its first case: who signs, and the mailbox. Stored before everything else. */
export function teamBegins(signer: Signer, user: string, agent: AgentId): readonly FilledEvent[] {
  const account = { accountId: ACCOUNT, kind: 'email', address: ADDRESS, name: 'Support', createdAt: START };
  return [
    wire(signer, user, `agent.${agent}`, 'evt_joined', 0, { type: 'agent.joined', actor: agent, body: { user } }),
    wire(signer, user, `account.${ACCOUNT}`, 'evt_account', 0, { type: 'account.saved', actor: agent, body: account }),
  ];
}

/** Event `index` of the cases of the team; eight in a row are one case. */
export function caseEventAt(signer: Signer, user: string, agent: AgentId, index: number): FilledEvent {
  const number = Math.floor(index / EVENTS_OF_CASE);
  const step = index % EVENTS_OF_CASE;
  const stream = `case.${makeId('case', `bench-${String(number)}`)}`;
  const deed = deedOf(number, step, agent);
  return wire(signer, user, stream, idOf(stream, number, step, deed), number * 10 + step, deed);
}

function idOf(stream: string, number: number, step: number, { type, body }: Deed): string {
  if (type === 'case.opened') return eventIdFor('opened', [stream]);
  if (type === 'case.messageReceived') return eventIdFor('message', [String(body['messageId'])]);
  return `evt_${String(number)}-${String(step)}`;
}

function deedOf(number: number, step: number, agent: AgentId): Deed {
  const address = `customer-${String(number % 20_000)}@customer.test`;
  const contactId = contactIdFor('email', address);
  const at = instant(START + (number * 10 + step) * MINUTE_MS);
  const subject = `Where is order ${String(10_000 + number)}?`;
  const party = { address, name: `Customer ${String(number % 20_000)}` };
  const message = (name: string, kind: 'in' | 'out' | 'note') => ({
    messageId: messageIdFor(ACCOUNT, `${name}-${String(number)}@customer.test`),
    kind,
    sentAt: at,
    receivedAt: at,
    agent: kind === 'in' ? null : agent,
    language: 'en',
    offsetMinutes: 60,
    auto: 'none',
    ownKey: `${name}-${String(number)}@customer.test`,
    source: null,
    hasHtml: false,
    warnings: [],
    from: kind === 'in' ? party : { address: ADDRESS, name: 'Support' },
    recipients: { to: [kind === 'in' ? { address: ADDRESS, name: '' } : party], cc: [], replyTo: [] },
    subject,
    text: TEXT,
    keys: [`${name}-${String(number)}@customer.test`],
    attachments: [],
  });
  const mail = { contactId, at, auto: 'none', preview: TEXT.slice(0, 120), subject };
  switch (step) {
    case 0:
      return {
        type: 'case.opened',
        actor: null,
        body: { channel: 'email', accountId: ACCOUNT, contactId, subject, tier: 'standard', language: 'en' },
        parts: {
          contact: {
            contactId,
            address,
            name: party.name,
            firstSeenAt: at,
            seenAt: at,
            offsetMinutes: 60,
            language: 'en',
            tier: 'standard',
            tierReason: '',
            tierUntil: null,
            zone: null,
          },
        },
      };
    case 1:
    case 5: {
      const part = message(step === 1 ? 'first' : 'second', 'in');
      return { type: 'case.messageReceived', actor: null, body: { ...mail, messageId: part.messageId }, parts: { message: part } };
    }
    case 2:
      return { type: 'case.claimed', actor: agent, body: { agentId: agent } };
    case 3:
    case 4: {
      const outboxId = makeId('out', `bench-${String(number)}`);
      const outbox = {
        outboxId,
        accountId: ACCOUNT,
        sendAt: at,
        writtenAt: at,
        state: 'queued',
        holdReason: null,
        to: [party],
        cc: [],
        parentKeys: [`first-${String(number)}@customer.test`],
        seen: { lastInboundId: null, lastOutboundId: null, epoch: 0, status: 'open' },
      } as const;
      const clientKey = clientKeyFor(outbox, { address: ADDRESS });
      const messageId = messageIdFor(ACCOUNT, clientKey);
      if (step === 4) return { type: 'case.replySent', actor: agent, body: { messageId, at }, parts: { settling: { sentAt: at } } };
      return {
        type: 'case.replyQueued',
        actor: agent,
        body: { messageId, outboxId, preview: TEXT.slice(0, 120) },
        parts: { message: { ...message('reply', 'out'), messageId, ownKey: clientKey, keys: [] }, outbox: { ...outbox, clientKey } },
      };
    }
    case 6:
      return { type: 'case.labelAdded', actor: agent, body: { label: `topic-${String(number % 12)}` } };
    default:
      // most of what a team ever had is done
      return number % 10 === 0
        ? { type: 'case.priorityChanged', actor: agent, body: { to: 'high' } }
        : { type: 'case.statusChanged', actor: agent, body: { to: 'solved' } };
  }
}

function wire(signer: Signer, user: string, stream: string, id: string, minutes: number, deed: Deed): FilledEvent {
  const at = instant(START + minutes * MINUTE_MS);
  const { type, body, actor, parts } = deed;
  const data = writeWire(
    {
      v: 1,
      id,
      stream,
      type,
      sv: 1,
      user,
      workstation: 'bench',
      actor,
      hlc: formatHlc({ wallMs: at, counter: 0 }, 'bench'),
      at,
      base: 0,
      epoch: stream.startsWith('case.') ? 0 : null,
      body,
      ...(parts === undefined ? {} : { parts }),
    },
    (text) => signer.sign(Buffer.from(text, 'utf8')).toString('base64'),
  );
  return { id, stream, data };
}
