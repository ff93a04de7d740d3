import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { useConnectionState } from '../bridge/client.ts';
import type { CallError } from '../../shared/contract/define.ts';
import type { Workspace } from '../../shared/contract/workspace.contract.ts';
import { errorText } from '../i18n/error-text.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProgressBar, Spinner } from '../ui/progress.tsx';
import './engine-state.css';
import { MeridianMark } from './meridian-mark.tsx';

const LONG_MS = 12_000;
/** A start that is quicker than this shows no spinner at all. */
const QUIET_MS = 250;
const RESTART_QUIET_MS = 500;

interface StartScreenProps {
  readonly error: CallError | null;
  readonly preparing?: NonNullable<Workspace['preparing']> | undefined;
}

/** What is shown before the workspace is there: nothing for a blink, then progress, or why it can not be opened. */
export function StartScreen({ error, preparing }: StartScreenProps): ReactNode {
  const { t } = useTranslation(['frame', 'errors']);
  const tErrors = useWords('errors');
  const isLate = useDelay(QUIET_MS);
  const isLong = useDelay(LONG_MS);
  if (error !== null) {
    return (
      <main className="start-screen">
        <EmptyState
          tone="problem"
          icon={<TriangleAlert />}
          title={t('error.title')}
          description={`${errorText(tErrors, error.code)} ${error.detail}`}
        />
      </main>
    );
  }
  if (preparing === undefined && !isLate) return <main className="start-screen" />;
  const title =
    preparing === undefined ? t('engine.starting') : preparing.what === 'sample' ? t('engine.preparingSample') : t('engine.recovering');
  return (
    <main className="start-screen">
      <MeridianMark size={56} />
      <h1 className="start-title">{title}</h1>
      <div className="start-progress">
        {preparing === undefined ? (
          <Spinner label={title} size="lg" />
        ) : (
          <ProgressBar label={title} hideLabel done={preparing.done} total={preparing.total} />
        )}
      </div>
      {isLong && preparing === undefined && <p className="muted">{t('engine.longer')}</p>}
    </main>
  );
}

/** Covers the window while the engine is away; the screens stay behind it, and with them what was being written. */
export function EngineOverlay(): ReactNode {
  return useConnectionState() === 'stopped' ? <Restarting /> : null;
}

function Restarting(): ReactNode {
  const t = useWords('frame');
  // A restart usually takes a quarter of a second; the window need not flash for it.
  if (!useDelay(RESTART_QUIET_MS)) return null;
  return (
    <div className="engine-overlay" role="alert">
      <div className="engine-overlay-card">
        <Spinner label={t('engine.restarting')} size="lg" />
        <h2>{t('engine.restarting')}</h2>
        <p className="muted">{t('engine.restartingDetail')}</p>
        <LongHint />
      </div>
    </div>
  );
}

function LongHint(): ReactNode {
  const t = useWords('frame');
  return useDelay(LONG_MS) ? <p className="muted">{t('engine.longer')}</p> : null;
}

/** False at first, true once the component has been on screen for `ms` milliseconds. */
function useDelay(ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}
