// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { OfferPreparation, OfferResult } from '../../../../shared/contract/handoff.contract.ts';
import type { WrittenCase } from '../../../../shared/contract/team.contract.ts';
import { EMPTY_PACKET, missingOf } from '../../../../shared/domain/handoff/packet.ts';
import type { Packet, Recipient } from '../../../../shared/domain/handoff/packet.ts';
import type { Expiry, OfferRefusal } from '../../../../shared/domain/handoff/offer.ts';
import { EMPTY_ROSTER } from '../../../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { after, HOUR_MS, instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { listenForKeys } from '../../../shortcuts/registry.ts';
import { closePacket, openPacket } from '../../../state/packet-dialog.ts';
import { undoLast } from '../../../state/undo.ts';
import { ToastRegion } from '../../../ui/toast.tsx';
import { PacketDialog } from './packet-dialog.tsx';

const NOW = instant(Date.now());
const ME = makeId('agt', 'me');
const INES = makeId('agt', 'ines');
const KENJI = makeId('agt', 'kenji');
const DANA = makeId('agt', 'dana');
const expiry: Expiry = { expiresAt: after(NOW, 2 * HOUR_MS), warnAt: after(NOW, HOUR_MS), because: 'shift-end' };

const COMPLETE: Packet = {
  ...EMPTY_PACKET,
  severity: 'stable',
  goal: 'A corrected invoice',
  state: 'The customer waits for us.',
  actions: [{ what: 'Send the invoice', dueAt: null }],
};

function row(caseId: CaseId): CaseRow {
  return {
    caseId,
    subject: `Subject ${caseId.charAt(5)}`,
    preview: '',
    channel: 'email',
    status: 'open',
    priority: 'normal',
    assigneeId: ME,
    isOwnerPending: false,
    assigneeName: 'Robin',
    contactId: makeId('con', 'x'),
    contactName: 'Amara',
    contactAddress: 'amara@example.org',
    tier: 'standard',
    contactZone: 'Africa/Lagos',
    contactOffsetMinutes: null,
    language: 'en',
    labels: [],
    bot: null,
    asked: null,
    waitingSince: null,
    sla: null,
    runway: null,
    raised: false,
    handoff: null,
    nextPromise: null,
    snoozedUntil: null,
    snoozedFor: null,
    reminders: [],
    followUpAt: null,
    lastMessageAt: NOW,
    lastDirection: 'in',
    messageCount: 1,
    unread: false,
    queuedReplies: 0,
    sendsAt: null,
    failedReplies: 0,
    hasDraft: false,
    hasAttachments: false,
  };
}

const person = (agentId: typeof ME, name: string): AgentProfile => ({
  agentId,
  name,
  hubId: null,
  zone: 'Asia/Tokyo',
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: [],
  pattern: {},
  isActive: true,
});

/** Cases of their own for each test: the page keeps answers for some seconds. */
let CASE: CaseId;
let B: CaseId;
let C: CaseId;
let tests = 0;
let packets: Map<CaseId, Packet>;
let patch: Partial<OfferPreparation>;
let written: readonly WrittenCase[];
let refusalFor: (to: Recipient) => OfferRefusal | null;
let resultFor: (caseId: CaseId) => OfferResult;
let drafts: Map<CaseId, Pick<OfferPreparation, 'packet' | 'to' | 'reason'>>;
let engine: FakeEngine;
let stopKeys: () => void;

function prepare(caseId: CaseId): OfferPreparation | null {
  const prefilled = packets.get(caseId);
  if (prefilled === undefined) return null;
  const draft = drafts.get(caseId);
  const packet = draft?.packet ?? prefilled;
  return {
    row: row(caseId),
    ownerId: ME,
    packet,
    draftSavedAt: draft === undefined ? null : NOW,
    to: draft?.to ?? { kind: 'agent', agentId: INES },
    reason: draft?.reason ?? 'shift-end',
    openPromises: [],
    missing: missingOf(packet, []),
    refusal: null,
    expiry,
    receivers: [INES, KENJI].map((agentId) => ({
      agentId,
      hubId: null,
      zone: 'Asia/Tokyo',
      from: NOW,
      turnEndsAt: after(NOW, 6 * HOUR_MS),
      leftMs: 6 * HOUR_MS,
      isQualified: true,
      skill: 3,
      language: 3,
      load: 1,
    })),
    hubs: [],
    standing: null,
    ...patch,
  };
}

const inputs = <Input,>(name: string): readonly Input[] =>
  engine.calls.filter((each) => each.name === name).map((each) => each.input as Input);
interface Offered {
  readonly offers: readonly { readonly caseId: CaseId; readonly to: Recipient; readonly packet: Packet }[];
}
const offered = (): readonly Offered['offers'][number][] => inputs<Offered>('handoffs.offer').flatMap((each) => each.offers);

beforeAll(async () => {
  await startI18n('en');
  stopKeys = listenForKeys(window);
});
afterAll(() => stopKeys());

beforeEach(() => {
  tests += 1;
  [CASE, B, C] = [makeId('case', `a${tests}`), makeId('case', `b${tests}`), makeId('case', `c${tests}`)];
  packets = new Map([[CASE, COMPLETE]]);
  patch = {};
  written = [];
  drafts = new Map();
  refusalFor = () => null;
  resultFor = (caseId) => ({ caseId, ok: true, handoffId: makeId('hnd', caseId.charAt(5)), expiry });
  engine = new FakeEngine({
    'workspace.get': () => ({
      ok: true,
      value: {
        workspace: 'main',
        hasProfile: true,
        me: { agentId: ME, name: 'Robin', hub: '', zone: 'Europe/Lisbon', languages: [], isMe: true },
        agents: [],
        preparing: null,
        notice: null,
      },
    }),
    'roster.get': () => ({
      ok: true,
      value: {
        roster: {
          ...EMPTY_ROSTER,
          agents: [person(ME, 'Robin Vale'), person(INES, 'Inês Duarte'), person(KENJI, 'Kenji Sato'), person(DANA, 'Dana Ortiz')],
        },
        me: ME,
        canPlan: true,
        zoneData: '',
        zoneNotice: null,
      },
    }),
    'handoffs.prepare': ({ caseId }) => ({ ok: true, value: prepare(caseId) }),
    'team.writers': () => ({ ok: true, value: written }),
    'handoffs.check': ({ to }) => ({ ok: true, value: { refusal: refusalFor(to), expiry, missing: [] } }),
    'handoffs.saveDraft': ({ caseId, draft }) => {
      if (draft === null) drafts.delete(caseId);
      else drafts.set(caseId, draft);
      void engine.changed('handoffs.prepare');
      return { ok: true, value: null };
    },
    'handoffs.offer': ({ offers }) => ({ ok: true, value: offers.map(({ caseId }) => resultFor(caseId)) }),
    'handoffs.withdraw': ({ handoffIds }) => ({ ok: true, value: { withdrawn: handoffIds.length } }),
    'handoffs.edit': ({ version }) => ({ ok: true, value: { version: version + 1 } }),
    'handoffs.toLead': () => ({ ok: true, value: { leadId: DANA } }),
    'cases.apply': () => {
      patch = { ...patch, refusal: null, ownerId: ME };
      void engine.changed('handoffs.prepare');
      return { ok: true, value: { changed: 1, undoable: true } };
    },
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <PacketDialog />
    </ToastRegion>,
  );
});
afterEach(() => {
  act(() => closePacket());
  cleanup();
  engine.stop();
});

/** Waits for a state; a busy machine takes its time. */
const soon = async (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 });

function press(key: string, more: Partial<KeyboardEventInit> = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
}
const send = (): void => press('Enter', { ctrlKey: true });
const focused = (): Element | null => document.activeElement;

async function open(...caseIds: CaseId[]): Promise<HTMLElement> {
  act(() => openPacket(caseIds));
  // what was said of the one before may still stand there, as a dialog that is none
  const [dialog] = await vi.waitFor(() => {
    const found = screen.getAllByRole('dialog').filter((each) => each.matches('.m-dialog'));
    expect(found).toHaveLength(1);
    return found;
  });
  if (dialog === undefined) throw new Error('no dialog');
  await within(dialog).findByText(/Offer (?:to|\d)|Save as|No packet/u);
  // its keys are heard once its effects have run
  await act(async () => Promise.resolve());
  return dialog;
}

describe('a packet that is complete', () => {
  it('is offered by one more key after h, and taken back by undo', async () => {
    const dialog = await open(CASE);
    await soon(() => expect(focused()?.textContent).toContain('Offer to Inês Duarte'));
    send();
    await soon(() => expect(offered()).toHaveLength(1));
    expect(offered()[0]).toMatchObject({ caseId: CASE, to: { kind: 'agent', agentId: INES }, packet: COMPLETE });
    await soon(() => expect(dialog.isConnected).toBe(false));
    expect(await screen.findByText(/^Offered to Inês Duarte until/u)).not.toBeNull();
    await act(async () => undoLast());
    expect(inputs('handoffs.withdraw')).toEqual([expect.objectContaining({ handoffIds: ['hnd_a'] })]);
  });

  it('needs its severity said: the choice has the focus, a number says it, Ctrl+Enter offers', async () => {
    packets.set(CASE, { ...COMPLETE, severity: null });
    await open(CASE);
    await soon(() => expect(focused()?.getAttribute('role')).toBe('radio'));
    send();
    expect(offered()).toEqual([]);
    press('1');
    send();
    await soon(() => expect(offered()[0]?.packet.severity).toBe('stable'));
  });
});

describe('a packet that lacks something', () => {
  it('is not sent; the key leads to the field', async () => {
    packets.set(CASE, { ...COMPLETE, goal: '' });
    const dialog = await open(CASE);
    const goal = within(dialog).getByRole('textbox', { name: 'Customer wants' });
    await soon(() => expect(focused()).toBe(goal));
    within(dialog)
      .getByRole('button', { name: /Offer to/u })
      .focus();
    send();
    expect(focused()).toBe(goal);
    expect(offered()).toEqual([]);
    fireEvent.change(goal, { target: { value: 'Their money back' } });
    send();
    await soon(() => expect(offered()[0]?.packet.goal).toBe('Their money back'));
  });

  it('asks for a plan when the case is not stable', async () => {
    const dialog = await open(CASE);
    press('2', { altKey: true, code: 'Digit2' });
    await soon(() => expect(within(dialog).getByText('Still missing:').parentElement?.textContent).toContain('if … then'));
    fireEvent.click(within(dialog).getByRole('button', { name: 'If … then' }));
    await soon(() => expect(focused()?.getAttribute('placeholder')).toBe('If …'));
  });
});

describe('a refusal', () => {
  const late: OfferRefusal = {
    kind: 'not-on-shift',
    expiry,
    comesAt: after(NOW, 9 * HOUR_MS),
    next: { agentId: KENJI, shiftId: makeId('shf', 's'), from: NOW, doneAt: after(NOW, HOUR_MS), turnEndsAt: after(NOW, 5 * HOUR_MS) },
    leadId: DANA,
  };

  it('names who can in time; one key chooses them, and the case goes to them', async () => {
    refusalFor = (to) => (to.kind === 'agent' && to.agentId === INES ? late : null);
    const dialog = await open(CASE);
    expect((await within(dialog).findByRole('alert')).textContent).toMatch(
      /Inês Duarte is not on shift before.*Offer it to Kenji Sato · on now/u,
    );
    send();
    expect(offered()).toEqual([]);
    expect(focused()?.textContent).toContain('Offer it to Kenji Sato');
    press('n', { altKey: true, code: 'KeyN' });
    await soon(() => expect(within(dialog).queryByRole('alert')).toBeNull());
    send();
    await soon(() => expect(offered()[0]?.to).toEqual({ kind: 'agent', agentId: KENJI }));
  });

  it('with nobody left gives the case to the lead by the same key', async () => {
    refusalFor = () => ({ ...late, next: null });
    const dialog = await open(CASE);
    await within(dialog).findByRole('button', { name: /Give it to the lead: Dana Ortiz/u });
    press('n', { altKey: true, code: 'KeyN' });
    await soon(() => expect(inputs('handoffs.toLead')).toHaveLength(1));
    await soon(() => expect(dialog.isConnected).toBe(false));
  });

  it('of a case of somebody else offers to claim it first', async () => {
    patch = { refusal: { kind: 'not-owner' }, ownerId: KENJI };
    const dialog = await open(CASE);
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Kenji Sato answers for this case.');
    press('n', { altKey: true, code: 'KeyN' });
    await soon(() => expect(inputs('cases.apply')).toEqual([expect.objectContaining({ caseIds: [CASE], action: { kind: 'claim' } })]));
    await soon(() => expect(within(dialog).queryByRole('alert')).toBeNull());
  });
});

describe('what was written', () => {
  it('is kept when the dialog closes, and there again when it opens', async () => {
    const dialog = await open(CASE);
    fireEvent.change(within(dialog).getByRole('textbox', { name: 'Where it stands' }), { target: { value: 'Half done.' } });
    act(() => closePacket());
    await soon(() => expect(drafts.get(CASE)?.packet.state).toBe('Half done.'));
    await soon(() => expect(dialog.isConnected).toBe(false));
    const again = await open(CASE);
    await soon(() => expect(within(again).getByRole<HTMLTextAreaElement>('textbox', { name: 'Where it stands' }).value).toBe('Half done.'));
    fireEvent.click(within(again).getByRole('button', { name: 'Fill in anew' }));
    const question = await screen.findByRole('alertdialog');
    fireEvent.click(within(question).getByRole('button', { name: 'Fill in anew' }));
    await soon(() => expect(drafts.size).toBe(0));
    await soon(() =>
      expect(within(again).getByRole<HTMLTextAreaElement>('textbox', { name: 'Where it stands' }).value).toBe(COMPLETE.state),
    );
  });

  it('changes an offer that stands as a new version of its packet', async () => {
    patch = {
      standing: {
        handoffId: makeId('hnd', 's'),
        eventId: 'evt_1',
        fromId: ME,
        fromHubId: null,
        to: { kind: 'agent', agentId: INES },
        reason: 'shift-end',
        epoch: 1,
        ownerEpoch: null,
        holderId: ME,
        offeredAt: NOW,
        expiresAt: expiry.expiresAt,
        senderOffAt: null,
        teamHubs: [],
        state: 'offered',
        versions: [{ version: 1, packet: { ...COMPLETE, goal: 'As it was offered' }, eventId: 'evt_1' }],
        acceptance: null,
        questions: [],
        declines: [],
        messagesSince: [],
        steps: [],
      },
    };
    const dialog = await open(CASE);
    const goal = within(dialog).getByRole<HTMLTextAreaElement>('textbox', { name: 'Customer wants' });
    expect(goal.value).toBe('As it was offered');
    fireEvent.change(goal, { target: { value: 'More than that' } });
    send();
    await soon(() =>
      expect(inputs<{ readonly handoffId: string; readonly version: number; readonly packet: Packet }>('handoffs.edit')).toMatchObject([
        { handoffId: 'hnd_s', version: 1, packet: { goal: 'More than that' } },
      ]),
    );
    expect(offered()).toEqual([]);
    await soon(() => expect(drafts.size).toBe(0));
  });
});

describe('several cases', () => {
  it('go to one receiver; what lacks something stays and says what, its packet opens in place', async () => {
    packets = new Map([
      [CASE, COMPLETE],
      [B, { ...COMPLETE, severity: null }],
      [C, { ...COMPLETE, goal: '' }],
    ]);
    const dialog = await open(CASE, B, C);
    await within(dialog).findByText('1 ready · 2 lacking something · 0 can not be offered');
    expect(within(dialog).getByText('Lacks severity')).not.toBeNull();
    act(() => within(dialog).getByRole('button', { name: 'Open the packet of “Subject b”' }).focus());
    // its keys are heard once its effects have run
    await act(async () => Promise.resolve());
    press('1');
    await within(dialog).findByText('2 ready · 1 lacking something · 0 can not be offered');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Open the packet of “Subject c”' }));
    const goal = await within(dialog).findByRole('textbox', { name: 'Customer wants' });
    fireEvent.change(goal, { target: { value: 'A refund' } });
    press('Escape');
    await within(dialog).findByText('3 ready · 0 lacking something · 0 can not be offered');
    send();
    await soon(() => expect(offered().map((each) => each.caseId)).toEqual([CASE, B, C]));
    expect(offered().map((each) => [each.packet.severity, each.packet.goal])).toEqual([
      ['stable', COMPLETE.goal],
      ['stable', COMPLETE.goal],
      ['stable', 'A refund'],
    ]);
    await soon(() => expect(dialog.isConnected).toBe(false));
    await act(async () => undoLast());
    expect(inputs('handoffs.withdraw')).toEqual([expect.objectContaining({ handoffIds: ['hnd_a', 'hnd_b', 'hnd_c'] })]);
  });

  it('in which colleagues are writing are asked about; left out, they stay in the list', async () => {
    packets = new Map([CASE, B, C].map((caseId) => [caseId, COMPLETE]));
    written = [{ caseId: B, subject: 'Subject b', names: ['Kenji Sato'] }];
    const dialog = await open(CASE, B, C);
    await within(dialog).findByText('3 ready · 0 lacking something · 0 can not be offered');
    send();
    const question = { name: 'Colleagues are writing in 1 of these cases' };
    expect((await screen.findByRole('dialog', question)).textContent).toContain('Subject bKenji Sato');
    // Escape answers the question, and leaves the packets open
    press('Escape');
    await soon(() => expect(screen.queryByRole('dialog', question)).toBeNull());
    expect([offered(), dialog.isConnected]).toEqual([[], true]);
    send();
    await screen.findByRole('dialog', question);
    // asked already: the key is not heard twice
    send();
    fireEvent.click(screen.getByRole('button', { name: /Leave it out/u }));
    await soon(() => expect(offered().map((each) => each.caseId)).toEqual([CASE, C]));
    await within(dialog).findByText('0 ready · 0 lacking something · 0 can not be offered');
    expect(dialog.isConnected).toBe(true);
  });

  it('go all the same by D, and one case alone is not asked about', async () => {
    packets = new Map([CASE, B].map((caseId) => [caseId, COMPLETE]));
    written = [{ caseId: CASE, subject: 'Subject a', names: ['Kenji Sato'] }];
    const dialog = await open(CASE, B);
    await within(dialog).findByText('2 ready · 0 lacking something · 0 can not be offered');
    send();
    await screen.findByRole('dialog', { name: 'Colleagues are writing in 1 of these cases' });
    press('d');
    await soon(() => expect(offered().map((each) => each.caseId)).toEqual([CASE, B]));
    await soon(() => expect(dialog.isConnected).toBe(false));
    const asked = inputs('team.writers').length;
    packets.set(C, COMPLETE);
    await open(C);
    await soon(() => expect(focused()?.textContent).toContain('Offer to Inês Duarte'));
    send();
    await soon(() => expect(offered()).toHaveLength(3));
    expect(inputs('team.writers')).toHaveLength(asked);
  });

  it('that can not go are told, and stop no other', async () => {
    packets = new Map([
      [CASE, COMPLETE],
      [B, COMPLETE],
    ]);
    resultFor = (caseId) =>
      caseId === B
        ? { caseId, ok: false, refusal: { kind: 'no-time', expiry, leadId: DANA }, missing: [] }
        : { caseId, ok: true, handoffId: makeId('hnd', 'a'), expiry };
    const dialog = await open(CASE, B);
    await within(dialog).findByText('2 ready · 0 lacking something · 0 can not be offered');
    send();
    expect(await within(dialog).findByText(/There is no time left for an offer/u)).not.toBeNull();
    expect(within(dialog).getByText(/^Offered to Inês Duarte until/u)).not.toBeNull();
    expect(dialog.isConnected).toBe(true);
  });
});
