/** A long conversation with a trading firm, as pairs of what they write and what we answer. The last word is theirs. */
export const LONG_THREAD_SUBJECT = 'Onboarding Halden Trading: API access, limits and settlement';

export const LONG_THREAD: readonly (readonly [theirs: string, ours: string])[] = [
  [
    'Hi, as discussed with your sales team we would like to start with four subaccounts and read-only API keys. What do you need from our side?',
    'Welcome aboard! Please send the signed order form, the list of persons who may create keys, and the egress addresses you will connect from.',
  ],
  [
    'Form and list are attached to the portal. Our egress is 203.0.113.16/28.',
    'Thank you, both arrived. The four subaccounts exist now: halden-mm-1 to halden-mm-4.',
  ],
  [
    'Great. Which environment should we certify against?',
    'Please use the sandbox with the endpoints in the welcome sheet. Certification is a list of twelve calls; you can send us the request ids when you are through.',
  ],
  [
    'Calls 1 to 9 pass. Number 10 (cancel all by tag) returns 501.',
    'That call is not rolled out in the sandbox yet. We count it as passed.',
  ],
  ['Then we are through: ids are in the portal.', 'Confirmed, all twelve are green. You can create production keys from today.'],
  [
    'Production keys work. First question: are the rate limits per key or per subaccount?',
    'Per subaccount group. I have put all four into one group with 40 requests per second.',
  ],
  ['40 is tight for us. We were told 100.', 'You are right, the order form says 100. It was entered wrongly and is corrected now.'],
  ['Thanks, confirmed from the response headers.', 'Good to hear. I leave this open until your first week is over.'],
  [
    'We see occasional 502 between 02:00 and 02:05 UTC. Maintenance?',
    'A nightly certificate rotation restarts one of the gateways. It should not be visible from outside; engineering is looking into it.',
  ],
  [
    'It happened again tonight, 31 requests failed.',
    'Understood. As of tonight the rotation drains connections first. Please tell me whether you still see it.',
  ],
  ['No errors last night.', 'Perfect, then I consider this one done.'],
  [
    'Next topic: settlement. Is T+0 possible for USDC on Base?',
    'It is, with a cut-off at 21:00 UTC. After that it settles with the next run at 00:30 UTC.',
  ],
  [
    'Can the cut-off be moved for us?',
    'Not for a single client, but the second run can be triggered by request. I will send you the procedure.',
  ],
  ['Procedure received, works for us.', 'Noted.'],
  [
    'Our compliance asks for your SOC 2 report and the latest proof of reserves.',
    'Both are in the data room; your colleague in cc has been given access.',
  ],
  [
    'He can open the reserves, but not the report.',
    'He has to accept the confidentiality agreement first. The link in the invitation was valid for 24 hours, I have sent a new one.',
  ],
  ['Accepted, thank you.', 'You are welcome.'],
  [
    'Small thing: statements show the old company name, Halden Capital.',
    'The name comes from the verified documents. Please upload the new register extract and I will have it changed.',
  ],
  ['Uploaded.', 'Changed. New statements carry the new name; old ones stay as they were.'],
  [
    'We plan to add a fifth subaccount for options. Same group?',
    'Options have a group of their own. Would 60 requests per second be enough to begin with?',
  ],
  ['Yes, for the first month.', 'Created: halden-opt-1. Margin is separate, please fund it before the first order.'],
  [
    'Funding from halden-mm-2 fails with "transfer not permitted".',
    'Transfers between groups need a second approval. I have switched on two approvers, both from your list.',
  ],
  [
    'Works now. Is there a webhook for completed transfers?',
    'There is: event transfer.settled. The signature is described in chapter 7 of the reference.',
  ],
  [
    'Signature check fails for bodies with non-ASCII characters.',
    'Please compute it over the raw bytes, before any decoding. Several clients fell into this; we will add an example.',
  ],
  ['That was it. Example would be good indeed.', 'It is published as of this morning.'],
  [
    'Volume fees for last month: we expected tier 5.',
    'Tier 5 begins at 250 million; you were at 243. I can apply it from the first of this month as a courtesy.',
  ],
  ['Please do, much appreciated.', 'Done. You will see it with the next daily calculation.'],
  [
    'Two of our people are leaving. How do we revoke their keys at once?',
    'Any approver can do it under Keys > Revoke by owner. It takes effect within five seconds and is listed in the audit log.',
  ],
  ['Done, the audit log shows it.', 'Very good. I have also removed both from the list of callers.'],
  ['Last question for this week: is there an incident on the options gateway? Latency went from 9 to 140 ms at 07:40 UTC.', ''],
];
