import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { SendCustomer } from '../../../ui/send-time/send-time-words.ts';

/** The customer of a case, as one must know them to say what time it is for them. */
export function customerOf(row: Pick<CaseRow, 'contactName' | 'contactAddress' | 'contactZone' | 'contactOffsetMinutes'>): SendCustomer {
  const { contactName, contactAddress, contactZone, contactOffsetMinutes } = row;
  return { name: contactName === '' ? contactAddress : contactName, zone: contactZone, offsetMinutes: contactOffsetMinutes };
}
