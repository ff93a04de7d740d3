// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import type { ThreadNews } from '../../../../shared/contract/cases.contract.ts';
import type { ReplyLock, WrittenCase } from '../../../../shared/contract/team.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { DraftSession } from '../composer/draft-session.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { isUpToDate, useCompare } from './compare-store.ts';
import { ReplyGate } from './reply-gate.tsx';
import { WritersDialog } from '../../../ui/team/writers-dialog.tsx';
import { disturbsWriters, sparingWriters, useWriters } from '../../../state/writers.ts';

const [A, B, C] = [fakeCase('a'), fakeCase('b'), fakeCase('c')];
const FREE: ReplyLock = { holder: null, lost: null };
const ANA = { user: 'ana', agentId: null, name: 'Ana Castro' };

/** What the FAKE engine says now. */
let lock: ReplyLock;
let news: ThreadNews;
let written: readonly WrittenCase[];
let engine: FakeEngine;
const ok = <Value,>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

async function become(next: ReplyLock): Promise<void> {
  lock = next;
  await engine.changed('team.replyLock');
}

const called = (name: string): readonly unknown[] => engine.calls.filter((each) => each.name === name).map((each) => each.input);

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  [lock, news, written] = [FREE, { items: [], upTo: 7 }, []];
  engine = new FakeEngine({
    'team.replyLock': () => ok(lock),
    'team.writers': () => ok(written),
    'team.takeOverReply': () => ok(null),
    'drafts.get': ({ caseId }) =>
      ok({
        draftId: makeId('drf', '1'),
        caseId,
        kind: 'reply',
        text: 'What I wrote',
        to: [],
        cc: [],
        attachments: [],
        savedAt: instant(5),
      }),
    'drafts.news': () => ok(news),
    'drafts.sawNews': () => ok(null),
    'workspace.get': () => ({ ok: false, error: { code: 'internal', detail: 'not asked here' } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  useCompare.setState({ reply: null, held: null });
});

describe('a locked reply', () => {
  // the gate reads the case and where its reply goes, and nothing else of it
  const detail = { caseId: A.caseId, replyTo: [] } as unknown as Parameters<typeof ReplyGate>[0]['detail'];
  const show = (): void => {
    render(
      <section className="ib-composer">
        <ReplyGate detail={detail}>
          <textarea aria-label="composer" defaultValue="What I wrote" />
        </ReplyGate>
      </section>,
    );
  };

  test('shows who writes and what was written here, in place of the composer; it can not be written into', async () => {
    lock = { holder: { ...ANA, writing: true }, lost: null };
    show();
    const field = await screen.findByRole('textbox', { name: 'Your draft, locked' });
    expect(screen.queryByRole('textbox', { name: 'composer' })).toBeNull();
    expect(screen.getByRole('status').textContent).toContain('Ana Castro is writing a reply to this customer.');
    await waitFor(() => expect(field).toHaveProperty('value', 'What I wrote'));
    expect(field).toHaveProperty('readOnly', true);
    await become({ holder: { ...ANA, writing: false }, lost: null });
    await screen.findByText(/has begun a reply/u);
  });

  test('comes and goes; the keyboard stays where it was, and nothing takes it from elsewhere', async () => {
    show();
    const composer = await screen.findByRole('textbox', { name: 'composer' });
    composer.focus();
    await become({ holder: { ...ANA, writing: true }, lost: { agentId: null, name: 'Ana Castro', how: 'taken', at: instant(0) } });
    const field = await screen.findByRole('textbox', { name: 'Your draft, locked' });
    expect(document.activeElement).toBe(field);
    expect(screen.getByRole('alert').textContent).toMatch(/Ana Castro took the reply over at .*Your words are kept/u);
    field.blur();
    await become(FREE);
    await screen.findByRole('textbox', { name: 'composer' });
    await become({ holder: { ...ANA, writing: true }, lost: null });
    const again = await screen.findByRole('textbox', { name: 'Your draft, locked' });
    expect(document.activeElement).not.toBe(again);
  });

  test('is taken over by its button', async () => {
    lock = { holder: { ...ANA, writing: true }, lost: null };
    show();
    fireEvent.click(await screen.findByRole('button', { name: /Take over/u }));
    await waitFor(() => expect(called('team.takeOverReply')).toMatchObject([{ caseId: A.caseId }]));
  });
});

describe('before a reply leaves', () => {
  const note = { kind: 'note', messageId: makeId('msg', 'n'), at: instant(9), agentId: null, text: 'She called.' } as const;
  const start = { text: '', to: [], cc: [] };
  const savingPort = {
    save: async () => Promise.resolve({ ok: true, draftId: makeId('drf', '1'), savedAt: instant(6) } as const),
    discard: async () => Promise.resolve(true),
  };
  const sends = vi.fn<() => void>();
  let session: DraftSession;

  async function send(hasFiles = false): Promise<boolean> {
    sends.mockReset();
    session = new DraftSession(savingPort, start);
    session.edit({ text: 'What I wrote' });
    render(<CompareDialog session={session} hasFiles={hasFiles} onDiscard={() => void session.discard()} />);
    return isUpToDate(A.caseId, sends);
  }

  test('nothing is asked when nothing is new, nor when nobody can say', async () => {
    expect(await send()).toBe(true);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('what is new stands beside the words; Enter goes on, and what was seen is seen', async () => {
    news = { items: [note], upTo: 12 };
    expect(await send()).toBe(false);
    await screen.findByRole('dialog', { name: 'The case has changed since you began to write' });
    expect(screen.getByRole('group', { name: 'New in the case' }).textContent).toContain('She called.');
    expect(screen.getByRole('group', { name: 'What you wrote' }).textContent).toBe('What I wrote');
    const goOn = screen.getByRole('button', { name: /Go on writing/u });
    await waitFor(() => expect(document.activeElement).toBe(goOn));
    fireEvent.click(goOn);
    await waitFor(() => expect(called('drafts.sawNews')).toMatchObject([{ caseId: A.caseId, upTo: 12 }]));
    expect(sends).not.toHaveBeenCalled();
    expect(session.snapshot().content.text).toBe('What I wrote');
  });

  test('in a chat the customer writes before one’s eyes, and only what colleagues did is asked about', async () => {
    const said = { kind: 'message', direction: 'in', messageId: makeId('msg', 'c') } as unknown as ThreadNews['items'][number];
    news = { items: [said], upTo: 12 };
    session = new DraftSession(savingPort, start);
    expect(await isUpToDate(A.caseId, sends, true)).toBe(true);
    expect(await isUpToDate(A.caseId, sends, false)).toBe(false);
    news = { items: [said, note], upTo: 12 };
    expect(await isUpToDate(A.caseId, sends, true)).toBe(false);
  });

  test('S sends it all the same', async () => {
    news = { items: [note], upTo: 12 };
    await send();
    await screen.findByRole('dialog');
    fireEvent.keyDown(document.body, { key: 's' });
    await waitFor(() => expect(sends).toHaveBeenCalledTimes(1));
  });

  test('D discards it; a reply with files asks once more', async () => {
    news = { items: [note], upTo: 12 };
    await send();
    await screen.findByRole('dialog');
    fireEvent.keyDown(document.body, { key: 'd' });
    await waitFor(() => expect(session.snapshot().state).toBe('untouched'));
    cleanup();
    await send(true);
    await screen.findByRole('dialog');
    fireEvent.keyDown(document.body, { key: 'd' });
    await screen.findByRole('alertdialog');
    expect(session.snapshot().content.text).toBe('What I wrote');
  });
});

describe('what is done to many cases', () => {
  const ids = [A.caseId, B.caseId, C.caseId];
  const writes = { caseId: B.caseId, subject: 'Fee charged twice', names: ['Ana Castro'] };

  test('is asked about where a colleague writes: those are left out, or not, or nothing is done', async () => {
    const Shown = (): ReactNode => <WritersDialog question={useWriters((state) => state.question)} />;
    render(<Shown />);
    written = [writes];
    const answers: (readonly string[] | null)[] = [];
    const ask = async (): Promise<void> => {
      void sparingWriters(ids).then((answer) => answers.push(answer));
      await screen.findByRole('dialog', { name: 'Colleagues are writing in 1 of these cases' });
    };
    await ask();
    expect(screen.getByRole('list', { name: 'Where colleagues are writing' }).textContent).toContain('Fee charged twiceAna Castro');
    fireEvent.click(screen.getByRole('button', { name: /Leave it out/u }));
    await waitFor(() => expect(answers).toEqual([[A.caseId, C.caseId]]));
    await ask();
    fireEvent.keyDown(document.body, { key: 'd' });
    await waitFor(() => expect(answers.at(-1)).toEqual(ids));
    await ask();
    fireEvent.click(screen.getByRole('button', { name: /Cancel/u }));
    await waitFor(() => expect(answers).toEqual([[A.caseId, C.caseId], ids, null]));
  });

  test('is done at once where nobody writes', async () => {
    expect(await sparingWriters(ids)).toEqual(ids);
  });

  test('labels disturb nobody, and one case is no bulk', () => {
    expect(disturbsWriters({ kind: 'status', to: 'solved' }, ids)).toBe(true);
    expect(disturbsWriters({ kind: 'add-label', label: 'x' }, ids)).toBe(false);
    expect(disturbsWriters({ kind: 'status', to: 'solved' }, [A.caseId])).toBe(false);
  });
});
