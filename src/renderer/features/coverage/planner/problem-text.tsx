import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ShiftProblem } from '../../../../shared/domain/coverage/validate.ts';
import { formatLocalTime } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDateTime } from '../../../../shared/domain/time/local-time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { hubName, useRoster } from '../../../state/roster.ts';
import type { ShiftWords } from './shift-words.ts';

const time = ({ hour, minute, second }: LocalDateTime): string => formatLocalTime({ hour, minute, second });

/** What is wrong with a shift, in a sentence. */
export function ProblemText({ problem, words }: { readonly problem: ShiftProblem; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const formats = useFormats();
  const roster = useRoster();
  switch (problem.code) {
    case 'overlap':
    case 'absent':
    case 'outside-contract':
      return t(`problem.${problem.code}`, {
        day: words.day(problem.from, formats.zone),
        times: words.times({ startAt: problem.from, endAt: problem.to }, formats.zone),
      });
    case 'outside-pattern':
      return t('problem.outside-pattern', { length: words.length(problem.outsideMs) });
    case 'short-rest':
      return t(problem.side === 'before' ? 'problem.restBefore' : 'problem.restAfter', { length: words.length(problem.restMs) });
    case 'too-long':
      return t('problem.too-long', { length: words.length(problem.lengthMs) });
    case 'start-skipped':
    case 'end-skipped':
      return t(`problem.${problem.code}`, { meant: time(problem.meant), shown: time(problem.shown) });
    case 'start-twice':
    case 'end-twice':
      return t(`problem.${problem.code}`, { meant: time(problem.meant) });
    case 'holiday':
      return t('problem.holiday', { hub: hubName(roster, problem.hubId), name: problem.holiday.name });
    case 'no-length':
    case 'not-qualified':
    case 'in-the-past':
      return t(`problem.${problem.code}`);
  }
}
