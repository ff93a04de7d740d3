import i18next from 'i18next';
import { useWords } from '../../../i18n/use-words.ts';
import { PRIORITIES } from '../../../../shared/domain/case.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { useSession } from '../../../state/session.ts';
import { setLabelFilter, targetCaseIds, useInbox } from '../inbox-store.ts';
import { applyAction } from './apply-actions.ts';

const NO_LABELS: readonly { readonly label: string; readonly count: number }[] = [];

/**
 * One command for each choice that is one step away in a list: this colleague, this label, this priority. Only the palette offers them,
 * so they are there while it is open.
 */
export function ChoiceCommands(): null {
  const isOpen = useSession((state) => state.isPaletteOpen);
  useActions(useChoices(isOpen));
  return null;
}

function useChoices(isOpen: boolean): readonly Action[] {
  const t = useWords('keys');
  const tInbox = useWords('inbox');
  const agents = useLiveValue('workspace.get', {}, null)?.agents ?? [];
  const labels = useLiveValue('cases.labels', isOpen ? {} : null, NO_LABELS);
  if (!isOpen) return [];
  const choice = (id: string, label: string, work: (caseIds: readonly CaseId[]) => Promise<boolean>, keywords = ''): Action => ({
    id,
    label,
    area: 'case',
    keys: [],
    onlyTyped: true,
    keywords,
    when: () => targetCaseIds().length > 0,
    run: () => void work(targetCaseIds()),
  });
  const hasLabel = (label: string): boolean => {
    const targets = new Set(targetCaseIds());
    const rows = useInbox.getState().rows.filter((row) => targets.has(row.caseId));
    return rows.length > 0 && rows.every((row) => row.labels.includes(label));
  };
  return [
    ...agents.map(({ agentId, name, hub }) =>
      choice(
        `case.assign.${agentId}`,
        t('command.assignTo', { name }),
        async (ids) => applyAction(ids, { kind: 'assign', agentId }, (count) => tInbox('done.assign', { count, name })),
        hub,
      ),
    ),
    ...labels.flatMap(({ label }): readonly Action[] => [
      hasLabel(label)
        ? choice(`case.label.${label}`, t('command.removeLabel', { label }), async (ids) =>
            applyAction(ids, { kind: 'remove-label', label }, (count) => tInbox('done.removeLabel', { count, label })),
          )
        : choice(`case.label.${label}`, t('command.addLabel', { label }), async (ids) =>
            applyAction(ids, { kind: 'add-label', label }, (count) => tInbox('done.addLabel', { count, label })),
          ),
      {
        id: `list.label.${label}`,
        label: t('command.filterByLabel', { label }),
        area: 'inbox',
        keys: [],
        onlyTyped: true,
        run: () => setLabelFilter(label),
      },
    ]),
    ...PRIORITIES.map((to) => {
      const priority = tInbox(`priority.${to}`);
      return choice(
        `case.priority.${to}`,
        t('command.setPriority', { priority }),
        async (ids) => applyAction(ids, { kind: 'priority', to }, (count) => tInbox('done.priority', { count, priority })),
        // found by its English words in every language, as the commands of the catalogue are
        i18next.t('keys:command.setPriority', { lng: 'en', priority: i18next.t(`inbox:priority.${to}`, { lng: 'en' }) }),
      );
    }),
  ];
}
