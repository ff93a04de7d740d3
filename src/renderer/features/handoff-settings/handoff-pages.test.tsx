// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { fakePromises } from '../../../../test/renderer/preview/fake-promises.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import { EMPTY_ROSTER } from '../../../shared/domain/coverage/roster.ts';
import { DEFAULT_HANDOFF_RULES } from '../../../shared/domain/handoff/offer.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { ACKNOWLEDGEMENT_TEMPLATES } from '../../../shared/domain/promise/acknowledgement-texts.ts';
import { instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useSession } from '../../state/session.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { ToastRegion } from '../../ui/toast.tsx';
import { forgetEdits, useEdits } from './edits.store.ts';
import { useHandoffPages } from './handoff-pages.tsx';

let engine: FakeEngine;
let previews: Input<'acknowledgements.preview'>[] = [];

function Settings(): ReactNode {
  const page = useSession((state) => state.settingsPage);
  return <Tabs label="Pages" value={page} onChange={(settingsPage) => useSession.setState({ settingsPage })} tabs={useHandoffPages()} />;
}

function start(canChange = true, own: ConstructorParameters<typeof FakeEngine>[0] = {}): void {
  const fakes = fakePromises([], () => engine, canChange);
  engine = new FakeEngine({
    ...fakes,
    'roster.get': () => ({
      ok: true,
      value: { roster: EMPTY_ROSTER, me: makeId('agt', 'me'), canPlan: canChange, zoneData: '2026c', zoneNotice: null },
    }),
    'acknowledgements.preview': (input) => {
      previews.push(input);
      return fakes['acknowledgements.preview']?.(input) ?? { ok: false, error: { code: 'internal', detail: '' } };
    },
    ...own,
  });
  transport.attach(engine.connect());
}

function open(settingsPage: 'handoffs' | 'acknowledgements'): void {
  useSession.setState({ settingsPage });
  render(
    <ToastRegion>
      <Settings />
    </ToastRegion>,
  );
}

const field = async (name: RegExp): Promise<HTMLInputElement> => screen.findByRole<HTMLInputElement>('textbox', { name });
const type = (input: HTMLElement, value: string): void => void fireEvent.change(input, { target: { value } });
const saves = (name: string): readonly unknown[] => engine.calls.filter((each) => each.name === name).map((each) => each.input);

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'Europe/Lisbon', locale: 'en', route: 'settings', selectedCaseId: null });
  forgetEdits();
  useEdits.setState({ language: 'en' });
  previews = [];
});
afterEach(() => {
  cleanup();
  engine.stop();
});

describe('the rules of handoffs', () => {
  test('are minutes with limits, show what they come to, and are saved together', async () => {
    start();
    open('handoffs');
    const grace = await field(/^After the sender’s turn/u);
    expect(grace.value).toBe('15');
    expect(screen.getByText('18:15: every other offer ends, and the lead has the case')).not.toBeNull();
    type(grace, '3');
    type(grace, '30');
    expect(grace.isConnected).toBe(true);
    expect(screen.getByText('18:30: every other offer ends, and the lead has the case')).not.toBeNull();
    const sweep = await field(/^The sunset sweep begins/u);
    type(sweep, '2');
    expect(screen.getByText('A number from 5 to 1440.')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Save' }).getAttribute('disabled')).not.toBeNull();
    type(sweep, '60');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(saves('handoffs.saveRules')).toMatchObject([
        { rules: { ...DEFAULT_HANDOFF_RULES, graceMs: 30 * MINUTE_MS, sweepLeadMs: 60 * MINUTE_MS } },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull());
  });

  test('are put back one by one, and edits that lead back are none', async () => {
    start();
    open('handoffs');
    // what an earlier engine said is shown until this one has answered
    const grace = await field(/^After the sender’s turn/u);
    await waitFor(() => expect(grace.value).toBe('15'));
    const effort = await field(/^Before the SLA is due/u);
    type(effort, '45');
    await screen.findByRole('region', { name: 'Unsaved changes' });
    // what is compared with is known once effects have run
    await act(async () => Promise.resolve());
    fireEvent.click(screen.getByRole('button', { name: 'Back to 30m' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull());
    expect(effort.value).toBe('30');
  });

  test('what somebody else saves meanwhile is said before it is replaced', async () => {
    start();
    open('handoffs');
    type(await field(/^Before a promise/u), '20');
    await screen.findByText('Your changes are not saved yet.');
    engine.stop();
    start(true, {
      'handoffs.rules': () => ({
        ok: true,
        value: { rules: { ...DEFAULT_HANDOFF_RULES, graceMs: 0 }, defaults: DEFAULT_HANDOFF_RULES, canChange: true },
      }),
    });
    expect(await screen.findByText('Somebody else has saved meanwhile. Saving yours replaces it.')).not.toBeNull();
  });

  test('can only be looked at by who is no lead', async () => {
    start(false);
    open('handoffs');
    await waitFor(async () => expect((await field(/^After the sender’s turn/u)).disabled).toBe(true));
    expect(screen.getByRole('note').textContent).toContain('Only leads may change this');
  });
});

describe('acknowledgements', () => {
  test('say at the field what is wrong with a text, and are not saved like that', async () => {
    start();
    open('acknowledgements');
    const reading = await field(/^Sentence: somebody$/u);
    type(reading, 'We will reply within 24 hours.');
    await screen.findByText('{time} is missing. “within 24 hours” promises a time that nobody works out. Use {time}.');
    expect(reading.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('2 things must be put right first.')).not.toBeNull();
    type(reading, 'Somebody reads this by {time}, {who} knows.');
    await screen.findByText('{who} is not filled in here.');
    type(reading, 'Somebody reads this by {time} your time.');
    fireEvent.click(await screen.findByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saves('acknowledgements.save')).toHaveLength(1));
    expect(saves('acknowledgements.save')).toMatchObject([
      {
        settings: {
          isOn: false,
          templates: [{ ...ACKNOWLEDGEMENT_TEMPLATES.en, reading: 'Somebody reads this by {time} your time.' }],
        },
      },
    ]);
  });

  test('the preview shows the text as it is edited, and Meridian’s is put back', async () => {
    start();
    open('acknowledgements');
    const preview = await screen.findByRole('complementary', { name: 'What a customer would be told now' });
    await within(preview).findByText(/^Hello Amara Okafor,/u);
    expect(previews).toContainEqual({ language: 'en', zone: 'Europe/Lisbon', template: null });
    type(await field(/^Greeting$/u), 'Dear {name},');
    await within(preview).findByText(/^Dear Amara Okafor,/u);
    expect(previews.at(-1)?.template?.greeting).toBe('Dear {name},');
    fireEvent.click(screen.getByRole('button', { name: 'Back to Meridian’s text' }));
    await within(preview).findByText(/^Hello Amara Okafor,/u);
    expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull();
  });

  test('the log tells in words why a message was answered or not, and opens the case', async () => {
    start(true, {
      'acknowledgements.log': () => ({
        ok: true,
        value: [
          {
            caseId: makeId('case', 'c1'),
            contactId: makeId('con', 'c1'),
            subject: 'Out of office',
            at: instant(Date.now()),
            messageId: makeId('msg', 'm1'),
            kind: 'silent',
            reasons: ['automatic', 'answered-recently'],
            text: '',
          },
        ],
      }),
    });
    open('acknowledgements');
    await screen.findByText('a machine wrote it and this customer had an automatic answer within the last day');
    fireEvent.click(screen.getByRole('button', { name: 'Open the case: Out of office' }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: makeId('case', 'c1') });
  });
});
