import type { KindId } from '../../src/shared/domain/intake/checklist.ts';
import type { FactField } from '../../src/shared/domain/intake/fact-fields.ts';

/**
 * Invented messages of customers with what they state. What is not listed is not stated: whatever is read of it is wrong. A value is right when it
 * holds the expected one. All were sent on Wednesday 2026-11-25 at 10:00 by the customer's clock.
 */
export interface Sample {
  readonly kind: KindId;
  readonly text: string;
  readonly facts: Readonly<Partial<Record<FactField, string>>>;
}

const EVM = `0x${'9f3c'.repeat(16)}`;
const BTC = 'a1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d';
const EVM_ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';
const TRON_ADDRESS = 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8';
const BTC_ADDRESS = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';

/** The recognisers were corrected until they read these well. */
export const TUNED: Readonly<Record<string, readonly Sample[]>> = {
  en: [
    {
      kind: 'deposit',
      text: `Hi, I sent 500 USDT from Binance yesterday at 14:30 via TRC20 and it is still not in my account. TXID: ${BTC}`,
      facts: {
        when: 'yesterday',
        did: 'I sent',
        happened: 'still not',
        coin: 'USDT',
        amount: '500 USDT',
        network: 'TRC20',
        transaction: BTC,
      },
    },
    {
      kind: 'withdrawal',
      text: `My withdrawal of 0.25 BTC to ${BTC_ADDRESS} has been pending since Monday. Withdrawal ID: 88213377`,
      facts: { when: 'Monday', happened: 'pending', coin: 'BTC', amount: '0.25 BTC', address: BTC_ADDRESS, order: '88213377' },
    },
    {
      kind: 'sign-in',
      text: 'I cannot log in. The app shows "Invalid verification code" every time. iPhone 13 Pro, iOS 17.4.1, app version 6.12.0. My UID is 40418832.',
      facts: {
        errorText: 'Invalid verification code',
        device: 'iPhone 13 Pro',
        os: 'iOS 17.4.1',
        appVersion: '6.12.0',
        account: '40418832',
        happened: 'cannot',
      },
    },
    {
      kind: 'app',
      text: 'The app crashes when I open the chart. Samsung Galaxy S23, Android 14. It should show the candles.',
      facts: { did: 'when I open', happened: 'crashes', expected: 'should show', device: 'Galaxy S23', os: 'Android 14' },
    },
    {
      kind: 'identity',
      text: 'My identity verification was rejected twice, I used my passport. What is wrong?',
      facts: { document: 'passport', happened: 'rejected' },
    },
    {
      kind: 'trading',
      text: 'Why was I charged 12 USDT in fees for order 77120934? I expected 2 USDT.',
      facts: { coin: 'USDT', amount: '12 USDT', order: '77120934', expected: 'I expected', happened: 'charged' },
    },
    {
      kind: 'security',
      text: 'Someone logged into my account last night and withdrew 2 ETH! Please freeze it, my email is jo.lee@example.com',
      facts: { when: 'last night', coin: 'ETH', amount: '2 ETH', account: 'jo.lee@example.com' },
    },
    { kind: 'other', text: 'Hello, do you have an office in Lisbon?', facts: {} },
  ],
  zh: [
    {
      kind: 'deposit',
      text: `你好，我昨天下午3点从币安转了200 USDT，用的TRC20网络，到现在还没到账，哈希：${BTC}`,
      facts: { when: '昨天', did: '转了', happened: '没到账', coin: 'USDT', amount: '200 USDT', network: 'TRC20', transaction: BTC },
    },
    {
      kind: 'withdrawal',
      text: '提现0.5个ETH，一直显示处理中，订单号 2211098834，已经3天了',
      facts: { coin: 'ETH', amount: '0.5 ETH', happened: '处理中', order: '2211098834' },
    },
    {
      kind: 'sign-in',
      text: '登录不了，提示“验证码错误”，手机是小米14，安卓14，版本号5.20.1',
      facts: { errorText: '验证码错误', device: '小米14', os: '14', appVersion: '5.20.1', happened: '登录不了' },
    },
    {
      kind: 'app',
      text: '更新之后App一打开就闪退，iPhone 15，iOS 18.1',
      facts: { did: '更新', happened: '闪退', device: 'iPhone 15', os: 'iOS 18.1' },
    },
    {
      kind: 'identity',
      text: '实名认证被拒，我上传的是护照，请问是什么原因？',
      facts: { document: '护照', did: '上传', happened: '被拒' },
    },
    {
      kind: 'security',
      text: '我的账号被盗了！今天早上有人转走了1万USDT，UID：51200387',
      facts: { when: '今天', coin: 'USDT', amount: '1万 USDT', account: '51200387' },
    },
    { kind: 'trading', text: '为什么手续费这么高？本来应该是0.1%', facts: { expected: '应该' } },
    { kind: 'other', text: '请问你们周末上班吗？', facts: {} },
  ],
  ja: [
    {
      kind: 'deposit',
      text: `昨日の午後2時にUSDTを300枚送金しましたが、まだ反映されません。ネットワークはERC20です。${EVM}`,
      facts: { when: '昨日', did: '送金し', happened: '反映されません', coin: 'USDT', network: 'ERC20', transaction: EVM },
    },
    {
      kind: 'withdrawal',
      text: `出金したいのですが、11月24日から保留のままです。0.1 BTC、アドレスは${BTC_ADDRESS}です。`,
      facts: { when: '11月24日', happened: '保留', coin: 'BTC', amount: '0.1 BTC', address: BTC_ADDRESS },
    },
    {
      kind: 'sign-in',
      text: 'ログインできません。「認証コードが無効です」と表示されます。Pixel 8、Android 15です。',
      facts: { errorText: '認証コードが無効です', happened: 'できません', device: 'Pixel 8', os: 'Android 15' },
    },
    {
      kind: 'app',
      text: 'アプリを更新したら起動しなくなり、すぐ落ちます。バージョンは7.2.1です。',
      facts: { did: '更新し', happened: '落ち', appVersion: '7.2.1' },
    },
    {
      kind: 'identity',
      text: '本人確認で運転免許証を提出しましたが却下されました。',
      facts: { document: '運転免許証', happened: '却下され' },
    },
    { kind: 'other', text: 'キャンペーンについて教えてください。', facts: {} },
  ],
  es: [
    {
      kind: 'deposit',
      text: `Hola, ayer envié 150 USDT por la red TRC20 y no ha llegado. Hash: ${BTC}`,
      facts: {
        when: 'ayer',
        did: 'envié',
        happened: 'no ha llegado',
        coin: 'USDT',
        amount: '150 USDT',
        network: 'TRC20',
        transaction: BTC,
      },
    },
    {
      kind: 'withdrawal',
      text: `Mi retiro de 1,5 ETH a ${EVM_ADDRESS} sigue pendiente desde hace 2 días.`,
      facts: { when: 'hace 2 días', happened: 'sigue pendiente', coin: 'ETH', amount: '1,5 ETH', address: EVM_ADDRESS },
    },
    {
      kind: 'sign-in',
      text: 'No puedo iniciar sesión, aparece el mensaje "Código incorrecto". Tengo un Xiaomi Redmi Note 12 con Android 13.',
      facts: { errorText: 'Código incorrecto', happened: 'No puedo', device: 'Redmi Note 12', os: 'Android 13' },
    },
    { kind: 'app', text: 'La app se cierra sola al abrir la cartera.', facts: { did: 'al abrir', happened: 'se cierra' } },
  ],
  pt: [
    {
      kind: 'deposit',
      text: `Olá, depositei 80 USDT ontem às 15:20 pela rede BEP20 e não caiu na conta.`,
      facts: { when: 'ontem', did: 'depositei', happened: 'não caiu', coin: 'USDT', amount: '80 USDT', network: 'BEP20' },
    },
    {
      kind: 'identity',
      text: 'A verificação de identidade foi recusada. Enviei a CNH.',
      facts: { document: 'CNH', did: 'Enviei', happened: 'foi recusada' },
    },
    {
      kind: 'sign-in',
      text: 'Não consigo entrar na conta, meu e-mail é ana@exemplo.com.br',
      facts: { happened: 'Não consigo', account: 'ana@exemplo.com.br' },
    },
  ],
  ko: [
    {
      kind: 'deposit',
      text: `어제 오후 3시에 TRC20으로 100 USDT를 입금했는데 아직 반영되지 않았습니다. ${BTC}`,
      facts: { when: '어제', did: '입금했', happened: '반영되지 않', coin: 'USDT', amount: '100 USDT', network: 'TRC20', transaction: BTC },
    },
    {
      kind: 'sign-in',
      text: '로그인이 안 돼요. "인증번호가 올바르지 않습니다"라는 오류 메시지가 떠요. 갤럭시 S22, 안드로이드 13입니다.',
      facts: { errorText: '인증번호가', happened: '안 돼', device: 'S22', os: '13' },
    },
    {
      kind: 'app',
      text: '앱이 자꾸 튕겨요. 아이폰 14이고 버전 4.1.0입니다.',
      facts: { happened: '튕겨', device: '아이폰 14', appVersion: '4.1.0' },
    },
  ],
};

/** Written after the recognisers were done, and read once: nothing was corrected for these. */
export const HELD_OUT: Readonly<Record<string, readonly Sample[]>> = {
  en: [
    {
      kind: 'deposit',
      text: `Good morning. On 23 November around 9pm I transferred 1,250.50 USDC over Arbitrum to the deposit address you gave me (${EVM_ADDRESS}). Etherscan says success: ${EVM}. Nothing has arrived. User ID 7710023.`,
      facts: {
        when: '23 November',
        did: 'I transferred',
        happened: 'Nothing has arrived',
        coin: 'USDC',
        amount: '1,250.50 USDC',
        network: 'Arbitrum',
        transaction: EVM,
        address: EVM_ADDRESS,
        account: '7710023',
      },
    },
    {
      kind: 'withdrawal',
      text: `I requested a payout of 3.2 SOL three hours ago, reference WD-5521980. It still says processing and my own wallet is empty.`,
      facts: {
        when: 'three hours ago',
        did: 'I requested',
        happened: 'still says processing',
        coin: 'SOL',
        amount: '3.2 SOL',
        order: 'WD-5521980',
      },
    },
    {
      kind: 'sign-in',
      text: 'Since I got a new phone (Pixel 9 Pro) my authenticator codes are refused. Message is "The code has expired". Running Android 15, app v8.3.2.',
      facts: { errorText: 'The code has expired', device: 'Pixel 9 Pro', os: 'Android 15', appVersion: '8.3.2', happened: 'are refused' },
    },
    {
      kind: 'identity',
      text: 'Hello team, KYC keeps failing at the selfie step on my MacBook Air M2 with Chrome 131. I submitted a driving licence from Portugal.',
      facts: {
        document: 'driving licence',
        did: 'I submitted',
        happened: 'keeps failing',
        device: 'MacBook Air M2',
        appVersion: 'Chrome 131',
      },
    },
    {
      kind: 'app',
      text: 'When I press Buy the button just spins forever. Windows 11, Firefox 133. Last week it worked fine.',
      facts: { did: 'When I press', happened: 'spins forever', os: 'Windows 11', appVersion: 'Firefox 133' },
    },
    {
      kind: 'security',
      text: `There is a transfer of 0.8 ETH that I did not authorise. It went to ${EVM_ADDRESS} this morning at 04:12.`,
      facts: { when: 'this morning', coin: 'ETH', amount: '0.8 ETH', address: EVM_ADDRESS },
    },
    {
      kind: 'trading',
      text: 'My limit order no. 9931-20457 was filled at a worse price than I set. The spread was crazy.',
      facts: { order: '9931-20457', happened: 'filled at a worse price' },
    },
    { kind: 'other', text: 'Thanks for the quick help yesterday, great service!', facts: {} },
    { kind: 'other', text: 'Where can I download a statement for my taxes in 2025?', facts: {} },
    {
      kind: 'deposit',
      text: `Sent bitcoin from my ledger today, tx ${BTC}, balance unchanged.`,
      facts: { when: 'today', did: 'Sent bitcoin', happened: 'balance unchanged', coin: 'BTC', transaction: BTC },
    },
  ],
  zh: [
    {
      kind: 'deposit',
      text: `11月23日晚上9点左右充了1500USDC，走的Arbitrum，地址是${EVM_ADDRESS}，交易哈希${EVM}，钱包余额没有变化。用户ID：7710023`,
      facts: {
        when: '11月23日',
        did: '充了',
        happened: '没有变化',
        coin: 'USDC',
        amount: '1500 USDC',
        network: 'Arbitrum',
        address: EVM_ADDRESS,
        transaction: EVM,
        account: '7710023',
      },
    },
    {
      kind: 'withdrawal',
      text: `三小时前申请提币 3.2 SOL，状态一直是审核中，提现编号 5521980`,
      facts: { when: '三小时前', did: '申请', happened: '审核中', coin: 'SOL', amount: '3.2 SOL', order: '5521980' },
    },
    {
      kind: 'sign-in',
      text: '换了新手机之后谷歌验证器一直报错，显示「验证码已过期」。华为 Mate 60 Pro，鸿蒙4.2',
      facts: { errorText: '验证码已过期', did: '换了', happened: '报错', device: 'Mate 60 Pro', os: '4.2' },
    },
    {
      kind: 'identity',
      text: '身份认证人脸识别那一步总是失败，我用的是身份证，电脑Windows 11，Chrome 131',
      facts: { document: '身份证', happened: '失败', os: 'Windows 11', appVersion: 'Chrome 131' },
    },
    {
      kind: 'app',
      text: '点买入按钮没有反应，一直转圈。OPPO Find X7，安卓 14，App 版本 8.3.2',
      facts: { did: '点买入', happened: '没有反应', device: 'Find X7', os: '14', appVersion: '8.3.2' },
    },
    {
      kind: 'security',
      text: '今天凌晨4点有一笔0.8 ETH的转账不是我操作的，请马上冻结',
      facts: { when: '今天', coin: 'ETH', amount: '0.8 ETH' },
    },
    { kind: 'trading', text: '限价单成交价跟我设置的不一样，订单编号 993120457', facts: { order: '993120457', happened: '不一样' } },
    { kind: 'other', text: '谢谢你们昨天的帮助！', facts: {} },
  ],
  ja: [
    {
      kind: 'deposit',
      text: `11月23日21時ごろ、Arbitrumで1500 USDCを入金アドレス（${EVM_ADDRESS}）に送りましたが、残高に反映されていません。ハッシュ：${EVM}`,
      facts: {
        when: '11月23日',
        did: '送りました',
        happened: '反映され',
        coin: 'USDC',
        amount: '1500 USDC',
        network: 'Arbitrum',
        address: EVM_ADDRESS,
        transaction: EVM,
      },
    },
    {
      kind: 'withdrawal',
      text: '3時間前に3.2 SOLの出金を申請しましたが、まだ処理中です。出金番号：5521980',
      facts: { when: '3時間前', did: '申請し', happened: '処理中', coin: 'SOL', amount: '3.2 SOL', order: '5521980' },
    },
    {
      kind: 'sign-in',
      text: '機種変更後、認証アプリのコードが通りません。エラーは「コードの有効期限が切れています」。AQUOS sense8、Android 14。',
      facts: { errorText: 'コードの有効期限が切れています', happened: '通りません', device: 'AQUOS sense8', os: 'Android 14' },
    },
    {
      kind: 'app',
      text: '購入ボタンを押しても画面が固まります。iPad Air、iPadOS 18.1です。',
      facts: { did: '押し', happened: '固ま', device: 'iPad Air', os: 'iPadOS 18.1' },
    },
    {
      kind: 'security',
      text: '今朝、身に覚えのない0.8 ETHの送金がありました。至急止めてください。',
      facts: { when: '今朝', coin: 'ETH', amount: '0.8 ETH' },
    },
    { kind: 'other', text: '先日はありがとうございました。', facts: {} },
  ],
  es: [
    {
      kind: 'deposit',
      text: `El 23 de noviembre a las 21:00 transferí 1.250,50 USDC por Arbitrum a ${EVM_ADDRESS}. El hash es ${EVM}. Todavía no se acredita.`,
      facts: {
        when: '23 de noviembre',
        did: 'transferí',
        happened: 'no se acredita',
        coin: 'USDC',
        amount: '1.250,50 USDC',
        network: 'Arbitrum',
        address: EVM_ADDRESS,
        transaction: EVM,
      },
    },
    {
      kind: 'sign-in',
      text: 'Cambié de móvil y ahora los códigos de dos pasos no funcionan. Motorola Edge 50, Android 14, versión 8.3.2.',
      facts: { did: 'Cambié', happened: 'no funcionan', device: 'Edge 50', os: 'Android 14', appVersion: '8.3.2' },
    },
    {
      kind: 'security',
      text: 'Esta mañana alguien retiró 0,8 ETH sin mi autorización.',
      facts: { when: 'Esta mañana', coin: 'ETH', amount: '0,8 ETH' },
    },
    { kind: 'other', text: '¿Tienen oficina en Madrid?', facts: {} },
  ],
  pt: [
    {
      kind: 'withdrawal',
      text: `Solicitei um saque de 3,2 SOL há três horas e continua pendente. Número do saque: 5521980`,
      facts: { when: 'há três horas', did: 'Solicitei', happened: 'continua pendente', coin: 'SOL', amount: '3,2 SOL', order: '5521980' },
    },
    {
      kind: 'app',
      text: 'O aplicativo trava quando clico em comprar. Moto G84, Android 14.',
      facts: { did: 'clico', happened: 'trava', device: 'Moto G84', os: 'Android 14' },
    },
    { kind: 'other', text: 'Vocês têm atendimento no domingo?', facts: {} },
  ],
  ko: [
    {
      kind: 'withdrawal',
      text: '3시간 전에 3.2 SOL 출금을 신청했는데 아직 대기 중입니다. 출금 번호: 5521980',
      facts: { when: '3시간 전', did: '신청했', happened: '대기 중', coin: 'SOL', amount: '3.2 SOL', order: '5521980' },
    },
    {
      kind: 'app',
      text: '매수 버튼을 누르면 화면이 멈춥니다. 갤럭시 Z플립5, 안드로이드 14.',
      facts: { did: '누르면', happened: '멈춥', device: '플립5', os: '14' },
    },
    {
      kind: 'security',
      text: '오늘 새벽에 제가 하지 않은 0.8 ETH 송금이 있었어요. 해킹 같아요.',
      facts: { when: '오늘', coin: 'ETH', amount: '0.8 ETH' },
    },
  ],
};

export { EVM, BTC, EVM_ADDRESS, TRON_ADDRESS, BTC_ADDRESS };
