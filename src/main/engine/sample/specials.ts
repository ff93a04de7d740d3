import { startScript } from './case-script.ts';
import { logoPng, screenshotPng, simplePdf, tradesCsv } from './files.ts';
import { mailSource } from './mail-source.ts';
import type { Random } from './random.ts';
import { ago, person, takenBy } from './special-case.ts';
import type { Special, SpecialContext } from './special-case.ts';
import { halfInformation, stuckReplies, writtenElsewhere } from './special-replies.ts';
import { agentOnDuty } from './duty.ts';
import { LONG_THREAD, LONG_THREAD_SUBJECT } from './texts/long-thread.ts';
import { ARABIC, EMOJI, NEWSLETTER_HTML, NEWSLETTER_TEXT, PHISHING_TEXT, REPORT_HTML, REPORT_TEXT } from './texts/odd-mails.ts';
import { withQuote } from './wording.ts';
import type { Party } from '../../../shared/domain/message.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';

/** Sixty messages with one client over a month; the last one is unanswered. */
function longThread(context: SpecialContext): Special {
  const { now, me, random } = context;
  const colleague: Party = { address: 'risk@halden.example', name: 'Halden Risk Desk' };
  const who = person('Ingrid Solberg', 'ingrid.solberg@halden.example', 'Europe/Oslo');
  const script = startScript({ person: who, subject: LONG_THREAD_SUBJECT, random });
  const step = (31 * DAY_MS) / LONG_THREAD.length;
  const start = ago(context, 31 * DAY_MS + 24 * MINUTE_MS);
  for (const [index, [theirs, ours]] of LONG_THREAD.entries()) {
    const isLast = index === LONG_THREAD.length - 1;
    const at = isLast ? ago(context, 24 * MINUTE_MS) : after(start, Math.round(index * step));
    const last = script.last();
    const text = `${theirs}\n\nIngrid\n\n-- \nIngrid Solberg\nHead of Operations, Halden Trading`;
    script.customer(at, last === null ? text : withQuote(text, 'en', who.zone, last), index === 0 ? { cc: [colleague] } : {});
    if (isLast) continue;
    const answeredAt = after(at, random.int(20, 200) * MINUTE_MS);
    const agent = index % 3 === 0 ? me : agentOnDuty(answeredAt, 'en', random);
    if (index === 0) takenBy(script, me, after(at, MINUTE_MS), 'api');
    script.reply(agent, answeredAt, `Hi Ingrid,\n\n${ours}\n\nBest regards,\n${agent.name}\nAurelia Support`);
  }
  // The thread has several voices.
  script.customer(
    ago(context, 23 * MINUTE_MS),
    'Adding our numbers: 99th percentile was 412 ms between 07:40 and 07:55 UTC. The ids are in the attached file.\n\nHalden Risk Desk',
    { from: colleague, files: [{ name: 'latency.csv', type: 'text/csv', bytes: tradesCsv(random), contentId: null }] },
  );
  script.events(null, after(now, -22 * MINUTE_MS), { type: 'case.priorityChanged', to: 'high' });
  return { plan: script.finish(true), vip: true };
}

function arabic(context: SpecialContext): Special {
  const who = person('ليلى حداد', 'layla.haddad@barid.example', 'Asia/Dubai', 'email', 'ar');
  const script = startScript({ person: who, subject: ARABIC.subject, random: context.random });
  script.customer(ago(context, 47 * MINUTE_MS), ARABIC.text, {
    html: `<html><body dir="rtl"><p>${ARABIC.text.replaceAll('\n\n', '</p><p>').replaceAll('\n', '<br>')}</p></body></html>`,
  });
  return { plan: script.finish(true) };
}

function emoji(context: SpecialContext): Special {
  const who = person('Zoë 🦄', 'zoe_unicorn@visitor.chat.example', 'Europe/Lisbon', 'chat');
  const script = startScript({ person: who, subject: 'Wrong button 😱', random: context.random });
  for (const [index, text] of EMOJI.entries()) script.customer(after(context.now, -9 * MINUTE_MS + index * 21 * SECOND_MS), text);
  return { plan: script.finish(true) };
}

function twoFromHeaders(context: SpecialContext): Special {
  const who = person('Aurelia Security Team', 'security@aurelia-verify.test', 'Europe/Bucharest');
  const script = startScript({ person: who, subject: 'Urgent: confirm the wallet of your customer', random: context.random });
  script.customer(
    ago(context, 95 * MINUTE_MS),
    'Forward this to the person in charge of wallets. The customer asked us to move the confirmation to the link below.\n\nhttps://aurelia-verify.test/staff',
    {
      headers: ['From: "Aurelia Support" <support@aurelia.example>'],
    },
  );
  script.events(null, ago(context, 94 * MINUTE_MS), { type: 'case.labelAdded', label: 'phishing' });
  return { plan: script.finish(true) };
}

function newsletter(context: SpecialContext): Special {
  const who = person('Chain Weekly', 'news@weekly.example', 'America/New_York');
  const script = startScript({ person: who, subject: 'Chain Weekly #218: cheap blocks', random: context.random });
  script.customer(ago(context, 7 * HOUR_MS), NEWSLETTER_TEXT, {
    html: NEWSLETTER_HTML,
    files: [{ name: 'logo.png', type: 'image/png', bytes: logoPng(), contentId: 'logo@weekly.example' }],
    headers: ['List-Id: Chain Weekly <weekly.weekly.example>', 'List-Unsubscribe: <https://weekly.example/leave>', 'Precedence: bulk'],
  });
  script.events(context.me, ago(context, 6 * HOUR_MS), { type: 'case.noReplyNeeded' }, { type: 'case.statusChanged', to: 'solved' });
  return { plan: script.finish(false) };
}

function settlementReport(context: SpecialContext): Special {
  const { random } = context;
  const who = person('Anneke de Vries', 'a.devries@noordzee.example', 'Europe/Amsterdam');
  const script = startScript({ person: who, subject: 'Settlement differences October', random });
  script.customer(ago(context, 3 * HOUR_MS), REPORT_TEXT, {
    html: REPORT_HTML,
    cc: [
      { address: 'ledger@noordzee.example', name: 'Noordzee Ledger' },
      { address: 'p.bakker@noordzee.example', name: 'Pieter Bakker' },
    ],
    files: [
      { name: 'ledger.png', type: 'image/png', bytes: screenshotPng(random), contentId: 'ledger@noordzee.example' },
      {
        name: 'statement-october.pdf',
        type: 'application/pdf',
        bytes: simplePdf(['Noordzee Payments', 'Statement October', '17 Oct  8,250.00', '31 Oct  11,020.00']),
        contentId: null,
      },
    ],
  });
  takenBy(script, context.me, ago(context, 170 * MINUTE_MS), 'deposits');
  return { plan: script.finish(false), vip: true };
}

function riskyAttachment(context: SpecialContext): Special {
  const { random, me } = context;
  const who = person('Accounting Dept', 'accounting@invoices-portal.test', 'Europe/Kyiv');
  const script = startScript({ person: who, subject: 'Overdue invoice 88213', random });
  const bytes = Buffer.from('MZ - this is not a program, only a file with a dangerous name, for the sample workspace.\r\n');
  script.customer(
    ago(context, 5 * HOUR_MS),
    'Dear Sir or Madam,\n\nplease find the overdue invoice attached. Open it with Microsoft Windows only.\n\nAccounting',
    {
      files: [{ name: 'invoice_88213.pdf.exe', type: 'application/octet-stream', bytes, contentId: null }],
    },
  );
  takenBy(script, agentOnDuty(ago(context, 290 * MINUTE_MS), 'en', random), ago(context, 290 * MINUTE_MS), 'phishing');
  script.note(me, ago(context, 200 * MINUTE_MS), 'Do not open the attachment. Reported to security, reference SEC-4471.');
  return { plan: script.finish(false) };
}

function forwardedPhishing(context: SpecialContext): Special {
  const { random } = context;
  const who = person('Marcus Reid', 'marcus.reid@postbox.test', 'Europe/London');
  const script = startScript({ person: who, subject: 'Is this from you?', random });
  const original = mailSource({
    messageId: `${random.hex(16)}@aurelia-verify.test`,
    parentIds: [],
    from: { address: 'no-reply@aurelia-verify.test', name: 'Aurelia Security Team' },
    to: [who.party],
    cc: [],
    subject: 'Your wallet will be suspended',
    text: PHISHING_TEXT,
    html: null,
    files: [],
    sentAt: ago(context, 30 * HOUR_MS),
    offsetMinutes: 120,
  });
  script.customer(
    ago(context, 26 * HOUR_MS),
    'Hi,\n\nI received the mail attached. It looks real, but the address is strange. I did not click on anything.\n\nMarcus',
    {
      files: [{ name: 'Your wallet will be suspended.eml', type: 'message/rfc822', bytes: original, contentId: null }],
    },
  );
  const agent = agentOnDuty(ago(context, 25 * HOUR_MS), 'en', random);
  takenBy(script, agent, ago(context, 25 * HOUR_MS), 'phishing');
  script.reply(
    agent,
    ago(context, 1_490 * MINUTE_MS),
    `Hi Marcus,\n\nwell spotted: this is not from us. We have reported the page. Please delete the mail.\n\nBest regards,\n${agent.name}\nAurelia Support`,
  );
  script.events(agent, ago(context, 1_489 * MINUTE_MS), { type: 'case.statusChanged', to: 'pending' });
  return { plan: script.finish(false) };
}

function vacation(context: SpecialContext): Special {
  const { random } = context;
  const who = person('Sophie Dubois', 'sophie.dubois@inbox.example', 'Europe/Paris');
  const script = startScript({ person: who, subject: 'Statement for my landlord', random });
  script.customer(
    ago(context, 50 * HOUR_MS),
    'Hello,\n\ncould I get a statement of my balance in English, on letterhead? My landlord wants one.\n\nSophie',
  );
  const at = ago(context, 45 * HOUR_MS);
  const agent = agentOnDuty(at, 'en', random);
  takenBy(script, agent, at, 'tax');
  script.reply(
    agent,
    after(at, 6 * MINUTE_MS),
    `Hello Sophie,\n\ncertainly. Which date should the statement be for?\n\nKind regards,\n${agent.name}`,
  );
  script.events(agent, after(at, 7 * MINUTE_MS), { type: 'case.statusChanged', to: 'pending' });
  script.customer(after(at, 8 * MINUTE_MS), 'I am travelling and will be back on Monday. I read mail only now and then.\n\nSophie Dubois', {
    subject: 'Automatic reply: Statement for my landlord',
    headers: ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'],
  });
  return { plan: script.finish(false) };
}

function bounced(context: SpecialContext): Special {
  const { random, me } = context;
  const who = person('Thomas Kowalski', 'thomas.kowalski@oldmail.example', 'Europe/Warsaw');
  const script = startScript({ person: who, subject: 'Change of address', random });
  script.customer(ago(context, 9 * HOUR_MS), 'Hi,\n\nI moved to another city last week. Where do I change my postal address?\n\nThomas');
  takenBy(script, me, ago(context, 80 * MINUTE_MS), 'account');
  script.reply(
    me,
    ago(context, 75 * MINUTE_MS),
    `Hi Thomas,\n\nyou find it under Profile > Address. We need one document that shows the new address.\n\nBest regards,\n${me.name}\nAurelia Support`,
  );
  script.bounce(ago(context, 74 * MINUTE_MS), '550 5.1.1 <thomas.kowalski@oldmail.example>: Recipient address rejected: User unknown');
  return { plan: script.finish(false) };
}

/** The hand-made cases: each shows something that chance would show too rarely. */
export function specialCases(context: Omit<SpecialContext, 'random'>, random: Random): Special[] {
  const part = (label: string): SpecialContext => ({ ...context, random: random.fork(label) });
  return [
    longThread(part('long')),
    arabic(part('arabic')),
    emoji(part('emoji')),
    twoFromHeaders(part('from')),
    newsletter(part('newsletter')),
    settlementReport(part('report')),
    riskyAttachment(part('risky')),
    forwardedPhishing(part('forwarded')),
    vacation(part('vacation')),
    bounced(part('bounced')),
    ...stuckReplies(part('stuck')),
    writtenElsewhere(part('elsewhere')),
    ...halfInformation(part('half')),
  ];
}
