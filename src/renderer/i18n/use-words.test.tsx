// @vitest-environment happy-dom
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeAll, expect, test } from 'vitest';
import { changeLanguage, startI18n } from './i18n.ts';
import { useWords } from './use-words.ts';

beforeAll(async () => startI18n('en'));

function Shown(): ReactNode {
  const t = useWords('inbox');
  return (
    <p>
      {t('status.open')}, {t('flag.queued', { count: 1 })}, {t('flag.queued', { count: 3 })}
    </p>
  );
}

test('words with and without values, and again in another language', async () => {
  const { container } = render(<Shown />);
  const english = container.textContent;
  expect(english).toMatch(/^Open, .*1.*, .*3/u);
  await act(async () => changeLanguage('zh-CN'));
  expect(container.textContent).not.toBe(english);
  expect(container.textContent).toMatch(/\p{Script=Han}/u);
  await act(async () => changeLanguage('en'));
  expect(container.textContent).toBe(english);
});

test('values are told apart by what they are', () => {
  const told: string[] = [];
  function Several(): ReactNode {
    const t = useWords('inbox');
    for (const count of [1, 2, 1, 2]) told.push(t('flag.queued', { count }));
    for (const name of ['a', 'b\u0001', 'a']) told.push(t('list.selectRow', { name }));
    return null;
  }
  render(<Several />);
  expect(new Set(told).size).toBe(4);
  expect([told[0], told[1], told[4]]).toEqual([told[2], told[3], told[6]]);
});
