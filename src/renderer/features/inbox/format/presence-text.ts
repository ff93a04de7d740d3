import type { TFunction } from 'i18next';
import type { Formats } from '../../../i18n/formats.ts';

interface Somebody {
  readonly name: string;
  readonly writing: boolean;
}

/** Who writes and who looks, in one line: "Ana is writing a reply… Li Lei is viewing". Empty for nobody. */
export function presenceText(t: TFunction<'hub'>, formats: Formats, people: readonly Somebody[]): string {
  const named = (isWriting: boolean): readonly string[] => people.filter((person) => person.writing === isWriting).map(({ name }) => name);
  const writing = named(true);
  const viewing = named(false);
  const parts: string[] = [];
  if (writing.length > 0)
    parts.push(t(writing.length === 1 ? 'presence.writing' : 'presence.writingMany', { names: formats.list(writing) }));
  if (viewing.length > 0)
    parts.push(t(viewing.length === 1 ? 'presence.viewing' : 'presence.viewingMany', { names: formats.list(viewing) }));
  return parts.join(' ');
}
