import type { SampleLanguage, Topic } from './phrases.ts';

/** What colleagues write to each other when a case changes hands, and what customers are promised. Gaps are those of the phrases. */

export interface HandoffPhrases {
  /** Null: the subject of the case says it. */
  readonly goals: Readonly<Record<Topic, string>> | null;
  /** Where it stands: with the payments team, in general, with the engineers. */
  readonly states: readonly [payments: string, general: string, engineers: string];
  readonly tried: readonly (readonly [what: string, result: string])[];
  readonly actions: readonly string[];
  readonly plans: readonly (readonly [when: string, action: string])[];
  readonly notToDo: readonly string[];
  readonly waitingOn: readonly [payments: string, general: string, engineers: string];
  readonly declines: readonly string[];
  readonly returns: readonly string[];
  readonly questions: readonly string[];
}

const english: HandoffPhrases = {
  goals: {
    withdrawal: 'Wants withdrawal {order} over {amount} released.',
    'wrong-network': 'Wants the {amount} back that went over {wrongNetwork} instead of {network}.',
    'two-factor': 'Wants to get in again after losing the phone with the second factor.',
    kyc: 'Wants the identity check finished; it has been rejected once already.',
    api: 'Wants to know why the API answers 429 below the documented limit.',
    fees: 'Wants the network fee of {fee} explained, and refunded if it was ours.',
    card: 'Wants the declined card payment of {fiat} to go through.',
    login: 'Wants to be sure that nobody else is in the account.',
    impersonator: 'Wants to know whether {handle} is one of us, and what to do about it.',
    tax: 'Wants a tax report for {year} that their accountant accepts.',
    referral: 'Wants the referral bonus that was promised.',
    crash: 'Wants the app to open again on their {device}.',
    deposit: 'Wants the deposit of {fiat} credited.',
    closing: 'Wants the account closed and the data deleted.',
  },
  states: [
    'Identity is confirmed. Payments has everything (PAY-{octet}{last4}) and has not answered yet.',
    'Everything we asked for is in the thread. Nothing is missing from the customer.',
    'Engineering can reproduce it (ENG-{last4}). A fix is in review, no date yet.',
  ],
  tried: [
    ['Asked payments twice in their channel', 'Seen, no answer'],
    ['Called the customer at their request', 'No answer; voicemail is full'],
    ['Checked the account for flags', 'Clean, member since {year}'],
    ['Sent the steps from the help page', 'The customer had done them already'],
  ],
  actions: [
    'Ask payments for the release of PAY-{octet}{last4}',
    'Read the customer’s last message and confirm that the wallet is theirs',
    'Write to the customer with what engineering says',
    'Check whether the request has moved, then tell the customer either way',
  ],
  plans: [
    ['Payments has not answered an hour before it is due', 'Tell the customer so, and give them a new time'],
    ['The customer asks for a supervisor', 'Call them; do not answer by mail'],
    ['The address turns out to be flagged', 'Stop, and ask the security lead before writing anything'],
  ],
  notToDo: [
    'Do not send the standard template: they got it twice already.',
    'Do not promise a date for the fix.',
    'Do not ask for the documents again.',
  ],
  waitingOn: ['Payments team', 'Nobody', 'Engineering, ENG-{last4}'],
  declines: [
    'Two urgent withdrawals here until noon, I would not get to it in time.',
    'I have no access to the payments tool this week.',
    'Needs somebody who has handled a wallet recovery before.',
  ],
  returns: [
    'The customer writes in a language that I do not read well enough.',
    'This needs a four-eyes release and I am alone this morning.',
  ],
  questions: ['Did they confirm the new address in writing, or only in the chat?', 'Is the fee waived, or do we still have to ask for it?'],
};

const chinese: HandoffPhrases = {
  goals: null,
  states: [
    '身份已核实，付款组已收到全部材料（PAY-{octet}{last4}），尚未回复。',
    '所需材料都在往来邮件里，客户那边不缺任何东西。',
    '技术组已重现问题（ENG-{last4}），修复在评审中，暂无日期。',
  ],
  tried: [
    ['在付款组频道问了两次', '已读，没有答复'],
    ['按客户要求回了电话', '无人接听'],
  ],
  actions: ['向付款组确认 PAY-{octet}{last4} 能否放行', '看客户最后一条留言，确认钱包归本人所有', '无论结果如何都给客户回信'],
  plans: [
    ['到期前一小时付款组仍未回复', '如实告诉客户，并给出新的时间'],
    ['客户要求找主管', '直接打电话，不要再发邮件'],
  ],
  notToDo: ['不要再发标准模板，客户已经收到两次了。', '不要承诺修复日期。'],
  waitingOn: ['付款组', '无', '技术组 ENG-{last4}'],
  declines: ['手上有两件紧急提现，来不及处理。', '这周没有付款系统的权限。'],
  returns: ['需要双人复核，今天早上只有我一个人。'],
  questions: ['新地址是邮件里确认的，还是只在聊天里说过？'],
};

const japanese: HandoffPhrases = {
  goals: null,
  states: [
    '本人確認は済んでいます。決済チームに依頼済み（PAY-{octet}{last4}）、返答待ちです。',
    '必要な情報はすべてスレッドにあります。お客様からの不足はありません。',
    '開発チームで再現済み（ENG-{last4}）。修正はレビュー中で、日程は未定です。',
  ],
  tried: [['決済チームに二度確認', '既読、返答なし']],
  actions: ['決済チームに PAY-{octet}{last4} の状況を確認する', 'お客様の最後のメッセージを読み、結果を連絡する'],
  plans: [['期限の一時間前までに返答がない', 'お客様にその旨と新しい時刻を伝える']],
  notToDo: ['定型文は送らないでください。すでに二度届いています。'],
  waitingOn: ['決済チーム', 'なし', '開発チーム ENG-{last4}'],
  declines: ['急ぎの出金が二件あり、期限までに見られません。'],
  returns: ['二名での確認が必要ですが、午前中は一人です。'],
  questions: ['新しいアドレスは書面で確認しましたか。'],
};

const spanish: HandoffPhrases = {
  goals: null,
  states: [
    'Identidad confirmada. Pagos lo tiene todo (PAY-{octet}{last4}) y aún no ha contestado.',
    'Todo lo que pedimos está en el hilo. Al cliente no le falta nada.',
    'Ingeniería lo reproduce (ENG-{last4}). El arreglo está en revisión, sin fecha.',
  ],
  tried: [['Preguntado dos veces a pagos', 'Visto, sin respuesta']],
  actions: ['Pedir a pagos que libere PAY-{octet}{last4}', 'Leer el último mensaje y escribir al cliente con el resultado'],
  plans: [['Pagos no contesta una hora antes', 'Decírselo al cliente y darle otra hora']],
  notToDo: ['No enviar la plantilla: ya la ha recibido dos veces.'],
  waitingOn: ['Equipo de pagos', 'Nadie', 'Ingeniería, ENG-{last4}'],
  declines: ['Tengo dos retiros urgentes y no llegaría a tiempo.'],
  returns: ['Hace falta doble revisión y esta mañana estoy solo.'],
  questions: ['¿Confirmó la dirección nueva por escrito?'],
};

const portuguese: HandoffPhrases = {
  goals: null,
  states: [
    'Identidade confirmada. Pagamentos tem tudo (PAY-{octet}{last4}) e ainda não respondeu.',
    'Tudo o que pedimos está na conversa. Não falta nada do cliente.',
    'A engenharia reproduz o erro (ENG-{last4}). A correção está em revisão, sem data.',
  ],
  tried: [['Perguntado duas vezes a pagamentos', 'Visto, sem resposta']],
  actions: ['Pedir a pagamentos que libere PAY-{octet}{last4}', 'Ler a última mensagem e escrever ao cliente com o resultado'],
  plans: [['Pagamentos não responde até uma hora antes', 'Avisar o cliente e dar um novo horário']],
  notToDo: ['Não enviar o modelo: já o recebeu duas vezes.'],
  waitingOn: ['Equipa de pagamentos', 'Ninguém', 'Engenharia, ENG-{last4}'],
  declines: ['Tenho dois saques urgentes e não chegaria a tempo.'],
  returns: ['É preciso dupla verificação e esta manhã estou sozinha.'],
  questions: ['Confirmou o novo endereço por escrito?'],
};

/** What both sides read best; English where they share nothing else. */
export const HANDOFF_PHRASES: Readonly<Partial<Record<string, HandoffPhrases>>> & { readonly en: HandoffPhrases } = {
  en: english,
  'zh-Hans': chinese,
  ja: japanese,
  es: spanish,
  pt: portuguese,
};

/** What the customer read. */
export const PROMISES: Readonly<Record<SampleLanguage, readonly string[]>> = {
  en: ['I will write to you by then, with or without a result.', 'You will have an answer from our payments team by then.'],
  'zh-Hans': ['届时无论有无结果，我都会给您回信。', '届时付款组会给您答复。'],
  ja: ['それまでに、結果の有無にかかわらずご連絡いたします。', 'それまでに決済チームの回答をお伝えします。'],
  es: ['Le escribiré antes de esa hora, haya o no resultado.', 'Antes de esa hora tendrá la respuesta de pagos.'],
  ko: ['그때까지 결과와 관계없이 연락드리겠습니다.', '그때까지 결제팀의 답변을 전해 드리겠습니다.'],
  pt: ['Escrevo até essa hora, com ou sem resultado.', 'Até essa hora terá a resposta de pagamentos.'],
};
