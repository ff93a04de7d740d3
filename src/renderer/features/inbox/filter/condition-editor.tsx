import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { isChoice, isText } from '../../../../shared/domain/query/case-query.ts';
import type { Condition, Moment, TimeField } from '../../../../shared/domain/query/case-query.ts';
import { formatDay, formatDuration, parseDuration } from '../../../../shared/domain/query/moment.ts';
import { formatLocalDate, parseLocalDate } from '../../../../shared/domain/time/local-time.ts';
import { localDateOf } from '../../../../shared/domain/time/zone.ts';
import { clock } from '../../../state/clock-store.ts';
import { viewerZone } from '../format/zone-time.ts';
import { Checkbox } from '../../../ui/check.tsx';
import { MultiCombobox } from '../../../ui/combobox.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { timeOperatorOf } from './use-condition-words.ts';
import type { ConditionWords, TimeOperator } from './use-condition-words.ts';

export interface ConditionEditorProps {
  readonly condition: Condition;
  readonly words: ConditionWords;
  readonly onChange: (condition: Condition) => void;
}

/** What a condition compares, how, and with what. A change has effect at once. */
export function ConditionEditor({ condition, words, onChange }: ConditionEditorProps): ReactNode {
  const t = useWords('views');
  const tFrame = useWords('frame');
  if (isChoice(condition))
    return (
      <div className="ib-condition">
        <Select
          label={t('operator')}
          value={condition.not ? 'none' : 'any'}
          onChange={(next) => onChange({ ...condition, not: next === 'none' })}
          options={[
            { value: 'any', label: t('anyOf') },
            { value: 'none', label: t('noneOf') },
          ]}
        />
        <MultiCombobox
          label={t('values')}
          value={condition.values}
          options={words.options(condition.field)}
          emptyText={tFrame('common.nothingFound')}
          onChange={(values) => onChange({ ...condition, values })}
        />
      </div>
    );
  if (isText(condition)) return <TextCondition condition={condition} onChange={onChange} />;
  return <TimeCondition condition={condition} onChange={onChange} />;
}

function TextCondition({
  condition,
  onChange,
}: {
  readonly condition: Extract<Condition, { readonly field: 'from' | 'subject' }>;
  readonly onChange: (condition: Condition) => void;
}): ReactNode {
  const t = useWords('views');
  const [typed, setTyped] = useState(condition.values.join(', '));
  return (
    <div className="ib-condition">
      <Select
        label={t('operator')}
        value={condition.not ? 'not' : 'has'}
        onChange={(next) => onChange({ ...condition, not: next === 'not' })}
        options={[
          { value: 'has', label: t('contains') },
          { value: 'not', label: t('containsNot') },
        ]}
      />
      <TextField
        label={t('values')}
        hint={t('textHint')}
        value={typed}
        onChange={(next) => {
          setTyped(next);
          const values = next
            .split(/[,，]/u)
            .map((value) => value.trim())
            .filter((value) => value !== '');
          onChange({ ...condition, values });
        }}
      />
    </div>
  );
}

const OPERATORS: readonly TimeOperator[] = ['before-in', 'from-in', 'before-ago', 'from-ago', 'before-day', 'from-day'];
const DAYS = ['today', 'yesterday', 'tomorrow'] as const;
const DAY_OFFSETS = { today: 0, yesterday: -1, tomorrow: 1 } as const;
const FIRST_MS = 2 * 60 * 60_000;

function TimeCondition({
  condition,
  onChange,
}: {
  readonly condition: Extract<Condition, { readonly field: TimeField }>;
  readonly onChange: (condition: Condition) => void;
}): ReactNode {
  const t = useWords('views');
  const tSearch = useWords('search');
  const { moment } = condition;
  const operator = timeOperatorOf(condition);
  const span = moment.kind === 'offset' ? Math.abs(moment.ms) : FIRST_MS;
  const [typed, setTyped] = useState(formatDuration(span));
  const duration = parseDuration(typed);
  const day = moment.kind === 'offset' ? 'today' : formatDay(moment);
  const setMoment = (next: Moment): void => onChange({ ...condition, moment: next });
  const setOperator = (next: TimeOperator): void => {
    const side = next.startsWith('before') ? 'before' : 'from';
    const isOfDay = next.endsWith('-day');
    const ms = next.endsWith('-ago') ? -span : span;
    const kept: Moment = moment.kind === 'offset' ? { kind: 'day', days: 0 } : moment;
    onChange({ ...condition, side, moment: isOfDay ? kept : { kind: 'offset', ms } });
  };
  const isNamed = DAYS.some((each) => each === day);
  return (
    <div className="ib-condition">
      <Select
        label={t('operator')}
        value={operator}
        onChange={setOperator}
        options={OPERATORS.map((value) => ({ value, label: t(`timeOperator.${value}`) }))}
      />
      {moment.kind === 'offset' ? (
        <TextField
          label={t('duration')}
          hint={t('durationHint')}
          error={duration === null || duration <= 0 ? t('notADuration') : undefined}
          value={typed}
          onChange={(next) => {
            setTyped(next);
            const ms = parseDuration(next);
            if (ms !== null && ms > 0) setMoment({ kind: 'offset', ms: moment.ms < 0 ? -ms : ms });
          }}
        />
      ) : (
        <>
          <Select
            label={t('day')}
            value={isNamed ? day : 'date'}
            onChange={(next) => {
              const named = DAYS.find((each) => each === next);
              setMoment(
                named === undefined
                  ? { kind: 'date', date: formatLocalDate(localDateOf(viewerZone(), clock.now())) }
                  : { kind: 'day', days: DAY_OFFSETS[named] },
              );
            }}
            options={[...DAYS.map((value) => ({ value, label: tSearch(value) })), { value: 'date', label: t('aDate') }]}
          />
          {moment.kind === 'date' && (
            <DateField
              label={t('date')}
              value={parseLocalDate(moment.date)}
              onChange={(date) => {
                if (date !== null) setMoment({ kind: 'date', date: formatLocalDate(date) });
              }}
            />
          )}
        </>
      )}
      <Checkbox label={t('negate')} checked={condition.not} onChange={(not) => onChange({ ...condition, not })} />
    </div>
  );
}
