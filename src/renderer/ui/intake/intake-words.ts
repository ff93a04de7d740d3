import { useWords } from '../../i18n/use-words.ts';
import { KIND_IDS } from '../../../shared/domain/intake/checklist.ts';
import { isFactField } from '../../../shared/domain/intake/fact-fields.ts';

interface Named {
  readonly id: string;
  readonly name: string | null;
}

/** What kinds of cases and facts are called: as the team calls them, else as Meridian does. */
export function useIntakeWords(): {
  readonly kindName: (kind: Named) => string;
  readonly factName: (fact: { readonly field: string; readonly name?: string | null | undefined }) => string;
} {
  const t = useWords('intake');
  return {
    kindName: ({ id, name }) => {
      const known = KIND_IDS.find((each) => each === id);
      return name ?? (known === undefined ? id : t(`kinds.${known}`));
    },
    factName: ({ field, name }) => {
      if (name !== undefined && name !== null && name !== '') return name;
      return isFactField(field) ? t(`fields.${field}`) : field;
    },
  };
}
