/** What the generated mails are put together from. `#` becomes an order number, `$` an amount, `@` a date. */
export interface Sentences {
  readonly language: string;
  /** Share of the threads, in hundredths. */
  readonly share: number;
  readonly charset: 'utf-8' | 'gb18030' | 'windows-1252' | 'euc-kr';
  /** Minutes east of UTC on the customers' clocks. */
  readonly offsetMinutes: number;
  readonly givenNames: readonly string[];
  readonly familyNames: readonly string[];
  readonly familyFirst: boolean;
  readonly subjects: readonly string[];
  readonly greetings: readonly string[];
  readonly customer: readonly string[];
  readonly agent: readonly string[];
  readonly closings: readonly string[];
}

const english: Sentences = {
  language: 'en',
  share: 40,
  charset: 'utf-8',
  offsetMinutes: -300,
  givenNames: ['Alice', 'Brian', 'Chloe', 'Daniel', 'Emma', 'Frank', 'Grace', 'Henry', 'Isla', 'Jack', 'Kate', 'Liam', 'Maya', 'Noah'],
  familyNames: ['Abbott', 'Bennett', 'Carter', 'Dawson', 'Ellis', 'Foster', 'Grant', 'Hughes', 'Irving', 'Jordan', 'Keller', 'Lawson'],
  familyFirst: false,
  subjects: [
    'Where is order #?',
    'Refund for # still missing',
    'Charged twice for #',
    'Cannot sign in',
    'Invoice for # please',
    'Broken on arrival: #',
  ],
  greetings: ['Hello,', 'Hi there,', 'Good morning,', 'Dear support team,'],
  customer: [
    'I placed order # on @ and it has not arrived yet.',
    'The tracking page has said "label created" for more than a week now, and nobody at the carrier can tell me where the parcel is.',
    'I was promised a refund of $ within five days, and I still do not see it on my card statement.',
    'Could you please check whether the payment of $ went through, because my bank shows it twice?',
    'I have attached a screenshot of the message that appears when I try to sign in.',
    'My wife needs the item before the weekend, so a clear answer today would help us a lot.',
    'The colour is not the one shown on your site, and the left hinge is loose.',
    'I already tried to clear the cache, another browser and my phone, with the same result.',
    'If it can not be delivered by @, please cancel # and send the money back.',
    'Thank you for looking into this, I know that it is a busy season for you.',
  ],
  agent: [
    'Thank you for writing to us, and I am sorry for the trouble with #.',
    'I have asked the carrier to open an investigation; they usually answer within two working days.',
    'The refund of $ was started on @ and should be on your statement within three to five days.',
    'The second charge is a reservation only and will be released by your bank without anything to do for you.',
    'Could you tell me the last four digits of the card and the postcode of the delivery address?',
    'I have sent a replacement today, free of charge, and the label for the return is in your account.',
    'Please let me know whether this works for you, I keep the case open until I hear from you.',
  ],
  closings: ['Best regards,', 'Kind regards,', 'Thanks,', 'Many thanks and have a good day,'],
};

const chinese: Sentences = {
  language: 'zh',
  share: 18,
  charset: 'gb18030',
  offsetMinutes: 480,
  givenNames: ['伟', '芳', '娜', '敏', '静', '强', '磊', '洋', '艳', '勇', '军', '杰', '娟', '涛'],
  familyNames: ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙'],
  familyFirst: true,
  subjects: ['订单 # 还没有发货', '退款失败，请帮忙处理', '重复扣款 $', '无法登录账号', '需要 # 的发票', '收到的商品有破损'],
  greetings: ['您好，', '你好！', '客服您好：'],
  customer: [
    '我在@下的订单 # 到现在还没有收到，请帮我查一下物流。',
    '物流页面一个多星期都停留在“已揽收”，快递公司也说不清楚包裹在哪里。',
    '之前承诺五天之内退款 $，可是银行卡上一直没有看到这笔钱。',
    '同一笔订单被扣了两次款，麻烦核实一下是不是系统的问题。',
    '附件是登录时出现的错误提示截图，换了浏览器和手机都一样。',
    '家里人周末之前要用，希望今天能够给我一个明确的答复。',
    '颜色和网站上的图片不一样，左边的铰链也是松的。',
    '如果@之前不能送到，请直接取消订单 # 并把钱退给我。',
  ],
  agent: [
    '感谢您的来信，订单 # 给您带来的不便我们非常抱歉。',
    '我们已经请快递公司核查包裹的位置，一般两个工作日之内会有结果。',
    '退款 $ 已于@提交，三到五个工作日之内会到账。',
    '第二笔扣款只是预授权，银行会自动释放，您不需要做任何操作。',
    '请提供银行卡的后四位数字以及收货地址的邮编，以便我们核对。',
    '今天已经为您免费补发一件，退货标签可以在账号里下载。',
  ],
  closings: ['谢谢！', '麻烦尽快处理，谢谢。', '祝好'],
};

const japanese: Sentences = {
  language: 'ja',
  share: 12,
  charset: 'utf-8',
  offsetMinutes: 540,
  givenNames: ['美咲', '陽子', '健太', '翔', '直樹', '由美', '大輔', '彩', '亮', '恵'],
  familyNames: ['佐藤', '鈴木', '高橋', '田中', '伊藤', '渡辺', '山本', '中村', '小林', '加藤'],
  familyFirst: true,
  subjects: [
    '注文 # が届きません',
    '返金について',
    '二重に請求されています',
    'ログインできません',
    '# の領収書をお願いします',
    '商品が破損していました',
  ],
  greetings: ['お世話になっております。', 'サポート担当者様', 'こんにちは。'],
  customer: [
    '@に注文した # がまだ届いておりません。',
    '追跡ページは一週間以上「受付済み」のままで、配送会社に聞いても分からないと言われました。',
    '五日以内に $ を返金していただけるとのことでしたが、まだ明細に反映されていません。',
    '同じ注文で二回請求されているようですので、ご確認をお願いいたします。',
    'ログインの際に表示されるエラーの画面を添付しました。別のブラウザでも同じ結果でした。',
    '週末までに必要なので、本日中にご回答をいただけると助かります。',
    'サイトの写真と色が違い、左側の部品も緩んでいます。',
    '@までに届かない場合は、# をキャンセルして返金してください。',
  ],
  agent: [
    'お問い合わせいただきありがとうございます。# の件でご迷惑をおかけし、申し訳ございません。',
    '配送会社に調査を依頼いたしました。通常は二営業日以内に回答がございます。',
    '$ の返金は@に手続きが完了しており、三日から五日ほどで反映される予定です。',
    '二件目の請求は仮押さえですので、自動的に解除されます。',
    '本人確認のため、カードの下四桁とお届け先の郵便番号をお知らせください。',
    '本日、代わりの商品を無料で発送いたしました。返送用のラベルはアカウントからダウンロードできます。',
  ],
  closings: ['よろしくお願いいたします。', '以上、よろしくお願い申し上げます。'],
};

const korean: Sentences = {
  language: 'ko',
  share: 8,
  charset: 'euc-kr',
  offsetMinutes: 540,
  givenNames: ['민준', '서연', '지훈', '하은', '도윤', '수빈', '예준', '지우'],
  familyNames: ['김', '이', '박', '최', '정', '강', '조', '윤'],
  familyFirst: true,
  subjects: ['주문 # 배송 문의', '환불이 아직 안 됐어요', '결제가 두 번 됐습니다', '로그인이 안 됩니다', '# 영수증 요청'],
  greetings: ['안녕하세요.', '안녕하세요, 고객센터 담당자님.'],
  customer: [
    '@에 주문한 #이 아직 도착하지 않았습니다.',
    '배송 조회 화면이 일주일 넘게 바뀌지 않고, 택배 회사에서도 위치를 모른다고 합니다.',
    '닷새 안에 $를 환불해 주신다고 했는데 아직 카드 내역에 보이지 않습니다.',
    '같은 주문이 두 번 결제된 것 같으니 확인 부탁드립니다.',
    '로그인할 때 나오는 오류 화면을 첨부했습니다. 다른 브라우저에서도 똑같습니다.',
    '주말 전에 꼭 필요해서 오늘 답변을 주시면 감사하겠습니다.',
  ],
  agent: [
    '문의해 주셔서 감사합니다. # 건으로 불편을 드려 죄송합니다.',
    '택배 회사에 확인을 요청했으며 보통 영업일 기준 이틀 안에 답변이 옵니다.',
    '$ 환불은 @에 접수되었고 사흘에서 닷새 안에 반영될 예정입니다.',
    '확인을 위해 카드 번호 마지막 네 자리와 배송지 우편번호를 알려 주세요.',
  ],
  closings: ['감사합니다.', '빠른 답변 부탁드립니다.'],
};

const spanish: Sentences = {
  language: 'es',
  share: 10,
  charset: 'windows-1252',
  offsetMinutes: 60,
  givenNames: ['Lucía', 'Mateo', 'Sofía', 'Hugo', 'Inés', 'Álvaro', 'Begoña', 'Íñigo'],
  familyNames: ['García', 'Fernández', 'Muñoz', 'Ibáñez', 'Peña', 'Núñez', 'Sáez', 'Ordóñez'],
  familyFirst: false,
  subjects: ['¿Dónde está mi pedido #?', 'Reembolso de # pendiente', 'Cobro duplicado', 'No puedo iniciar sesión', 'Factura de #'],
  greetings: ['Hola,', 'Buenos días:', 'Estimado equipo:'],
  customer: [
    'Hice el pedido # el @ y todavía no ha llegado.',
    'La página de seguimiento lleva más de una semana sin cambios y el transportista no sabe decirme dónde está el paquete.',
    'Me prometieron un reembolso de $ en cinco días y aún no aparece en mi tarjeta.',
    'Creo que me han cobrado dos veces el mismo pedido, ¿podrían comprobarlo?',
    'Adjunto una captura del mensaje que aparece al iniciar sesión; con otro navegador pasa lo mismo.',
    'Lo necesito antes del fin de semana, así que les agradecería una respuesta hoy mismo.',
  ],
  agent: [
    'Gracias por escribirnos y disculpe las molestias con el pedido #.',
    'Hemos pedido al transportista que investigue; suele contestar en dos días laborables.',
    'El reembolso de $ se tramitó el @ y debería verlo en tres o cinco días.',
    '¿Podría indicarme los cuatro últimos dígitos de la tarjeta y el código postal de entrega?',
  ],
  closings: ['Un saludo,', 'Muchas gracias y un saludo,'],
};

const portuguese: Sentences = {
  language: 'pt',
  share: 7,
  charset: 'utf-8',
  offsetMinutes: -180,
  givenNames: ['João', 'Beatriz', 'Tiago', 'Conceição', 'Inês', 'Gonçalo', 'Rita', 'Luís'],
  familyNames: ['Gonçalves', 'Magalhães', 'Simões', 'Araújo', 'Brandão', 'Lourenço', 'Assunção'],
  familyFirst: false,
  subjects: ['Onde está o pedido #?', 'Reembolso de # em falta', 'Cobrança em duplicado', 'Não consigo entrar na conta', 'Fatura de #'],
  greetings: ['Olá,', 'Bom dia,', 'Boa tarde,'],
  customer: [
    'Fiz o pedido # em @ e ainda não o recebi.',
    'A página de rastreio não muda há mais de uma semana e a transportadora não sabe onde está a encomenda.',
    'Prometeram-me um reembolso de $ em cinco dias e ainda não aparece no extrato do cartão.',
    'Parece-me que fui cobrado duas vezes pelo mesmo pedido, podem verificar?',
    'Envio em anexo a imagem do erro que aparece quando tento entrar; noutro navegador acontece o mesmo.',
    'Preciso disto antes do fim de semana, por isso agradeço uma resposta ainda hoje.',
  ],
  agent: [
    'Obrigado pelo seu contacto e pedimos desculpa pelo incómodo com o pedido #.',
    'Já pedimos à transportadora que investigue; costuma responder em dois dias úteis.',
    'O reembolso de $ foi pedido em @ e deve aparecer dentro de três a cinco dias.',
    'Pode indicar os últimos quatro algarismos do cartão e o código postal da entrega?',
  ],
  closings: ['Cumprimentos,', 'Obrigada e até breve,'],
};

const arabic: Sentences = {
  language: 'ar',
  share: 5,
  charset: 'utf-8',
  offsetMinutes: 180,
  givenNames: ['أحمد', 'فاطمة', 'يوسف', 'ليلى', 'عمر', 'سارة'],
  familyNames: ['حداد', 'منصور', 'خليل', 'سالم', 'عباس', 'نصر'],
  familyFirst: false,
  subjects: ['أين الطلب #؟', 'لم يصل المبلغ المسترد', 'خصم مكرر', 'لا أستطيع تسجيل الدخول'],
  greetings: ['مرحبا،', 'السلام عليكم،'],
  customer: [
    'طلبت المنتج # بتاريخ @ ولم يصل حتى الآن.',
    'صفحة التتبع لم تتغير منذ أكثر من أسبوع وشركة الشحن لا تعرف مكان الطرد.',
    'وعدتموني برد مبلغ $ خلال خمسة أيام ولم يظهر في كشف البطاقة.',
    'أعتقد أن المبلغ خصم مرتين عن الطلب نفسه، هل يمكنكم التحقق من ذلك؟',
    'أحتاج إليه قبل نهاية الأسبوع، وأرجو الرد اليوم إن أمكن.',
  ],
  agent: [
    'شكرا لتواصلكم معنا، ونعتذر عن المشكلة في الطلب #.',
    'طلبنا من شركة الشحن فتح تحقيق، وعادة ما يصل الرد خلال يومي عمل.',
    'تم تقديم طلب استرداد $ بتاريخ @ وسيظهر خلال ثلاثة إلى خمسة أيام.',
  ],
  closings: ['مع التحية،', 'شكرا جزيلا،'],
};

export const allSentences: readonly Sentences[] = [english, chinese, japanese, korean, spanish, portuguese, arabic];
