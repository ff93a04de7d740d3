/**
 * How people ask for a person, and how they say that money or an account is in danger. Sources of regular expressions, matched
 * against a text that is folded (lower case, no accents, no apostrophes): they may use groups, `|`, `?` and lists of characters, no
 * escapes that mean something else in lower case.
 */
export interface SignalWords {
  /** Words of this language are separated by blanks; elsewhere any part of the text counts. */
  readonly hasSpaces: boolean;
  /** The whole message is this, but for marks and courtesy. */
  readonly bare: readonly string[];
  readonly asks: readonly string[];
  /** What only looks like it: taken out of the text before it is looked at. */
  readonly notAsks: readonly string[];
  readonly risks: readonly string[];
  readonly notRisks: readonly string[];
}

const EN_WHO =
  '(?:human being|human|person|people|agent|representative|rep|operator|someone|somebody|staff member|staff|manager|supervisor|advisor|adviser|specialist|team member|employee|customer service|customer support|customer care|support team|support person|live support|human support|support)';
const EN_WHAT =
  '(?:(?:an?|the|some|your|any|one of your|another) )?(?:(?:real|live|actual|human|proper|support|service|customer service|customer support) )*';

const EN: SignalWords = {
  hasSpaces: true,
  bare: [
    'human',
    'person',
    'agent',
    'live agent',
    'real person',
    'representative',
    'rep',
    'operator',
    'staff',
    'someone',
    'help desk',
    'customer service',
    'customer support',
    'live chat',
    'live support',
    'supervisor',
    'manager',
    'people',
    'real human',
    'agent now',
    'talk to agent',
  ],
  asks: [
    `(?:talk|talking|speak|speaking|chat|chatting) (?:to|with) ${EN_WHAT}${EN_WHO}`,
    `(?:connect|transfer|pass|put|hand|redirect|forward|escalate|route|switch)(?: (?:me|this|us|it|my case|my issue))?(?: (?:over|through|on|back))? (?:to|with) ${EN_WHAT}${EN_WHO}`,
    `(?:need|want|get|get me|give me|gimme|send me|find me|i would like|id like|require|request|reach|contact) (?:an?|some|the|any) (?:(?:real|live|actual|human) )*(?:human being|human|person|agent|representative|rep|operator|supervisor|manager)`,
    '(?:real|live|actual) (?:human|person|people|agent|representative|rep|operator|someone|somebody|support)',
    '(?:human|live) (?:agent|being|support|help|assistance|representative|operator|assistant|contact)',
    `(?:human|person|agent|representative|operator|someone real|somebody real)(?:,? )(?:please|pls|plz|now)`,
    '(?:please|pls|plz)(?:,? )(?:a |an )?(?:human|agent|representative|operator)',
    '(?:stop|end|quit|exit|turn off|switch off|disable) (?:the |this |with the |your )?(?:bot|robot|chatbot|auto ?reply|automated)',
    '(?:not|no more|no|dont want|dont like|hate|tired of|sick of|enough of|fed up with|instead of|useless|stupid|dumb) (?:to )?(?:talk to |talking to |speak to |speaking to |chat with |chatting with )?(?:an? |the |this |your )?(?:stupid |dumb |useless )?(?:bots?|robots?|chatbots?|machines?)',
    '(?:bot|robot|chatbot) (?:is|isnt|cant|cannot|does not|doesnt) (?:not |so )?(?:help|helping|useless|understand|stupid)',
    '(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:an? )?(?:bot|robot|chatbot|machine|human|real|ai)',
    'is (?:anyone|anybody|someone|somebody) (?:there|here|available|real|alive)',
    '(?:anyone|anybody|someone|somebody) (?:real|human|alive)',
    'escalate (?:this|my|the|it)',
    'call me back',
  ],
  notAsks: [
    `(?:dont|do not|no longer|wont|didnt|wouldnt) (?:need|want|require|have to|wish)(?: to (?:talk|speak|chat) (?:to|with))? ${EN_WHAT}${EN_WHO}`,
    `no need (?:for|to (?:talk|speak|chat) (?:to|with)) ${EN_WHAT}${EN_WHO}`,
    'no (?:human|person|agent|operator|representative) (?:is )?(?:needed|necessary|required)',
    '(?:i am|im|we are) (?:an? )?(?:real|actual|human|live) (?:person|human|being|agent|people|customer)',
    '(?:real estate|estate|travel|booking|user|transfer|escrow|insurance|sales) agents?',
    '(?:third|other|same|wrong|another|different) (?:person|people)',
    '(?:spoke|spoken|talked|chatted|was talking) (?:to|with) ' + EN_WHAT + EN_WHO + ' (?:yesterday|last|before|already|on)',
  ],
  risks: [
    '(?:account|wallet|funds?|money|coins?|assets?|crypto|card|phone|sim|email|identity|password|savings|balance)(?: (?:has|have|had|was|were|is|are|got|been|just|all))* (?:been )?(?:stolen|hacked|compromised|drained|taken over|hijacked|emptied|breached|swapped)',
    '(?:stole|hacked|drained|hijacked|emptied|stealing|hacking) (?:my|our|into|all)',
    '(?:i was|i got|ive been|i have been|been|getting|we were|was just) (?:scammed|hacked|phished|robbed|defrauded|tricked)',
    'account (?:is |looks |seems |shows |status )?(?:abnormal|locked by|suspicious)',
    'abnormal (?:account|activity|login|transaction|withdrawal)',
    'security (?:risk|breach|incident|alert|problem|issue)',
    '(?:unauthori[sz]ed|unauthori[sz]ised|suspicious|fraudulent|unrecogni[sz]ed) (?:\\w+ )?(?:login|access|transaction|transactions|withdrawal|withdrawals|transfer|transfers|payment|payments|charge|charges|activity|trade|trades|device|order|orders)',
    '(?:didnt|did not|never) (?:make|authori[sz]e|approve|request|do|initiate) (?:this|that|these|those|the|any|a|it|such)(?: \\w+)? ?(?:withdrawal|transaction|transactions|transfer|payment|login|order|trade)?',
    '(?:urgent|emergency|immediate) (?:withdrawal|withdraw|payout)',
    '(?:withdraw|withdrawal)(?: is| was)? (?:urgent|urgently)',
    '(?:account|funds?|money|assets?|balance|withdrawals?)(?: (?:has|have|is|are|was|were|been|got|still|now|all))* (?:frozen|seized|confiscated)',
    '(?:froze|frozen|freeze) (?:my|our)',
    '(?:someone|somebody|hacker|hackers|thief|a stranger)(?: else)? (?:has |have |is |just |had )?(?:logged|accessed|access|got|gotten|took|changed|withdrew|transferred|moved|stole|using|used|entered)',
    '(?:scam|fraud|phishing|identity theft|money laundering|sim swap|ransom)',
    '(?:gave|shared|sent|told|typed|entered) (?:\\w+ ){0,4}(?:seed phrase|recovery phrase|private key|2fa code|verification code)',
    '(?:kill myself|suicide|end my life|call the police|lawyer|lawsuit|sue you)',
  ],
  notRisks: [
    'not (?:a |been )?(?:scam|fraud|hacked|stolen|scammed|frozen|compromised)',
    '(?:is it|isnt it|isnt|is not) (?:a )?(?:scam|fraud) *(?:proof|free)',
    '(?:anti|avoid|prevent|against|about)[ -](?:scams?|fraud|phishing)',
    '(?:app|screen|page|site|website|window|browser|phone|computer|chart)(?: (?:is|has|was|just|keeps))? (?:frozen|freezes|freezing|froze|hacked together)',
  ],
};

const ZH: SignalWords = {
  hasSpaces: false,
  bare: [
    '人工',
    '真人',
    '客服',
    '人工服务',
    '人工服務',
    '人工客服',
    '真人客服',
    '转人工',
    '轉人工',
    '转接',
    '找客服',
    '找人工',
    '在线客服',
    '線上客服',
    '工单客服',
    '有人吗',
    '有人嗎',
    '在吗',
    '人呢',
  ],
  asks: [
    '(?:转|轉|转接|轉接|换|換|接|找|要|联系|聯繫|聯絡|呼叫|叫|给我|給我|需要|想要|请|請|切换|切換|连|連)(?:到|成|一下|个|個|位|你们|你們|的|在线|線上|为|為|至)*(?:人工|真人|活人|客服|专员|專員|人来|人來|专人|專人|经理|經理|主管)',
    '人工(?:客服|服务|服務|坐席|处理|處理|帮助|協助|协助|介入|回复|回覆|在线|接待)',
    '真人(?:客服|服务|服務|回复|回覆|处理|處理|对话|對話|聊|跟我)',
    '(?:和|跟|与|與|同)(?:一?个|一?個|一?位)?(?:真人|人工|活人|客服|真的人|人类|人類)(?:说|說|聊|谈|談|沟通|溝通|对话|對話|讲|講|联系|聯繫)?',
    '(?:有没有|有沒有|有)(?:真人|活人|人工|人在)(?:吗|嗎|啊|呢)?',
    '(?:不要|别|別|不想|停止|关掉|關掉|关闭|關閉|讨厌|討厭|不用|不需要|烦死|煩死)(?:跟|和|再|让|讓|用|这个|這個|你们的|你們的|与|與|是)*(?:机器人|機器人|自动回复|自動回覆|智能客服|機器|机器)',
    '(?:你|这|這)(?:是|是不是|到底是)(?:机器人|機器人|真人|人工)',
    '(?:机器人|機器人)(?:没用|沒用|没有用|沒有用|听不懂|聽不懂|答非所问|答非所問|解决不了|解決不了)',
  ],
  notAsks: [
    '(?:不用|不需要|无需|無需|不必|不想|别|別|不要)(?:再|帮我|幫我|给我|給我)*(?:转|轉|转接|轉接|找|接|联系|聯繫|叫)?(?:到)?(?:人工|真人|客服)(?!来了|來了)',
    '(?:人工智能|人工智慧|人工费|人工費|人工湖)',
    '(?:真人)(?:认证|認證|验证|驗證|识别|識別|检测|檢測)',
    '(?:我是|本人是)(?:真人|活人)',
    '(?:昨天|上次|之前|已经|已經|刚才|剛才)(?:和|跟|联系|聯繫|找|问|問)(?:了|过|過)?(?:人工|真人)?客服(?:了|过|過)?',
  ],
  risks: [
    '(?:账户|账号|帳戶|帳號|賬戶|賬號|钱包|錢包|资金|資金|资产|資產|币|幣|钱|錢|密码|密碼|手机|手機|邮箱|郵箱|信箱)[^。，,!！?？]{0,8}(?:被盗|被盜|被偷|被黑|被骗|被騙|被转走|被轉走|被冻结|被凍結|被封|异常|異常|不翼而飞|不翼而飛|没了|沒了|不见了|不見了)',
    '(?:被盗|被盜|盗号|盜號|盗刷|盜刷|被黑客|黑客|駭客|诈骗|詐騙|被骗|被騙|骗子|騙子|钓鱼|釣魚|洗钱|洗錢)',
    '(?:账户|账号|帳戶|帳號|賬戶|賬號|登录|登入|交易|提现|提現)(?:异常|異常)',
    '(?:异常|異常|陌生|可疑|未授权|未授權|未经授权|未經授權|不明)(?:的)?(?:登录|登入|交易|提现|提現|转账|轉帳|轉賬|操作|设备|設備|扣款|活动|活動)',
    '(?:安全|资金|資金|账户|帳戶)(?:风险|風險|隐患|隱患|问题很严重)',
    '(?:紧急|緊急|急需|马上要|馬上要|十万火急)(?:提现|提現|提款|提币|提幣|出金)',
    '(?:冻结|凍結|封|锁|鎖)(?:了|住)(?:我|我的|你|账|帳|资|資)',
    '(?:不是|没有|沒有|从未|從未|并非|並非)(?:我|本人)?(?:本人)?(?:操作|授权|授權|发起|發起|转的|轉的|提的|下的单)',
    '(?:有人|别人|別人|陌生人)(?:登录|登入|盗|盜|用|转走|轉走|改了|动了|動了)',
    '(?:报警|報警|律师函|律師函|起诉|起訴|自杀|自殺|不想活)',
    '(?:泄露|洩露|洩漏|泄漏|告诉了|告訴了|发给了|發給了|给了)[^。，,]{0,10}(?:助记词|助記詞|私钥|私鑰|验证码|驗證碼)',
  ],
  notRisks: [
    '(?:没有|沒有|没|沒|未|不会|不會|怕|担心|擔心|防止|防|避免|如何防)(?:被盗|被盜|被偷|被黑|被骗|被騙|冻结|凍結|诈骗|詐騙|盗号|盜號)',
    '(?:反|防)(?:诈骗|詐騙|钓鱼|釣魚|洗钱|洗錢)',
    '(?:页面|頁面|界面|屏幕|螢幕|图片|圖片|显示|顯示)(?:异常|異常)',
  ],
};

const JA: SignalWords = {
  hasSpaces: false,
  bare: [
    '人間',
    'オペレーター',
    'オペレータ',
    '担当者',
    '有人',
    '有人対応',
    '有人チャット',
    '担当',
    '係の人',
    'スタッフ',
    '人',
    '責任者',
    '上司',
  ],
  asks: [
    '(?:オペレーター?|担当者|担当の方|係の方|係の人|係員|人間|生身の人|本物の人|有人|スタッフ|サポートの人|サポートの方|カスタマーサポート|責任者|上司|人)(?:の方)?(?:と|に|へ)(?:直接)?(?:話|はなし|つな|繋|代わ|かわ|替わ|変わ|変え|相談|チャット|連絡|転送|切り替え|対応して|お願い|聞きたい|問い合わせ|回して|まわして)',
    '(?:オペレーター?|担当者|係の方|人間|有人|スタッフ|責任者)(?:を|が)(?:お願い|呼|出して|希望|いい|いませんか|必要|いないの)',
    '有人(?:対応|チャット|サポート|窓口|オペレーター?)',
    '(?:人|人間|スタッフ|担当者)(?:の|による)(?:対応|サポート|返事|返信|回答)',
    '(?:ボット|ロボット|aiチャット|自動応答|自動返信|機械)(?:は|を|じゃ|では|と|との|で)?(?:もう)?(?:いい|結構|やめ|止め|とめ|嫌|いや|いら|だめ|ダメ|なく|なくて|話したくない|使えない|役に立た|会話)',
    '(?:ボット|ロボット|人間|ai|本物の人)(?:ですか|なの|ですよね)',
    '(?:誰か|だれか)(?:いますか|いませんか|出て|対応して|人間)',
    '電話(?:で話|してほしい|ください|をください)',
  ],
  notAsks: [
    '(?:オペレーター?|担当者|人間|有人|スタッフ|人)(?:と|に|へ|の|を|は)?(?:話す|つなぐ|繋ぐ|代わる|対応|チャット)?(?:必要|の必要)?(?:は|も)?(?:不要|いりません|要りません|必要ありません|必要ない|なくて(?:いい|大丈夫|結構))',
    '(?:昨日|先日|前回|以前)[^。]{0,6}(?:担当者|オペレーター?|スタッフ)(?:の方)?(?:と|に)(?:話し|相談し|連絡し)(?:まし)?た',
    '人工知能',
  ],
  risks: [
    '(?:アカウント|口座|資産|資金|お金|コイン|仮想通貨|暗号資産|ウォレット|財布|パスワード|カード|残高|スマホ|携帯)[^。、]{0,8}(?:盗まれ|盗ま|ぬすまれ|ハック|ハッキング|乗っ取|不正|凍結|異常|抜かれ|消え|なくなっ|無くなっ|流出|漏)',
    '(?:盗まれ|盗難|ハッキングされ|ハックされ|乗っ取られ|乗っ取り|詐欺|だまされ|騙され|フィッシング|資金洗浄|なりすまし)',
    '不正(?:アクセス|ログイン|出金|送金|利用|取引|引き出し)',
    '(?:身に覚え|心当たり|見覚え)(?:の)?(?:が)?(?:ない|無い|ありません)',
    'セキュリティ(?:リスク|上の問題|侵害|の危険|警告)',
    '(?:至急|緊急|すぐに|今すぐ|大至急)(?:で|の|に)?(?:出金|送金|引き出)',
    '(?:出金|引き出し)(?:が|は|を)?(?:至急|緊急)',
    '(?:誰か|第三者|他人|知らない人)(?:が|に)[^。]{0,8}(?:ログイン|侵入|アクセス|出金|使っ|変更)',
    '(?:凍結)(?:され|した|して)',
    '(?:警察|弁護士|訴訟|死にたい|自殺)',
    '(?:教えて|送って|入力して|伝えて)(?:しまい|しまっ|しまった)',
  ],
  notRisks: [
    '(?:詐欺|不正|フィッシング|ハッキング)(?:を|の)?(?:防|対策|防止|注意|予防)',
    '(?:画面|アプリ|ページ)(?:が|の)[^。]{0,4}(?:凍結|異常|フリーズ)',
    '(?:盗まれ|詐欺|凍結され)(?:て|で)?(?:は)?(?:いません|いない|ありません)',
  ],
};

const KO: SignalWords = {
  hasSpaces: false,
  bare: ['상담원', '상담사', '사람', '상담', '직원', '담당자', '상담원 연결', '상담사 연결', '고객센터', '매니저'],
  asks: [
    '(?:상담원|상담사|상담 ?직원|직원|담당자|사람|실제 ?사람|진짜 ?사람|고객 ?센터|매니저|책임자)(?:분)?(?:과|와|이랑|랑|하고|한테|에게|으로|로|을|를|이|좀)? ?(?:직접 ?)?(?:통화|대화|연결|상담|이야기|얘기|말하|말씀|채팅|바꿔|불러|연락|필요|원해|원합|부탁|돌려|나와|넘겨)',
    '(?:사람|상담원|상담사|직원|담당자)(?:이|은|는)? ?(?:없나요|없어요|있나요|계신가요|계세요|어디)',
    '(?:봇|챗봇|로봇|자동 ?응답|기계)(?:이랑|랑|과|와|은|는|을|를|이)? ?(?:말고|싫|그만|필요 ?없|대화하기|꺼|중지|안 ?돼|못 ?알아|도움이 ?안)',
    '(?:봇|챗봇|로봇|사람|기계)(?:이세요|인가요|이에요|입니까|이야|이냐|맞나요)',
  ],
  notAsks: [
    '(?:상담원|상담사|직원|담당자|사람)(?: ?연결)?(?:은|는|이|과|을)? ?(?:필요 ?없|필요하지 ?않|안 ?필요|안 ?해도|없어도)',
    '(?:어제|지난번|아까|이미) ?(?:상담원|상담사|직원|담당자)(?:분)?(?:과|와|이랑|랑|하고) ?(?:통화|대화|상담|이야기|얘기)(?:했|를 했)',
    '(?:다른|그|이|모르는) 사람(?:이|은|과|에게)',
  ],
  risks: [
    '(?:계정|계좌|지갑|자금|자산|돈|코인|비밀번호|카드|잔액|휴대폰)[^.,!?]{0,8}(?:도난|도용|해킹|탈취|털렸|털린|사라졌|없어졌|동결|정지당|이상|빠져나)',
    '(?:해킹|도난|도용|탈취|사기|피싱|보이스 ?피싱|자금 ?세탁)(?:당|을 당|를 당|됐|되었|된|입니다|인 것|같|이에요|예요|범)',
    '(?:계정|로그인|거래|출금)(?:이|에)? ?(?:이상|비정상)',
    '(?:비정상|의심스러운|승인하지 않은|무단|수상한|모르는|허가 ?없는)(?:적인)? ?(?:로그인|거래|출금|접속|이체|결제|활동|기기)',
    '보안 ?(?:위험|사고|문제|위협|경고)',
    '(?:긴급|급하게|급히|당장|빨리) ?(?:출금|인출)',
    '(?:출금|인출)(?:이|을)? ?(?:급|긴급)',
    '(?:누가|누군가|다른 사람이|모르는 사람이)[^.,!?]{0,10}(?:로그인|접속|출금|이체|훔|사용|변경|가져)',
    '(?:동결|압류)(?:됐|되었|당|됨|시켰|했)',
    '(?:제가|내가) ?(?:하지 ?않은|안 ?한|승인하지)',
    '(?:경찰|변호사|고소|자살|죽고 ?싶)',
  ],
  notRisks: [
    '(?:사기|해킹|피싱)(?:을|를)? ?(?:예방|방지|주의)',
    '(?:화면|앱|페이지)(?:이|가)? ?(?:이상|멈)',
    '(?:해킹|도난|사기)(?:을|를)? ?(?:당하지|당한 게 아)',
  ],
};

const ES: SignalWords = {
  hasSpaces: true,
  bare: [
    'humano',
    'persona',
    'agente',
    'operador',
    'operadora',
    'persona real',
    'asesor',
    'asesora',
    'representante',
    'ejecutivo',
    'agente humano',
    'atencion al cliente',
    'supervisor',
  ],
  asks: [
    '(?:hablar|hable|hablo|chatear|conversar|comunicarme|comunicar|contactar|contactarme|comuniqueme|comunicame)(?: directamente)? (?:con|a)(?: (?:un|una|algun|alguna|el|la|su|otro|otra))?(?: verdadera?)? (?:persona|humano|agente|operador|operadora|asesor|asesora|representante|alguien|ejecutivo|ejecutiva|ser humano|supervisor|encargado|empleado|gerente|soporte humano|atencion al cliente)',
    '(?:pasame|paseme|pasenme|paso|conectame|conecteme|transfiereme|transfierame|ponme|pongame|derivame|deriveme|comunicame|comuniqueme|transferir|transfieran|pasar|pasarme)(?: ya)? (?:con|a)(?: (?:un|una|algun|el|la))? (?:persona|humano|agente|operador|operadora|asesor|asesora|representante|alguien|ejecutivo|supervisor)',
    '(?:quiero|necesito|deseo|prefiero|solicito|dame|deme|exijo|hay)(?: a| ver)?(?: (?:un|una|algun|alguna))? (?:persona|humano|agente|operador|operadora|asesor|asesora|representante|ejecutivo|ser humano|supervisor)(?: real| humano| humana| de verdad)?',
    '(?:persona|agente|asesor|humano|alguien)(?: de carne y hueso| real| de verdad| humano)',
    '(?:atencion|soporte|ayuda|asistencia) (?:humana|humano|de una persona)',
    '(?:no quiero|no mas|basta de|deja de|dejen de|para|detener|detenga|odio|harto de|harta de|apaga)(?: (?:hablar|seguir|hablando))?(?: con)?(?: (?:un|una|el|este|al|la|con))* (?:bot|robot|maquina|chatbot|respuestas automaticas)',
    '(?:eres|es usted|esto es|estoy hablando con|hablo con)(?: (?:un|una))? (?:bot|robot|maquina|humano|persona|ia)',
    'hay alguien (?:ahi|real|disponible)',
    '(?:agente|operador|persona|humano)(?:,)? por favor',
  ],
  notAsks: [
    '(?:no (?:necesito|quiero|hace falta|deseo)|sin)(?: hablar con)?(?: (?:un|una|ningun|ninguna|a))? (?:persona|humano|agente|operador|asesor|representante|asesora)',
    '(?:agente|agencia) (?:inmobiliario|inmobiliaria|de viajes|de aduanas)',
    '(?:soy|yo soy) (?:un|una) (?:persona|humano)(?: real)?',
    '(?:ayer|ya|antes) (?:hable|he hablado|hablamos) con (?:un|una|el|la) (?:agente|asesor|persona|operador|asesora)',
  ],
  risks: [
    '(?:cuenta|dinero|fondos|billetera|cartera|saldo|tarjeta|clave|contrasena|telefono|monedas)(?: (?:ha|han|fue|fueron|esta|estan|me|sido|la|lo|los|las|se))* (?:robad[oa]s?|hackead[oa]s?|congelad[oa]s?|comprometid[oa]s?|vaciad[oa]s?|desaparecid[oa]s?|jaquead[oa]s?|pirateada|bloqueada por seguridad)',
    '(?:me|nos) (?:han |lo |la |los |las )?(?:robaron|robado|hackearon|hackeado|estafaron|estafado|congelaron|congelado|jaquearon|vaciaron|enganaron)',
    '(?:estafa|fraude|robo|phishing|hackeo|lavado de dinero|suplantacion)',
    '(?:actividad|cuenta|acceso|retiro|movimiento|transaccion|transferencia|inicio de sesion|cargo|movimientos|compra)s? (?:anormal|anormales|sospechos[oa]s?|no autorizad[oa]s?|anomal[oa]s?|no reconocid[oa]s?|desconocid[oa]s?|fraudulent[oa]s?)',
    'riesgo de seguridad',
    '(?:problema|fallo|alerta|incidente) de seguridad',
    '(?:retiro|retirar|retirada)(?: \\w+){0,2} (?:urgente|urgentemente|ya mismo)',
    'urgente(?: \\w+){0,2} (?:retiro|retirar)',
    'no (?:hice|autorice|realice|reconozco|ordene) (?:ese|esa|esta|este|estos|estas|ningun|ninguna|el|la)',
    'alguien (?:ha |se )?(?:entro|entrado|accedio|accedido|uso|metio|retiro|retirado|transfirio|cambio)',
    '(?:policia|abogado|demanda|denuncia|suicid)',
  ],
  notRisks: [
    '(?:no es|evitar|prevenir|contra|sobre) (?:una |un |la |el |las )?(?:estafas?|fraudes?|robo|phishing)',
    '(?:pantalla|aplicacion|app|pagina)(?: (?:esta|se ha|se))* (?:congelad[oa]|congela)',
  ],
};

export const FIRST_WORDS: readonly SignalWords[] = [EN, ZH, JA, KO, ES];
