import { create } from 'zustand';
import type { Durations } from '../../../shared/domain/handoff/metrics.ts';
import type { RangeValue } from '../../ui/date-range.ts';

export type MetricsPreset = 'week' | 'month' | 'quarter';

/** Events that a figure is counted from. */
export interface EventList {
  readonly key: string;
  readonly label: string;
  readonly ids: readonly string[];
  /** Lengths of time, the longest first; the events are then told by these instead of by case. */
  readonly samples?: Durations['samples'];
}

/** A figure that was opened. */
export interface OpenedFigure {
  readonly title: string;
  readonly description: string;
  readonly lists: readonly EventList[];
  /** The list to begin with. */
  readonly first: string;
}

/** Which time is counted, and which figure is looked into. Kept while one looks at a case in between. */
interface MetricsState {
  readonly range: RangeValue<MetricsPreset>;
  readonly opened: OpenedFigure | null;
}

export const METRICS_AT_FIRST: MetricsState = { range: { preset: 'month', from: null, to: null }, opened: null };

export const useMetrics = create<MetricsState>()(() => METRICS_AT_FIRST);

export function chooseRange(range: RangeValue<MetricsPreset>): void {
  useMetrics.setState({ range });
}

export function openFigure(opened: OpenedFigure): void {
  useMetrics.setState({ opened });
}

export function closeFigure(): void {
  useMetrics.setState({ opened: null });
}
