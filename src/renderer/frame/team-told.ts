import i18next from 'i18next';
import type { TFunction } from 'i18next';
import type { TeamEvent } from '../../shared/contract/team.contract.ts';
import type { AgentId } from '../../shared/domain/ids.ts';
import { clockSpan } from '../i18n/hub-text.ts';
import { formatsFor } from '../i18n/formats.ts';
import { goTo, openCase, openSettings, useSession } from '../state/session.ts';
import { showToast } from '../ui/toast.tsx';
import type { ToastContent, ToastHandle } from '../ui/toast.tsx';

/** What the engine tells about the team, as toasts; claims and conflicts of one moment are one toast. */

type Gathered = Extract<TeamEvent, { what: 'claim-lost' | 'needs-you' }>;

/** Long enough for what comes of one reconnection, short enough to go unnoticed. */
const GATHER_MS = 400;
const SHOWN_MS = 12_000;

let waiting: Gathered[] = [];
let names: (agentId: AgentId) => string | null = () => null;
let timer: ReturnType<typeof setTimeout> | null = null;
const shown = new Map<Gathered['what'], ToastHandle>();

/** Tells it, together with what else comes of its kind. */
export function tellOfTeam(event: TeamEvent, nameOf: (agentId: AgentId) => string | null): void {
  names = nameOf;
  if (event.what !== 'claim-lost' && event.what !== 'needs-you') {
    showToast(contentOf(event));
    return;
  }
  waiting.push(event);
  timer ??= setTimeout(tellGathered, GATHER_MS);
}

function tellGathered(): void {
  timer = null;
  const events = waiting;
  waiting = [];
  for (const what of ['claim-lost', 'needs-you'] as const) {
    const content = gatheredContent(events.filter((event) => event.what === what));
    if (content === null) continue;
    shown.get(what)?.close();
    shown.set(what, showToast(content));
  }
}

function words(): TFunction<'hub'> {
  return i18next.getFixedT(null, 'hub');
}

function contentOf(event: Exclude<TeamEvent, Gathered>): ToastContent {
  const t = words();
  const { locale, zone } = useSession.getState();
  const formats = formatsFor(locale, zone);
  const show = { label: t('told.show'), onAction: () => openSettings('team-hub') };
  switch (event.what) {
    case 'joined':
      return { title: t('told.joined', { hub: event.hubName }), description: t('told.joinedText'), tone: 'ok', action: show };
    case 'caught-up':
      return {
        title: t('told.caught-up'),
        description: t('told.caught-upText', { count: event.events, amount: formats.number(event.events) }),
        tone: 'ok',
      };
    case 'revoked':
      return { title: t('told.revoked'), description: t('told.revokedText'), tone: 'problem', action: show };
    case 'clock-wrong': {
      const span = clockSpan(t, formats, event.aheadMs);
      return {
        title: t('told.clock-wrong'),
        description: t(event.aheadMs > 0 ? 'clock.ahead' : 'clock.behind', { span }),
        tone: 'problem',
        action: show,
      };
    }
    case 'rewound':
      return { title: t('told.rewound'), description: t('told.rewoundText', { count: event.missing }), tone: 'problem', action: show };
  }
}

function gatheredContent(events: readonly Gathered[]): ToastContent | null {
  const t = words();
  const [first] = events;
  if (first === undefined) return null;
  const subject = first.subject.trim() === '' ? t('told.noSubject') : first.subject;
  const decide = { label: t('told.decide'), onAction: () => goTo('conflicts') };
  if (first.what === 'needs-you') {
    return {
      title: t('told.needs-you', { count: events.length }),
      ...(events.length === 1 ? { description: subject } : {}),
      tone: 'problem',
      durationMs: SHOWN_MS,
      action: decide,
    };
  }
  if (events.length > 1)
    return { title: t('told.claimsLost', { count: events.length }), tone: 'problem', durationMs: SHOWN_MS, action: decide };
  const by = (first.by === null ? null : names(first.by)) ?? t('told.someone');
  return {
    title: t('told.claim-lost', { by }),
    description: t('told.claim-lostText', { subject }),
    tone: 'problem',
    durationMs: SHOWN_MS,
    action: { label: t('told.open'), onAction: () => openCase(first.caseId) },
  };
}
