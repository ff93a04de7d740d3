// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { RowCheckbox } from './check.tsx';

afterEach(cleanup);

function Box(): ReactNode {
  const [isChecked, setChecked] = useState(false);
  return <RowCheckbox label="Choose Ana" checked={isChecked} onChange={setChecked} />;
}

test('the box of a row is told by name and state, and changed by a click and by Space, not by Enter', () => {
  render(<Box />);
  const box = screen.getByRole('checkbox', { name: 'Choose Ana' });
  const state = (): string | null => box.getAttribute('aria-checked');
  expect([state(), box.tabIndex]).toEqual(['false', 0]);
  fireEvent.click(box);
  expect(state()).toBe('true');
  expect(fireEvent.keyDown(box, { key: 'Enter' })).toBe(true);
  expect(state()).toBe('true');
  // the page must not scroll
  expect(fireEvent.keyDown(box, { key: ' ' })).toBe(false);
  expect(state()).toBe('false');
});
