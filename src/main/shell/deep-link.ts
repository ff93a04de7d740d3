import { isId } from '../../shared/domain/ids.ts';
import type { CaseId } from '../../shared/domain/ids.ts';

/** The scheme under which other programs may name a case: `meridian://case/<id>`. */
export const DEEP_LINK_SCHEME = 'meridian';

/** The case that a link names; null for anything but a well-formed link. Any program may send one: it only ever selects. */
export function parseDeepLink(text: string): CaseId | null {
  const id = /^meridian:\/\/case\/([^/?#]+)\/?$/iu.exec(text)?.[1];
  return isId('case', id) ? id : null;
}

/** The first deep link among the words of a command line. */
export function findDeepLink(words: readonly string[]): CaseId | null {
  for (const word of words) {
    const caseId = parseDeepLink(word);
    if (caseId !== null) return caseId;
  }
  return null;
}
