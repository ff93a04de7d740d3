import { Check, Plus, Send } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { PromiseView } from '../../../../shared/contract/promise.contract.ts';
import { RELEASE_REASONS } from '../../../../shared/domain/promise/promise.ts';
import type { CustomerPromise, PromiseState, ReleaseReason } from '../../../../shared/domain/promise/promise.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { TwoClocks } from '../../../ui/packet/two-clocks.tsx';
import { FeasibilityWords } from '../../../ui/promise/feasibility-words.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { tellFailure } from '../tell-failure.ts';
import { PromiseForm } from '../promises/promise-form.tsx';

const STATE_TONES: Readonly<Record<PromiseState, BadgeTone>> = { open: 'accent', kept: 'ok', broken: 'breach', released: 'paused' };

/** What the customer was promised and is still owed, by their clock and by the reader's; what was kept or broken is folded. */
export function PromisesPart({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('handoff');
  const { caseId } = detail;
  const ledger = useLive('promises.ofCase', { caseId });
  const [isAdding, setAdding] = useState(false);
  const views = ledger.state === 'ready' ? ledger.value : [];
  const open = views.filter((each) => each.promise.state === 'open');
  const past = views.filter((each) => each.promise.state !== 'open');
  return (
    <section className="hc-part" aria-label={t('promise.title')}>
      <h3>{t('promise.title')}</h3>
      {ledger.state === 'error' && <p className="muted">{t('promise.failed')}</p>}
      {ledger.state === 'ready' && open.length === 0 && <p className="muted">{t('promise.none')}</p>}
      {open.length > 0 && (
        <ul className="hc-promises">
          {open.map((view) => (
            <OpenPromise key={view.promise.promiseId} caseId={caseId} view={view} />
          ))}
        </ul>
      )}
      {isAdding ? (
        <PromiseForm
          caseId={caseId}
          onCancel={() => setAdding(false)}
          onMade={() => {
            setAdding(false);
            showToast({ title: t('promise.made'), tone: 'ok' });
          }}
        />
      ) : (
        <div>
          <Button size="sm" variant="ghost" icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
            {t('promise.add')}
          </Button>
        </div>
      )}
      {past.length > 0 && (
        <details className="hc-past">
          <summary>{t('promise.past', { count: past.length })}</summary>
          <ul className="hc-promises">
            {past.map(({ promise }) => (
              <SettledPromise key={promise.promiseId} promise={promise} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function OpenPromise({ caseId, view }: { readonly caseId: CaseId; readonly view: PromiseView }): ReactNode {
  const t = useWords('handoff');
  const { promise, feasibility } = view;
  const now = useNow((at) => (promise.dueAt > at ? promise.dueAt : null));
  const keep = async (): Promise<void> => {
    const answer = await call('promises.keep', { opId: newOperationId(), caseId, promiseId: promise.promiseId });
    if (answer.ok) showToast({ title: t('promise.kept'), tone: 'ok' });
    else tellFailure(answer.error.code, answer.error.detail);
  };
  const release = async (reason: ReleaseReason): Promise<void> => {
    const answer = await call('promises.release', { opId: newOperationId(), caseId, promiseId: promise.promiseId, reason });
    if (answer.ok) showToast({ title: t('promise.released'), tone: 'ok' });
    else tellFailure(answer.error.code, answer.error.detail);
  };
  return (
    <li data-tone={promise.dueAt <= now ? 'breach' : feasibility?.kind === 'infeasible' ? 'soon' : undefined}>
      <p className="hc-promise-due">
        <TwoClocks at={promise.dueAt} zone={promise.zone} />
        {promise.dueAt <= now && <Badge tone="breach">{t('promise.overdue')}</Badge>}
      </p>
      <p className="hc-words" dir="auto">
        {promise.text}
      </p>
      {promise.toldAt === null && (
        <p className="hc-line">
          <Send aria-hidden="true" />
          <span className="muted">{t('promise.notTold')}</span>
        </p>
      )}
      <FeasibilityWords feasibility={feasibility} zone={promise.zone} />
      <div className="hc-buttons">
        <Button size="sm" variant="ghost" icon={<Check aria-hidden="true" />} title={t('promise.keepHint')} onClick={() => void keep()}>
          {t('promise.keep')}
        </Button>
        <Menu
          trigger={
            <Button size="sm" variant="ghost" title={t('promise.releaseHint')}>
              {t('promise.release')}
            </Button>
          }
        >
          {RELEASE_REASONS.map((reason) => (
            <MenuItem key={reason} onSelect={() => void release(reason)}>
              {t(`promise.releaseReason.${reason}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </li>
  );
}

function SettledPromise({ promise }: { readonly promise: CustomerPromise }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const { settlement } = promise;
  const who = settlement?.actor ?? null;
  return (
    <li>
      <p className="hc-promise-due">
        <Badge tone={STATE_TONES[promise.state]}>{t(`promise.state.${promise.state}`)}</Badge>
        {settlement !== null && (
          <span className="muted tabular">
            {[formats.soonTime(settlement.at, now), names.agent(who)].filter((each) => each !== '').join(' · ')}
          </span>
        )}
      </p>
      <p className="hc-words" dir="auto">
        {promise.text}
      </p>
      <p className="muted">
        <TwoClocks at={promise.dueAt} zone={promise.zone} />
      </p>
    </li>
  );
}
