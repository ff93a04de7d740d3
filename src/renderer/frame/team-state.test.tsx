// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-engine.ts';
import { fakeTeam } from '../../../test/renderer/fake-team.ts';
import { transport } from '../bridge/client.ts';
import { startI18n } from '../i18n/i18n.ts';
import { useSession } from '../state/session.ts';
import { TeamState } from './team-state.tsx';

beforeAll(async () => startI18n('en'));
afterEach(cleanup);

test('what leads to the page of the team leaves nothing over it', async () => {
  useSession.setState({ route: 'inbox', zone: 'UTC' });
  const engine: FakeEngine = new FakeEngine(fakeTeam([], new URLSearchParams('team=live'), () => engine));
  transport.attach(engine.connect());
  render(<TeamState />);
  fireEvent.click(await screen.findByRole('button', { name: /^Team: /u }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(screen.getByRole('button', { name: 'Team hub' }));
  expect(useSession.getState()).toMatchObject({ route: 'settings', settingsPage: 'team-hub' });
  await waitFor(() => expect(dialog.isConnected).toBe(false));
});
