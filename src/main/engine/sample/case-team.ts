import type { CaseScript } from './case-script.ts';
import { bodyOf } from './situation.ts';
import type { Situation, Standing, Turn } from './situation.ts';
import { agentOnDuty, isOnDuty, onDutyAt, turnOf } from './duty.ts';
import { passByOffer } from './handoffs.ts';
import { offerNow, placeOf } from './standing.ts';
import type { PacketSubject } from './handoffs.ts';
import type { HubName } from './hubs.ts';
import type { Random } from './random.ts';
import type { SampleAgent } from './team.ts';
import { TOPIC_FACTS } from './topic-facts.ts';
import { HANDOVER_NOTES, TEAM_NOTES, TOPIC_NOTES } from './texts/notes.ts';
import { PROMISES } from './texts/handoffs.ts';
import { fill } from './values.ts';
import type { Values } from './values.ts';
import { ourText } from './wording.ts';
import { localHour } from './zone-clock.ts';
import type { CaseEventBody, Status } from '../../../shared/domain/case.ts';
import type { PacketPromise } from '../../../shared/domain/handoff/packet.ts';
import { makeId, ulid } from '../../../shared/domain/ids.ts';
import type { HandoffId, MessageId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';

/** What the team does around the messages: takes, hands over, labels, sets states, leaves notes. */
export class CaseTeam {
  private readonly situation: Situation;
  private readonly script: CaseScript;
  private readonly values: Values;
  private owner: SampleAgent | null = null;
  private status: Status = 'open';
  private latest: Instant;
  /** What has been accepted and not been worked on yet. */
  private accepted: HandoffId | null = null;
  private promised: PacketPromise[] = [];
  private handovers = 0;
  /** The hubs that have had it since somebody worked on what they had accepted. */
  private readonly been = new Set<HubName>();

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

  /** @param isLast nothing is said after it */
  answer(turn: Turn, at: Instant, isLast: boolean): void {
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
    this.promised = [];
    if (this.accepted !== null) {
      this.script.events(agent, this.latest, { type: 'handoff.settled', handoffId: this.accepted, how: 'action' });
      this.accepted = null;
      this.been.clear();
    }
    if (turn === 'wait') this.promise(agent, sentAt, isLast);
    if (turn === 'ask') this.setStatus(agent, this.latest, 'pending');
    if (turn === 'answer' && this.situation.ending !== 'pending') this.setStatus(agent, this.latest, 'solved');
  }

  /** Some are told by when they hear from us; most of it is kept. */
  private promise(agent: SampleAgent, at: Instant, isLast: boolean): void {
    const { ending, now } = this.situation;
    const random = this.situation.random.fork(`promise ${at}`);
    const isOpen = isLast && (ending === 'answered' || ending === 'hold');
    if (!random.chance(isOpen ? 0.75 : 0.4)) return;
    const wanted =
      isOpen && random.chance(0.8)
        ? after(now, random.between(0.7, 11) * HOUR_MS)
        : after(
            at,
            random.weighted([
              [30, 2],
              [44, 2],
              [5, 1],
            ]) * HOUR_MS,
          );
    this.makePromise(agent, this.latest, wanted, this.script.lastReply(), random);
  }

  /** Due at the half hour. `messageId` null: it was promised on the phone. */
  private makePromise(agent: SampleAgent, at: Instant, wanted: Instant, messageId: MessageId | null, random: Random): void {
    const { zone, language } = this.situation.person;
    const dueAt = instant(Math.ceil(wanted / (HOUR_MS / 2)) * (HOUR_MS / 2));
    const promiseId = makeId('prm', ulid(at, random.bytes(10)));
    const text = random.pick(PROMISES[language]);
    const body = { promiseId, text, zone, dueAt, dueLocal: toLocal(zone, dueAt), messageId, source: 'typed' } as const;
    this.script.events(agent, at, { type: 'promise.made', ...body });
    this.promised = [{ promiseId, text, zone, dueAt }];
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
    const { ending, isVip, random, standing } = this.situation;
    if (ending === 'new') {
      if (isVip || random.chance(0.3)) this.script.events(null, this.at(lastAt + 5 * SECOND_MS), ...this.marks());
      return;
    }
    const agent = this.takeAtLast(lastAt);
    if (ending === 'hold' || ending === 'pending' || ending === 'solved') this.setStatus(agent, this.latest, ending);
    if (ending === 'snoozed')
      this.script.events(agent, this.at(this.latest + 30 * SECOND_MS), { type: 'case.snoozed', until: this.wakeTime(agent) });
    if ((ending === 'hold' || ending === 'claimed') && random.chance(0.45))
      this.script.note(agent, this.at(this.latest + 40 * SECOND_MS), this.noteText());
    this.settleByTime();
    if (standing !== null) this.stand(standing, agent);
  }

  /** Whoever has the case in the end takes it, if they have not yet. */
  private takeAtLast(lastAt: Instant): SampleAgent {
    const { ending, isMine, me, random, now, standing } = this.situation;
    const there = standing !== null && !isMine && this.owner === null ? this.longOnDuty() : null;
    const wanted = isMine ? me : (this.owner ?? there ?? this.onDuty(lastAt));
    const takenAt = Math.min(lastAt + random.int(60, 1_500) * SECOND_MS, now - random.int(5, 60) * SECOND_MS);
    const begin = there === null ? null : turnOf(there, now);
    if (ending !== 'solved' || this.owner === null) this.take(wanted, Math.max(takenAt, begin?.from ?? takenAt));
    return this.owner ?? wanted;
  }

  /** A colleague who has been here for some time, and stays for some. */
  private longOnDuty(): SampleAgent | null {
    const { now, person, me } = this.situation;
    const there = onDutyAt(now).filter((each) => each !== me && !each.mayBeMe);
    const lasting = there.filter((each) => {
      const turn = turnOf(each, now);
      return turn !== null && turn.from < now - HOUR_MS / 2 && turn.to > now + HOUR_MS;
    });
    return lasting.find((each) => each.languages.includes(person.language)) ?? lasting[0] ?? null;
  }

  /** Nobody has written since, but the receiver has had it for half an hour. */
  private settleByTime(): void {
    const at = after(this.latest, 30 * MINUTE_MS);
    if (this.accepted === null || at >= this.situation.now) return;
    this.script.events(null, this.at(at), { type: 'handoff.settled', handoffId: this.accepted, how: 'time' });
    this.accepted = null;
  }

  private about(random: Random): PacketSubject & { readonly random: Random } {
    const { topic, person, isVip, now } = this.situation;
    const promises = this.promised.filter((each) => each.dueAt > now);
    return { topic, language: person.language, subject: this.script.subject, values: this.values, isVip, promises, random };
  }

  /** What is on its way now. */
  private stand(standing: Standing, owner: SampleAgent): void {
    if (this.accepted !== null) return;
    const { me, now } = this.situation;
    const random = this.situation.random.fork('standing');
    const place = placeOf(standing, owner, { me, now, from: Math.max(this.latest + SECOND_MS, this.script.lastAt() ?? 0), random });
    if (place === null) return;
    this.latest = place.offeredAt;
    if (standing === 'promised-to-me') this.makePromise(owner, this.latest, after(now, random.between(2.2, 4.5) * HOUR_MS), null, random);
    offerNow(standing, place, { ...this.about(random), script: this.script, owner, me, now, promised: this.promised });
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

  /** Time goes on until the next thing is said: whoever has the case goes home, and mostly hands it over before. */
  passTime(until: Instant): void {
    const { random, topic, person, isVip } = this.situation;
    while (this.owner !== null && this.status !== 'solved') {
      this.handovers += 1;
      const own = random.fork(`handover ${this.handovers}`);
      // a third hub without anybody working on it is a lap, and then a lead decides
      const share = this.status === 'open' || this.promised.length > 0 ? 0.8 : 0.4;
      if (this.been.size > 2 || !own.chance(this.been.size === 2 ? 0.12 : share)) return;
      const earliest = this.at(this.latest);
      const promises = this.promised.filter((each) => each.dueAt > until);
      const about = { topic, language: person.language, subject: this.script.subject, values: this.values, isVip, promises };
      const passed = passByOffer({ script: this.script, random: own, from: this.owner, earliest, by: until, ...about });
      if (passed === null) return;
      const { holder, accepted, at } = passed;
      const settledAt = after(at, 30 * MINUTE_MS);
      for (const agent of [this.owner, holder]) this.been.add(agent.hub);
      this.owner = holder;
      this.latest = at;
      if (accepted !== null && settledAt < until)
        this.script.events(null, this.at(settledAt), { type: 'handoff.settled', handoffId: accepted, how: 'time' });
      else this.accepted = accepted;
    }
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
