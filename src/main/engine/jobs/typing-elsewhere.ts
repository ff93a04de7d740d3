import type { Presence } from '../team/hub-link.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';

export interface TypingElsewhereDeps {
  readonly others: () => readonly Presence[];
  /** The name that a customer may see. */
  readonly nameOf: (agentId: AgentId) => string;
  readonly tell: (caseUid: CaseId, isTyping: boolean, authorName: string) => void;
}

/** A customer sees that somebody types also where the channel runs at another workstation: the team's presence says so. */
export interface TypingElsewhere extends Disposable {
  /** Somebody's presence is another now. */
  follow(): void;
}

export function createTypingElsewhere({ others, nameOf, tell }: TypingElsewhereDeps): TypingElsewhere {
  let told: ReadonlyMap<CaseId, string> = new Map();

  function writing(): ReadonlyMap<CaseId, string> {
    const found = new Map<CaseId, string>();
    for (const { viewing, writing: isWriting, agentId } of others()) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what colleagues say of themselves; looked up before it is used
      if (isWriting && viewing !== null) found.set(viewing as CaseId, agentId === null ? '' : nameOf(agentId as AgentId));
    }
    return found;
  }

  return {
    follow: () => {
      const before = told;
      told = writing();
      for (const [caseUid, name] of before) if (!told.has(caseUid)) tell(caseUid, false, name);
      for (const [caseUid, name] of told) if (before.get(caseUid) !== name) tell(caseUid, true, name);
    },
    [Symbol.dispose]: () => {
      told = new Map();
    },
  };
}
