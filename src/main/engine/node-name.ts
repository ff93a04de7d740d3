import type { IdSource } from './identity.ts';
import { saveSettingValue, settingValue } from './store/settings.store.ts';
import type { Store } from './store/sql.ts';

/** This workstation's name in timestamps: made once and kept. */
export function nodeName(store: Store, ids: IdSource): string {
  const known = store.read((db) => settingValue(db, 'node'));
  if (known !== null) return known;
  const name = ids.next('op').slice(-10).toLowerCase();
  store.write((tx) => saveSettingValue(tx, 'node', name));
  return name;
}
