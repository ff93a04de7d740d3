import { EyeOff, ShieldAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../i18n/use-words.ts';
import { WALLET_SECRETS, REVEAL_MS } from '../../../../shared/domain/guard/reveal-rules.ts';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { guardEn } from '../../../i18n/guard-en.ts';
import { kindsText } from '../../../i18n/guard-sentence.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import './guard-reveal.css';

/** What was taken out of a message, what to do about it, and the way to look at it on record. */
export function SecretBar({ messageId }: { readonly messageId: MessageId }): ReactNode {
  const t = useWords('guard');
  const formats = useFormats();
  const state = useLiveValue('guard.sealed', { messageId }, null);
  const [isAsking, setAsking] = useState(false);
  if (state === null) return null;
  const { kinds, keptUntil, keptBy, mayReveal, needsLead } = state;
  const gone = keptBy === null ? t('reveal.gone') : t('reveal.elsewhere', { name: keptBy });
  return (
    <div className="ib-secret-bar">
      <ShieldAlert aria-hidden="true" />
      <p>
        {t('reveal.bar', { kinds: kindsText(kinds, t, formats) })}{' '}
        {keptUntil === null ? gone : t('reveal.until', { at: formats.dateTime(keptUntil) })}{' '}
        {keptUntil !== null && needsLead && !mayReveal && t('reveal.lead')}{' '}
        {kinds.some((kind) => WALLET_SECRETS.has(kind)) && t('reveal.moveFunds')}
      </p>
      {mayReveal && (
        <Button size="sm" onClick={() => setAsking(true)}>
          {t('reveal.open')}
        </Button>
      )}
      {isAsking && <RevealDialog messageId={messageId} onClose={() => setAsking(false)} />}
    </div>
  );
}

type KnownProblem = keyof typeof guardEn.reveal.error;

function isKnown(code: string): code is KnownProblem {
  return Object.hasOwn(guardEn.reveal.error, code);
}

function problemText(code: string, t: ReturnType<typeof useWords<'guard'>>): string {
  return isKnown(code) ? t(`reveal.error.${code}`, { code }) : t('reveal.error.other', { code });
}

function RevealDialog({ messageId, onClose }: { readonly messageId: MessageId; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(['guard', 'frame']);
  const tGuard = useWords('guard');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [texts, setTexts] = useState<readonly string[] | null>(null);
  const show = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const answer = await call('guard.reveal', { opId: newOperationId(), messageId, reason: reason.trim() });
    if (answer.ok) setTexts(answer.value.texts);
    else setProblem(answer.error.code);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={tGuard(texts === null ? 'reveal.title' : 'reveal.shownTitle')}
      description={tGuard(texts === null ? 'reveal.lead2' : 'reveal.onRecord')}
      size="lg"
    >
      {texts === null ? (
        <form className="ib-secret-form" onSubmit={(event) => void show(event)}>
          <TextField label={tGuard('reveal.reason')} value={reason} maxLength={500} onChange={setReason} />
          {problem !== null && <p role="alert">{problemText(problem, tGuard)}</p>}
          <div className="ib-secret-buttons">
            <Button onClick={onClose}>{t('frame:common.cancel')}</Button>
            <Button type="submit" variant="primary" disabled={reason.trim().length < 3}>
              {tGuard('reveal.show', { seconds: REVEAL_MS / 1_000 })}
            </Button>
          </div>
        </form>
      ) : (
        <Shown texts={texts} onEnd={onClose} />
      )}
    </Dialog>
  );
}

/** For some seconds, and not to be selected, copied or dragged away by accident. */
function Shown({ texts, onEnd }: { readonly texts: readonly string[]; readonly onEnd: () => void }): ReactNode {
  const t = useWords('guard');
  const [left, setLeft] = useState(REVEAL_MS / 1_000);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onEnd();
  }, [left, onEnd]);
  return (
    <div className="ib-secret-shown" onCopy={stop} onCut={stop} onDragStart={stop} onContextMenu={stop}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className="ib-secret-texts" role="region" aria-label={t('reveal.shownTitle')} tabIndex={0}>
        {texts.map((text) => (
          <p key={text} dir="auto">
            {text}
          </p>
        ))}
      </div>
      <div className="ib-secret-buttons">
        <span className="muted tabular">{t('reveal.shown', { seconds: Math.max(0, left) })}</span>
        <Button icon={<EyeOff aria-hidden="true" />} onClick={onEnd}>
          {t('reveal.hide')}
        </Button>
      </div>
    </div>
  );
}

function stop(event: { preventDefault: () => void }): void {
  event.preventDefault();
}
