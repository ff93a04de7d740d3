import { fact } from './found.ts';
import type { FoundFact } from './found.ts';

/** What somebody did, what came of it and what they expected, by the words such sentences are made of. Whole sentences are kept. */

const DID =
  /(?<![a-z])(?:i (?:have |had |just |already |then |first |also |only )?(?:tried|clicked|tapped|pressed|sent|transferred|deposited|withdrew|opened|entered|logged|signed|reset|changed|uploaded|scanned|requested|submitted|placed|bought|sold|installed|updated|reinstalled|restarted|cleared|made|copied|pasted|swapped|selected|chose|filled)|when i (?:try|click|tap|press|open|send|log|sign|enter|upload|submit|withdraw|deposit)|after (?:i |updating|installing|clicking|entering|changing|uploading|restarting)|trying to|(?:he|ya) (?:intentado|enviado|probado|hecho|transferido|depositado|retirado|abierto|subido|cambiado|reinstalado|actualizado|puesto)|(?:intenté|envié|hice|transferí|deposité|retiré|abrí|subí|cambié|pulsé|reinstalé|actualicé|puse)(?![a-z])|al (?:intentar|abrir|pulsar|enviar|entrar|subir)|(?:tentei|enviei|fiz|transferi|depositei|saquei|abri|cliquei|instalei|atualizei|coloquei|troquei|solicitei|reinstalei)(?![a-zà-ÿ])|ao (?:tentar|abrir|clicar|enviar|entrar))|更新(?:之后|之後|后|後)|我(?!的)(?:已经|已經|刚才|刚刚|先|在|又|就|从|從|用|把)?[^。！？\n]{0,16}(?:点|點|试|試|充|提|转|轉|打开|打開|登录|登入|输入|輸入|重置|上传|上傳|更新|重装|重裝|换|換|操作|下单|下單|申请|申請|提交|发|發|扫|掃)(?:了|过|過|击|擊|完|到)?|(?:しようと|ようとし|押し|タップし|クリックし|送金し|送付し|入金し|出金し|開い|開こうと|入力し|アップロードし|再起動し|更新し|変更し|試し|申請し|注文し|再インストールし|撮影し|登録し)(?!たい)|(?:눌렀|시도했|보냈|송금했|입금했|출금했|열었|입력했|업로드했|재설치했|업데이트했|변경했|신청했|주문했|클릭했|제출했|하려고|하려는데)/iu;

/** What goes wrong, in pieces: what is done to somebody or something, what does not work, and what does not come. */
const BAD_STATE =
  'pending|stuck|reject|declin|refus|fail|frozen|froze|freez|blocked|locked|suspended|restricted|disabled|missing|empty|blank|processing|unchanged|charged|crash|hang|spinning|closes|closed|not (?:arriv|credit|show|receiv|work|load|appear|in |there|responding)|gone|drained|invalid|expired|denied|cancell?ed';
const HAPPENED_PARTS: readonly string[] = [
  `(?<![a-z])(?:still|keeps?|has|have|had|is|are|was|were|been|be|just|it|got|says?|shows?|and|but|then|now|app|page|screen|status)(?![a-z])[^.!?\\n]{0,40}?(?:${BAD_STATE})`,
  String.raw`(?<![a-z])(?:nothing (?:happen|has|arriv|came|comes|works)|never (?:arriv|came|show)|i (?:can(?:['’]?t|not)|could ?n['’]?t|could not|am unable|was unable)|(?:it|app|page|code|button|screen)[^.!?
]{0,30}(?:does|did|do|wo|wo|is|has)n['’]?t|hasn['’]?t|haven['’]?t|didn['’]?t|doesn['’]?t|won['’]?t|disappear|error(?:s|ed)? (?:out|appear)|logs? me out|white screen|black screen|crash(?:es|ed|ing)?)`,
  String.raw`(?<![a-zà-ÿ])(?:no (?:llega|ha llegado|aparece|funciona|carga|se (?:ha )?acredit|pasa nada|recibo|me deja|puedo|consigo)|se (?:cierra|congela|bloquea|queda)|da error|fue rechazad|sigue (?:pendiente|sin)|desapareci)`,
  String.raw`(?<![a-zà-ÿ])(?:não (?:cheg|aparec|funcion|carreg|caiu|acontece nada|receb|consigo|foi creditad|abre)|trava|fecha sozinho|deu erro|dá erro|foi (?:recusad|rejeitad)|continua (?:pendente|sem)|sumiu)`,
  '(?:没|沒|未)(?:有)?(?:到账|到帳|收到|反应|反應|成功|显示|顯示|入账|入帳|通过|通過|变化|變化)|(?:一直|总是|總是|然后|然後|结果|結果|但是|但|就)[^。！？\n]{0,30}(?:闪退|閃退|卡|失败|失敗|报错|報錯|打不开|打不開|白屏|黑屏|处理中|處理中|审核中|審核中|转圈|轉圈|不动|不動|登不|被拒|驳回|駁回|冻结|凍結|消失|退出)|闪退|閃退|白屏|(?:登录|登入|登陆|打|加载|載入|收)不(?:了|上|开|開|到)|被(?:拒|驳回|駁回|冻结|凍結|封)',
  '落ち|フリーズ|固ま|止ま|失敗し|エラーにな|エラーが|表示され(?:ない|ません)|反映され|届(?:か|き)ませ|届かない|届いていません|動かない|動きません|開(?:か|き)ませ|進(?:ま|み)ませ|却下され|消え|保留|ログアウトされ|できません|できない|処理中|通(?:り|ら)(?:ません|ない)',
  '멈추|멈췄|멈춥|튕기|튕겨|튕겼|꺼지|꺼집|꺼졌|안 ?(?:들어|와|왔|돼|되|됩|열)|도착하지 않|반영되지 않|실패|오류가|거절|사라졌|보류|대기 중|처리 중',
];
const HAPPENED = new RegExp(HAPPENED_PARTS.join('|'), 'iu');

const EXPECTED =
  /(?<![a-z])(?:i (?:expected|was expecting|thought|would expect)|(?:it |this |that |they |the \w{1,20} )?should(?:n['’]?t)? (?:have |be |get |only |not )?|supposed to|esperaba|debería|tendría que|se supone|esperava|deveria|era para)|应该|應該|本来|本來|原本|按理|期望|(?:はず(?:です|でした|だった|な)|べき|予定でした|と思っていました)|(?:해야 (?:하|합|했)|되어야|줄 알았|예상했|기대했)/iu;

const QUOTED =
  /(?:error|message|says?|said|shows?|showing|reads|displays?|prompt|popup|toast|mensaje|dice|muestra|aparece|pone|mensagem|diz|mostra|提示|报错|報錯|显示|顯示|弹出|彈出|错误|錯誤|エラー|表示|メッセージ|오류|메시지|에러|문구)[^\n"“「『《‘«]{0,24}["“「『《‘«](?<said>[^"”」』》’»\n]{3,200})["”」』》’»]/iu;
const QUOTED_BEFORE =
  /["“「『](?<said>[^"”」』\n]{3,200})["”」』](?:という|との|と)?(?:[^\n]{0,12})?(?:エラー|メッセージ|表示|error|라는|라고|이라고|的提示|的错误)/iu;
const ERROR_CODE =
  /(?<![a-z])(?:(?:error|código de error|erro|código de erro)(?: code| number| no\.?)?[ :#]{1,3}(?:[A-Z]{1,4}[-_]?)?\d{3,6}|(?:err|error)_[a-z_]{3,40}|[A-Z]{2,6}[-_]\d{3,6}(?![\d-]))|(?:错误码|错误代码|錯誤碼|錯誤代碼|エラーコード|오류 ?코드|에러 ?코드)[ ]?(?:是|为|は|은|는|[:：])?[ ]?[A-Za-z]{0,4}[-_]?\d{3,6}/iu;
const ERROR_LINE =
  /(?<![a-z])(?:error(?: message)?|mensaje(?: de error)?|mensagem(?: de erro)?)\s?[:：]\s?(?<said>[A-Za-zÀ-ÿ][^\n]{3,160})/iu;

const MOST_SENTENCES = 80;

/** The sentences of a text; a number with a point in it is none of their ends. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?])\s+|[。！？\n]+/u)
    .map((each) => each.trim())
    .filter((each) => each.length > 3)
    .slice(0, MOST_SENTENCES);
}

/** What was done, what happened and what was expected: the first sentence of each. A sentence that tells two of them is both. */
export function storyIn(text: string): readonly FoundFact[] {
  const sentences = sentencesOf(text);
  const first = (pattern: RegExp): string => sentences.find((sentence) => pattern.test(sentence.slice(0, 600))) ?? '';
  return [...fact('did', first(DID)), ...fact('happened', first(HAPPENED)), ...fact('expected', first(EXPECTED))];
}

/** What an error says: in quotation marks, behind "error:", or its code. */
export function errorsIn(text: string): readonly FoundFact[] {
  const said =
    QUOTED.exec(text)?.groups?.['said'] ??
    QUOTED_BEFORE.exec(text)?.groups?.['said'] ??
    ERROR_LINE.exec(text)?.groups?.['said'] ??
    ERROR_CODE.exec(text)?.[0];
  return fact('errorText', said ?? '');
}
