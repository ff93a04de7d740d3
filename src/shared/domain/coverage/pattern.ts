import { instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { openSpans } from '../time/calendar-spans.ts';
import { without } from './assignments.ts';
import type { AgentProfile } from './roster.ts';

/** What of the spans is outside the hours in which an agent usually works, in order; nothing for somebody without such hours. */
export function outsidePattern(agent: AgentProfile, spans: readonly Span[]): readonly Span[] {
  if (Object.values(agent.pattern).every((windows) => windows.length === 0)) return [];
  const version = { effectiveFrom: instant(0), zone: agent.zone, week: agent.pattern, exceptions: [] };
  const usual = { id: agent.agentId, name: agent.name, versions: [version] };
  return spans.flatMap((span) =>
    without(
      span,
      openSpans(usual, span.from, span.to).map(([from, to]) => ({ from: instant(from), to: instant(to) })),
    ),
  );
}
