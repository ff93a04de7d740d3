// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ChaserLine } from './chaser-line.tsx';
import { fakeMessage } from '../../../../../test/renderer/fake-message.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import { after, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { clock } from '../../../state/clock-store.ts';
import { FlagMarks } from '../list/case-marks.tsx';

const message = (name: string, text: string, minutesAgo: number) =>
  fakeMessage(name, { text, at: after(clock.now(), -minutesAgo * MINUTE_MS) });

beforeAll(async () => startI18n('en'));
afterEach(cleanup);

test('says how often and when last somebody asked again, and opens to what they wrote', async () => {
  const items = [message('a', 'any update??', 30), message('b', 'hello?', 12), message('c', '在吗', 5)];
  const { container } = render(<ChaserLine items={items} draw={(item) => <p key={item.messageId}>{`drawn ${item.text}`}</p>} />);
  const line = screen.getByRole('button', { name: /^Asked again 3 times, last 5 minutes ago/u });
  expect(line.getAttribute('aria-expanded')).toBe('false');
  expect(screen.queryByText('drawn hello?')).toBeNull();
  fireEvent.click(line);
  expect(screen.getAllByText(/^drawn/u).map((each) => each.textContent)).toEqual(['drawn any update??', 'drawn hello?', 'drawn 在吗']);
  expect(line.getAttribute('aria-expanded')).toBe('true');
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

test('the row of the list shows how often, and nothing where nobody has asked again', () => {
  const asked = { count: 3, lastAt: after(clock.now(), -MINUTE_MS) };
  const { rerender } = render(<FlagMarks row={{ ...fakeCase('a'), asked }} />);
  expect(screen.getByTitle(/^Asked again 3 times since they began to wait, last at /u).textContent).toContain('3');
  rerender(<FlagMarks row={fakeCase('a')} />);
  expect(screen.queryByTitle(/Asked again/u)).toBeNull();
});
