/** Texts of the mails that test a workplace more than they test an agent. */
export const ARABIC = {
  subject: 'لم يصل السحب إلى محفظتي حتى الآن',
  text: 'مرحبًا،\n\nطلبت سحب 750 USDT يوم الأحد الماضي وما زالت الحالة «قيد المعالجة». رقم الطلب هو WD-771204.\n\nأرجو التحقق من السبب وإبلاغي بالموعد المتوقع، لأنني أحتاج إلى المبلغ قبل نهاية الأسبوع.\n\nشكرًا لكم،\nليلى حداد',
};

export const EMOJI = [
  'heeeelp 😱😱😱 i pressed the wrong button',
  '👩‍👩‍👧‍👦🏳️‍🌈🇵🇹 my kid played with the phone and now everything is in 🐸 tokens??',
  'hereistheaddressfrommyclipboardihopethisiswhatyouneed0x4e83362442b8d1bec281594cea3050c8eb01311c6b175474e89094c44da98b954eedeac495271d0f7a250d5630b4cf539739df2c5dacb4c659f2488dhttps://explorer.example/tx/aGVsbG9oZWxsb2hlbGxvaGVsbG9oZWxsb2hlbGxvaGVsbG9oZWxsbw',
  '🙏🙏🙏 pls tell me this can be undone ✨',
];

export const NEWSLETTER_TEXT =
  'CHAIN WEEKLY\n\nFive things that happened on chain this week, and one that did not.\n\n1. Fees fell for the third week in a row.\n2. A bridge was paused for an audit.\n3. Two wallets now show the network before the address.\n\nRead online: https://weekly.example/issue/218\nUnsubscribe: https://weekly.example/leave';

export const NEWSLETTER_HTML = `<html><head><meta charset="utf-8"><style>.card{border:1px solid #dde;border-radius:8px;padding:16px;margin:0 0 16px}h1{font-size:22px}a.button{background:#3a5ccd;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none}</style></head>
<body style="margin:0;background:#f2f4f9;font-family:Helvetica,Arial,sans-serif"><table role="presentation" width="100%"><tr><td align="center"><table role="presentation" width="600" style="background:#fff">
<tr><td style="padding:24px"><img src="cid:logo@weekly.example" width="160" height="40" alt="Chain Weekly"></td></tr>
<tr><td style="padding:0 24px"><h1>Five things that happened on chain this week</h1>
<div class="card"><b>1. Fees fell for the third week in a row.</b><p>Quiet markets, cheap blocks.</p></div>
<div class="card"><b>2. A bridge was paused for an audit.</b><p>Nothing was lost, and somebody finally read the code.</p></div>
<div class="card"><b>3. Two wallets now show the network before the address.</b><p>Support teams everywhere are relieved.</p></div>
<p><a class="button" href="https://weekly.example/issue/218">Read online</a></p>
<img src="https://tracker.weekly.example/open/8f1c.gif" width="1" height="1" alt=""></td></tr>
<tr><td style="padding:24px;color:#778;font-size:12px">You get this because you subscribed. <a href="https://weekly.example/leave">Unsubscribe</a></td></tr></table></td></tr></table></body></html>`;

export const REPORT_TEXT =
  'Dear colleagues,\n\nbelow are the settlement differences we found for October. The two marked lines do not match your statement.\n\n10 Oct   12,400.00   12,400.00\n17 Oct    8,250.00    8,215.00  <-\n24 Oct    9,900.00    9,900.00\n31 Oct   11,020.00   11,002.00  <-\n\nA picture of our ledger is below.\n\nKind regards,\nAnneke de Vries\nTreasury, Noordzee Payments';

export const REPORT_HTML = `<html><head><meta charset="utf-8"></head><body style="font-family:Calibri,sans-serif;font-size:11pt"><p>Dear colleagues,</p><p>below are the settlement differences we found for <b>October</b>. The two <span style="background:#fff3b0">marked lines</span> do not match your statement.</p>
<table border="1" cellpadding="6" style="border-collapse:collapse"><tr style="background:#eef1f8"><th>Date</th><th>Ours</th><th>Yours</th></tr><tr><td>10 Oct</td><td align="right">12,400.00</td><td align="right">12,400.00</td></tr><tr style="background:#fff3b0"><td>17 Oct</td><td align="right">8,250.00</td><td align="right">8,215.00</td></tr><tr><td>24 Oct</td><td align="right">9,900.00</td><td align="right">9,900.00</td></tr><tr style="background:#fff3b0"><td>31 Oct</td><td align="right">11,020.00</td><td align="right">11,002.00</td></tr></table>
<p>A picture of our ledger is below.</p><p><img src="cid:ledger@noordzee.example" width="216" height="384" alt="ledger"></p><p>Kind regards,<br>Anneke de Vries<br><i>Treasury, Noordzee Payments</i></p></body></html>`;

export const PHISHING_TEXT =
  'Dear customer,\n\nwe detected unusual activity. Confirm your wallet within 24 hours or it will be suspended:\n\nhttps://aurelia-verify.test/confirm\n\nHave your 12 words ready.\n\nAurelia Security Team';
