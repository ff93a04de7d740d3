import { inboxConversationEn } from './inbox-conversation-en.ts';
import { inboxConversationZh } from './inbox-conversation-zh.ts';
import { inboxListEn } from './inbox-en.ts';
import { inboxListZh } from './inbox-zh.ts';
import { inboxRunwayEn, inboxRunwayZh } from './inbox-runway.ts';
import { inboxSlaEn, inboxSlaZh } from './inbox-sla.ts';
import { inboxTriageEn, inboxTriageZh } from './inbox-triage.ts';
import type { Translation } from './translation.ts';

/** Words of the inbox: list, conversation, composer, customer. */
export const inboxEn = { ...inboxListEn, ...inboxConversationEn, ...inboxSlaEn, ...inboxRunwayEn, ...inboxTriageEn } as const;
export const inboxZh: Translation<typeof inboxEn> = {
  ...inboxListZh,
  ...inboxConversationZh,
  ...inboxSlaZh,
  ...inboxRunwayZh,
  ...inboxTriageZh,
};
