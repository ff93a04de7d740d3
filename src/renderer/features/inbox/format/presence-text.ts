import type { TFunction } from 'i18next';
import type { Formats } from '../../../i18n/formats.ts';

interface Somebody {
  readonly name: string;
  readonly writing: boolean;
  readonly replying: boolean;
}

/** "Ana is writing a reply…"; empty when nobody is. */
export function writingText(t: TFunction<'hub'>, formats: Formats, people: readonly Somebody[]): string {
  const names = people.filter((person) => person.writing).map(({ name }) => name);
  return names.length === 0 ? '' : t(names.length === 1 ? 'presence.writing' : 'presence.writingMany', { names: formats.list(names) });
}

/** "Mei has begun a reply": those who pause; empty when nobody does. */
export function replyingText(t: TFunction<'hub'>, formats: Formats, people: readonly Somebody[]): string {
  const names = people.filter((person) => person.replying && !person.writing).map(({ name }) => name);
  return names.length === 0 ? '' : t(names.length === 1 ? 'presence.replying' : 'presence.replyingMany', { names: formats.list(names) });
}

/** "Li Lei is viewing": those who do not write; empty when nobody is. */
export function viewingText(t: TFunction<'hub'>, formats: Formats, people: readonly Somebody[]): string {
  const names = people.filter((person) => !person.writing && !person.replying).map(({ name }) => name);
  return names.length === 0 ? '' : t(names.length === 1 ? 'presence.viewing' : 'presence.viewingMany', { names: formats.list(names) });
}

/** All of it in one line. */
export function presenceText(t: TFunction<'hub'>, formats: Formats, people: readonly Somebody[]): string {
  return [writingText(t, formats, people), replyingText(t, formats, people), viewingText(t, formats, people)]
    .filter((text) => text !== '')
    .join(' ');
}
