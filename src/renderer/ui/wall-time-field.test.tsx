// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { formatLocalDateTime, parseLocalDateTime } from '../../shared/domain/time/local-time.ts';
import type { LocalDateTime } from '../../shared/domain/time/local-time.ts';
import { startI18n } from '../i18n/i18n.ts';
import { settledWallTime, WallTimeField, wallQuestion } from './wall-time-field.tsx';

beforeAll(async () => startI18n('en'));
afterEach(cleanup);

const local = (text: string): LocalDateTime => {
  const parsed = parseLocalDateTime(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};
function asked(zone: string, text: string): string {
  const question = wallQuestion(zone, local(text));
  if (question === null) return 'nothing';
  return `${question.kind} ${formatLocalDateTime(question.kind === 'gap' ? question.corrected : question.afterwards)}`;
}

test('asks about what clocks skip and what they show twice, also where they move by half an hour or at midnight', () => {
  expect(asked('Europe/Berlin', '2026-03-29T02:30')).toBe('gap 2026-03-29T03:30');
  expect(asked('Europe/Berlin', '2026-03-29T03:00')).toBe('nothing');
  expect(asked('Europe/Berlin', '2026-10-25T02:30')).toBe('overlap 2026-10-25T03:00');
  expect(asked('Europe/Berlin', '2026-10-25T03:00')).toBe('nothing');
  expect(asked('Australia/Lord_Howe', '2026-10-04T02:15')).toBe('gap 2026-10-04T02:45');
  expect(asked('Australia/Lord_Howe', '2026-04-05T01:45')).toBe('overlap 2026-04-05T02:00');
  expect(asked('Africa/Cairo', '2026-04-24T00:30')).toBe('gap 2026-04-24T01:30');
  expect(asked('Africa/Cairo', '2026-10-29T23:30')).toBe('overlap 2026-10-30T00:00');
  expect(asked('Asia/Kathmandu', '2026-03-29T02:30')).toBe('nothing');
});

function Field(): ReactNode {
  const [value, setValue] = useState({ text: '2026-10-25T01:00', isConfirmed: false });
  const settled = settledWallTime('Europe/Berlin', value);
  return (
    <>
      <WallTimeField label="Start" zone="Europe/Berlin" value={value} onChange={setValue} />
      <output>{settled === null ? 'open' : formatLocalDateTime(settled)}</output>
    </>
  );
}

test('a time that comes twice counts once it was confirmed, and is asked about again when it is changed', () => {
  render(<Field />);
  const output = screen.getByRole('status');
  expect(output.textContent).toBe('2026-10-25T01:00');
  fireEvent.change(screen.getByLabelText('Start'), { target: { value: '2026-10-25T02:30' } });
  expect(output.textContent).toBe('open');
  fireEvent.click(screen.getByRole('button', { name: 'The first is meant' }));
  expect(output.textContent).toBe('2026-10-25T02:30');
  expect(screen.getByText('The first of the two counts.')).not.toBeNull();
  fireEvent.change(screen.getByLabelText('Start'), { target: { value: '2026-10-25T02:45' } });
  expect(output.textContent).toBe('open');
  fireEvent.click(screen.getByRole('button', { name: 'Take 03:00' }));
  expect(output.textContent).toBe('2026-10-25T03:00');
});
