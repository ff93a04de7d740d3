import type Database from 'better-sqlite3';
import { foldText } from '../../../shared/domain/search-fold.ts';

/** Gives a connection the functions that our statements and migrations name. `fold(text)`: how search sees a text. */
export function addFunctions(database: Database.Database): void {
  database.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? foldText(text) : null));
}
