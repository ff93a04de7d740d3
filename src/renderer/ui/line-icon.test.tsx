// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import * as flame from 'lucide-react/icons/flame';
import * as mail from 'lucide-react/icons/mail';
import { Mail } from 'lucide-react';
import { afterEach, expect, test } from 'vitest';
import { lineIcon } from './line-icon.tsx';

afterEach(cleanup);

function drawing(): readonly string[] {
  return [...document.querySelectorAll('svg > *')].map((part) => part.outerHTML);
}

test('is drawn as lucide draws it', () => {
  render(<Mail />);
  const theirs = drawing();
  cleanup();
  render(lineIcon(mail));
  expect(drawing()).toEqual(theirs);
  expect(document.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
});

test('is the same element when it becomes another one', () => {
  const { rerender } = render(<span>{lineIcon(mail)}</span>);
  const [icon, before] = [document.querySelector('svg'), drawing()];
  rerender(<span>{lineIcon(flame)}</span>);
  expect(document.querySelector('svg')).toBe(icon);
  expect(drawing()).not.toEqual(before);
});

test('anything else is refused', () => {
  expect(() => lineIcon({ default: Mail })).toThrow('no icon of lucide');
});
