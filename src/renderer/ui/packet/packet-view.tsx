import { ArrowRight, Ban, CircleAlert, Hourglass, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Packet, PacketAction, PacketPart, PacketPromise } from '../../../shared/domain/handoff/packet.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Badge } from '../badge.tsx';
import { classNames } from '../class-names.ts';
import { SeverityMark } from './severity-mark.tsx';
import { TwoClocks } from './two-clocks.tsx';
import './packet.css';

export interface PacketViewProps {
  readonly packet: Packet;
  /** The version that the reader read before; what is different now is marked. */
  readonly before?: Packet | null | undefined;
  /** One column with less air, for narrow panes. */
  readonly isNarrow?: boolean | undefined;
}

/** A packet to be read: severity, summary, actions and situation; times on the customer's clock and on the reader's. */
export function PacketView({ packet, before = null, isNarrow = false }: PacketViewProps): ReactNode {
  return (
    <div className={classNames('m-packet', isNarrow && 'm-packet-narrow')}>
      <Part part="illness">
        <p className="m-packet-line">
          <SeverityMark severity={packet.severity} />
          {before !== null && before.severity !== packet.severity && <ChangedMark />}
        </p>
      </Part>
      <Part part="patient">
        <Summary packet={packet} before={before} />
      </Part>
      <Part part="actions">
        <Actions packet={packet} before={before} />
      </Part>
      <Part part="situation">
        <Situation packet={packet} before={before} />
      </Part>
    </div>
  );
}

/** One of the five parts with its letter. */
export function Part({ part, children }: { readonly part: PacketPart; readonly children: ReactNode }): ReactNode {
  const t = useWords('handoff');
  return (
    <section className="m-packet-part" aria-label={t(`part.${part}`)}>
      <h4 className="m-packet-heading">
        <span className="m-packet-letter" aria-hidden="true">
          {t(`letter.${part}`)}
        </span>
        {t(`part.${part}`)}
      </h4>
      <div className="m-packet-body">{children}</div>
    </section>
  );
}

/** Says that something is not what was read before. */
export function ChangedMark(): ReactNode {
  const t = useWords('handoff');
  return (
    <Badge tone="soon" title={t('view.changedHint')} className="m-packet-changed">
      {t('view.changed')}
    </Badge>
  );
}

interface Compared {
  readonly packet: Packet;
  readonly before: Packet | null;
}

function Summary({ packet, before }: Compared): ReactNode {
  const t = useWords('handoff');
  const text = (field: 'goal' | 'state'): ReactNode => (
    <div className="m-packet-field">
      <h5>{t(`field.${field}`)}</h5>
      <p className={packet[field].trim() === '' ? 'muted' : 'm-packet-text'} dir="auto">
        {packet[field].trim() === '' ? t('view.empty') : packet[field]}
        {before !== null && before[field] !== packet[field] && <ChangedMark />}
      </p>
    </div>
  );
  return (
    <>
      {text('goal')}
      {text('state')}
      <Lines
        name={t('field.tried')}
        items={packet.tried.map(({ what, result }) => ({ key: `${what} ${result}`, text: what, outcome: result }))}
        before={before === null ? null : before.tried.map(({ what, result }) => `${what} ${result}`)}
      />
    </>
  );
}

function Actions({ packet, before }: Compared): ReactNode {
  const t = useWords('handoff');
  if (packet.actions.length === 0) return <p className="muted">{t('view.empty')}</p>;
  const known = before === null ? null : before.actions.map(actionKey);
  return (
    <ol className="m-packet-actions">
      {packet.actions.map((action, index) => (
        // actions may be alike
        <li key={`${String(index)} ${action.what}`} dir="auto">
          <span className="m-packet-text">{action.what}</span>
          {action.dueAt !== null && <DueWords action={action} />}
          {index === 0 && <Badge tone="accent">{t('view.firstAction')}</Badge>}
          {known !== null && known[index] !== actionKey(action) && <ChangedMark />}
        </li>
      ))}
    </ol>
  );
}

function actionKey({ what, dueAt }: PacketAction): string {
  return `${what} ${String(dueAt)}`;
}

function DueWords({ action }: { readonly action: PacketAction }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  if (action.dueAt === null) return null;
  return (
    <time className="m-packet-due tabular" dateTime={new Date(action.dueAt).toISOString()} title={formats.dateTimeFull(action.dueAt)}>
      {t('view.due', { at: formats.soonTime(action.dueAt, now) })}
    </time>
  );
}

function Situation({ packet, before }: Compared): ReactNode {
  const t = useWords('handoff');
  const { promises, ifThen, blockers, notToDo, waitingOn } = packet;
  const isEmpty = promises.length + ifThen.length + blockers.length + notToDo.length + waitingOn.length === 0;
  if (isEmpty) return <p className="muted">{t(packet.isSituationPlain ? 'view.plain' : 'view.situationUntold')}</p>;
  const list = (texts: readonly string[]): readonly Line[] => texts.map((text) => ({ key: text, text }));
  return (
    <>
      <Promises promises={promises} before={before?.promises ?? null} />
      <Lines
        name={t('field.ifThen')}
        items={ifThen.map(({ when, action }) => ({ key: `${when} ${action}`, text: when, outcome: action }))}
        before={before === null ? null : before.ifThen.map(({ when, action }) => `${when} ${action}`)}
      />
      <Lines name={t('field.blockers')} icon={<OctagonX aria-hidden="true" />} items={list(blockers)} before={before?.blockers ?? null} />
      <Lines name={t('field.notToDo')} icon={<Ban aria-hidden="true" />} items={list(notToDo)} before={before?.notToDo ?? null} />
      <Lines
        name={t('field.waitingOn')}
        icon={<Hourglass aria-hidden="true" />}
        items={list(waitingOn)}
        before={before?.waitingOn ?? null}
      />
    </>
  );
}

function Promises({
  promises,
  before,
}: {
  readonly promises: readonly PacketPromise[];
  readonly before: readonly PacketPromise[] | null;
}): ReactNode {
  const t = useWords('handoff');
  const keyOf = ({ promiseId, dueAt }: PacketPromise): string => `${promiseId} ${String(dueAt)}`;
  const known = before === null ? null : new Set(before.map(keyOf));
  const gone = before === null ? [] : before.filter((each) => !promises.some(({ promiseId }) => promiseId === each.promiseId));
  if (promises.length + gone.length === 0) return null;
  return (
    <div className="m-packet-field">
      <h5>{t('field.promises')}</h5>
      <ul className="m-packet-promises">
        {[...promises]
          .sort((a, b) => a.dueAt - b.dueAt)
          .map((promise) => (
            <li key={promise.promiseId}>
              <TwoClocks at={promise.dueAt} zone={promise.zone} />
              <span className="m-packet-text" dir="auto">
                {promise.text}
              </span>
              {known !== null && !known.has(keyOf(promise)) && <ChangedMark />}
            </li>
          ))}
      </ul>
      <Removed texts={gone.map((each) => each.text)} />
    </div>
  );
}

interface Line {
  readonly key: string;
  readonly text: string;
  readonly outcome?: string | undefined;
}

/** A list of sentences, or of what leads to what. Nothing when there is none, and none was taken out. */
function Lines({
  name,
  icon,
  items,
  before,
}: {
  readonly name: string;
  readonly icon?: ReactNode;
  readonly items: readonly Line[];
  readonly before: readonly string[] | null;
}): ReactNode {
  const gone = (before ?? []).filter((each) => !items.some(({ key }) => key === each));
  if (items.length + gone.length === 0) return null;
  return (
    <div className="m-packet-field">
      <h5>{name}</h5>
      {items.length > 0 && (
        <ul className="m-packet-lines">
          {items.map(({ key, text, outcome }, index) => (
            // sentences may be alike
            <li key={`${String(index)} ${key}`} dir="auto">
              {icon}
              <span className="m-packet-text">
                {text}
                {outcome !== undefined && outcome.trim() !== '' && (
                  <>
                    <ArrowRight className="m-packet-arrow" aria-hidden="true" />
                    {outcome}
                  </>
                )}
              </span>
              {before !== null && !before.includes(key) && <ChangedMark />}
            </li>
          ))}
        </ul>
      )}
      <Removed texts={gone} />
    </div>
  );
}

function Removed({ texts }: { readonly texts: readonly string[] }): ReactNode {
  const t = useWords('handoff');
  return texts.map((text) => (
    <p key={text} className="m-packet-removed">
      <CircleAlert aria-hidden="true" />
      {t('view.removed', { text })}
    </p>
  ));
}
