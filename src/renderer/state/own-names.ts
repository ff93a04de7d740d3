import { useMemo } from 'react';
import { NO_OWN_NAMES, ownNamesOf } from '../../shared/domain/query/own-names.ts';
import type { OwnNames } from '../../shared/domain/query/own-names.ts';
import { useLiveValue } from '../bridge/use-live.ts';

/** What the team calls kinds of cases and facts in its checklists, as far as a question may name them. */
export function useOwnNames(): OwnNames {
  const view = useLiveValue('intake.rules', {}, null);
  return useMemo(() => (view === null ? NO_OWN_NAMES : ownNamesOf(view.rules)), [view]);
}
