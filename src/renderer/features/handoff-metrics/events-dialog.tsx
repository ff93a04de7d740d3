import { ArrowUpRight, Cog, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { EventBehind } from '../../../shared/contract/handoff.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { useLive } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { openCase } from '../../state/session.ts';
import { useTeamNames } from '../../state/team-names.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failed } from '../../ui/loaded.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Select } from '../../ui/select.tsx';
import { eventWords } from './event-words.ts';
import { closeFigure, useMetrics } from './metrics.store.ts';
import type { EventList, OpenedFigure } from './metrics.store.ts';

/** The engine answers to so many at once. */
const MOST_EVENTS = 2_000;
const FIRST_GROUPS = 40;
const MORE_GROUPS = 80;

/** The events behind a figure: what happened, when, by whom, in which case. */
export function EventsDialog(): ReactNode {
  const opened = useMetrics((state) => state.opened);
  if (opened === null) return null;
  return (
    <Dialog open size="lg" onOpenChange={closeFigure} title={opened.title} description={opened.description}>
      <Lists opened={opened} />
    </Dialog>
  );
}

function Lists({ opened }: { readonly opened: OpenedFigure }): ReactNode {
  const t = useWords('metrics');
  const [key, setKey] = useState(opened.first);
  const { lists } = opened;
  const list = lists.find((each) => each.key === key) ?? lists[0];
  if (list === undefined) return null;
  return (
    <div className="metrics-behind">
      {lists.length > 1 &&
        (lists.length <= 4 ? (
          <Segments
            label={t('events.what')}
            value={list.key}
            onChange={setKey}
            options={lists.map((each) => ({ value: each.key, label: each.label }))}
          />
        ) : (
          <Select
            label={t('events.what')}
            value={list.key}
            onChange={setKey}
            options={lists.map((each) => ({ value: each.key, label: each.label }))}
          />
        ))}
      <Events key={list.key} list={list} />
    </div>
  );
}

function Events({ list }: { readonly list: EventList }): ReactNode {
  const t = useWords('metrics');
  const formats = useFormats();
  const all = useMemo(() => [...new Set(list.ids)], [list]);
  const asked = useMemo(() => all.slice(0, MOST_EVENTS), [all]);
  const live = useLive('handoffs.events', asked.length === 0 ? null : { ids: asked });
  const [limit, setLimit] = useState(FIRST_GROUPS);
  const found = live.state === 'ready' ? live.value : null;
  const groups = useMemo(() => (found === null ? [] : groupsOf(list, found)), [list, found]);
  if (asked.length === 0 || (found !== null && groups.length === 0))
    return <EmptyState icon={<SearchX />} title={t('events.none')} description={t('events.noneHint')} />;
  if (live.state === 'error') return <Failed code={live.error.code} title={t('failed')} />;
  if (found === null) return <Spinner label={t('events.loading')} />;
  const more = Math.min(MORE_GROUPS, groups.length - limit);
  const cases = t('events.cases', { count: new Set(found.map((each) => each.caseId)).size });
  return (
    <>
      <p className="muted" role="status">
        {t('events.count', { count: found.length, cases })}
        {all.length > asked.length && ` ${t('events.capped', { count: asked.length })}`}
      </p>
      <ul className="metrics-groups">
        {groups.slice(0, limit).map((group) => (
          <li key={group.key}>
            <div className="metrics-group-head">
              <CaseLink caseId={group.caseId} subject={group.subject} />
              {group.ms !== null && <Badge>{formats.duration(group.ms)}</Badge>}
            </div>
            <ol>
              {group.events.map((event) => (
                <EventItem key={event.id} event={event} />
              ))}
            </ol>
          </li>
        ))}
      </ul>
      {more > 0 && <Button onClick={() => setLimit(limit + MORE_GROUPS)}>{t('events.more', { count: more })}</Button>}
    </>
  );
}

interface Group {
  readonly key: string;
  readonly caseId: CaseId;
  readonly subject: string;
  /** How long it took; null for what is no length of time. */
  readonly ms: number | null;
  readonly events: readonly EventBehind[];
}

/** By length of time, the longest first; else by case, the case with the newest event first. */
function groupsOf({ samples }: EventList, found: readonly EventBehind[]): readonly Group[] {
  const inOrder = (events: readonly EventBehind[]): readonly EventBehind[] => events.toSorted((a, b) => a.at - b.at);
  if (samples !== undefined) {
    const byId = new Map(found.map((event) => [event.id, event]));
    return samples.flatMap(({ handoffId, ms, eventIds }): readonly Group[] => {
      const events = inOrder(eventIds.map((id) => byId.get(id)).filter((event) => event !== undefined));
      const [first] = events;
      return first === undefined ? [] : [{ key: handoffId, caseId: first.caseId, subject: first.subject, ms, events }];
    });
  }
  const byCase = new Map<CaseId, EventBehind[]>();
  for (const event of found) {
    const known = byCase.get(event.caseId);
    if (known === undefined) byCase.set(event.caseId, [event]);
    else known.push(event);
  }
  return [...byCase]
    .map(([caseId, events]): Group => ({ key: caseId, caseId, subject: events[0]?.subject ?? '', ms: null, events: inOrder(events) }))
    .sort((a, b) => (b.events.at(-1)?.at ?? 0) - (a.events.at(-1)?.at ?? 0));
}

function CaseLink({ caseId, subject }: { readonly caseId: CaseId; readonly subject: string }): ReactNode {
  const t = useWords('metrics');
  const name = subject.trim() === '' ? t('events.noSubject') : subject;
  return (
    <button
      type="button"
      className="metrics-case"
      aria-label={t('events.openCaseName', { subject: name })}
      title={t('events.openCase')}
      onClick={() => {
        closeFigure();
        openCase(caseId);
      }}
    >
      <span className="truncate" dir="auto">
        {name}
      </span>
      <ArrowUpRight aria-hidden="true" />
    </button>
  );
}

function EventItem({ event }: { readonly event: EventBehind }): ReactNode {
  const t = useWords('metrics');
  const tHandoff = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const { at, actor, body } = event;
  return (
    <li>
      <time className="tabular muted" dateTime={new Date(at).toISOString()} title={formats.dateTimeFull(at)}>
        {formats.dateTime(at)}
      </time>
      {actor === null ? <Cog aria-hidden="true" /> : <Avatar name={names.ownName(actor)} size="xs" />}
      <span>{eventWords({ t, tHandoff, formats, names }, body, actor)}</span>
    </li>
  );
}
