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
