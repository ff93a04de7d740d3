import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ConflictRow } from '../../../shared/contract/team.contract.ts';
import type { ConflictChange, ConflictValue, TeamConflict } from '../../../shared/domain/team/conflict.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { conflictsEn } from '../../i18n/conflicts-en.ts';
import type { Formats } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useTeamNames } from '../../state/team-names.ts';
import type { TeamNames } from '../../state/team-names.ts';

/** A conflict in words. */
export interface ConflictWords {
  reason(conflict: TeamConflict): string;
  /** Who did their side of it. */
  theirs(conflict: TeamConflict): string;
  /** Who did one's own side: oneself, or the program. */
  mine(conflict: TeamConflict): string;
  person(agentId: AgentId | null): string;
  field(change: ConflictChange): string;
  /** Of nothing: what nothing means for this field. */
  value(row: ConflictRow, change: ConflictChange, value: ConflictValue | null): string;
  /** What kind of change an event is, such as a reply. */
  type(type: string): string;
}

/** The words, which stay the same as long as team and language do. */
export function useConflictWords(): ConflictWords {
  const t = useWords('conflicts');
  const tInbox = useWords('inbox');
  const formats = useFormats();
  const names = useTeamNames();
  return useMemo(() => makeWords(t, tInbox, formats, names), [t, tInbox, formats, names]);
}

function makeWords(t: TFunction<'conflicts'>, tInbox: TFunction<'inbox'>, formats: Formats, names: TeamNames): ConflictWords {
  const theirs = ({ theirs: side, reason }: TeamConflict): string => {
    if (side === null) return t('theHub');
    if (side.actor !== null) return names.ownName(side.actor);
    return reason === 'customer-wrote' ? t('aCustomer') : t('someone');
  };
  const nothing = (change: ConflictChange): string => (change.field === 'owner' ? t('queue') : t('none'));
  return {
    theirs,
    reason: (conflict) => t(`reason.${conflict.reason}`, { who: capitalised(theirs(conflict)) }),
    mine: ({ mine }) => (mine.actor === null ? t('program') : names.agent(mine.actor)),
    person: (agentId) => (agentId === null ? t('program') : names.agent(agentId)),
    field: ({ field, part }) =>
      part === null ? t(`field.${field}`) : t('fieldPart', { field: t(`field.${field}`), part: partText(t, part) }),
    value: (row, change, value) => {
      if (value === null) return nothing(change);
      return minuteText(change.part, value) ?? valueText(t, tInbox, formats, names, row, value);
    },
    type: (type) => codeText(t, type) ?? t('code.other'),
  };
}

/** A minute of the day as a clock shows it; null for what is none. */
function minuteText(part: string | null, value: ConflictValue): string | null {
  if (value.kind !== 'text' || (part !== 'startMinute' && part !== 'endMinute') || !/^\d{1,4}$/u.test(value.text)) return null;
  const minute = Number(value.text);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function valueText(
  t: TFunction<'conflicts'>,
  tInbox: TFunction<'inbox'>,
  formats: Formats,
  names: TeamNames,
  row: ConflictRow,
  value: ConflictValue,
): string {
  switch (value.kind) {
    case 'agent':
      return names.agent(value.agentId);
    case 'nobody':
      return t('queue');
    case 'status':
      return tInbox(`status.${value.status}`);
    case 'priority':
      return tInbox(`priority.${value.priority}`);
    case 'instant':
      return formats.dateTime(value.at);
    case 'case':
      return row.subjects[value.caseId] ?? value.caseId;
    case 'text':
      return value.text;
    case 'code':
      return codeText(t, value.code) ?? value.code;
  }
}

/** A step or a state in words; null for one of a newer version. */
function codeText(t: TFunction<'conflicts'>, code: string): string | null {
  const key = code.replaceAll('.', '-');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key is looked up in the typed resources right here
  return Object.hasOwn(conflictsEn.code, key) ? t(`code.${key}` as 'code.other') : null;
}

/** A property of what is saved as a whole; one that has no words is shown as it is called, as words. */
function partText(t: TFunction<'conflicts'>, part: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key is looked up in the typed resources right here
  if (Object.hasOwn(conflictsEn.part, part)) return t(`part.${part}` as 'part.name');
  return part.replaceAll(/([a-z])([A-Z])/gu, '$1 $2').toLowerCase();
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
