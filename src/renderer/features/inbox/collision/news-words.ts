import { useWords } from '../../../i18n/use-words.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';

type NewsKind = 'customer' | 'reply' | 'note' | 'change';
const KINDS: readonly NewsKind[] = ['customer', 'reply', 'note', 'change'];

function kindOf(item: TimelineItem): NewsKind {
  if (item.kind === 'note') return 'note';
  if (item.kind === 'event') return 'change';
  return item.direction === 'in' ? 'customer' : 'reply';
}

/** "2 messages from the customer and 1 note". */
export function useNewsWords(): (items: readonly TimelineItem[]) => string {
  const t = useWords('collision');
  const formats = useFormats();
  return (items) =>
    formats.list(
      KINDS.flatMap((kind) => {
        const count = items.filter((item) => kindOf(item) === kind).length;
        return count === 0 ? [] : [t(`news.${kind}`, { count })];
      }),
    );
}
