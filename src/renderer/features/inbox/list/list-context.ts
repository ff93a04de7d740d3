import { createContext, useContext } from 'react';
import type { SearchHit } from '../../../../shared/contract/cases.contract.ts';
import type { AgentId, CaseId } from '../../../../shared/domain/ids.ts';

/** What every cell of the list may need besides its row. */
export interface ListFacts {
  readonly me: AgentId | null;
  readonly hits: ReadonlyMap<CaseId, SearchHit> | null;
}

export const ListContext = createContext<ListFacts>({ me: null, hits: null });

export function useListFacts(): ListFacts {
  return useContext(ListContext);
}
