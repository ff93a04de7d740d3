import { httpProblem } from '../http-problems.ts';
import { objectAt, textAt } from '../json-reading.ts';
import type { XApi } from './x-api.ts';
import type { Spending } from './x-spending.ts';

/** Whose tokens they are. */
export async function whoAmI(
  api: Pick<XApi, 'get'>,
  spending: Pick<Spending, 'read'>,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly username: string; readonly name: string }> {
  const data = objectAt(await api.get('me', '/2/users/me', {}, signal), 'data');
  const id = textAt(data, 'id');
  const username = textAt(data, 'username');
  if (id === null || username === null) throw httpProblem('answer-unreadable', 'no user');
  spending.read('user', [id]);
  return { id, username, name: textAt(data, 'name') ?? username };
}
