import { ImageOff, Maximize2, Minimize2, ShieldCheck } from 'lucide-react';
import { use, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { Button } from '../../../ui/button.tsx';
import { useFoundInFrame } from '../search/find-frame.ts';
import { FindQuery } from '../search/find-query.ts';
import { useFetched } from '../use-fetched.ts';
import './html-body.css';
import { rememberLinks } from './link-store.ts';
import { useLiveFrame } from './live-frames.ts';
import { hitFragment, NO_MARKS_FRAGMENT } from './mark-mail.ts';
import { drawMail, readMail } from './sanitise-mail.ts';
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
  /** Said when nothing of what is looked for is in what the formatted message shows. */
  readonly onUnmarked: (query: Query) => void;
  /** Shown while the formatted message is on its way from the team. */
  readonly children: ReactNode;
}

function loadedOf(fetched: ReturnType<typeof useFetched<'messages.html'>>): Loaded {
  if (fetched.state !== 'ready') return fetched;
  return fetched.value === null ? { state: 'failed' } : { state: 'ready', ...fetched.value };
}

const NO_IMAGES: Readonly<Record<string, string>> = {};

/** A formatted message in a frame that can run, load and open nothing by itself. */
export function HtmlBody({ messageId, senderName, onProblem, onUnmarked, children }: HtmlBodyProps): ReactNode {
  const t = useWords('inbox');
  const fetched = useFetched('messages.html', messageId, { messageId });
  const loaded = useMemo<Loaded>(() => loadedOf(fetched), [fetched]);
  const [remote, setRemote] = useState(NO_IMAGES);
  const query = use(FindQuery);
  // who has done with looking for something goes on reading where it was: another document would begin at its top
  const [marked, setMarked] = useState(query);
  if (query !== null && query !== marked) setMarked(query);

  const mail = useMemo(
    () => (loaded.state === 'ready' ? readMail(loaded.html, { inline: loaded.inline, remote }) : undefined),
    [loaded, remote],
  );
  const clean = useMemo(() => (mail === undefined || mail === null ? mail : drawMail(mail, marked)), [mail, marked]);
  const problem: HtmlProblem | null =
    loaded.state === 'failed' ? 'htmlFailed' : clean === null ? 'tooLarge' : clean?.empty === true ? 'emptyHtml' : null;
  useEffect(() => {
    if (problem !== null) onProblem(problem);
  }, [problem, onProblem]);
  const isUnmarked = query !== null && query === marked && clean?.hits === 0;
  useEffect(() => {
    if (isUnmarked) onUnmarked(query);
  }, [isUnmarked, query, onUnmarked]);

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
      <MailFrame
        messageId={messageId}
        clean={clean}
        isMarked={query !== null}
        senderName={senderName}
        onFailed={() => onProblem('htmlFailed')}
      />
    </>
  );
}

interface MailFrameProps {
  readonly messageId: MessageId;
  readonly clean: CleanMail;
  /** Whether the places that are marked in it are shown, and counted. */
  readonly isMarked: boolean;
  readonly senderName: string;
  readonly onFailed: () => void;
}

/**
 * Shows a place of the mail that the frame shows. The frame has another origin and runs nothing, so nobody can scroll it but
 * the browser, which does when the fragment of its address changes. The document stays, and the history has no new entry.
 */
function useShownPlace(messageId: MessageId, url: string | null, hits: number, isMarked: boolean) {
  const frame = useRef<HTMLIFrameElement>(null);
  const at = useFoundInFrame((state) => (state.at?.messageId === messageId ? state.at : null));
  const [loadedUrl, setLoadedUrl] = useState<string | null>(null);
  const wasLed = useRef<string | null>(null);
  const isLoaded = url !== null && loadedUrl === url;
  useEffect(() => {
    if (!isLoaded || hits === 0) return;
    const isLed = wasLed.current === url;
    // where nobody was led to, there is nothing to lead away from
    if (isMarked && at === null && !isLed) return;
    wasLed.current = url;
    const fragment = isMarked ? hitFragment(at?.place ?? null) : NO_MARKS_FRAGMENT;
    frame.current?.contentWindow?.location.replace(`${url}${fragment}`);
  }, [isLoaded, url, hits, isMarked, at]);
  return { frame, onLoad: () => setLoadedUrl(url) };
}

function MailFrame({ messageId, clean, isMarked, senderName, onFailed }: MailFrameProps): ReactNode {
  const t = useWords('inbox');
  const [url, setUrl] = useState<string | null>(null);
  const [isLarge, setLarge] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const isLive = useLiveFrame(box);
  const { frame, onLoad } = useShownPlace(messageId, url, clean.hits, isMarked);
  useEffect(() => {
    if (!isLive) {
      setUrl(null);
      return undefined;
    }
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
    // A new `onFailed` is no new mail, and neither is one in which nothing else is marked.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isLive, clean.html, clean.links]);
  return (
    <div
      ref={box}
      className="ib-frame"
      data-large={isLarge}
      data-hits={clean.hits > 0 ? clean.hits : undefined}
      style={isLarge ? undefined : { blockSize: clean.estimatedHeight }}
    >
      {isLive && url !== null && (
        <iframe
          ref={frame}
          sandbox=""
          referrerPolicy="no-referrer"
          src={url}
          title={t('message.frameTitle', { name: senderName })}
          onLoad={onLoad}
        />
      )}
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
  const t = useWords('inbox');
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
