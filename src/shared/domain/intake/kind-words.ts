import type { KindId } from './checklist.ts';

/**
 * By which words a kind of case is told, and how much each says: 3 for what says it nearly alone, 1 for what hints at it. Gaps in them are bounded,
 * and end with the sentence. In English, Chinese of both scripts, Japanese, Korean, Spanish and Portuguese.
 */
export type WeightedWords = readonly (readonly [weight: number, words: RegExp])[];

const GAP = String.raw`[^.!?。！？\n]{0,60}?`;
const re = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'iu');
/** Words of Latin letters, whole at their begin. */
const latin = (words: string): string => `(?<![a-zà-ÿ])(?:${words})`;

export const KIND_WORDS: Readonly<Record<Exclude<KindId, 'other'>, WeightedWords>> = {
  deposit: [
    [
      3,
      re(
        latin('deposit(?:s|ed|ing)?(?![a-z])|top(?:ped)?[- ]?up|dep[oó]sito|depositei|deposité|ingreso de (?:cripto|fondos)'),
        '充值',
        '充币',
        '充幣',
        '入金',
        '入账',
        '入帳',
        '입금',
        '충전',
      ),
    ],
    [
      3,
      re(
        latin(`(?:sent|transferr?ed)${GAP}(?:to|into) my (?:account|wallet|balance)`),
        latin(`(?:not|never|hasn['’]?t|still)${GAP}(?:credited|in my (?:account|balance|wallet))`),
        latin(
          `(?:sent|transferr?ed|envié|mandé|transferí|enviei|transferi|mandei)${GAP}(?:not arriv|n['’]t arriv|nothing (?:has )?arriv|no (?:ha )?llegad|no llega|não cheg)`,
        ),
        latin(`no se (?:ha )?acredit`),
        latin(`não (?:foi )?creditad`),
        '(?:没|沒|未)(?:有)?(?:到账|到帳)',
        '反映され(?:ない|ません|ていません)',
        '着金',
        '반영되지 않',
      ),
    ],
    [1, re(latin('wrong (?:network|address|chain)|memo|destination tag'), '到账', '到帳', 'タグ')],
  ],
  withdrawal: [
    [
      4,
      re(
        latin(
          'withdr[ae]w(?:al|als|n|ing|s)?(?![a-z])|cash(?:ed|ing)? out|payout|retir(?:o|os|ar|é)(?![a-z])|saqu(?:e|es|ei)(?![a-z])|sacar(?![a-z])',
        ),
        '提现',
        '提現',
        '提币',
        '提幣',
        '提款',
        '出金',
        '引き出し',
        '출금',
        '인출',
      ),
    ],
    [1, re(latin(`(?:sent|send(?:ing)?)${GAP}(?:to|from) my (?:external|own|cold|hardware) wallet`), '转出', '轉出')],
  ],
  'sign-in': [
    [
      4,
      re(
        latin(
          `(?:can(?:['’]?t|not)|unable to|could ?n['’]?t|won['’]?t let me|fail(?:s|ed)? to|problems?|trouble|issues?)${GAP}(?:log(?:ging)?[ -]?in|sign(?:ing)?[ -]?in|log ?on|access(?:ing)? my account|get in(?:to)? my account)`,
        ),
        latin(
          'two[- ]factor|2[ -]?fa(?![a-z])|authenticator|locked out|forgot(?:ten)? (?:my )?password|reset (?:my )?password|password reset|passkey',
        ),
        latin(`(?:verification|confirmation|sms|login|security|email) code${GAP}(?:not|never|n['’]t|invalid|wrong|expired)`),
        latin(`(?:not|never|n['’]t)${GAP}(?:receiv\\w*|get\\w*|arriv\\w*)${GAP}(?:verification|confirmation|sms|login|security) code`),
        latin(`(?:no (?:puedo|consigo|me deja)|imposible)${GAP}(?:iniciar sesión|entrar|acceder|ingresar)`),
        latin('dos pasos|doble factor|olvidé (?:mi|la) contraseña|código de verificación'),
        latin(`não (?:consigo|posso)${GAP}(?:entrar|acessar|fazer login|logar)`),
        latin('dois fatores|duas etapas|esqueci (?:a|minha) senha|código de verificação'),
        '(?:登录|登入|登陆)(?:不了|不上|失败|失敗|异常$)?',
        '(?:无法|無法|不能)(?:登录|登入|登陆)',
        '验证码|驗證碼|谷歌验证|谷歌驗證|两步验证|兩步驗證|二次验证|双重验证|雙重驗證|忘记(?:了)?密码|忘記(?:了)?密碼|重置密码|重設密碼|验证器|驗證器',
        'ログイン(?:でき|が|に|し)|二段階認証|2段階認証|認証アプリ|認証コード|パスワード(?:を)?(?:忘れ|リセット|再設定)',
        '로그인|2단계 인증|인증 ?코드|인증번호|비밀번호(?:를)? ?(?:잊|재설정)|OTP',
      ),
    ],
    [1, re(latin('log[ -]?in|sign[ -]?in|iniciar sesión|login|code'), 'サインイン')],
  ],
  identity: [
    [
      4,
      re(
        latin(
          `kyc(?![a-z])|identity (?:check|verification)|verify(?:ing)? my (?:identity|id|account)|(?:id|identity|face|selfie|proof of address|liveness)${GAP}(?:verif|reject|fail|declin|check)`,
        ),
        latin(
          'passport|proof of address|selfie|verificación de identidad|verificar mi (?:identidad|cuenta)|pasaporte|comprobante de domicilio|verificação de identidade|verificar minha (?:identidade|conta)|passaporte|comprovante de (?:residência|endereço)',
        ),
        '身份验证|身分驗證|身份認證|身份认证|实名|實名|人脸|人臉|身份证|身分證|护照|護照|认证(?:失败|被拒|审核)|地址证明',
        '本人確認|身分証|パスポート|運転免許|マイナンバー|顔認証|セルフィー',
        '신원 ?(?:확인|인증)|본인 ?(?:확인|인증)|신분증|여권|고객 ?확인',
      ),
    ],
    [1, re(latin('documents?(?![a-z])|verification|verified|documento(?![a-z])'), '审核|審核|書類|認証|인증')],
  ],
  app: [
    [
      4,
      re(
        latin(
          `(?:app|application|aplicación|aplicativo|screen|page|website)(?![a-z])${GAP}(?:crash|freez|froze|won['’]?t (?:open|load|start)|doesn['’]?t (?:open|load|start|respond)|not (?:open|load|respond|work)ing|stuck|blank|white screen|black screen|clos(?:es|ed|ing)|slow|lag|se (?:cierra|congela|bloquea)|no (?:abre|carga|funciona|responde)|trava|fecha|não (?:abre|carrega|funciona|responde))`,
        ),
        latin(`crash(?:es|ed|ing)?(?![a-z])|white screen|black screen|pantalla (?:blanca|negra)|tela (?:branca|preta)`),
        '闪退|閃退|白屏|黑屏|卡死|打不开|打不開|崩溃|崩潰|应用(?:异常|出错)|無法開啟|无法打开',
        'アプリ(?:が|は)?[^。！？\\n]{0,20}(?:落ち|固ま|起動し|開(?:か|き)|動か|フリーズ|クラッシュ|真っ白)|クラッシュ|フリーズ|画面が(?:真っ白|真っ黒|固ま)',
        '앱[이은]?[^.!?\\n]{0,20}(?:꺼|튕|멈|안 ?열|실행|먹통)|흰 화면|먹통',
      ),
    ],
    [
      1,
      re(latin('bug|update[ds]?|app(?![a-z])|chart|button|notification|android|ios|iphone'), '按钮|更新后|アプリ|アップデート|앱|업데이트'),
    ],
  ],
  security: [
    [
      5,
      re(
        latin(
          `hack(?:ed|er|ers|ing)?(?![a-z])|stolen|steal(?:ing)?|unauthori[sz]ed|scam(?:med|mer|mers)?(?![a-z])|phish(?:ing|ed)?|fraud(?:ulent)?|compromised|drained|(?:did ?n['’]?t|not)${GAP}(?:authori[sz]e|approve|make|do) (?:this|that|it|them|the)|(?:was|wasn['’]?t) me(?![a-z])|suspicious|someone (?:else )?(?:logged|signed|has|got|is|took|changed)|(?:sim|number) swap`,
        ),
        latin(
          `account${GAP}(?:frozen|suspended|restricted|blocked|disabled|banned|locked by)|(?:froze|suspended|restricted|blocked|disabled) my account`,
        ),
        latin(
          `hackead[ao]|robad[ao]|robaron|estafa(?:d[ao])?|fraude|sin mi (?:permiso|autorización)|no autoric|sospechos[ao]|cuenta${GAP}(?:bloquead|suspendid|congelad|restringid)`,
        ),
        latin(
          `hackead[ao]|invadi(?:da|ram|do)|roubad[ao]|roubaram|golpe|sem (?:a )?minha (?:permissão|autorização)|não autorizei|suspeit[ao]|conta${GAP}(?:bloquead|suspens|congelad|restrit)`,
        ),
        '被盗|被盜|盗号|盜號|盗走|盜走|被黑|黑客|駭客|诈骗|詐騙|被骗|被騙|钓鱼|釣魚|异常登录|異常登入|不是我(?:本人)?(?:操作|登录|登入|转|轉)?|未授权|未經授權|(?:账户|账号|帳戶|帳號)[^。！？\\n]{0,12}(?:冻结|凍結|封|限制|异常|異常|风控|風控)',
        '不正(?:アクセス|ログイン|送金|利用|出金)|盗まれ|乗っ取られ|ハッキング|詐欺|フィッシング|身に覚えのない|アカウントが?(?:凍結|停止|制限|ロック)',
        '해킹|도난|도용|사기|피싱|무단|제가 (?:하지|한 게|한게) 않?|계정[이은]?[^.!?\\n]{0,12}(?:정지|동결|제한|잠)',
      ),
    ],
    [1, re(latin('frozen|locked|blocked|security|alert'), '异常|異常|安全|凍結')],
  ],
  trading: [
    [
      4,
      re(
        latin(
          'fees?(?![a-z])|commission|spread|slippage|liquidat(?:ed|ion)|margin call|stop[- ]?loss|limit order|market order|leverage|futures|funding rate|my (?:trade|order|position)s?(?![a-z])|comisi[oó]n(?:es)?|tarifas?|mis? [oó]rden(?:es)?|apalancamiento|liquidaron|taxas?(?![a-z])|minhas? ordem|minhas? ordens|alavancagem|liquidad[ao]',
        ),
        '手续费|手續費|费率|費率|爆仓|爆倉|杠杆|槓桿|合约|合約|止损|止損|限价|限價|市价|市價|委托单|委託單|挂单|掛單|滑点|滑點|成交',
        '手数料|約定|指値|成行|損切|レバレッジ|ロスカット|スプレッド|注文が',
        '수수료|체결|지정가|시장가|레버리지|청산|손절|주문[이은을]',
      ),
    ],
    [
      1,
      re(latin('trade|trading|order|orden|ordem|buy|sell|bought|sold|comprar|vender'), '交易|买入|賣出|卖出|買入|取引|売買|거래|매수|매도'),
    ],
  ],
};
