import { useWords } from '../../../i18n/use-words.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { useSession } from '../../../state/session.ts';
import { focusCurrentRow } from '../actions/use-case-commands.ts';
import { askForWhole, setFolded } from '../filter/filter-store.ts';
import { currentStop, isComposerAwaited, moveToHeading, useInbox } from '../inbox-store.ts';
import { headingAbove } from './group-rows.ts';

/**
 * The keys of a grouped list: from anywhere in a group to its heading, folded or not.
 * @param groupsOf of which list the groups are
 */
export function useGroupCommands(isGrouped: boolean, groupsOf: string): void {
  const t = useWords('views');
  const isHere = (): boolean => isGrouped && !isComposerAwaited() && useSession.getState().route === 'inbox';
  const heading = (): string | null => {
    const { stops } = useInbox.getState();
    const stop = currentStop();
    return stops === null || stop === null ? null : headingAbove(stops, stop);
  };
  const fold = (isFolded: boolean) => (): void => {
    const key = heading();
    if (key === null) return;
    if (isFolded) moveToHeading(key);
    setFolded(`${groupsOf} ${key}`, isFolded);
    focusCurrentRow();
  };
  const foldAll = (): void => {
    const { stops, rows } = useInbox.getState();
    const keys = (stops ?? []).flatMap((stop) => ('heading' in stop ? [stop.heading] : []));
    for (const key of keys) setFolded(`${groupsOf} ${key}`, rows.length > 0);
    const [first] = keys;
    if (first !== undefined) moveToHeading(first);
    focusCurrentRow();
  };
  const whole = (): void => {
    const key = heading();
    if (key !== null) askForWhole(`${groupsOf} ${key}`);
  };
  const action = (id: string, label: string, keys: readonly string[], run: () => void): Action => ({
    id,
    label,
    area: 'inbox',
    keys,
    when: isHere,
    run,
  });
  useActions(
    isGrouped
      ? [
          action('group.fold', t('group.fold'), ['arrowleft'], fold(true)),
          action('group.unfold', t('group.unfold'), ['arrowright'], fold(false)),
          action('group.foldAll', t('group.foldAll'), ['shift+arrowleft'], foldAll),
          action('group.whole', t('group.whole'), ['shift+arrowright'], whole),
        ]
      : [],
  );
}
