import type { Phrases } from './phrases.ts';

export const english: Phrases = {
  locale: 'en-US',
  cities: ['Frankfurt', 'Jakarta', 'Bucharest', 'Johannesburg', 'Montreal', 'Dubai'],
  greetings: ['Hi,', 'Hello,', 'Hello Aurelia team,', 'Good morning,', 'Hi there,', 'Dear support,'],
  closings: ['Thanks,\n{name}', 'Best,\n{name}', 'Kind regards,\n{name}', 'Cheers,\n{first}', 'Thank you in advance.\n\n{name}', '{first}'],
  sentFrom: 'Sent from my iPhone',
  ourGreetings: ['Hi {polite},', 'Hello {polite},', 'Hi {polite}, thanks for your patience.'],
  ourClosings: ['Best regards,\n{agent}\nAurelia Support', 'All the best,\n{agent}\nAurelia Support', 'Kind regards,\n{agent}'],
  waits: [
    'I have passed this to our payments team with everything you sent. I expect an answer within one working day and will write to you either way.',
    'We are still looking into it. Nothing is needed from your side right now; I will come back to you as soon as I know more.',
    'Our engineers have reproduced what you see. I will update you here the moment the fix is out.',
  ],
  chasers: [
    'Any update?',
    'Hi, just checking in. Is there any news on this?',
    'It has been a while, could somebody please have a look?',
    'Following up on my message below. I still have no answer.',
    'Hello? Is anyone there?',
    'Bumping this up in case it got lost.',
  ],
  angry: [
    'This is the third time I am writing. I trusted you with my savings and all I get are templates. Please let a human read this.',
    'I am really disappointed. If I do not hear back today I will file a complaint with the ombudsman and move everything elsewhere.',
    'Seriously? Two days of silence while my money is stuck. What exactly are we paying fees for?',
    'You closed the chat on me while I was typing. That is not acceptable. I want to speak to a supervisor.',
  ],
  thanks: [
    'Perfect, that worked. Thank you!',
    'Thanks a lot for the quick help, all good now.',
    'Got it, the funds are there. Appreciate it 🙏',
    'Great, thank you. You can close this.',
    'That solved it. Thanks for explaining so patiently.',
  ],
  oneMore: [
    'Thanks! One more question: can I change the email address on my account without losing my history?',
    'Great. While I have you: is there a way to get a notification when a withdrawal leaves?',
    'That helps. Does the same apply to my business account, or is that handled differently?',
  ],
  topics: {
    withdrawal: {
      subjects: [
        'Withdrawal pending since {date}',
        'Withdrawal {order} still not sent',
        '{amount} stuck in "processing"',
        'Where is my withdrawal?',
      ],
      openings: [
        'I requested a withdrawal of {amount} on {date} at about {time} and it has been "pending" ever since. My other withdrawals never took longer than half an hour.\n\nThe reference is {order}. Could you check whether it is stuck and release it?',
        'my withdrawal {order} says "processing" for more than a day now. I did confirm the email and the 2FA code. There is no transaction id, so as far as I can tell it never left your side.',
        'I am trying to move {amount} to my own wallet ({address}). The status went from "approved" back to "pending" twice. I need these funds by Friday to settle an invoice, so please tell me what is holding it up.',
      ],
      asks: [
        'I can see {order} waiting for a manual check because the destination address is new. To release it, please confirm that the wallet is your own and tell us which wallet software you use.',
        'Could you send me a screenshot of the withdrawal details page, including the reference and the destination address? I want to be sure that we are looking at the same request.',
      ],
      details: [
        'Yes, it is my own wallet, a hardware wallet I set up last month. The address is {address}.',
        'Here are the details you asked for: reference {order}, {amount}, network {network}, requested on {date} at {time}. I have not changed anything since.',
      ],
      answers: [
        'Good news: the check is finished and {order} has left us. The transaction id is\n\n{tx}\n\nIt usually takes a few confirmations before your wallet shows the amount.',
        'Your withdrawal was held by an automatic rule for new addresses. I have released it and added the address to your trusted list, so the next one will not be delayed.',
      ],
    },
    'wrong-network': {
      subjects: ['Sent {asset} over the wrong network', 'Deposit via {wrongNetwork} not credited', 'Used wrong chain, can you recover?'],
      openings: [
        'I made a stupid mistake: I sent {amount} to my Aurelia deposit address, but over {wrongNetwork} instead of {network}. The explorer shows it as confirmed, my balance shows nothing.\n\nTransaction: {tx}\n\nIs there any way to get it back?',
        'my deposit of {amount} is missing. I only noticed afterwards that my wallet had {wrongNetwork} selected. The address is the same, so I hope it is not lost. TxID: {tx}',
        'The deposit page says "{network} only", which I read too late. {amount} went out over {wrongNetwork} this morning. What are my options and what does a recovery cost?',
      ],
      asks: [
        'These funds are usually recoverable, because the address belongs to us on both chains. Please send the full transaction id and a screenshot from the sending wallet that shows the address and the amount.',
      ],
      details: [
        'Here is the id: {tx}\nSent from {address}, {amount}, on {date}.',
        'Screenshot attached. I sent it from my own wallet, not from another exchange.',
      ],
      answers: [
        'We can recover this deposit. The recovery fee is {fee} and it takes five to ten working days because the keys are kept offline. If you agree, simply reply with "I agree" and I will start it.',
        'The recovery is complete and {amount} has been credited to your balance. For the next deposit, please compare the network on both sides before sending.',
      ],
    },
    'two-factor': {
      subjects: ['Lost 2FA after changing phones', 'Phone stolen - please remove 2FA', '2FA codes rejected'],
      openings: [
        'I got a new {device} and wiped the old phone before I realised that the authenticator app does not move over by itself. Now I cannot log in or withdraw.\n\nI still have access to this email and to my phone number. How can I reset 2FA?',
        'my phone was stolen on {date}. Number is blocked already. I need to get into my account and remove the old authenticator before somebody else does anything.',
        'The six-digit code is rejected every time since I restored my phone from a backup. Time is set automatically. I did not save the backup key, sorry.',
      ],
      asks: [
        'I can help with that. For your security we need a short selfie video in which you say today\'s date and "reset my Aurelia 2FA". You can upload it under Help > Account recovery; please never send it by email.',
        'Before I reset anything: do you remember the approximate date on which you opened the account and the last thing you traded or withdrew?',
      ],
      details: [
        'Uploaded the video just now. I opened the account around spring two years ago, and the last withdrawal was roughly {amount}.',
        'Done. Please note that the video was recorded on my new {device}, the quality should be fine.',
      ],
      answers: [
        'Your two-factor authentication has been reset. You will be asked to set it up again at the next login. Withdrawals stay disabled for 24 hours, which protects you in case somebody else had asked for this.',
      ],
    },
    kyc: {
      subjects: ['KYC rejected without a reason', 'Verification failed - proof of address', 'Identity check keeps failing'],
      openings: [
        'My identity verification was rejected for the second time. The message only says "document not acceptable". It is a valid passport, all four corners visible, no glare.\n\nWhat exactly is wrong with it?',
        'I submitted a bank statement as proof of address. It is from last month and has my full name on it. Rejected after ten minutes, so I doubt that a person even looked at it.',
        'I recently married and my passport carries my new surname while the account has the old one. The automatic check rejects it of course. What do you need from me?',
      ],
      asks: [
        'The document was declined because the address on it differs from the one in your profile ("Apt. 4B" is missing). Could you either correct the profile or send a document with the exact same address?',
        'Please upload a colour photo of the page with your picture, taken in daylight and without flash, and the marriage certificate or another document that shows both names.',
      ],
      details: [
        'I have corrected my address in the profile and uploaded a utility bill from {date}.',
        'Both documents are uploaded. The certificate is not in English, I hope that is all right.',
      ],
      answers: ['Thank you, everything matches now and your account is fully verified. Your new daily limit is active immediately.'],
    },
    api: {
      subjects: [
        '429 from /v3/orders below the documented limit',
        'WebSocket disconnects every few minutes',
        'Bulk endpoint for historical fills?',
      ],
      openings: [
        'We are seeing HTTP 429 on /v3/orders at around 8 requests per second, although the documentation says 20 per key. It started on {date} at about {time} UTC. The Retry-After header is always 0, which makes our client retry at once.\n\nRequest id of one of them: req-{code}. Has the limit changed?',
        'The market data socket closes with code 1006 every four to five minutes, always without a close frame. Same code ran for months without trouble. Our egress address is 203.0.113.{octet}.',
        'Is there a bulk endpoint for historical fills? We need about 18 months for an audit and at the documented pagination this takes days.',
      ],
      asks: [
        'Could you send two or three request ids together with the value of X-RateLimit-Scope from the same responses? It tells us which of the limits was hit.',
      ],
      details: [
        'Sure:\n\nreq-{code}  X-RateLimit-Scope: subaccount\nreq-{code2}  X-RateLimit-Scope: subaccount\n\nWe use one key per subaccount, four in total.',
        'The CSV with timestamps and ids is attached. All times are UTC.',
      ],
      answers: [
        'Thanks, that explains it: the scope "subaccount" shares one bucket of 10 requests per second since version 3.8, which the documentation did not say. It has been corrected, and I have raised your bucket to 40 for the time being.',
      ],
    },
    fees: {
      subjects: ['Question about withdrawal fees', 'Charged more than my tier', 'What is the conversion spread?'],
      openings: [
        'I was charged {fee} for a withdrawal that your fee page lists as free. Is the page out of date or did I miss a condition?',
        'According to my volume I should be in tier 3, but the last fills on {date} were charged as tier 1. The difference is not huge, I would just like to understand it.',
        'Could you explain the "conversion spread"? The app showed no fee, yet I ended up with noticeably less than the market rate.',
      ],
      asks: ['Could you tell me the reference of the withdrawal, or the time of the trade, so that I can look up how the fee came about?'],
      details: ['It is {order}, on {date} around {time}.'],
      answers: [
        'The fee you saw is the network fee, which goes to the validators and not to us; "free" on the fee page refers to our own part. I agree that this is easy to misread and have passed it on. As a courtesy I have refunded {fee}.',
        'Tiers are recalculated once a day at 00:00 UTC from the last 30 days. Yours moved up the night after those trades, so everything since is charged at tier 3.',
      ],
    },
    card: {
      subjects: ['Aurelia card declined', 'Card payment declined but amount reserved', 'Physical card refused everywhere'],
      openings: [
        'My Aurelia card was declined at the supermarket today although there is more than enough balance. Quite embarrassing. The app shows no attempt at all.',
        'I paid for a hotel in {city}: declined twice, and now the amount is reserved twice as well. Please release at least one of them, I need the money for the trip.',
        'My virtual card works online, but the physical one is refused at every terminal. It is activated and the PIN is right.',
      ],
      asks: [
        'Could you tell me the exact time, the name of the shop and the last four digits of the card? Please do not send the full number.',
      ],
      details: ['It ends in {last4}. First attempt {date} {time}, second one about two minutes later.'],
      answers: [
        'The terminal sent an outdated merchant code that our risk rules refuse. I have lifted the rule for your card for seven days. Reservations without a payment disappear after three days at the latest.',
      ],
    },
    login: {
      subjects: ['Login from {city} - not me!', 'Unknown device in my account', 'Password reset emails I did not ask for'],
      openings: [
        'I just received an alert about a login from {city} (203.0.113.{octet}). That was not me, I am at home. I changed the password, but I do not know whether they are still logged in. Please lock the account!',
        'There is a device in my session list that I do not own: "Linux, Chrome", last active {time}. No withdrawals yet as far as I can see. What should I do?',
        'I received five password reset emails within ten minutes and did not request any of them. Is somebody trying to get in?',
      ],
      asks: [
        'I have paused withdrawals on your account right away and ended all sessions. Please reply from this address and tell me the last login that was yours, so that we know where to look.',
      ],
      details: ['My last own login was on {date} around {time}, on my {device}. Everything after that was not me.'],
      answers: [
        'We have gone through the log: the foreign session was stopped by the two-factor check and never got further than the login page. Your funds were not touched. I recommend a passkey; it cannot be entered on a fake page.',
      ],
    },
    impersonator: {
      subjects: [
        '"Aurelia support" asked for my recovery phrase',
        'I may have fallen for a fake support page',
        'Fake account in the community group',
      ],
      openings: [
        'Somebody called {handle} wrote to me right after I had asked a question in your community group. He says he is from Aurelia and wants my 12-word recovery phrase to "synchronise" my wallet. That is a scam, right?',
        'I am afraid I did something stupid. A person with your logo asked me to connect my wallet on a page and to type my recovery phrase. I typed it and only then became suspicious. What can I still do?',
        'please take a look at the account {handle}. It copies your profile picture and answers everyone who asks for help. Already the second one this week.',
      ],
      asks: [
        'Thank you for telling us, that was not one of us: we never ask for a recovery phrase. Did you enter it anywhere or sign anything? If you did, please move your funds to a new wallet at once and write to me in parallel.',
      ],
      details: [
        'I did not enter anything, I only chatted with him for a few minutes. Screenshots attached.',
        'Yes, I typed it in about an hour ago. I am moving everything to a new wallet right now. {amount} are still there.',
      ],
      answers: [
        'The account {handle} has been reported and removed. You did the right thing. Please remember: nobody from Aurelia will ever write to you first, and nobody needs your recovery phrase. Ever.',
      ],
    },
    tax: {
      subjects: ['Tax report {year}', 'Balance on 31 December {year}', 'Gains in the {year} report do not match'],
      openings: [
        'The tax report for {year} stops in September. My accountant needs the whole year, ideally as CSV with the value in local currency at the time of each trade.',
        'Where can I download a statement of my balance on 31 December {year}? The tax office asks for it.',
        'The realised gains in your report do not match my own calculation, probably because staking rewards are counted at zero cost. Which method do you use?',
      ],
      asks: ['Which country is the report for, and do you need first-in-first-out or average cost? I will have it generated again.'],
      details: ['First-in-first-out please. And the deadline is at the end of the month, so sooner is better.'],
      answers: [
        'The complete report is in your documents now. The old one stopped in September because of a migration on our side, for which I apologise.',
      ],
    },
    referral: {
      subjects: ['Referral bonus missing', 'Three friends, one bonus'],
      openings: [
        'A friend signed up with my link on {date}, verified and traded. The campaign promised a bonus for both of us within 48 hours. Neither of us got anything.',
        'My referral page counts three friends, but only one bonus was paid. Did I hit some limit?',
      ],
      asks: [
        'Could you tell me the first letters of the email address your friend registered with? I can then see whether the link was counted.',
      ],
      details: ['It starts with "{code}". He says he opened the link on his phone and registered on the laptop, maybe that matters?'],
      answers: [
        'The link was lost between the two devices. I have connected the accounts by hand; both bonuses are booked and should be visible within the hour.',
      ],
    },
    crash: {
      subjects: ['App {appVersion} closes by itself', 'Black screen after update ({device})', 'App freezes with charts in landscape'],
      openings: [
        'Since the update to {appVersion} the app closes the moment I open the portfolio. {device}, latest system version. I restarted, reinstalled, cleared the cache: nothing helps.',
        'Version {appVersion} on my {device}: black screen after the splash, then back to the home screen. The website works, so my account is fine.',
        'When I turn on dark mode and open a chart in landscape, the app freezes for ten seconds and dies. Happens every time. {device}, {appVersion}. Screenshot attached.',
      ],
      asks: [
        'Could you open Settings > About and send me the installation id and the exact system version? Does it also happen with Wi-Fi switched off?',
      ],
      details: [
        'Installation id {code}. It also happens on mobile data. If I am quick enough to open another tab first, it survives.',
        'Same thing with Wi-Fi off. I attached a screenshot of the last thing I see.',
      ],
      answers: [
        'This is fixed in the version that went out today. Please update and start once while online. Thank you for the precise description, it saved us a lot of guessing.',
      ],
    },
    deposit: {
      subjects: ['Bank transfer not arrived', 'Transfer without the reference', 'Deposit from a joint account'],
      openings: [
        'I sent a bank transfer on {date}, it was debited the same day, and three working days later there is still nothing in my account. I used the reference shown in the app.',
        'I may have forgotten the reference when I made the transfer of {fiat}. Is the money lost? My name on the bank account is the same.',
        'The transfer came from our joint account, so the name of my wife is on it as well. Is that why the deposit is not booked?',
      ],
      asks: [
        'Could you send the confirmation of the transfer as a PDF from your bank? We need the date, the amount and the account it came from.',
      ],
      details: ['Attached is the confirmation. {fiat}, {date}, from an account in my own name.'],
      answers: ['Found it: without the reference it was waiting to be assigned. {fiat} has been booked to your account now.'],
    },
    closing: {
      subjects: ['Please close my account', 'Delete my data'],
      openings: [
        'I no longer trade and would like to close my account. There is a tiny rest of {asset} that I cannot withdraw because it is below the minimum. What happens to it?',
        'Please delete my account and all personal data you hold about me, and confirm it in writing.',
      ],
      asks: [
        'I can close it for you. Please confirm that you have downloaded your statements, since they will no longer be available afterwards. The rest can be converted and paid out once, free of charge.',
      ],
      details: ['Statements are saved. Please pay out the rest and close everything.'],
      answers: [
        'Your account is closed and the rest was paid out. We must keep the records of transactions for the period the law requires; everything else is deleted within 30 days.',
      ],
    },
  },
};
