import type { CasePlan, CaseScript } from './case-script.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { SampleAgent } from './team.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface SpecialContext {
  readonly now: Instant;
  readonly me: SampleAgent;
  readonly random: Random;
}

/** A case that exists to show one thing, and what the contact needs besides. */
export interface Special {
  readonly plan: CasePlan;
  readonly vip?: boolean;
}

/** Somebody with a part in one hand-made case. */
export function person(
  name: string,
  address: string,
  zone: string,
  channel: Channel = 'email',
  language: Person['language'] = 'en',
): Person {
  const [first = name] = name.split(' ');
  return { language, channel, party: { address, name }, zone, name, first, family: name.split(' ').at(-1) ?? name, polite: first };
}

export function ago(context: SpecialContext, ms: number): Instant {
  return after(context.now, -ms);
}

export function takenBy(script: CaseScript, agent: SampleAgent, at: Instant, label: string): void {
  script.events(agent, at, { type: 'case.claimed', agentId: agent.agentId }, { type: 'case.labelAdded', label });
}
