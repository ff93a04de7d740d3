import { ImageOff, Maximize2, Minimize2, ShieldCheck } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { Button } from '../../../ui/button.tsx';
import { useFetched } from '../use-fetched.ts';
import './html-body.css';
import { rememberLinks } from './link-store.ts';
import { sanitiseMail } from './sanitise-mail.ts';
import type { CleanMail } from './sanitise-mail.ts';

type Loaded =
  | { readonly state: 'loading' | 'being-fetched' | 'failed' }
  | { readonly state: 'ready'; readonly html: string; readonly inline: Readonly<Record<string, string>> };

export type HtmlProblem = 'htmlFailed' | 'tooLarge' | 'emptyHtml';

interface HtmlBodyProps {
  readonly messageId: MessageId;
  readonly senderName: string;
  /** Said when the formatted message can not be shown; the text is shown in its place. */
  readonly onProblem: (problem: HtmlProblem) => void;
  /** Shown while the formatted message is on its way from the team. */
  readonly children: ReactNode;
}

function loadedOf(fetched: ReturnType<typeof useFetched<'messages.html'>>): Loaded {
  if (fetched.state !== 'ready') return fetched;
  return fetched.value === null ? { state: 'failed' } : { state: 'ready', ...fetched.value };
}

const NO_IMAGES: Readonly<Record<string, string>> = {};

/** A formatted message in a frame that can run, load and open nothing by itself. */
export function HtmlBody({ messageId, senderName, onProblem, children }: HtmlBodyProps): ReactNode {
  const { t } = useTranslation('inbox');
  const fetched = useFetched('messages.html', messageId, { messageId });
  const loaded = useMemo<Loaded>(() => loadedOf(fetched), [fetched]);
  const [remote, setRemote] = useState(NO_IMAGES);

  const clean = useMemo(
    () => (loaded.state === 'ready' ? sanitiseMail(loaded.html, { inline: loaded.inline, remote }) : undefined),
    [loaded, remote],
  );
  const problem: HtmlProblem | null =
    loaded.state === 'failed' ? 'htmlFailed' : clean === null ? 'tooLarge' : clean?.empty === true ? 'emptyHtml' : null;
  useEffect(() => {
    if (problem !== null) onProblem(problem);
  }, [problem, onProblem]);

  if (loaded.state === 'being-fetched')
    return (
      <>
        <p className="ib-message-note muted" role="status">
          {t('message.beingFetched')}
        </p>
        {children}
      </>
    );
  if (clean === undefined) return <div className="ib-frame-wait" aria-busy="true" />;
  if (clean === null || clean.empty) return null;
  return (
    <>
      <RemoteBar messageId={messageId} clean={clean} loadedCount={Object.keys(remote).length} onLoaded={setRemote} />
      <MailFrame clean={clean} senderName={senderName} onFailed={() => onProblem('htmlFailed')} />
    </>
  );
}

function MailFrame({
  clean,
  senderName,
  onFailed,
}: {
  readonly clean: CleanMail;
  readonly senderName: string;
  readonly onFailed: () => void;
}): ReactNode {
  const { t } = useTranslation('inbox');
  const [url, setUrl] = useState<string | null>(null);
  const [isLarge, setLarge] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    let forget = (): void => undefined;
    const put = async (): Promise<void> => {
      const answer = await call('mailBody.put', { opId: newOperationId(), html: clean.html, links: clean.links.map((link) => link.url) });
      if (!answer.ok) {
        if (isCurrent) onFailed();
        return;
      }
      const { token } = answer.value;
      const drop = (): void => void call('mailBody.drop', { opId: newOperationId(), token });
      if (!isCurrent) {
        drop();
        return;
      }
      const forgetLinks = rememberLinks(token, clean.links);
      forget = () => {
        forgetLinks();
        drop();
      };
      setUrl(answer.value.url);
    };
    void put();
    return () => {
      isCurrent = false;
      forget();
    };
    // A new `onFailed` is no new mail.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [clean]);
  return (
    <div className="ib-frame" data-large={isLarge} style={isLarge ? undefined : { blockSize: clean.estimatedHeight }}>
      {url !== null && <iframe sandbox="" referrerPolicy="no-referrer" src={url} title={t('message.frameTitle', { name: senderName })} />}
      <Button
        size="sm"
        variant="ghost"
        className="ib-frame-size"
        icon={isLarge ? <Minimize2 aria-hidden="true" /> : <Maximize2 aria-hidden="true" />}
        onClick={() => setLarge(!isLarge)}
      >
        {isLarge ? t('message.shrink') : t('message.enlarge')}
      </Button>
    </div>
  );
}

interface RemoteBarProps {
  readonly messageId: MessageId;
  readonly clean: CleanMail;
  readonly loadedCount: number;
  readonly onLoaded: (images: Readonly<Record<string, string>>) => void;
}

const MAX_URLS = 100;

/** Says what was left out of the mail, and fetches pictures through the engine when a person wants them. */
function RemoteBar({ messageId, clean, loadedCount, onLoaded }: RemoteBarProps): ReactNode {
  const { t } = useTranslation('inbox');
  const [state, setState] = useState<'idle' | 'loading' | 'failed' | 'offline'>('idle');
  const missing = clean.remoteImages.length;
  if (missing === 0 && clean.trackers === 0) return null;
  const wasAsked = loadedCount > 0 || state === 'failed';
  const load = async (): Promise<void> => {
    setState('loading');
    const answer = await call('messages.remoteImages', { opId: newOperationId(), messageId, urls: clean.remoteImages.slice(0, MAX_URLS) });
    if (answer.ok) {
      setState(Object.keys(answer.value).length === 0 ? 'failed' : 'idle');
      onLoaded(answer.value);
    } else setState(answer.error.code === 'offline' ? 'offline' : 'failed');
  };
  const words = [
    missing > 0 && (wasAsked ? t('message.notFound', { count: missing }) : t('message.remoteBlocked', { count: missing })),
    clean.trackers > 0 && t('message.trackers', { count: clean.trackers }),
    state === 'offline' && t('message.loadOffline'),
  ].filter((each) => each !== false);
  return (
    <div className="ib-remote" role="status">
      {missing > 0 ? <ImageOff aria-hidden="true" /> : <ShieldCheck aria-hidden="true" />}
      <span title={t('message.remoteWhy')}>{words.join(' · ')}</span>
      {missing > 0 && !wasAsked && (
        <Button size="sm" loading={state === 'loading'} onClick={() => void load()}>
          {state === 'loading' ? t('message.loading') : t('message.load')}
        </Button>
      )}
    </div>
  );
}
