import type { ReactNode } from 'react';
import './avatar.css';
import { classNames } from './class-names.ts';

const HUES = 8;

/** One or two letters that stand for a name; the first character for scripts without spaces. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s.@_-]+/u)
    .filter((word) => word !== '');
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const isLatin = /^\p{Script=Latin}/u.test(first);
  const last = isLatin && words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A stable hue class for a name, so that the same person looks the same everywhere. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % HUES;
}

/** A person's initials on a colour of their own. Decorative: the name stands beside it or in `label`. */
export function Avatar({
  name,
  size = 'md',
  label,
}: {
  readonly name: string;
  readonly size?: 'xs' | 'sm' | 'md' | 'lg' | undefined;
  readonly label?: string | undefined;
}): ReactNode {
  return (
    <span
      className={classNames('m-avatar', `m-avatar-${size}`, `m-avatar-hue-${hueOf(name)}`)}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {initials(name)}
    </span>
  );
}
