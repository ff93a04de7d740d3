import type { AgentId, MessageId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { IntakeEventBody } from './intake-event.ts';

/** What somebody said of a fact: its value, or that what is read of it is wrong. */
export interface SaidFact {
  readonly value: string | null;
  readonly by: AgentId | null;
  readonly at: Instant;
}

/** What people have said of what is known of a case, and what was asked. What messages say is read in them. */
export interface IntakeSaid {
  /** Null: none of the kinds that there are. Absent: nobody has said. */
  readonly kind?: string | null;
  readonly facts: Readonly<Record<string, SaidFact>>;
  /** Messages that asked for several facts at once, oldest first. */
  readonly asked: readonly { readonly messageId: MessageId; readonly fields: readonly string[]; readonly at: Instant }[];
}

export const NOTHING_SAID: IntakeSaid = { facts: {}, asked: [] };

/** So many facts and rounds of one case are kept; a checklist has fewer. */
const MOST_FACTS = 100;
const MOST_ASKED = 100;

/** What is said after an event. */
export function saidAfter(
  said: IntakeSaid,
  body: IntakeEventBody,
  { by, at }: { readonly by: AgentId | null; readonly at: Instant },
): IntakeSaid {
  switch (body.type) {
    case 'intake.kindSet': {
      const { kind: _before, ...rest } = said;
      return body.asRead === true ? rest : { ...rest, kind: body.kind };
    }
    case 'intake.factSet': {
      const { [body.field]: _before, ...others } = said.facts;
      if (body.asRead === true) return { ...said, facts: others };
      if (Object.keys(others).length >= MOST_FACTS) return said;
      return { ...said, facts: { ...others, [body.field]: { value: body.value, by, at } } };
    }
    case 'intake.asked': {
      const asked = said.asked.filter(({ messageId }) => messageId !== body.messageId);
      return { ...said, asked: [...asked, { messageId: body.messageId, fields: body.fields, at }].slice(-MOST_ASKED) };
    }
  }
}
