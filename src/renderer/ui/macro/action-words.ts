import { useTranslation } from 'react-i18next';
import type { MacroAction } from '../../../shared/domain/macro/macro.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';

/** What a macro does, in words. */
export function useActionWords(names: ReadonlyMap<string, string> = NOBODY): (action: MacroAction) => string {
  const { t } = useTranslation(['macros', 'inbox']);
  const formats = useFormats();
  return (action) => {
    switch (action.kind) {
      case 'status':
        return t('macros:action.status', { to: t(`inbox:status.${action.to}`) });
      case 'priority':
        return t('macros:action.priority', { to: t(`inbox:priority.${action.to}`) });
      case 'add-label':
      case 'remove-label':
        return t(`macros:action.${action.kind}`, { label: action.label });
      case 'assign':
        if (action.to === 'me') return t('macros:action.assignMe');
        if (action.to === null) return t('macros:action.assignNobody');
        return t('macros:action.assign', { name: names.get(action.to) ?? t('macros:action.somebody') });
      case 'snooze':
        return t('macros:action.snooze', { time: formats.duration(action.minutes * MINUTE_MS) });
    }
  };
}

const NOBODY: ReadonlyMap<string, string> = new Map();
