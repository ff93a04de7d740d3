import { startScript } from './case-script.ts';
import { ago, person, takenBy } from './special-case.ts';
import type { Special, SpecialContext } from './special-case.ts';
import { agentOnDuty } from './duty.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';

/** One reply in every state that a person must see to. */
export function stuckReplies(context: SpecialContext): Special[] {
  const { random, me, now } = context;
  const failedTo = person('Aaron Malik', 'aaron.malik@fullbox.test', 'America/Chicago');
  const failed = startScript({ person: failedTo, subject: 'Statement in PDF', random });
  failed.customer(
    ago(context, 4 * HOUR_MS),
    'Hi, can you send me the October statement as a PDF? The download button does nothing.\n\nAaron',
  );
  takenBy(failed, me, ago(context, 55 * MINUTE_MS), 'tax');
  failed.reply(
    me,
    ago(context, 50 * MINUTE_MS),
    `Hi Aaron,\n\nthe statement is attached to your documents now. Please reload the page once.\n\nBest regards,\n${me.name}`,
    {
      kind: 'failed',
      code: 'recipients-refused',
      detail: '552 5.2.2 <aaron.malik@fullbox.test>: mailbox full',
    },
  );

  const heldFor = person('Meera Iyer', 'meera.iyer@fastpost.example', 'Asia/Kolkata');
  const held = startScript({ person: heldFor, subject: 'Limit for bank withdrawals', random });
  held.customer(
    ago(context, 150 * MINUTE_MS),
    'Hello,\n\nwhat is my daily limit for bank withdrawals? The page says 10,000, the app 5,000.\n\nMeera',
  );
  takenBy(held, me, ago(context, 40 * MINUTE_MS), 'fees');
  const outboxId = held.reply(
    me,
    ago(context, 31 * MINUTE_MS),
    `Hello Meera,\n\nthe page is right: your limit is 10,000 a day.\n\nBest regards,\n${me.name}`,
    { kind: 'waiting' },
  );
  held.customer(
    after(now, -31 * MINUTE_MS + 6 * SECOND_MS),
    'Sorry, I forgot to say: this is about my business account, not the private one.\n\nMeera',
  );
  held.hold(after(now, -31 * MINUTE_MS + 10 * SECOND_MS), outboxId, 'customer-wrote');

  const unknownTo = person('Kwame Mensah', 'kwame_m@telegram.example', 'Africa/Accra', 'telegram');
  const unknown = startScript({ person: unknownTo, subject: 'Deposit by mobile money', random });
  unknown.customer(ago(context, 70 * MINUTE_MS), 'Good day, is mobile money available in Ghana now? The announcement said this month.');
  takenBy(unknown, me, ago(context, 20 * MINUTE_MS), 'deposits');
  unknown.reply(
    me,
    ago(context, 18 * MINUTE_MS),
    'Good day Kwame! It starts on Thursday, first with one provider. You will see it under Deposit > Local methods.',
    {
      kind: 'unknown',
      code: 'no-answer',
      detail: 'The connection was lost after the message had been handed over.',
    },
  );

  const queuedTo = person('Nora Lindqvist', 'nora.lindqvist@community.example', 'Europe/Stockholm', 'community');
  const queued = startScript({ person: queuedTo, subject: 'Dark mode for the charts?', random });
  queued.customer(ago(context, 36 * MINUTE_MS), 'The charts stay white even in dark mode. Is that planned, or is it just me?');
  takenBy(queued, me, ago(context, 12 * MINUTE_MS), 'app');
  queued.reply(me, ago(context, 11 * MINUTE_MS), 'Not just you, Nora: dark charts come with the next version, probably next week.', {
    kind: 'retrying',
    nextAttemptAt: after(now, 4 * MINUTE_MS),
    code: 'rate-limited',
    detail: '429 Too Many Requests',
  });
  return [failed, held, unknown, queued].map((script) => ({ plan: script.finish(script === held) }));
}

/** Older history that somebody wrote with another mail program. */
export function writtenElsewhere(context: SpecialContext): Special {
  const { random } = context;
  const who = person('Viktor Novak', 'viktor.novak@postbox.test', 'Europe/Prague');
  const script = startScript({ person: who, subject: 'Invoice for the annual plan', random });
  script.customer(
    ago(context, 12 * DAY_MS),
    'Hello, the invoice for my annual plan lacks the VAT number. Can you issue a new one?\n\nViktor',
  );
  script.elsewhere(
    ago(context, 11 * DAY_MS),
    "Hello Viktor,\n\nof course, it is attached to your documents with today's date.\n\nAurelia Support",
  );
  script.customer(ago(context, 11 * DAY_MS - 2 * HOUR_MS), 'Found it, thank you!\n\nViktor');
  const agent = agentOnDuty(ago(context, 10 * DAY_MS), 'en', random);
  script.events(
    agent,
    ago(context, 10 * DAY_MS),
    { type: 'case.claimed', agentId: agent.agentId },
    { type: 'case.noReplyNeeded' },
    { type: 'case.statusChanged', to: 'solved' },
  );
  return { plan: script.finish(false) };
}

/** Customers who tell too little, or too loudly. */
export function halfInformation(context: SpecialContext): Special[] {
  const silent = startScript({ person: person('', 'j4821@mailbox.example', 'America/New_York'), subject: '', random: context.random });
  silent.customer(ago(context, 13 * MINUTE_MS), 'it does not work');
  const loud = startScript({
    person: person('Ben Cooper', 'bencooper@x.example', 'America/Los_Angeles', 'x'),
    subject: 'WHERE IS MY MONEY',
    random: context.random,
  });
  loud.customer(ago(context, 205 * MINUTE_MS), 'WHERE IS MY MONEY. THREE DAYS. ANSWER ME OR I POST EVERYTHING PUBLICLY.');
  loud.customer(ago(context, 190 * MINUTE_MS), 'still waiting @aureliahelp');
  return [{ plan: silent.finish(true) }, { plan: loud.finish(true) }];
}
