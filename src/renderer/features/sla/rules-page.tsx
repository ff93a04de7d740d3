import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import { clock } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { Failed } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { APPLYING } from '../../../shared/domain/sla/policy.ts';
import type { SlaConfig } from '../../../shared/contract/sla.contract.ts';
import type { RulesDraft } from './rules-draft.ts';
import { discardEdits, followConfig, keepEdits, useRules } from './rules.store.ts';
import { RunProgress } from './run-progress.tsx';
import { SaveBar } from './save-bar.tsx';
import '../../ui/master-detail.css';
import './sla.css';

/** What is done sooner needs no bar. */
const LONG_MS = 700;

export interface Rules {
  readonly config: SlaConfig;
  readonly base: RulesDraft;
  readonly draft: RulesDraft;
}

export interface RulesPageProps {
  readonly title: string;
  readonly lead: string;
  readonly children: (rules: Rules) => ReactNode;
}

/** The frame of the pages that show the lead's rules: loads them, keeps the edits, and saves them. */
export function RulesPage({ title, lead, children }: RulesPageProps): ReactNode {
  const live = useLive('sla.config', {});
  const { config, base, draft, newer } = useRules();
  const saved = live.state === 'ready' ? live.value : null;
  useEffect(() => {
    if (saved !== null) followConfig(saved, clock.now());
  }, [saved]);
  return (
    <Page className="rules-page" title={title} lead={lead}>
      {live.state === 'error' && <Failed code={live.error.code} />}
      {live.state === 'loading' && draft === null && <Spinner />}
      {newer !== null && <NewerRules />}
      <Applying />
      {config !== null && base !== null && draft !== null && (
        <>
          {children({ config, base, draft })}
          <SaveBar config={config} base={base} draft={draft} />
        </>
      )}
    </Page>
  );
}

/** Saved rules reach the open cases in the background; where that takes long, it is shown how far they are. */
function Applying(): ReactNode {
  const t = useWords('rules');
  const isRunning = useLiveValue('sla.progress', { run: APPLYING }, null) !== null;
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isRunning]);
  return isRunning && isLong ? <RunProgress run={APPLYING} label={t('applying')} /> : null;
}

function NewerRules(): ReactNode {
  const t = useWords('rules');
  return (
    <div className="m-note" data-tone="soon" role="alert">
      <TriangleAlert aria-hidden="true" />
      <p>{t('newer.title')}</p>
      <Button size="sm" onClick={() => discardEdits(clock.now())}>
        {t('newer.drop')}
      </Button>
      <Button size="sm" onClick={() => keepEdits(clock.now())}>
        {t('newer.keep')}
      </Button>
    </div>
  );
}
