import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Durations, HandoffMetrics, Rate } from '../../../shared/domain/handoff/metrics.ts';
import type { Formats } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { openFigure } from './metrics.store.ts';
import type { EventList } from './metrics.store.ts';

const TIMES = ['latency', 'onShiftLatency', 'exposure'] as const;
const SHARES = ['declined', 'expired', 'bounced', 'satellites', 'stalePromises'] as const;
const QUALITY = ['complete', 'readBackMismatches'] as const;
type FigureName = (typeof TIMES)[number] | (typeof SHARES)[number] | (typeof QUALITY)[number];

/** The figures of the rule book, in three groups; each is a card that opens the events behind it. */
export function Figures({ metrics }: { readonly metrics: HandoffMetrics }): ReactNode {
  const t = useWords('metrics');
  return (
    <div className="metrics-figures">
      <Group title={t('group.time')} columns={3}>
        {TIMES.map((name) => (
          <TimeFigure key={name} name={name} durations={metrics[name]} />
        ))}
      </Group>
      <Group title={t('group.quality')} columns={2}>
        {QUALITY.map((name) => (
          <ShareFigure key={name} name={name} rate={metrics[name]} meanParts={name === 'complete' ? metrics.meanParts : null} />
        ))}
      </Group>
      <Group title={t('group.share')} columns={5}>
        {SHARES.map((name) => (
          <ShareFigure key={name} name={name} rate={metrics[name]} />
        ))}
      </Group>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  /** How many of five columns it takes where there is room for five. */
  readonly columns: 2 | 3 | 5;
  readonly children: ReactNode;
}

function Group({ title, columns, children }: GroupProps): ReactNode {
  return (
    <div className="metrics-group" data-columns={columns}>
      <h2>{title}</h2>
      <ul className="metrics-cards">{children}</ul>
    </div>
  );
}

interface CardProps {
  readonly name: FigureName;
  readonly value: string;
  readonly unit?: string | undefined;
  readonly details: readonly string[];
  /** From 0 to 1, drawn below the number; null draws nothing. */
  readonly share?: number | null | undefined;
  readonly lists: readonly EventList[];
}

function Card({ name, value, unit, details, share = null, lists }: CardProps): ReactNode {
  const t = useWords('metrics');
  const id = useId();
  const title = t(`figure.${name}`);
  const what = t(`figure.${name}What`);
  return (
    <li className="metrics-card" data-figure={name}>
      <h3>{title}</h3>
      <button
        type="button"
        className="metrics-value"
        title={t('open', { figure: title })}
        aria-describedby={`${id}details ${id}what`}
        onClick={() => openFigure({ title, description: what, lists, first: lists[0]?.key ?? '' })}
      >
        <span className="visually-hidden">{title}: </span>
        <strong className="tabular">{value}</strong>
        {unit !== undefined && <span className="muted"> {unit}</span>}
      </button>
      {share !== null && (
        <span className="metrics-bar" aria-hidden="true">
          <span style={{ inlineSize: `${String(share * 100)}%` }} />
        </span>
      )}
      <p id={`${id}details`} className="metrics-details tabular">
        {details.map((each) => (
          <span key={each}>{each}</span>
        ))}
      </p>
      <p id={`${id}what`} className="metrics-what muted">
        {what}
      </p>
    </li>
  );
}

function TimeFigure({ name, durations }: { readonly name: (typeof TIMES)[number]; readonly durations: Durations }): ReactNode {
  const t = useWords('metrics');
  const formats = useFormats();
  const { medianMs, p90Ms, totalMs, samples } = durations;
  const lists = [{ key: 'samples', label: t('events.samples'), ids: samples.flatMap((each) => each.eventIds), samples }];
  if (medianMs === null || p90Ms === null) return <Card name={name} value="–" details={[t('nothing')]} lists={lists} />;
  return (
    <Card
      name={name}
      value={formats.duration(medianMs)}
      unit={t('median')}
      details={[
        t('p90', { span: formats.duration(p90Ms) }),
        ...(name === 'exposure' ? [t('total', { span: formats.duration(totalMs) })] : []),
        t('handoffs', { count: samples.length }),
      ]}
      lists={lists}
    />
  );
}

interface ShareFigureProps {
  readonly name: (typeof SHARES)[number] | (typeof QUALITY)[number];
  readonly rate: Rate;
  readonly meanParts?: number | null;
}

function ShareFigure({ name, rate, meanParts = null }: ShareFigureProps): ReactNode {
  const t = useWords('metrics');
  const formats = useFormats();
  const counts = countsOf(name, rate);
  const lists = [
    listOf(t, formats, 'part', t('events.part'), rate.part, counts?.part ?? null),
    listOf(t, formats, 'whole', t('events.whole'), rate.whole, counts?.whole ?? null),
  ];
  if (rate.value === null) return <Card name={name} value="–" details={[t('nothing')]} lists={lists} />;
  return (
    <Card
      name={name}
      value={percentWords(t, formats, rate.value)}
      share={rate.value}
      details={[
        ...(counts === null ? [] : [t('ofWhole', { part: formats.number(counts.part), whole: formats.number(counts.whole) })]),
        ...(meanParts === null ? [] : [t('parts', { count: Math.round(meanParts * 10) / 10 })]),
      ]}
      lists={lists}
    />
  );
}

/** How many are counted out of how many. A promise has several events, so those say nothing about their number. */
function countsOf(name: FigureName, { value, whole }: Rate): { readonly part: number; readonly whole: number } | null {
  if (name === 'stalePromises' || value === null) return null;
  return { part: Math.round(value * whole.length), whole: whole.length };
}

/** A list of events with how many handoffs it is about, where that is known. */
export function listOf(
  t: TFunction<'metrics'>,
  formats: Formats,
  key: string,
  label: string,
  ids: readonly string[],
  count: number | null,
): EventList {
  return { key, label: count === null ? label : t('events.withCount', { label, count: formats.number(count) }), ids };
}

/** `8 %`; small shares have one digit more. */
export function percentWords(t: TFunction<'metrics'>, formats: Formats, share: number): string {
  const percent = share * 100;
  return t('percent', { value: formats.number(percent > 0 && percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)) });
}
