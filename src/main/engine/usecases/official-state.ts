import { guardRulesOf, officialRegistryOf } from './guard-settings.ts';
import type { ReadDb } from '../store/sql.ts';
import { MOST_OFFICIAL } from '../../../shared/domain/chat/official-state.ts';
import type { OfficialState } from '../../../shared/domain/chat/official-state.ts';
import { neverFirstText } from '../../../shared/domain/guard/customer-warning.ts';

/** The languages of the widget, and under which tag the team wrote its words. */
const TAGS = [
  ['en', 'en'],
  ['zh', 'zh-Hans'],
  ['ja', 'ja'],
  ['es', 'es'],
] as const;

/** What visitors are told of who we are elsewhere; null where the team has said nothing. */
export function officialState(db: ReadDb): OfficialState | null {
  const { accounts, domains } = officialRegistryOf(db);
  const { isOn, texts } = guardRulesOf(db).neverFirst;
  if (!isOn && accounts.length === 0 && domains.length === 0) return null;
  return {
    neverFirst: isOn ? Object.fromEntries(TAGS.map(([language, tag]) => [language, neverFirstText(tag, texts)])) : null,
    accounts: accounts.slice(0, MOST_OFFICIAL).map(({ channel, name, handle }) => ({ channel, name, handle })),
    domains: domains.slice(0, MOST_OFFICIAL),
  };
}
