import { saveSettingValue, settingValue } from './settings.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import { NO_ROUTING } from '../../../shared/domain/routing/rules.ts';
import type { RoutingRules } from '../../../shared/domain/routing/rules.ts';

/** The setting that holds them. */
export const ROUTING_KEY = 'routing';

/** What the team asks of people for its cases. */
export function routingRules(db: ReadDb): RoutingRules {
  const stored = settingValue(db, ROUTING_KEY);
  // written by the functions of this key alone, from parsed input
  return stored === null ? NO_ROUTING : { ...NO_ROUTING, ...(JSON.parse(stored) as Partial<RoutingRules>) };
}

export function writeRoutingRules(db: WriteDb, rules: RoutingRules): void {
  saveSettingValue(db, ROUTING_KEY, JSON.stringify(rules));
}
