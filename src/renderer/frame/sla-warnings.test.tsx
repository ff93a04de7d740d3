// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { startI18n } from '../i18n/i18n.ts';
import { useSession } from '../state/session.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { warn } from './sla-warnings.ts';

const CASE = makeId('case', 'c1');
const warning = {
  type: 'sla-warning',
  caseId: CASE,
  subject: 'Export stops',
  metric: 'first-reply',
  dueAt: instant(Date.UTC(2026, 10, 20, 16)),
} as const;

beforeAll(async () => startI18n('en'));
afterEach(cleanup);

describe('a warning', () => {
  test('is one quiet toast a case, read out politely, and opens the case', async () => {
    useSession.setState({ zone: 'UTC', route: 'settings', selectedCaseId: null });
    render(<ToastRegion>{null}</ToastRegion>);
    act(() => warn({ ...warning, level: 'half' }));
    await screen.findByText('First reply: half of the time is used');
    act(() => warn({ ...warning, level: 'breach' }));
    const title = await screen.findByText('First reply is overdue');
    expect(title.closest('[aria-live="polite"]')).not.toBeNull();
    expect(screen.getByText('Export stops · due 20 Nov, 16:00')).not.toBeNull();
    await vi.waitFor(() => expect(screen.queryByText('First reply: half of the time is used')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: CASE });
  });
});
