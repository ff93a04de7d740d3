import { shell } from 'electron';
import { externalAddress } from './external-address.ts';

/** Opens a link in the person's own browser or mail program. The only place in the app that does. */
export async function openExternal(text: string): Promise<'ok' | 'refused'> {
  const address = externalAddress(text);
  if (address === null) return 'refused';
  await shell.openExternal(address);
  return 'ok';
}
