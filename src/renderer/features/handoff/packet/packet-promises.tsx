import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { PacketPromise } from '../../../../shared/domain/handoff/packet.ts';
import type { CaseId, PromiseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import type { PromiseView } from '../../../../shared/contract/promise.contract.ts';
import { FeasibilityWords } from '../../../ui/promise/feasibility-words.tsx';
import { TwoClocks } from '../../../ui/packet/two-clocks.tsx';
import { PromiseForm } from '../promises/promise-form.tsx';

const NONE: readonly PromiseView[] = [];

/** The open promises of the case as they go into the packet, and a form for one more. Which they are, the ledger says. */
export function PacketPromises({
  caseId,
  promises,
  isAdding,
  onAdded,
}: {
  readonly caseId: CaseId;
  readonly promises: readonly PacketPromise[];
  readonly isAdding: boolean;
  readonly onAdded: () => void;
}): ReactNode {
  const t = useWords('handoff');
  const views = useLiveValue('promises.ofCase', promises.length === 0 ? null : { caseId }, NONE);
  const [madeId, setMade] = useState<PromiseId | null>(null);
  if (promises.length === 0 && !isAdding) return null;
  return (
    <div className="hp-field" data-packet-field="promise">
      <h5>{t('field.promises')}</h5>
      {promises.length > 0 && (
        <ul className="hp-promises">
          {promises.map((promise) => (
            <li key={promise.promiseId} data-new={promise.promiseId === madeId}>
              <TwoClocks at={promise.dueAt} zone={promise.zone} />
              <span className="m-packet-text" dir="auto">
                {promise.text}
              </span>
              <FeasibilityWords
                feasibility={views.find((each) => each.promise.promiseId === promise.promiseId)?.feasibility ?? null}
                zone={promise.zone}
              />
            </li>
          ))}
        </ul>
      )}
      {isAdding && (
        <PromiseForm
          caseId={caseId}
          onMade={(promiseId) => {
            setMade(promiseId);
            onAdded();
          }}
          onCancel={onAdded}
        />
      )}
    </div>
  );
}
