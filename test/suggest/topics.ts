/** A thing that customers write of: how they put it (`told`, from which a history is made), how others would put it (`held`, never in the history), and what is answered. */
export interface Topic {
  readonly id: string;
  readonly told: Readonly<Record<Tongue, readonly string[]>>;
  readonly held: Readonly<Record<Tongue, readonly string[]>>;
  readonly answer: Readonly<Record<Tongue, string>>;
}
export type Tongue = 'en' | 'zh' | 'ja';
export const TONGUES: readonly Tongue[] = ['en', 'zh', 'ja'];

/** Written by hand, so that the held-out ones say the same in other words and not the same words in another order. */
export const TOPICS: readonly Topic[] = [
  {
    id: 'withdrawal-pending',
    told: {
      en: [
        'My withdrawal is still pending since yesterday.',
        'I withdrew coins but the withdrawal shows processing all the time.',
        'The withdrawal has been pending for hours and nothing left my account.',
        'Why is my withdrawal not sent to the blockchain yet?',
      ],
      zh: ['我的提现一直显示处理中。', '昨天申请的提现到现在还没有到账。', '提现待处理好几个小时了，区块链上查不到。'],
      ja: ['出金がずっと処理中のままです。', '昨日申請した出金がまだ届いていません。', '出金が何時間も保留になっています。'],
    },
    held: {
      en: [
        'Coins I tried to withdraw last night have not gone out, it only says pending.',
        'How long does a pending withdrawal take? Mine is stuck.',
        'Withdrawal stuck in processing, please release it.',
      ],
      zh: ['申请提现后状态一直是待处理，什么时候能到账？', '提现卡住了，还没有上链。'],
      ja: ['出金のステータスが保留から変わりません。いつ届きますか。', '出金申請をしましたが処理中で止まっています。'],
    },
    answer: {
      en: 'Your withdrawal waits for a manual review, which takes up to 24 hours; the coins are safe and are sent as soon as it is done.',
      zh: '您的提现正在人工审核，最长需要24小时，资产是安全的，审核完成后会立即发出。',
      ja: '出金は手動で審査中です。最大24時間かかりますが、資産は安全で、完了次第すぐに送られます。',
    },
  },
  {
    id: 'deposit-wrong-network',
    told: {
      en: [
        'I deposited on the wrong network and the tokens do not show up.',
        'Sent tokens over the wrong chain to my deposit address.',
        'I used the wrong network for a deposit, can it be recovered?',
        'Deposit was made through an unsupported network.',
      ],
      zh: ['我充值时选错了网络，代币没有到账。', '用错误的链充值了，能找回吗？', '充币网络选错，请帮忙找回。'],
      ja: [
        '間違ったネットワークで入金してしまいました。',
        '入金のネットワークを間違えました。回復できますか。',
        '対応していないチェーンで入金しました。',
      ],
    },
    held: {
      en: [
        'Picked the wrong chain when depositing, are my tokens lost?',
        'The deposit went over an unsupported network by mistake, please recover it.',
        'My tokens were transferred through a different network than the deposit address is for.',
      ],
      zh: ['充值的时候链选错了，币还能找回来吗？', '选错网络的充值怎么处理？'],
      ja: ['入金時にチェーンを間違えたのですが、回復は可能でしょうか。', 'ネットワークを間違えて送ったトークンが反映されません。'],
    },
    answer: {
      en: 'Tokens that came over another network can often be recovered. Open the recovery form, and choose the network that was used; it takes about ten working days.',
      zh: '通过其他网络转入的代币通常可以找回。请填写找回申请表并选择实际使用的网络，大约需要十个工作日。',
      ja: '別のネットワークで送られたトークンは多くの場合回復できます。回復申請フォームで使用したネットワークを選んでください。約10営業日かかります。',
    },
  },
  {
    id: 'two-factor-lost',
    told: {
      en: [
        'I lost my phone with the authenticator app.',
        'My authenticator codes are gone after I changed phones.',
        'New phone, and the two-factor authenticator was not moved.',
        'Can not get authenticator codes any more, reset two-factor please.',
      ],
      zh: ['换了手机，谷歌验证器丢失了。', '手机丢了，无法获取身份验证器验证码。', '请帮我重置双重验证，验证器没有了。'],
      ja: [
        '機種変更で認証アプリが使えなくなりました。',
        'スマホを紛失し、二段階認証のコードが取得できません。',
        '認証アプリをリセットしてください。',
      ],
    },
    held: {
      en: [
        'My phone broke and the authenticator was on it, how do I reset two-factor?',
        'I moved to a new phone and lost the authenticator entries.',
        'No authenticator codes since my phone was stolen.',
      ],
      zh: ['手机坏了，身份验证器里的验证码没了，怎么重置？', '丢失验证器，登录不了，需要重置双重验证。'],
      ja: [
        'スマホが壊れて認証アプリのコードが出せません。リセットをお願いします。',
        '二段階認証の機種変更を忘れました。認証アプリがありません。',
      ],
    },
    answer: {
      en: 'We can remove the authenticator after we have made sure that it is you. Choose "Lost authenticator" on the sign-in page, and take the video that it asks for.',
      zh: '确认您的身份后可以移除验证器。请在登录页选择“验证器丢失”，并按提示录制视频。',
      ja: 'ご本人確認の後に認証アプリを解除できます。ログイン画面で「認証アプリを紛失」を選び、案内に従って動画を撮影してください。',
    },
  },
  {
    id: 'kyc-rejected',
    told: {
      en: [
        'My identity verification was rejected again.',
        'The passport photo for verification gets rejected.',
        'Why was my identity document refused?',
        'Verification failed although my passport is valid.',
      ],
      zh: ['我的身份认证又被拒绝了。', '护照照片审核不通过。', '身份证件上传后认证失败。'],
      ja: ['本人確認がまた却下されました。', 'パスポートの写真が審査に通りません。', '本人確認書類が拒否されました。'],
    },
    held: {
      en: [
        'The identity check keeps being refused, what is wrong with my passport?',
        'My document was rejected during verification.',
        'Passport rejected three times, please verify my identity.',
      ],
      zh: ['护照明明有效，身份认证却一直不通过。', '认证被拒绝，证件照片有什么问题？'],
      ja: ['パスポートは有効なのに本人確認が通りません。', '何度送っても本人確認書類が却下されます。'],
    },
    answer: {
      en: 'The photo has to show all four corners of the document without reflections, and the name has to be as in your profile. Please take it again in daylight.',
      zh: '照片需完整显示证件四角且无反光，姓名须与资料一致。请在自然光下重新拍摄。',
      ja: '書類の四隅がすべて写り、反射がなく、お名前が登録情報と一致している必要があります。明るい場所で撮り直してください。',
    },
  },
  {
    id: 'card-declined',
    told: {
      en: [
        'My credit card is declined when I buy.',
        'The card payment fails every time.',
        'Buying with my card is declined by the bank.',
        'Card purchase refused although there is money on it.',
      ],
      zh: ['用信用卡购买时被拒绝。', '银行卡付款每次都失败。', '信用卡买币被银行拒付。'],
      ja: ['カードで購入すると拒否されます。', 'クレジットカード決済が毎回失敗します。', 'カード払いが銀行に拒否されました。'],
    },
    held: {
      en: [
        'Why does the payment by credit card keep failing?',
        'Purchase with card declined, the bank says nothing is wrong.',
        'My card gets refused at checkout.',
      ],
      zh: ['信用卡付款一直失败，为什么？', '银行卡购买被拒，卡里有钱。'],
      ja: ['クレジットカードで買おうとしても決済できません。', 'カードが拒否されますが残高はあります。'],
    },
    answer: {
      en: 'Many banks refuse purchases of this kind. Please ask yours to allow them, use a card with 3-D Secure, or pay by bank transfer.',
      zh: '许多银行会拒绝此类交易。请联系发卡行放行，使用支持3-D验证的卡，或改用银行转账。',
      ja: '多くの銀行はこの種の購入を拒否します。カード会社に許可を依頼するか、3Dセキュア対応のカード、または銀行振込をご利用ください。',
    },
  },
  {
    id: 'tax-report',
    told: {
      en: [
        'I need a tax report of my trades for last year.',
        'Where can I download the annual statement for taxes?',
        'My accountant asks for the trading history for the tax return.',
        'Please send me a tax statement.',
      ],
      zh: ['我需要去年交易的税务报表。', '在哪里下载年度对账单用于报税？', '会计要交易记录来报税。'],
      ja: ['昨年の取引の税務レポートが必要です。', '確定申告用の年間取引報告書はどこですか。', '税理士が取引履歴を求めています。'],
    },
    held: {
      en: [
        'How do I get a statement of all trades for my tax return?',
        'Tax season: where is the annual report?',
        'Need the yearly trading statement for the accountant.',
      ],
      zh: ['报税要用的年度交易报表怎么下载？', '请提供去年的税务对账单。'],
      ja: ['確定申告のために年間の取引履歴をダウンロードしたいです。', '税務用の取引報告書の出し方を教えてください。'],
    },
    answer: {
      en: 'Open Orders, Export, and choose "Annual statement". The file is made within an hour and stays there for a week.',
      zh: '请打开“订单—导出”，选择“年度对账单”。文件一小时内生成，保留一周。',
      ja: '「注文」から「エクスポート」を開き、「年間取引報告書」を選んでください。1時間以内に作成され、1週間保存されます。',
    },
  },
  {
    id: 'email-change',
    told: {
      en: [
        'I want to change the email address of my account.',
        'My old email is closed, how do I update the address?',
        'Please change my login email.',
        'Lost access to the mailbox of my account.',
      ],
      zh: ['我想更改账户的邮箱地址。', '旧邮箱已停用，怎么换绑邮箱？', '请帮我修改登录邮箱。'],
      ja: [
        'アカウントのメールアドレスを変更したいです。',
        '古いメールが使えないので登録アドレスを変えたいです。',
        'ログイン用のメールアドレスの変更方法は？',
      ],
    },
    held: {
      en: [
        'The email of my account does not exist any more, how can I change it?',
        'Update the address I log in with, the mailbox is closed.',
        'How to replace the old email with a new one?',
      ],
      zh: ['原来的邮箱用不了了，如何更换绑定邮箱？', '登录邮箱想改成新的邮箱地址。'],
      ja: ['登録メールアドレスが使えなくなったので変更をお願いします。', '新しいメールアドレスに変えるにはどうすればいいですか。'],
    },
    answer: {
      en: 'Open Security, Email, and confirm the change with your authenticator. For 24 hours after it no withdrawals are possible.',
      zh: '请在“安全—邮箱”中更改，并用验证器确认。更改后24小时内无法提现。',
      ja: '「セキュリティ」の「メール」で変更し、認証アプリで確認してください。変更後24時間は出金できません。',
    },
  },
  {
    id: 'fee-too-high',
    told: {
      en: [
        'Why are the trading fees so high this month?',
        'I was charged a higher fee than your table says.',
        'The fee for my order is wrong, I should have the discount.',
        'My fee discount is not applied.',
      ],
      zh: ['为什么这个月手续费这么高？', '收取的手续费比费率表高。', '手续费折扣没有生效。'],
      ja: ['今月の取引手数料が高すぎます。', '手数料が料金表より高く請求されました。', '手数料の割引が適用されていません。'],
    },
    held: {
      en: [
        'The fee that was taken does not match the fee table.',
        'Why is there no discount on my trading fees?',
        'Fees charged are too high compared with the schedule.',
      ],
      zh: ['手续费和费率表不一致，多收了。', '交易手续费没有按折扣收取。'],
      ja: ['料金表と手数料が合いません。', '割引があるはずなのに手数料が高いです。'],
    },
    answer: {
      en: 'The fee follows your volume of the last 30 days, and the discount needs the switch "Pay fees with tokens" to be on. It is worked out every night.',
      zh: '手续费按最近30天的交易量计算，折扣需打开“用代币支付手续费”。费率每晚更新。',
      ja: '手数料は直近30日の取引量で決まり、割引には「トークンで手数料を支払う」をオンにする必要があります。毎晩更新されます。',
    },
  },
  {
    id: 'app-crash',
    told: {
      en: [
        'The app crashes when I open the chart.',
        'After the update the mobile app closes by itself.',
        'App keeps crashing on my tablet.',
        'The application freezes at start.',
      ],
      zh: ['打开图表时应用闪退。', '更新后手机应用自动关闭。', '应用一启动就卡死。'],
      ja: ['チャートを開くとアプリが落ちます。', 'アップデート後にアプリが勝手に閉じます。', 'アプリが起動時に固まります。'],
    },
    held: {
      en: [
        'Since the last update the app closes whenever I look at a chart.',
        'Mobile app crashing right at the start.',
        'The app freezes and crashes all day.',
      ],
      zh: ['更新以后应用一打开就闪退。', '手机应用卡死，看图表就关闭。'],
      ja: ['更新してからアプリが起動するとすぐ落ちます。', 'チャートを見るとアプリが固まって閉じます。'],
    },
    answer: {
      en: 'This is mended in the newest version. Please install it from the store, and if it still happens, clear the cache of the app in its settings.',
      zh: '最新版本已修复此问题。请从应用商店更新；若仍出现，请在设置中清除应用缓存。',
      ja: '最新版で修正済みです。ストアから更新し、それでも起きる場合は設定でアプリのキャッシュを消去してください。',
    },
  },
  {
    id: 'phishing',
    told: {
      en: [
        'I got a call from somebody who says he is your support.',
        'A message asks me to move my coins to a safe wallet, is that you?',
        'Is this email asking for my password really from you?',
        'Somebody pretending to be support wrote to me.',
      ],
      zh: ['有人冒充你们客服给我打电话。', '收到短信要我把币转到安全钱包，是你们吗？', '这封要我密码的邮件是你们发的吗？'],
      ja: [
        'サポートを名乗る人から電話がありました。',
        '安全なウォレットに移すようにというメッセージは本物ですか。',
        'パスワードを聞くメールは御社からですか。',
      ],
    },
    held: {
      en: [
        'A man called and pretended to be from your support team.',
        'Is it you who asks me to transfer everything to a safe wallet?',
        'Got a suspicious email wanting my password.',
      ],
      zh: ['接到自称客服的电话，是不是骗子？', '有短信让我转币到安全钱包，真的假的？'],
      ja: ['サポートだと言う人から電話が来ましたが、詐欺ですか。', '安全なウォレットに送れと言われました。本物でしょうか。'],
    },
    answer: {
      en: 'That was not us. We never call, and never want coins to be moved. Do not answer, and change what you may have told them.',
      zh: '那不是我们。我们从不致电，也不会要求转移资产。请不要回复，并更改可能已泄露的信息。',
      ja: 'それは当社ではありません。当社から電話をかけたり、資産の移動をお願いすることはありません。返信せず、伝えた情報は変更してください。',
    },
  },
];
