import { ShieldAlert, ShieldQuestion } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { customerWarning } from '../../../../shared/domain/guard/customer-warning.ts';
import type { OutboundFinding } from '../../../../shared/domain/guard/guard-types.ts';
import { secretKinds } from '../../../../shared/domain/guard/secret-types.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import './guard.css';
import { reasonOf, setReason, useGuardReasons } from './guard-reasons.ts';

/** Whoever types is asked about when they pause. */
const PAUSE_MS = 350;
const EXCERPT = 60;

export interface GuardBarProps {
  readonly caseId: CaseId;
  /** What is written so far. */
  readonly text: string;
  /** What the customer writes in. */
  readonly language: string | null;
  readonly onInsert: (text: string) => void;
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

/** What is wrong with a reply before it leaves, and the way out on record; the advice to a customer who sent a phrase, by one key. */
export function GuardBar({ caseId, text, language, onInsert }: GuardBarProps): ReactNode {
  const t = useWords('guard');
  const paused = usePaused(text);
  const findings = useLiveValue('guard.checkDraft', paused.trim() === '' ? null : { caseId, text: paused }, NOTHING);
  const reason = useGuardReasons((state) => reasonOf(state, caseId));
  const box = useRef<HTMLElement>(null);
  useActions([
    {
      id: 'compose.insertAdvice',
      label: t('draft.insert'),
      area: 'compose',
      keys: ['alt+k'],
      run: () => onInsert(`${text.trim() === '' ? '' : `${text.trimEnd()}\n\n`}${customerWarning(language)}\n`),
    },
  ]);
  if (findings.length === 0) return null;
  const blocking = findings.filter(({ severity }) => severity === 'block');
  const isBlocked = blocking.length > 0;
  // an address is no mistake by itself: somebody has to say that they looked
  const isAddress = blocking.every(({ code }) => code === 'unofficial-address');
  const select = ({ from, to }: OutboundFinding): void => {
    const area = box.current?.closest('.ib-editor')?.querySelector('textarea');
    area?.focus();
    area?.setSelectionRange(from, to);
  };
  return (
    <section ref={box} className="ib-guard" data-blocked={isBlocked} aria-label={t('draft.title')}>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.from} ${finding.to}`}>
            {finding.severity === 'block' ? <ShieldAlert aria-hidden="true" /> : <ShieldQuestion aria-hidden="true" />}
            <span>{findingText(finding, t)}</span>
            <button type="button" className="ib-guard-place truncate" onClick={() => select(finding)}>
              {t('draft.show', { text: paused.slice(finding.from, finding.to).replaceAll(/\s+/gu, ' ').slice(0, EXCERPT) })}
            </button>
          </li>
        ))}
      </ul>
      {isBlocked && (
        <div className="ib-guard-override">
          <p role="status">{t(isAddress ? 'draft.confirm' : 'draft.blocked')}</p>
          {reason === null ? (
            <Button size="sm" onClick={() => setReason(caseId, '')}>
              {t(isAddress ? 'draft.confirmAddress' : 'draft.override')}
            </Button>
          ) : (
            <TextField
              label={t(isAddress ? 'draft.addressReason' : 'draft.reason')}
              hint={t('draft.reasonHint')}
              value={reason}
              maxLength={500}
              onChange={(next) => setReason(caseId, next)}
            />
          )}
        </div>
      )}
    </section>
  );
}

const NOTHING: readonly OutboundFinding[] = [];

function findingText({ code, detail }: OutboundFinding, t: ReturnType<typeof useWords<'guard'>>): string {
  const kind = secretKinds.find((known) => known === detail);
  return t(`draft.${code}`, { detail, kind: kind === undefined ? detail : t(`kind.${kind}`) });
}
