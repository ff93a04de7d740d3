import { Plus, Save, Undo2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { CHOICE_FIELDS, isChoice, isText, TEXT_FIELDS, TIME_FIELDS } from '../../../../shared/domain/query/case-query.ts';
import type { CaseQuery, Condition, QueryField } from '../../../../shared/domain/query/case-query.ts';
import { useOwnNames } from '../../../state/own-names.ts';
import { newViewId, openSavedView, saveView } from '../../../state/saved-views.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { useSession } from '../../../state/session.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { useNamedAgents } from '../search/asked-query.ts';
import { ConditionEditor } from './condition-editor.tsx';
import './filter.css';
import { setAdding, setDraft, setNaming, useFilter } from './filter-store.ts';
import { useConditionWords } from './use-condition-words.ts';
import { isChanged, useOpenView, useSetConditions } from './use-question.ts';
import type { ListLookState } from './use-question.ts';

const FIELDS: readonly QueryField[] = [...CHOICE_FIELDS, ...TEXT_FIELDS, ...TIME_FIELDS];
const TWO_HOURS_MS = 2 * 60 * 60_000;

/** A condition of this field that says nothing yet; one about a time says something at once. */
function beginCondition(field: QueryField): Condition {
  const time = TIME_FIELDS.find((each) => each === field);
  if (time !== undefined) {
    const isAhead = time === 'due' || time === 'snoozed';
    return { field: time, not: false, side: 'before', moment: { kind: 'offset', ms: isAhead ? TWO_HOURS_MS : -TWO_HOURS_MS } };
  }
  const text = TEXT_FIELDS.find((each) => each === field);
  if (text !== undefined) return { field: text, not: false, values: [] };
  return { field: CHOICE_FIELDS.find((each) => each === field) ?? 'status', not: false, values: [] };
}

function isSaid(condition: Condition): boolean {
  return (!isChoice(condition) && !isText(condition)) || condition.values.length > 0;
}

/** What is asked, a chip for each condition; the same as stands in the search box. */
export function FilterBar({ asked, look }: { readonly asked: CaseQuery; readonly look: ListLookState }): ReactNode {
  const t = useWords('views');
  const words = useConditionWords();
  const setConditions = useSetConditions(asked);
  const isAdding = useFilter((state) => state.isAdding);
  const draft = useFilter((state) => state.draft);
  const [openIndex, setOpenIndex] = useState<number | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  // of the one condition that is open: what it is compared with is what mostly is wanted
  const editor = useRef<HTMLDivElement>(null);
  const { conditions } = asked;
  const [draftAt, setDraftAt] = useState(0);
  // What was just said is asked a moment later: until then the chip and its editor stay what they are.
  const isTaken = draft !== null && isSaid(draft) && conditions.length > draftAt;
  const shown = draft === null || isTaken ? conditions : [...conditions, draft];
  useEffect(() => {
    if (isTaken) setDraft(null);
  }, [isTaken]);
  const change = (index: number, next: Condition): void => {
    if (index < conditions.length && isSaid(next)) setConditions(conditions.map((each, at) => (at === index ? next : each)));
    else if (index >= conditions.length) {
      if (isSaid(next)) setConditions([...conditions, next]);
      setDraft(next);
    }
  };
  const remove = (index: number): void => {
    setOpenIndex(null);
    if (index >= conditions.length) setDraft(null);
    else setConditions(conditions.filter((_, at) => at !== index));
    add.current?.focus();
  };
  return (
    <div className="ib-filter" role="group" aria-label={t('conditions')}>
      <ul className="ib-filter-chips">
        {shown.map((condition, index) => {
          const text = isSaid(condition) ? words.text(condition) : t('is', { field: t(`field.${condition.field}`), values: '…' });
          return (
            // a condition is known by its place: the one that is being written stays the one that is open
            <li key={index} className="ib-filter-chip">
              <Popover
                title={t(`field.${condition.field}`)}
                initialFocus={() => editor.current?.querySelector<HTMLElement>('input.m-input') ?? null}
                open={openIndex === index}
                onOpenChange={(isOpen) => {
                  setOpenIndex(isOpen ? index : null);
                  if (!isOpen && draft !== null && !isSaid(draft)) setDraft(null);
                }}
                trigger={
                  <button type="button" className="ib-filter-edit truncate" aria-label={t('edit', { condition: text })}>
                    {text}
                  </button>
                }
              >
                <div ref={editor}>
                  <ConditionEditor condition={condition} words={words} onChange={(next) => change(index, next)} />
                </div>
              </Popover>
              <IconButton
                size="sm"
                label={t('remove', { condition: text })}
                icon={<X aria-hidden="true" />}
                onClick={() => remove(index)}
              />
            </li>
          );
        })}
        {asked.text !== '' && <li className="ib-filter-chip ib-filter-text truncate">{t('text', { text: asked.text })}</li>}
      </ul>
      <Menu
        open={isAdding}
        onOpenChange={setAdding}
        trigger={
          <Button ref={add} size="sm" variant="ghost" icon={<Plus aria-hidden="true" />}>
            {t('add')}
          </Button>
        }
      >
        {FIELDS.map((field) => (
          <MenuItem
            key={field}
            onSelect={() => {
              const begun = beginCondition(field);
              if (isSaid(begun)) setConditions([...conditions, begun]);
              else {
                setDraftAt(conditions.length);
                setDraft(begun);
              }
              // once the menu has given the focus back
              setTimeout(() => setOpenIndex(conditions.length));
            }}
          >
            {t(`field.${field}`)}
          </MenuItem>
        ))}
      </Menu>
      <SaveButtons asked={asked} look={look} />
    </div>
  );
}

/** Keeps what is asked as a view, or what was changed of one; one key does what the first button does. */
function SaveButtons({ asked, look }: { readonly asked: CaseQuery; readonly look: ListLookState }): ReactNode {
  const t = useWords('views');
  const view = useOpenView();
  const people = useNamedAgents();
  const own = useOwnNames();
  const { conditions, text } = asked;
  const { sort, hiddenColumns, grouping } = look;
  const kept = { conditions, text, sort, hiddenColumns, grouping };
  const isOther = view !== null && isChanged(view, asked, look, people, own);
  const saveAsNew = (): void => setNaming({ view: { viewId: newViewId(), name: '', ...kept }, before: null });
  const saveChanges = async (): Promise<void> => {
    if (view === null) return;
    const changed = { ...view, ...kept };
    if (await saveView(changed, view.isShared, view)) openSavedView(changed, people, own);
  };
  const canSave = isOther && view.canChange;
  const save = (): void => {
    if (canSave) void saveChanges();
    else saveAsNew();
  };
  useActions([
    {
      id: 'view.save',
      label: canSave ? t('saveCommand', { name: view.name }) : t('saveAs'),
      area: 'inbox',
      keys: ['mod+s'],
      when: () => useSession.getState().route === 'inbox' && (view === null || isOther),
      run: save,
    },
  ]);
  const saveAs = (
    <Button size="sm" variant="ghost" icon={<Save aria-hidden="true" />} shortcut={canSave ? undefined : 'mod+s'} onClick={saveAsNew}>
      {view === null ? t('saveAs') : t('saveAsNew')}
    </Button>
  );
  if (view === null) return <span className="ib-filter-end">{saveAs}</span>;
  if (!isOther) return null;
  return (
    <span className="ib-filter-end">
      <span className="ib-filter-changed" role="status">
        {t('changed')}
      </span>
      {canSave && (
        <Button size="sm" shortcut="mod+s" onClick={save}>
          {t('save')}
        </Button>
      )}
      <Button size="sm" variant="ghost" icon={<Undo2 aria-hidden="true" />} onClick={() => openSavedView(view, people, own)}>
        {t('revert')}
      </Button>
      {saveAs}
    </span>
  );
}
