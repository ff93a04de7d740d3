import type { SecretKind } from './secret-types.ts';

/** How one language asks for a secret. All patterns are global and ignore case; a clause is what {@link AskWords.clauseEnd} parts. */
export interface AskWords {
  readonly nouns: readonly (readonly [kind: SecretKind, pattern: RegExp])[];
  /** Verbs that hand something over to somebody. */
  readonly hand: RegExp;
  /** Verbs that type something in: for a password or a code that is what a login page is for. */
  readonly type: RegExp;
  /** Whether the verb stands before the noun, after it, or either. */
  readonly order: 'verb-noun' | 'noun-verb' | 'both';
  /** Characters between verb and noun. */
  readonly gap: number;
  /** What between the two shows that the noun is not what is asked for. */
  readonly gapStop: RegExp;
  /** What after the noun makes it a word for something else ("password reset"). */
  readonly compound: RegExp;
  /** What makes a clause say the opposite, or tell of somebody else who asks. */
  readonly negation: RegExp;
  /** Words that look like a negation and urge ("do not hesitate to"). */
  readonly urging: RegExp;
  readonly clauseEnd: RegExp;
  /** That it is to be typed in here, for us to see. */
  readonly here: RegExp;
  /** Whole ways to ask, around `NOUN`. */
  readonly direct: readonly string[];
}

const english: AskWords = {
  nouns: [
    [
      'recovery-phrase',
      /\b(?:(?:seed|recovery|mnemonic|backup|secret(?: recovery)?|wallet|security)[- ](?:phrases?|words|passphrase)|seeds?\b|mnemonics?\b|(?:12|15|18|24|twelve|twenty[- ]four)[- ]?(?:secret |recovery |seed |backup )?(?:words?|phrase)(?:[- ](?:recovery |seed )?phrase)?)/giu,
    ],
    ['private-key', /\b(?:private|secret|signing) keys?\b|\bprivkey\b|\bkeystore(?: file)?\b|\bwallet keys?\b/giu],
    [
      'one-time-code',
      /\b(?:(?:verification|authentication|authenticator|security|confirmation|2fa|mfa|otp|sms|one[- ]time|two[- ]factor|login|\d[- ]digit|google authenticator|backup)(?: \w+)? (?:codes?|pins?|passcodes?|passwords?|numbers)|otps?|2fa|codes? (?:that )?(?:you (?:just )?(?:received|got)|(?:was |were )?(?:just )?(?:sent|texted) to (?:you|your)|from (?:your|the) (?:authenticator|phone|sms|email)|(?:on|in) your authenticator)|numbers from your authenticator|authenticator app)\b/giu,
    ],
    ['password', /\b(?:pass ?words?|passcodes?|pass ?phrases?|pins?|pin (?:code|number)|login (?:details|credentials)|credentials)\b/giu],
    ['card-number', /\b(?:cvv2?|cvc2?|(?:full|complete) card (?:number|details)|card security code|full (?:credit|debit) card)\b/giu],
  ],
  hand: /\b(?:send|share|give|provide|tell|forward|submit|supply|drop|dm|text|email|e-mail|message|upload|attach|confirm|verify|validate|dictate|hand over|pass(?: on)?|screenshot|photograph|(?:show|reveal(?: to)?|disclose to|write(?: to)?|read(?: out)?(?: to)?) (?:me|us)|(?:re|)send me|(?:reply|respond|answer|come back|get back)(?: to (?:me|us|this \w+))? with|let (?:me|us) (?:have|know|see)|(?:mind|by|start|consider|for) (?:sending|sharing|giving|providing|telling|reading|forwarding|submitting|passing|confirming)|(?:can|could|may|might) (?:i|we) (?:please |kindly |just )?(?:get|have|see|take|ask for)|(?:we|i)(?:'ll|’ll|'d|’d| will| would| do| also| just| still| only| now| first|'re going to)* (?:need|require|want|must have|ask for|(?:am|are) (?:asking|waiting) for)|'ll need|take a (?:photo|picture|screenshot) of|looking for|missing is)\b/giu,
  type: /\b(?:enter|type(?: in)?|input|paste|insert|key in|fill in|put|import|copy)\b/giu,
  order: 'verb-noun',
  gap: 90,
  gapStop:
    /\b(?:you|that|after|before|when|whenever|if|where|while|because|since|whether|how|why|what|not|never|without|except|no|error|reset|link|page|option|about|settings?|changed?|chang(?:e|ing)|updat(?:e|ed|ing)|hash|don['’]t|safe|until|instead|backup of|back(?:ed)? up|sure|using|requires?|instructions?|guide|steps?|than|anyone|anybody|nobody|someone|tx)\b/iu,
  compound:
    /^(?:['’]?s)?[- ](?:reset|resets|manager|policy|policies|change|changes|page|field|screen|settings?|strength|hint|requirements?|recovery|recovery link|link|option|guide|article|backup|prompt|box|generator|expir\w+|is (?:safe|correct|valid|stored|needed only)|are (?:safe|stored)|method|app settings|safety|security|problem|issue|request|import|works?|stays?|never)\b/iu,
  negation:
    /\b(?:never|not|no one|nobody|none|without|avoid|refuse|stop|instead of|rather than|no need|nor|neither|cannot|no|beware|careful|careless\w*|danger\w*|unsafe|risk\w*|scam\w*|phish\w*|fraud\w*|steal|stolen|thie[fv]\w*|crimina\w*|attackers?|hackers?|impostors?|impersonat\w*|pretend\w*|claim(?:s|ing)? to|fake|suspicious|anyone|anybody|someone|somebody|whoever|strangers?|they|ask(?:s|ed|ing)? you|tell(?:s|ing)? you|told you|(?:did|have|has|had) you|report)\b|n['’]t\b/iu,
  urging:
    /\b(?:do not|don['’]t|never|not|please do not) (?:hesitate|forget|be afraid|worry|be shy|fail|delay|wait|mind|be scared|be alarmed)\b|\bwhy (?:don['’]t you|not)\b|\bnot only\b|\bno (?:worries|problem|rush)\b|\bif you (?:do not|don['’]t|fail to|refuse to)(?= (?:provide|submit|send us|confirm|verify))|\bcan(?:no|['’])t (?=(?:help|continue|proceed|assist|process))|\b(?:i|we) (?:are|am) not able\b|\bas (?:they|someone)\b/giu,
  clauseEnd: /[,;:()—–]|\s-\s|\b(?:but|so|otherwise)\b/giu,
  here: /\b(?:here|in this chat|in (?:the|your) (?:chat|reply|message)|reply|below|to (?:me|us)|form|https?:)\b/iu,
  direct: [
    "\\b(?:what(?:'s|’s| is| was| are| were)|which is|may i know|tell me) (?:your|the)(?: [\\w-]+){0,3}? NOUN",
    'NOUN(?: [a-z]+){0,2} (?:must|should|needs? to|has to|have to) be (?:sent|provided|entered|shared|submitted|verified|confirmed|validated|uploaded|forwarded)',
    '^(?:and |also |then )?(?:your |the )(?:[\\w-]+ ){0,3}?NOUN,? (?:please|pls)\\b',
    "\\bunless you (?:provide|send|submit|confirm|share|give) (?:[\\w'-]+ ){0,4}?NOUN",
    '\\b(?:which|what) (?:[\\w-]+ ){0,2}?NOUN (?:do|did) you (?:use|get|receive|have)',
  ],
};

const chinese: AskWords = {
  nouns: [
    [
      'recovery-phrase',
      /助[记記忆憶][词詞](?:组|組)?|(?:恢复|恢復|备份|備份|还原|還原)(?:短语|短語|词|詞|短句)|(?:种子|種子)(?:短语|短語|词|詞|密语|密語)?|(?:12|15|18|24|十二|二十四)\s?(?:个|個)?(?:英文)?(?:单词|單詞|單字|词|詞)/gu,
    ],
    ['private-key', /私[钥鑰]|(?:密|秘)[钥鑰]|keystore/giu],
    [
      'one-time-code',
      /(?:验证|驗證|动态|動態|校验|校驗|短信|簡訊|谷歌|安全|确认|確認)[码碼](?!器)|(?:谷歌|google)\s?(?:验证|驗證)[码碼]?|OTP|动态口令|動態口令|2FA\s?[码碼]?/giu,
    ],
    ['password', /密[码碼]|口令|PIN\s?[码碼]?/giu],
    ['card-number', /CVV|CVC|完整(?:的)?(?:银行|銀行|信用)?卡[号號]|安全[码碼]/giu],
  ],
  hand: /(?:发|發|传|傳|寄|转|轉|贴|貼|报|報|交|念|写|寫|递|遞)(?:送|过来|過來|来|來|一下|下)?(?:给|給|到|在)?(?:我|我们|我們|客服|这里|這裡|这边|這邊|本)|(?:截图|截圖|拍照|拍|发|發|传|傳|给|給|交)(?:给|給)?(?:我|我们|我們|客服|官方)|(?<![向给給为為](?:您|你))(?:发|發|传|傳)(?:送|一下|过来|過來)|提供|告[诉訴知]|(?:请|請)(?:您)?(?:发|發|给|給|说|說|报|報|确认|確認|核实|核實|验证|驗證)|回[复復覆]|提交|上[传傳]|分享|透露|出示|(?:贴|貼)在|(?:我们|我們|我方|客服|系统|系統|这边|這邊)(?:这边|這邊)?(?:还|還|也|会|會)?(?:需要|须|須|要)|(?:验证|驗證|核实|核實|核对|核對|确认|確認|处理|處理|解除|解冻|解凍)[^，,。]{0,8}[，,]?\s?(?:我们|我們)?(?:还|還)?需要|需(?:要)?您(?:的|提供)|(?:方便|麻烦|麻煩)(?:说|說|讲|講|告)/gu,
  type: /(?:输入|輸入|填写|填寫|填入|导入|導入|粘贴|貼上|键入|鍵入|(?<!抄)(?:写|寫)在|录入|錄入)/gu,
  order: 'both',
  gap: 22,
  gapStop:
    /[，,。；]|备份|備份|修改|重[设設置]|更改|变更|變更|已经|已經|哈希|截图和|错误|錯誤|后再|後再|之前|页面|頁面|链接重|有没有|是否|忘记|忘記|任何|别人|別人|他人/u,
  compound:
    /^(?:管理器|重[置设設]|修改|页面|頁面|强度|強度|设置|設定|提示|框|格式|过期|過期|的?有效|错误次|登录页|的?备份|的?備份|学|學|器|找回|安全设置|安全設定)/u,
  negation:
    /不要|请勿|請勿|切勿|千万别|千萬別|勿|别(?!的)|別(?!的)|不会|不會|绝不|絕不|從不|从不|永远不|永遠不|無需|无需|不需|不必|不用|禁止|不应|不應|不能|不可|不得|没有人|沒有人|沒有任何|没有任何|拒绝|拒絕|避免|谨防|謹防|严禁|嚴禁|有人|任何人|凡是|骗|騙|诈|詐|冒充|假冒|自称|自稱|陌生人|钓鱼|釣魚|他人|别人|別人|第三方|黑客|駭客|非官方|是否曾|曾经|曾經/u,
  urging:
    /(?:别|不要|不用|無需|无需|請勿|请勿)(?:担心|擔心|着急|著急|紧张|緊張|害怕|忘记|忘記|忘了|犹豫|猶豫|客气|客氣)|不提供|不配合|如不|若不|若未|如未|不要紧|不能(?:处理|處理|解除)|避免(?:账户|帳戶|账号|帳號|资产|資產|损失|損失)/gu,
  clauseEnd: /[，,；;：:（）()]/gu,
  here: /这里|這裡|此处|此處|这边|這邊|下面|下方|以下|表格|表单|表單|链接|連結|鏈接|回复|回覆|聊天|对话|對話/u,
  direct: [
    '您?你?的?[^，。]{0,6}NOUN(?:是多少|是什么|是什麼|是啥|是哪些|叫什么)',
    '(?:不|未|没有|沒有)(?:能)?提供[^，。]{0,6}NOUN[^。]{0,4}[，,]?[^。]{0,14}(?:冻结|凍結|关闭|關閉|无法|無法|封|扣)',
    '把[^，。]{0,8}NOUN[^，。]{0,8}(?:给我|給我|过来|過來)',
    '(?:发|發|传|傳|给|給)(?:我|我们|我們)[^，。]{0,8}NOUN',
  ],
};

const japanese: AskWords = {
  nouns: [
    [
      'recovery-phrase',
      /(?:リカバリー|シード|シークレット|ニーモニック|復元|復旧|バックアップ|秘密の?)(?:・)?\s?(?:フレーズ|ワード|単語)|シード(?!フ)|ニーモニック|(?:12|24|１２|２４)\s?(?:個|語|単語)(?:の)?(?:単語|言葉|フレーズ)?|復元用の単語/gu,
    ],
    ['private-key', /秘密[鍵键]|プライベート\s?キー|シークレット\s?キー|キーストア/gu],
    [
      'one-time-code',
      /(?:認証|確認|ワンタイム|セキュリティ|二段階認証|2段階認証|SMS)\s?(?:コード|パスワード|番号|の?数字)|OTP|[46６]桁の(?:コード|数字|番号)/giu,
    ],
    ['password', /パスワード|暗証番号|パスコード|PIN\s?(?:コード|番号)?/giu],
    ['card-number', /セキュリティコード|CVV|CVC|カード番号(?:全桁|すべて)/giu],
  ],
  hand: /(?:教えて|送って|送信して|お?知らせて|伝えて|提供して|共有して|返信して|貼り付けて|添付して|提出して|開示して|見せて|書いて|転送して|撮って|アップロードして)(?:ください|下さい|いただ|頂|もらえ|くれ|ほし|欲し|$)|(?:お|ご)(?:教え|送り|送付|知らせ|伝え|提供|共有|返信|返答|提出|開示|記載|転送|提示|連絡|申し出)(?:ください|下さい|いただ|頂|願い|をお願い|できます|の?ほど)|(?:教示|送付|送信|返信|提供|共有|提出|提示|記入|記載)を?(?:お願い|願い)|(?:本人確認|確認|認証|手続き|手続|解除|出金|送金|弊社|当社|サポート|審査)[^。]{0,24}必要(?:です|となります|になります|でございます)|(?:教えて|お聞かせ|伺って|お伺い)(?:も|いた)/gu,
  type: /(?:入力|記入|打ち込|ペースト|貼り付け|インポート)(?:して|の上|んで|を)?(?:ください|下さい|いただ|頂|お願い|願い|して返信|し、)|(?:ご入力|ご記入)(?:ください|下さい|いただ|頂|をお願い|の上)|入力すると/gu,
  order: 'noun-verb',
  gap: 26,
  gapStop:
    /[。！？]|変更|再設定|リセット|バックアップ(?!フ)|エラー|以外|ではなく|忘れ|スクリーンショット(?!を)|有効期限|誰|他人|第三者|控え|保管|設定画面/u,
  compound:
    /^(?:の?(?:再設定|変更|リセット|有効期限|バックアップ|保管|管理|入力画面|設定|ページ|強度|期限|桁数|要件)|マネージャー?|を(?:忘れ|変更|再設定|リセット|保管|控え|紙))/u,
  negation:
    /ないで|ません|しない|せず|禁止|不要|必要はあ|決して|絶対に(?!必要)|一切|詐欺|なりすまし|装っ|装い|装う|と名乗|聞かれ|求められ|求める(?:こと|メール|電話|連絡)|要求され|尋ねられ|第三者|誰にも|他人|誰か|フィッシング|不審|偽|手口|ことはあ(?:り|る)|ご注意|注意して/u,
  urging:
    /(?:ご)?心配(?:は)?(?:いり|要り|あり)?ません|ご心配なく|ご遠慮なく|問題ありません|(?:提供|提出|送信|入力)(?:いただけ|し)?(?:ない|ません)(?:場合|と)|申し訳(?:ござい|あり)ません|すみません|かもしれません|いただけません(?:か|でしょうか)|もらえませんか|くれませんか|くださいませんか/gu,
  clauseEnd: /[。！？；;]/gu,
  here: /こちら|ここ|下記|以下|フォーム|返信|チャット|このメール|リンク/u,
  direct: [
    'NOUN(?:は|を)(?:何|なん)(?:です|でしょう|ですか)',
    'NOUN(?:を)?(?:提供|提出|送信|入力|ご提示)?(?:いただけ|し)?(?:ない|ません)(?:場合|と)[^。]{0,24}(?:凍結|停止|閉鎖|できません|制限)',
    'NOUN[^。]{0,10}(?:の写真|のスクリーンショット|の画像)を?(?:送|お送|添付|アップロード)',
  ],
};

const korean: AskWords = {
  nouns: [
    [
      'recovery-phrase',
      /(?:시드|복구|니모닉|비밀\s?복구|백업|지갑)\s?(?:구문|문구|단어|프레이즈|키워드)(?:\s?(?:12|24)\s?단어)?|시드(?!니)|니모닉|(?:12|24)\s?(?:개(?:의)?\s?)?단어/gu,
    ],
    ['private-key', /(?:개인|비밀|프라이빗|시크릿)\s?키|키스토어/gu],
    [
      'one-time-code',
      /(?:인증|보안|확인|일회용|2단계\s?인증|OTP|SMS|문자)\s?(?:번호|코드|비밀번호)|OTP|여섯\s?자리\s?(?:번호|숫자|코드)|[46]\s?자리\s?(?:번호|숫자|코드)/giu,
    ],
    ['password', /비밀\s?번호|비번|패스워드|암호(?!화)|PIN\s?(?:번호|코드)?|핀\s?번호/giu],
    ['card-number', /CVV|CVC|카드\s?번호\s?전체|카드\s?뒷면/giu],
  ],
  hand: /(?:보내|알려|말씀해|말해|가르쳐|제공해|공유해|전달해|제출해|적어|올려|회신해|답장해|남겨|전송해|불러|찍어|첨부해|공개해|송부해|써)\s?(?:서\s?)?(?:주세|주시|주십|줘|주실|달라|줄|주면|주길|주기|보내)|(?:보내|알려|말씀해|제공해|공유해|전달해|제출해|회신해|전송해)\s?(?:드리|주)(?:면|세요|시면|십시오)|(?:회신|답장|제출|제공|공유|전송|송부|기재)(?:을|를)?\s?(?:부탁|바랍|요청드)|(?:본인|확인|인증|처리|해제|출금|저희|담당|심사|검증|진행|복구)[^.。]{0,24}(?:이|가)?\s?필요(?:합니다|해요|한데|하여|하니|로)|(?:부탁드립니다|부탁드려요)/gu,
  type: /(?:입력|기입|작성|붙여\s?넣|복사|가져오)(?:해|기|하|어|을)?\s?(?:서\s?)?(?:주세|주시|주십|줘|하세|하시|회신|바랍|부탁)/gu,
  order: 'noun-verb',
  gap: 24,
  gapStop: /[.。!?]|변경|재설정|초기화|백업(?:했|을|하)|오류|제외|말고|아닌|아니라|잊|화면|유효|보관|누구|다른\s?사람|타인|링크를/u,
  compound:
    /^(?:\s?(?:재설정|변경|초기화|관리자|찾기|설정|유효|백업|보관|입력란|입력\s?화면|규칙|오류|정책)|(?:을|를)\s?(?:변경|재설정|잊|백업|보관|초기화|종이))/u,
  negation:
    /지\s?(?:마|말|않)|않|절대|안\s|금지|누군가|사기|사칭|요구하(?:면|는)|요구받|묻는다면|물어보면|타인|누구에게|다른\s?사람|제3자|피싱|의심|주의|속(?:이|여|아)|없습니다(?!만)|적이\s?있|해킹범|가짜|아무에게/u,
  urging:
    /걱정(?:하지)?\s?(?:마|말|않)(?:세요|시고|으셔도|고|아도)?|(?:제출|제공|입력|전송|회신)(?:하지|해\s?주시지)\s?않(?:으면|으시면)|(?:알려|보내|말씀해)\s?주시지\s?않(?:으면|겠)|망설이지\s?마|염려\s?마|잊지\s?마|문제\s?없습니다|할\s?수\s?없(?:습니다|으니|어)|급하지\s?않|저희가\s?안전/gu,
  clauseEnd: /[.。!?;]/gu,
  here: /여기|이\s?채팅|채팅|회신|답장|아래|링크|양식|폼/u,
  direct: [
    'NOUN(?:이|가|은|는)?\\s?(?:무엇|뭐|뭔|어떻게\\s?되)',
    'NOUN(?:을|를)?\\s?(?:제출|제공|입력|알려\\s?주)(?:하지|시지|지)\\s?않(?:으면|으시면)',
    'NOUN\\s?(?:사진|캡처|캡쳐|스크린샷)(?:을|를)?\\s?(?:보내|올려|첨부)',
  ],
};

export const askWords: readonly AskWords[] = [english, chinese, japanese, korean];
