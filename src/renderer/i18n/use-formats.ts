import { useSession } from '../state/session.ts';
import { formatsFor } from './formats.ts';
import type { Formats } from './formats.ts';

/** Formats in the person's language and zone; renders again when either changes. */
export function useFormats(): Formats {
  const locale = useSession((state) => state.locale);
  const zone = useSession((state) => state.zone);
  return formatsFor(locale, zone);
}
