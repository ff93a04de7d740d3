// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { Feasibility } from '../../../../shared/domain/promise/feasibility.ts';
import { detectPromises } from '../../../../shared/domain/promise/detect-promises.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { after, HOUR_MS, instant } from '../../../../shared/domain/time.ts';
import { toLocal } from '../../../../shared/domain/time/zone.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { listenForKeys } from '../../../shortcuts/registry.ts';
import { useSession } from '../../../state/session.ts';
import { confirmedPromises } from './detected-promises.ts';
import { PromiseBar } from './promise-bar.tsx';
import { bringPromisesBack, putPromisesAway, usePromiseMarks } from './promise-marks.ts';

/** 1 June 2026, 10:00 UTC: 19:00 in Tokyo, 11:00 in Lisbon. */
const NOW = instant(Date.UTC(2026, 5, 1, 10));
const CASE = makeId('case', 'a');
const OTHER = makeId('case', 'b');
const TEXT = 'We will send the export by 21:30 your time. I will call you back tomorrow by 10:00.';
const ZONE = 'Asia/Tokyo';
let feasibility: Feasibility;
let engine: FakeEngine;
let stopKeys: () => void;

beforeAll(async () => {
  await startI18n('en');
  stopKeys = listenForKeys(window);
});
afterAll(() => stopKeys());

beforeEach(() => {
  feasibility = { kind: 'feasible', staffed: [] };
  useSession.setState({ zone: 'Europe/Lisbon' });
  usePromiseMarks.setState({ cases: {} });
  engine = new FakeEngine({
    'promises.detect': ({ text }) => ({
      ok: true,
      value: {
        zone: { zone: ZONE, source: 'set' },
        found: detectPromises(text, {
          writtenAt: NOW,
          customerZone: ZONE,
          writerZone: 'Europe/Lisbon',
          businessHours: null,
          language: 'en',
        }).map((promise) => ({ promise, feasibility })),
      },
    }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
});

/** Waits for a state; a busy machine takes its time. */
const soon = async (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 });

/** The bar under a text, as the composer shows it. */
function Written({ caseId }: { readonly caseId: typeof CASE }): ReactNode {
  const [text, setText] = useState(TEXT);
  return (
    <div className="ib-editor">
      <textarea aria-label="Text" value={text} onChange={(event) => setText(event.target.value)} />
      <PromiseBar caseId={caseId} text={text} />
    </div>
  );
}

async function lines(): Promise<readonly HTMLElement[]> {
  const bar = await screen.findByRole('region', { name: 'Promises in this reply' });
  // its key is heard once its effects have run
  await act(async () => Promise.resolve());
  return within(bar).getAllByRole('listitem');
}
const confirmByKey = (): void => {
  const text = screen.getByRole('textbox');
  text.focus();
  fireEvent.keyDown(text, { key: 'p', altKey: true, code: 'KeyP' });
};

describe('promises in a reply', () => {
  it('are found with their times on both clocks, and confirmed by one key each while the text is being written', async () => {
    render(<Written caseId={CASE} />);
    const [first, second] = await lines();
    expect(first?.textContent).toMatch(/21:30 for the customer.*13:30 for you.*We will send the export/u);
    expect(await confirmedPromises(CASE, TEXT)).toEqual([]);
    confirmByKey();
    expect(within(first ?? document.body).getByRole('status').textContent).toBe('Confirmed');
    expect(second?.textContent).not.toContain('Confirmed');
    expect(await confirmedPromises(CASE, TEXT)).toEqual([
      {
        text: 'We will send the export by 21:30 your time.',
        zone: ZONE,
        dueLocal: { year: 2026, month: 6, day: 1, hour: 21, minute: 30, second: 0 },
        source: 'detected',
      },
    ]);
    confirmByKey();
    expect((await confirmedPromises(CASE, TEXT)).map((each) => each.dueLocal.hour)).toEqual([21, 10]);
  });

  it('stay confirmed while another case is looked at, and come back with a reply that is taken back', async () => {
    const { unmount } = render(<Written caseId={CASE} />);
    await lines();
    confirmByKey();
    unmount();
    render(<Written caseId={OTHER} />);
    const [other] = await lines();
    expect(other?.textContent).not.toContain('Confirmed');
    cleanup();
    render(<Written caseId={CASE} />);
    const [again] = await lines();
    expect(again?.textContent).toContain('Confirmed');
    act(() => putPromisesAway(CASE));
    expect(await confirmedPromises(CASE, TEXT)).toEqual([]);
    act(() => bringPromisesBack(CASE));
    expect(await confirmedPromises(CASE, TEXT)).toHaveLength(1);
  });

  it('are asked about again when their sentence changes, and go nowhere once they are out of the text', async () => {
    render(<Written caseId={CASE} />);
    await lines();
    confirmByKey();
    const later = TEXT.replace('21:30', '22:30');
    fireEvent.change(screen.getByRole('textbox'), { target: { value: later } });
    await soon(async () => expect((await lines())[0]?.textContent).toContain('22:30 for the customer'));
    expect((await lines())[0]?.textContent).not.toContain('Confirmed');
    expect(await confirmedPromises(CASE, later)).toEqual([]);
    expect(await confirmedPromises(CASE, 'Thank you.')).toEqual([]);
  });

  it('may be none: what is dismissed is not shown again', async () => {
    render(<Written caseId={CASE} />);
    const [first] = await lines();
    fireEvent.click(within(first ?? document.body).getByRole('button', { name: 'Not a promise' }));
    expect(await lines()).toHaveLength(1);
    expect((await lines())[0]?.textContent).toContain('call you back');
  });

  it('that nobody can keep say so with times that could be kept, and lead to the words that tell the time', async () => {
    const at = after(NOW, 4 * HOUR_MS);
    feasibility = {
      kind: 'infeasible',
      unstaffed: { from: NOW, to: after(NOW, HOUR_MS) },
      earlier: null,
      later: { at, local: toLocal(ZONE, at) },
    };
    render(<Written caseId={CASE} />);
    const [first] = await lines();
    expect(first?.textContent).toContain('Nobody who can take it is on');
    expect(first?.textContent).toMatch(/Could be kept at .*23:00 \(.*15:00 for you\)/u);
    fireEvent.click(within(first ?? document.body).getByRole('button', { name: 'Change the time in the text' }));
    const area = screen.getByRole<HTMLTextAreaElement>('textbox');
    expect(document.activeElement).toBe(area);
    expect(TEXT.slice(area.selectionStart, area.selectionEnd)).toContain('21:30');
  });
});
