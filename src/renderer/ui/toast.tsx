import { Toast as BaseToast } from '@base-ui/react/toast';
import { CheckCircle2, CircleAlert, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { KeyHint } from './kbd.tsx';
import { useIsDialogOpen } from './open-dialogs.ts';
import { ProgressBar } from './progress.tsx';
import './toast.css';

export interface ToastContent {
  readonly title: string;
  readonly description?: string | undefined;
  readonly tone?: 'neutral' | 'ok' | 'problem' | undefined;
  /** One thing to do about it, such as Undo. */
  readonly action?: { readonly label: string; readonly onAction: () => void; readonly shortcut?: string | undefined } | undefined;
  /** Work under way, with counts. */
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
  /** Milliseconds until it goes by itself; 0 stays. Default 6000; problems, and what offers to do something about it, 12000; progress stays. */
  readonly durationMs?: number | undefined;
}

export interface ToastHandle {
  update(content: ToastContent): void;
  close(): void;
}

interface ToastData {
  readonly content: ToastContent;
}

const toasts = BaseToast.createToastManager<ToastData>();
/** The toasts on screen that say what went wrong, by their words. */
const told = new Map<string, string>();

function options(content: ToastContent): {
  title: string;
  description?: string;
  timeout: number;
  priority: 'low' | 'high';
  data: ToastData;
} {
  const isLong = content.tone === 'problem' || content.action !== undefined;
  const defaultMs = content.progress !== undefined ? 0 : isLong ? 12_000 : 6_000;
  return {
    title: content.title,
    ...(content.description === undefined ? {} : { description: content.description }),
    timeout: content.durationMs ?? defaultMs,
    priority: content.tone === 'problem' ? 'high' : 'low',
    data: { content },
  };
}

/** Tells something in the corner of the window, announced to screen readers. Works from anywhere. */
export function showToast(content: ToastContent): ToastHandle {
  const words = JSON.stringify([content.title, content.description]);
  const before = content.tone === 'problem' ? told.get(words) : undefined;
  // said again by the new one: four that say the same would hide what else there is to say
  if (before !== undefined) toasts.close(before);
  const id = toasts.add({
    ...options(content),
    onRemove: () => {
      if (told.get(words) === id) told.delete(words);
    },
  });
  if (content.tone === 'problem') told.set(words, id);
  return {
    update: (next) => toasts.update(id, options(next)),
    close: () => toasts.close(id),
  };
}

/** The place where toasts appear; once, around the app. */
export function ToastRegion({ children }: { readonly children: ReactNode }): ReactNode {
  const isDialogOpen = useIsDialogOpen();
  return (
    <BaseToast.Provider toastManager={toasts} limit={4}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className="m-toasts" data-over-dialog={isDialogOpen ? '' : undefined}>
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

function ToastList(): ReactNode {
  const t = useWords('frame');
  const { toasts: shown } = BaseToast.useToastManager<ToastData>();
  return shown.map((toast) => {
    const content = toast.data?.content;
    const { action, progress, tone = 'neutral' } = content ?? { action: undefined, progress: undefined, tone: 'neutral' };
    return (
      // it is said as an alert besides, but its buttons can be reached as well: nothing of it is hidden
      <BaseToast.Root
        key={toast.id}
        toast={toast}
        className="m-toast"
        data-tone={tone}
        aria-hidden={false}
        swipeDirection={['left', 'down']}
      >
        <BaseToast.Content className="m-toast-content">
          <ToneIcon tone={tone} />
          <div className="m-toast-text">
            <BaseToast.Title className="m-toast-title" />
            <BaseToast.Description className="m-toast-description" />
            {progress !== undefined && <ProgressBar label={content?.title ?? ''} hideLabel done={progress.done} total={progress.total} />}
          </div>
          {action !== undefined && (
            <button
              type="button"
              className="m-button m-button-default m-button-sm"
              onClick={() => {
                toasts.close(toast.id);
                action.onAction();
              }}
            >
              {action.label}
              {action.shortcut !== undefined && <KeyHint keys={action.shortcut} />}
            </button>
          )}
          <BaseToast.Close
            className="m-button m-icon-button m-button-ghost m-button-sm"
            aria-label={t('common.dismiss')}
            aria-hidden={false}
          >
            <X aria-hidden="true" />
          </BaseToast.Close>
        </BaseToast.Content>
      </BaseToast.Root>
    );
  });
}

function ToneIcon({ tone }: { readonly tone: 'neutral' | 'ok' | 'problem' }): ReactNode {
  if (tone === 'ok') return <CheckCircle2 className="m-toast-icon" aria-hidden="true" />;
  if (tone === 'problem') return <CircleAlert className="m-toast-icon" aria-hidden="true" />;
  return <Info className="m-toast-icon" aria-hidden="true" />;
}
