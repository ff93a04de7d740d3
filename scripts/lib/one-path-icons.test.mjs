import { expect, test } from 'vitest';
import { onePath, withOnePath } from './one-path-icons.mjs';

/** @param {readonly (readonly [string, Record<string, string>])[]} parts */
function pathOf(parts) {
  const drawn = onePath(parts);
  expect(drawn.map(([name]) => name)).toEqual(['path']);
  return drawn[0]?.[1]['d'];
}
const DOT = /** @type {const} */ (['path', { d: 'M0 0h1' }]);

test('a path behind another one begins where it says, and what follows is as relative as it was', () => {
  expect(pathOf([DOT, ['path', { d: 'm22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7' }]])).toBe('M0 0h1M22 7l-8.991 5.727a2 2 0 0 1-2.009 0L2 7');
  expect(pathOf([DOT, ['path', { d: 'm.5.5 1 1' }]])).toBe('M0 0h1M.5 .5l1 1');
  expect(pathOf([DOT, ['path', { d: 'M4 5 6 7' }]])).toBe('M0 0h1M4 5L6 7');
  expect(pathOf([DOT, ['path', { d: 'm1e1,-2h3' }]])).toBe('M0 0h1M1e1 -2h3');
});

test('circles, rectangles, lines and corners are paths, too', () => {
  expect(pathOf([DOT, ['circle', { cx: '12', cy: '11', r: '4' }]])).toBe('M0 0h1M8 11a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z');
  expect(pathOf([DOT, ['line', { x1: '1', y1: '2', x2: '3', y2: '4' }]])).toBe('M0 0h1M1 2L3 4');
  expect(pathOf([DOT, ['polyline', { points: '1 2 3 4' }]])).toBe('M0 0h1M1 2L3 4');
  expect(pathOf([DOT, ['polygon', { points: '1,2 3,4 5,6' }]])).toBe('M0 0h1M1 2L3,4 5,6z');
  expect(pathOf([DOT, ['rect', { x: '1', y: '2', width: '10', height: '6' }]])).toBe('M0 0h1M1 2h10v6h-10z');
  expect(pathOf([DOT, ['rect', { width: '10', height: '6', rx: '9' }]])).toBe(
    'M0 0h1M5 0h0a5 3 0 0 1 5 3v0a5 3 0 0 1 -5 3h0a5 3 0 0 1 -5 -3v0a5 3 0 0 1 5 -3z',
  );
});

test('what has a look of its own stays as it is, and so does what is one path anyway', () => {
  const filled = /** @type {const} */ (['circle', { cx: '1', cy: '1', r: '.5', fill: 'currentColor' }]);
  expect(onePath([DOT, filled, DOT])).toEqual([['path', { d: 'M0 0h1M0 0h1', key: 'all' }], filled]);
  expect(onePath([DOT])).toEqual([DOT]);
  expect(() => onePath([DOT, ['path', { d: 'h1' }]])).toThrow('begins with no place');
});

test('the build changes icons of lucide and nothing else', () => {
  const icon =
    'const __iconData = {\n  name: "x",\n  size: 24,\n  node: [\n    ["path", { d: "M18 6 6 18", key: "a" }],\n    ["path", { d: "m6 6 12 12", key: "b" }]\n  ]\n};\n';
  const place = '/node_modules/lucide-react/dist/esm/icons/x.mjs';
  expect(withOnePath(icon, place)).toContain('node: [["path",{"d":"M18 6L6 18M6 6l12 12","key":"all"}]]\n}');
  expect(withOnePath(icon, '/src/renderer/x.ts')).toBe(null);
  expect(withOnePath('export { default } from "./x.mjs";', place)).toBe(null);
});
