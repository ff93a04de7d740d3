import { contactIdFor } from '../identity.ts';
import { upsertContact } from '../store/contacts.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage, Party } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const NOBODY: Party = { address: 'unknown', name: '' };

/** The customer of a message: who wrote to us, or to whom we wrote first. Learns what the message tells about them. */
export function meetContact(tx: WriteDb, message: NormalizedMessage, at: Instant): ContactId {
  const inbound = message.direction === 'in';
  // A contact form writes in our name and names the customer where answers should go.
  const sender = message.warnings.includes('claims-own-address') ? (message.replyTo[0] ?? message.from) : message.from;
  const customer = inbound ? sender : (message.to[0] ?? NOBODY);
  const party = customer.address === '' ? { ...NOBODY, name: customer.name } : customer;
  const uid = contactIdFor(message.channel, party.address);
  upsertContact(tx, {
    uid,
    address: party.address,
    name: party.name,
    seenAt: at,
    offsetMinutes: inbound ? message.senderOffsetMinutes : null,
    language: inbound ? message.language : null,
  });
  return uid;
}
