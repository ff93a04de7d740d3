import type { CaseScript } from './case-script.ts';
import { bodyOf } from './situation.ts';
import type { Situation, Turn } from './situation.ts';
import { agentOnDuty, isOnDuty } from './duty.ts';
import type { SampleAgent } from './team.ts';
import { TOPIC_FACTS } from './topic-facts.ts';
import { HANDOVER_NOTES, TEAM_NOTES, TOPIC_NOTES } from './texts/notes.ts';
import { fill } from './values.ts';
import type { Values } from './values.ts';
import { ourText } from './wording.ts';
import { localHour } from './zone-clock.ts';
import type { CaseEventBody, Status } from '../../../shared/domain/case.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the team does around the messages: takes, hands over, labels, sets states, leaves notes. */
export class CaseTeam {
  private readonly situation: Situation;
  private readonly script: CaseScript;
  private readonly values: Values;
  private owner: SampleAgent | null = null;
  private status: Status = 'open';
  private latest: Instant;

  constructor(situation: Situation, script: CaseScript, values: Values) {
    this.situation = situation;
    this.script = script;
    this.values = values;
    this.latest = after(situation.now, -400 * DAY_MS);
  }

  /** Nothing lies in the future, and nothing goes back. */
  private at(time: number): Instant {
    const said = this.script.lastAt() ?? this.latest;
    const at = after(this.situation.now, Math.min(-1 * SECOND_MS, Math.max(time, this.latest, said) - this.situation.now));
    this.latest = at;
    return at;
  }

  answer(turn: Turn, at: Instant): void {
    const { person, topic, random } = this.situation;
    const agent = this.onDuty(at);
    this.take(agent, at - random.int(40, 300) * SECOND_MS);
    if (random.chance(0.14)) this.script.note(agent, this.at(at - 20 * SECOND_MS), this.noteText());
    const text = ourText(bodyOf(turn, person.language, topic, random), {
      person,
      language: person.language,
      values: this.values,
      agentName: agent.name,
      random,
    });
    const sentAt = this.at(at);
    this.script.reply(agent, sentAt, text);
    this.latest = after(sentAt, 15 * SECOND_MS);
    if (turn === 'ask') this.setStatus(agent, this.latest, 'pending');
    if (turn === 'answer' && this.situation.ending !== 'pending') this.setStatus(agent, this.latest, 'solved');
  }

  /** The customer wrote: whatever the state was, the case is open again. */
  heard(): void {
    this.status = 'open';
  }

  /** A thank-you opens the case again; whoever owns it looks and closes it. */
  closeAgain(at: Instant): void {
    const agent = this.owner ?? this.onDuty(at);
    const when = this.at(at + this.situation.random.int(60, 900) * SECOND_MS);
    this.script.events(agent, when, { type: 'case.noReplyNeeded' }, { type: 'case.statusChanged', to: 'solved' });
    this.status = 'solved';
  }

  /** The state in which the case stands now. */
  settle(lastAt: Instant): void {
    const { ending, isMine, me, random, now } = this.situation;
    if (ending === 'new') {
      if (this.situation.isVip || random.chance(0.3)) this.script.events(null, this.at(lastAt + 5 * SECOND_MS), ...this.marks());
      return;
    }
    const wanted = isMine ? me : (this.owner ?? this.onDuty(lastAt));
    if (ending !== 'solved' || this.owner === null)
      this.take(wanted, Math.min(lastAt + random.int(60, 1_500) * SECOND_MS, now - random.int(5, 60) * SECOND_MS));
    const agent = this.owner ?? wanted;
    if (ending === 'hold') this.setStatus(agent, this.latest, 'hold');
    if (ending === 'snoozed')
      this.script.events(agent, this.at(this.latest + 30 * SECOND_MS), { type: 'case.snoozed', until: this.wakeTime(agent) });
    if (ending === 'pending') this.setStatus(agent, this.latest, 'pending');
    if (ending === 'solved') this.setStatus(agent, this.latest, 'solved');
    if ((ending === 'hold' || ending === 'claimed') && random.chance(0.45))
      this.script.note(agent, this.at(this.latest + 40 * SECOND_MS), this.noteText());
  }

  private setStatus(agent: SampleAgent, at: Instant, to: Status): void {
    if (this.status === to) return;
    this.script.events(agent, this.at(at), { type: 'case.statusChanged', to });
    this.status = to;
  }

  /** Tomorrow or the day after at nine, by the clock of the person who snoozed it; some only for a few hours. */
  private wakeTime(agent: SampleAgent): Instant {
    const { now, random } = this.situation;
    if (random.chance(0.3)) return after(now, random.int(2, 7) * HOUR_MS);
    const untilNine = (24 + 9 - localHour(agent.zone, now)) % 24;
    return after(now, Math.round(untilNine * HOUR_MS) + random.int(0, 3) * DAY_MS + MINUTE_MS);
  }

  private onDuty(at: Instant): SampleAgent {
    const { person, random } = this.situation;
    if (this.owner !== null && isOnDuty(this.owner, at)) return this.owner;
    return agentOnDuty(at, person.language, random);
  }

  private take(agent: SampleAgent, at: number): void {
    if (this.owner?.agentId === agent.agentId) return;
    const { random } = this.situation;
    if (this.owner === null) {
      this.script.events(agent, this.at(at), { type: 'case.claimed', agentId: agent.agentId }, ...this.marks());
    } else {
      if (random.chance(0.5)) {
        const note = fill(random.pick(HANDOVER_NOTES), { ...this.values, colleague: agent.name.split(' ')[0] ?? '', hub: agent.hub });
        this.script.note(this.owner, this.at(at), note);
      }
      this.script.events(this.owner, this.at(at), { type: 'case.assigned', agentId: agent.agentId });
    }
    this.owner = agent;
  }

  private noteText(): string {
    const { topic, random } = this.situation;
    return fill(random.pick([...TEAM_NOTES, ...(TOPIC_NOTES[topic] ?? []), ...(TOPIC_NOTES[topic] ?? [])]), this.values);
  }

  private marked = false;
  /** Labels and priority, set once when somebody first looks at the case. */
  private marks(): CaseEventBody[] {
    if (this.marked) return [];
    this.marked = true;
    const { topic, random, isVip, ending } = this.situation;
    const facts = TOPIC_FACTS[topic];
    const labels = [
      facts.label,
      ...(random.chance(0.06) ? ['escalated'] : []),
      ...(ending === 'hold' && random.chance(0.7) ? ['waiting-third-party'] : []),
    ];
    const priority = isVip ? 'high' : random.weighted(facts.priorities);
    return [
      ...labels.map((label) => ({ type: 'case.labelAdded', label }) as const),
      ...(priority === 'normal' ? [] : [{ type: 'case.priorityChanged', to: priority } as const]),
    ];
  }
}
