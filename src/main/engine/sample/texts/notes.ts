import type { Topic } from './phrases.ts';

/** What colleagues write to each other. `{colleague}` is the first name of whoever takes over, `{hub}` their city. */
export const HANDOVER_NOTES: readonly string[] = [
  'End of my day. Customer expects a reply within a few hours, everything asked for is in the thread. @{colleague} could {hub} take this?',
  'Handing over to {hub}: waiting for the payments team, ticket PAY-{octet}{last4}. Please do not promise a time.',
  '@{colleague} short version: identity is confirmed, only the manual release is open. Customer is polite but nervous.',
  'For {hub}: called the customer back at their request, no answer. Try again after 9:00 their time.',
];

export const TEAM_NOTES: readonly string[] = [
  'Same symptom as two other cases this morning, probably one incident.',
  'Checked the account: verified, no flags, member since 2021. No reason to doubt the story.',
  'Please do not send the standard template here, they got it twice already.',
  'Customer wrote on two channels, answered on this one only.',
  'Asked engineering, reference ENG-{last4}. They think it is the new address rule.',
  '好像是昨天发布的版本引起的，已经问了技术组。',
  'Risk team says fine to release.',
];

export const TOPIC_NOTES: Readonly<Partial<Record<Topic, readonly string[]>>> = {
  'wrong-network': ['Recovery possible: we hold the key on {wrongNetwork}. Fee as in the table, no discount needed.'],
  'two-factor': ['Selfie video checked, matches the document. Second pair of eyes please before the reset (four-eyes rule).'],
  kyc: ['Vendor says "address mismatch". Apartment number missing in the profile, nothing suspicious.'],
  api: ['Confirmed in the gateway log: bucket is per subaccount group since 3.8. Docs fix is under review.'],
  login: ['Sessions ended and withdrawals paused. Second factor was never passed.'],
  impersonator: [
    'Reported {handle} to the platform. Third one this week with the same picture.',
    'If the phrase was entered: funds first, paperwork later.',
  ],
  withdrawal: ['Stuck in manual review because of the new address. Released by me after the customer confirmed.'],
};

export const VIP_REASONS: readonly string[] = [
  'Institutional client, agreed answer time of one hour',
  'Market maker, direct line to the API team',
  'Top 100 by volume this quarter',
  'Long-time customer, very bad experience in spring; treat with care',
  'Ambassador of the community programme',
  'Press contact: every answer may be quoted',
  'Partner integration, goes live this month',
  'Lost funds to an impersonator, under special protection',
  'Beta tester of the mobile app',
  'Treasury of a listed company',
];
