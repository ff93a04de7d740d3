import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The value of a colour token in a theme, as written in the token file. */
function token(name: string, theme: 'light' | 'dark'): string {
  const found = new RegExp(`--${name}: (?:light-dark\\((#\\w{6}), (#\\w{6})\\)|(#\\w{6}));`, 'u').exec(css);
  const value = found?.[3] ?? (theme === 'light' ? found?.[1] : found?.[2]);
  if (value === undefined) throw new Error(`no colour token --${name}`);
  return value;
}

/** Contrast of two colours, WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
      const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
      return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['canvas', 'surface', 'raised', 'hover', 'selected', 'note-ground'];
const STATES = ['ok', 'soon', 'breach', 'paused', 'waived', 'vip'];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const ratio = (front: string, back: string): number => contrast(token(front, theme), token(back, theme));

  test('text reaches 4.5:1 on every ground', () => {
    const weak = ['text', 'text-2', 'text-3', 'accent-text'].flatMap((front) =>
      GROUNDS.filter((back) => ratio(front, back) < 4.5).map((back) => `${front} on ${back}: ${ratio(front, back).toFixed(2)}`),
    );
    expect(weak).toEqual([]);
  });

  test('state words reach 4.5:1 on their own soft ground and on the surfaces', () => {
    const weak = STATES.flatMap((state) =>
      [`${state}-soft`, 'surface', 'raised', 'canvas']
        .filter((back) => ratio(state, back) < 4.5)
        .map((back) => `${state} on ${back}: ${ratio(state, back).toFixed(2)}`),
    );
    expect(weak).toEqual([]);
  });

  test('words on filled buttons reach 4.5:1, controls and focus 3:1', () => {
    const weakWords = ['accent', 'accent-hover', 'danger', 'danger-hover'].filter((back) => ratio('on-accent', back) < 4.5);
    expect(weakWords).toEqual([]);
    const weakLines = ['border-control', 'focus', 'vip-mark'].flatMap((front) =>
      ['surface', 'raised', 'canvas'].filter((back) => ratio(front, back) < 3).map((back) => `${front} on ${back}`),
    );
    expect(weakLines).toEqual([]);
  });
});
