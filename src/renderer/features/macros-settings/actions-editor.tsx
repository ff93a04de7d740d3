import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PRIORITIES, STATUSES } from '../../../shared/domain/case.ts';
import { MAX_MACRO_ACTIONS, MAX_SNOOZE_MINUTES } from '../../../shared/domain/macro/macro.ts';
import type { MacroAction } from '../../../shared/domain/macro/macro.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useActionWords } from '../../ui/macro/action-words.ts';
import { Select } from '../../ui/select.tsx';

const KINDS = ['status', 'priority', 'add-label', 'remove-label', 'assign', 'snooze'] as const;
type Kind = (typeof KINDS)[number];
const NOBODY = 'nobody';
const ME = 'me';

interface ActionsEditorProps {
  readonly actions: readonly MacroAction[];
  readonly onChange: (actions: readonly MacroAction[]) => void;
}

/** What is done to the case beside the words. */
export function ActionsEditor({ actions, onChange }: ActionsEditorProps): ReactNode {
  const { t } = useTranslation(['macros', 'inbox']);
  const agents = useLiveValue('workspace.get', {}, null)?.agents ?? [];
  const words = useActionWords(new Map(agents.map(({ agentId, name }) => [agentId, name])));
  const [kind, setKind] = useState<Kind>('status');
  const [value, setValue] = useState<string>('pending');
  const choices: Readonly<Record<'status' | 'priority' | 'assign', readonly { readonly value: string; readonly label: string }[]>> = {
    status: STATUSES.map((each) => ({ value: each, label: t(`inbox:status.${each}`) })),
    priority: PRIORITIES.map((each) => ({ value: each, label: t(`inbox:priority.${each}`) })),
    assign: [
      { value: ME, label: t('macros:action.assignMe') },
      { value: NOBODY, label: t('macros:action.assignNobody') },
      ...agents.map(({ agentId, name }) => ({ value: agentId, label: name })),
    ],
  };
  const options = kind === 'status' || kind === 'priority' || kind === 'assign' ? choices[kind] : null;
  const made = actionOf(kind, value, agents);
  const add = (): void => {
    if (made === null) return;
    // a case has one status, one priority, one assignee and one snooze
    const isOne = made.kind !== 'add-label' && made.kind !== 'remove-label';
    const others = actions.filter((each) => (isOne ? each.kind !== made.kind : JSON.stringify(each) !== JSON.stringify(made)));
    onChange([...others, made]);
  };
  return (
    <fieldset className="macros-actions">
      <legend>{t('macros:editor.does')}</legend>
      {actions.length > 0 && (
        <ul>
          {actions.map((action) => (
            <li key={JSON.stringify(action)}>
              {words(action)}
              <IconButton
                label={t('macros:editor.removeAction', { what: words(action) })}
                icon={<X aria-hidden="true" />}
                onClick={() => onChange(actions.filter((each) => each !== action))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="macros-pair">
        <Select
          label={t('macros:editor.what')}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setValue(FIRST[next]);
          }}
          options={KINDS.map((each) => ({ value: each, label: t(`macros:kind.${each}`) }))}
        />
        {options === null ? (
          <TextField
            label={kind === 'snooze' ? t('macros:editor.hours') : t('macros:editor.label')}
            value={value}
            inputMode={kind === 'snooze' ? 'numeric' : 'text'}
            maxLength={40}
            onChange={setValue}
          />
        ) : (
          <Select label={t('macros:editor.value')} value={value} onChange={setValue} options={options} />
        )}
        <Button icon={<Plus aria-hidden="true" />} disabled={made === null || actions.length >= MAX_MACRO_ACTIONS} onClick={add}>
          {t('macros:editor.addAction')}
        </Button>
      </div>
    </fieldset>
  );
}

const FIRST: Readonly<Record<Kind, string>> = {
  status: 'pending',
  priority: 'high',
  'add-label': '',
  'remove-label': '',
  assign: ME,
  snooze: '24',
};

/** The action that is being put together; null while it is not whole. */
function actionOf(
  kind: Kind,
  value: string,
  agents: readonly { readonly agentId: Extract<MacroAction, { kind: 'assign' }>['to'] }[],
): MacroAction | null {
  switch (kind) {
    case 'status': {
      const to = STATUSES.find((each) => each === value);
      return to === undefined ? null : { kind, to };
    }
    case 'priority': {
      const to = PRIORITIES.find((each) => each === value);
      return to === undefined ? null : { kind, to };
    }
    case 'add-label':
    case 'remove-label': {
      const label = value.replaceAll(',', ' ').trim();
      return label === '' ? null : { kind, label };
    }
    case 'assign': {
      if (value === ME) return { kind, to: 'me' };
      if (value === NOBODY) return { kind, to: null };
      const agent = agents.find((each) => each.agentId === value);
      return agent === undefined ? null : { kind, to: agent.agentId };
    }
    case 'snooze': {
      const minutes = Math.round(Number(value.replace(',', '.')) * 60);
      return minutes >= 1 && minutes <= MAX_SNOOZE_MINUTES ? { kind, minutes } : null;
    }
  }
}
