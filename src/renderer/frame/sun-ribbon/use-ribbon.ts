import { useState } from 'react';
import { useLive } from '../../bridge/use-live.ts';
import type { Ribbon } from '../../../shared/contract/coverage.contract.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { useNow } from '../../state/clock-store.ts';
import { useSession } from '../../state/session.ts';
import { askedWindow, nextHour } from './ribbon-model.ts';

export interface ShownRibbon {
  readonly ribbon: Ribbon;
  /** The stretch that it was asked for, which the shown twenty-four hours lie in. */
  readonly window: Span;
}

/** The ribbon of the open view. While the next hour or another view is asked for, the last answer stays. */
export function useRibbon(): { readonly shown: ShownRibbon | null; readonly error: CallError | null } {
  const view = useSession((state) => state.view);
  const window = askedWindow(useNow(nextHour));
  const live = useLive('coverage.ribbon', { ...window, view });
  const [shown, setShown] = useState<ShownRibbon | null>(null);
  if (live.state === 'ready' && shown?.ribbon !== live.value) setShown({ ribbon: live.value, window });
  return { shown, error: live.state === 'error' ? live.error : null };
}
