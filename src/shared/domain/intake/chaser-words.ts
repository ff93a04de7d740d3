/** What people write who wait, and say nothing else with it. English, Chinese, Japanese, Korean, Spanish, Portuguese, French, German, Italian, Russian, Vietnamese, Indonesian, Turkish, Arabic, Thai, Hindi. */
export const CHASER_PHRASES: readonly string[] = [
  // English
  ...`any update|any updates|any update yet|any updates yet|any update on this|any updates on this|any update on my case|any update please|update please|updates please|update|updates|any news|any news yet|any news on this|any progress|any progress yet|
any answer|any answer yet|any response|any reply|anyone|anyone there|anybody|anybody there|is anyone there|is anybody there|is there anyone|someone|somebody|are you there|you there|u there|hello|helo|hi|hey|hello again|
still waiting|i am still waiting|i m still waiting|im still waiting|still waiting for a reply|still waiting for your reply|still waiting for an answer|waiting|i am waiting|i m waiting|im waiting|waiting for your reply|waiting for your response|waiting for a reply|
still nothing|still no reply|still no answer|still no response|no reply|no answer|no response|no reply yet|no response yet|why no reply|why no answer|please reply|please respond|please answer|pls reply|plz reply|reply please|answer me|please answer me|reply me|respond please|please update|please update me|
following up|just following up|following up on this|just following up on this|follow up|checking in|just checking in|just checking|bump|ping|up|what is happening|what s happening|whats happening|what is going on|what s going on|whats going on|what is the status|what s the status|whats the status|status|status update|
how long|how long will it take|how much longer|how much longer will it take|when will you reply|when will you answer|when will i get a reply|can you help|can anyone help|can someone help|can you help me|please help|pls help|plz help|help|help me|please help me|can someone help me|can you please help|can i get an update|may i get an update|could i get an update|can you give me an update|could you give me an update|have you checked|did you check|did you see my message|have you seen my message`.split(
    /[|\n]+/u,
  ),
  // Chinese, both scripts
  ...'在吗|在嗎|在么|在不|在不在|在线吗|在線嗎|有人吗|有人嗎|有人在吗|有人在嗎|有人么|人呢|还在吗|還在嗎|喂|你好|您好|哈喽|哈囉|哈罗|有消息吗|有消息嗎|有消息了吗|有消息了嗎|有进展吗|有進展嗎|有进展了吗|有進展了嗎|有结果吗|有結果嗎|有结果了吗|有結果了嗎|有回复吗|有回覆嗎|有更新吗|有更新嗎|怎么样了|怎麼樣了|怎样了|怎樣了|如何了|进展如何|進展如何|现在怎么样了|現在怎麼樣了|什么情况|什麼情況|处理了吗|處理了嗎|处理好了吗|處理好了嗎|处理得怎么样了|處理得怎麼樣了|解决了吗|解決了嗎|好了吗|好了嗎|好了没|好了沒|还没好吗|還沒好嗎|查到了吗|查到了嗎|快点|快點|快一点|快一點|催一下|催|急|很急|急急|加急|请尽快|請盡快|请尽快处理|請盡快處理|尽快处理|盡快處理|麻烦尽快|麻煩盡快|麻烦尽快处理|麻煩盡快處理|请回复|請回覆|请回复我|請回覆我|回复我|回覆我|回我|请回|怎么不回|怎麼不回|怎么不回复|怎麼不回覆|为什么不回复|為什麼不回覆|没人回吗|沒人回嗎|没人吗|沒人嗎|还没回复|還沒回覆|还在等|還在等|我还在等|我還在等|等很久了|等了很久了|我等了很久了|还要等多久|還要等多久|要多久|多久|什么时候回复|什麼時候回覆|什么时候能好|什麼時候能好|顶|頂|跟进一下|跟進一下|请跟进|請跟進'.split(
    '|',
  ),
  // Japanese
  ...'まだですか|まだでしょうか|まだ|返事ください|返事をください|お返事ください|お返事をください|お返事お待ちしています|お返事をお待ちしています|お返事お待ちしております|返信ください|返信をください|ご返信ください|ご返信をお願いします|ご返信お願いします|ご返信お願いいたします|返信お願いします|お返事お願いします|返事まだですか|お返事まだですか|返信まだですか|ご返信まだでしょうか|いかがでしょうか|いかがですか|その後いかがでしょうか|その後いかがですか|どうなりましたか|どうなっていますか|どうなってますか|状況はいかがでしょうか|進捗いかがですか|進捗はいかがでしょうか|進捗はありますか|確認できましたか|ご確認いただけましたか|いつになりますか|いつ頃になりますか|もしもし|すみません|こんにちは|誰かいますか|いますか|待っています|お待ちしています|まだ待っています|急いでいます|至急お願いします|早くしてください|対応お願いします'.split(
    '|',
  ),
  // Korean
  ...'계세요|계신가요|거기 계세요|누구 있나요|아무도 없나요|저기요|여보세요|안녕하세요|답변 주세요|답변 좀 주세요|답변 부탁드립니다|답변 부탁드려요|답장 주세요|답장 부탁드립니다|빠른 답변 부탁드립니다|빠른 답변 부탁드려요|빨리 답변 주세요|언제 답변 주시나요|답변 언제 주시나요|답변 언제 오나요|답변이 없네요|아직인가요|아직 멀었나요|아직도 기다리고 있습니다|기다리고 있습니다|기다리고 있어요|아직 기다리고 있어요|어떻게 됐나요|어떻게 되었나요|어떻게 되고 있나요|어떻게 되어가나요|진행 상황 알려주세요|진행 상황이 어떻게 되나요|진행상황 궁금합니다|확인 부탁드립니다|확인하셨나요|확인 됐나요|업데이트 있나요|소식 있나요|얼마나 걸리나요|언제 되나요|빨리요|빨리 해주세요|급합니다|급해요'.split(
    '|',
  ),
  // Spanish, Portuguese
  ...'alguna novedad|alguna noticia|hay novedades|hay alguna novedad|novedades|noticias|alguna actualización|alguna respuesta|hay alguien|hay alguien ahí|alguien|alguien ahí|están ahí|hola|sigo esperando|aún espero|todavía espero|sigo esperando respuesta|sigo esperando una respuesta|sin respuesta|aún nada|todavía nada|respondan|responda por favor|respondan por favor|me pueden responder|me responden|espero respuesta|espero su respuesta|cuánto tiempo|cuánto falta|qué pasó|qué pasa|cómo va|cómo va todo|cómo va mi caso|ayuda|ayúdenme|me pueden ayudar|alguma novidade|alguma notícia|alguma atualização|alguma resposta|tem alguém aí|alguém|alguém aí|olá|oi|ainda estou esperando|continuo esperando|estou aguardando|ainda aguardando|aguardo|aguardo retorno|aguardo resposta|sem resposta|até agora nada|me respondam|respondam por favor|podem me ajudar|quanto tempo|e aí'.split(
    '|',
  ),
  // French, German, Italian
  ...`des nouvelles|avez vous des nouvelles|une mise à jour|du nouveau|quelqu'un|il y a quelqu'un|y a quelqu'un|allô|bonjour|j'attends toujours|j'attends|toujours rien|toujours pas de réponse|pas de réponse|une réponse|répondez|répondez moi|où en est on|où en êtes vous|combien de temps|aidez moi|gibt es etwas neues|gibt es neuigkeiten|gibt es was neues|neuigkeiten|etwas neues|was neues|ist jemand da|jemand da|hallo|ich warte noch|ich warte immer noch|ich warte|warte immer noch|immer noch nichts|keine antwort|immer noch keine antwort|bitte antworten|bitte um antwort|bitte antworten sie|wie lange noch|wie ist der stand|was ist los|aktualisierungen|ci sono novità|novità|aggiornamenti|ci sono aggiornamenti|c'è qualcuno|qualcuno|ciao|salve|sto ancora aspettando|aspetto ancora|sto aspettando|ancora niente|nessuna risposta|rispondete|rispondetemi|quanto tempo`.split(
    '|',
  ),
  // Russian, Vietnamese, Indonesian, Turkish, Arabic, Thai, Hindi
  ...'есть новости|новости|какие новости|есть кто|есть кто нибудь|тут кто нибудь есть|алло|ау|привет|здравствуйте|ответьте|ответьте мне|жду|жду ответа|всё ещё жду|все еще жду|я жду|нет ответа|почему не отвечаете|где ответ|долго ещё|сколько ждать|что там|ну что|как дела с моим вопросом|có ai không|có cập nhật gì chưa|có cập nhật chưa|có tin gì chưa|có tin gì mới không|có ai ở đó không|xin chào|alo|tôi vẫn đang chờ|vẫn đang chờ|tôi đang chờ|trả lời tôi|sao chưa trả lời|bao lâu nữa|xong chưa|ada kabar|ada update|ada perkembangan|gimana kabarnya|bagaimana kabarnya|ada orang|halo|masih menunggu|saya masih menunggu|saya menunggu|mohon dibalas|tolong dibalas|tolong balas|belum ada jawaban|berapa lama lagi|gelişme var mı|bir gelişme var mı|haber var mı|güncelleme var mı|kimse var mı|orada mısınız|merhaba|hâlâ bekliyorum|hala bekliyorum|bekliyorum|cevap bekliyorum|cevap verin|neden cevap vermiyorsunuz|ne zaman|ne oldu|هل من جديد|أي جديد|اي جديد|هل من تحديث|أي تحديث|هل من أخبار|هل من أحد|هل يوجد أحد|مرحبا|ألو|ما زلت أنتظر|لا زلت أنتظر|أنا أنتظر|أنتظر|لا يوجد رد|أين الرد|الرجاء الرد|ارجو الرد|أرجو الرد|มีความคืบหน้าไหม|มีอัพเดทไหม|มีใครอยู่ไหม|สวัสดี|รออยู่|ยังรออยู่|ตอบด้วย|ช่วยตอบด้วย|ถึงไหนแล้ว|เมื่อไหร่|कोई अपडेट|कोई अपडेट है|कोई जवाब|कोई है|हेलो|हैलो|नमस्ते|मैं इंतज़ार कर रहा हूँ|मैं इंतजार कर रहा हूं|अभी भी इंतज़ार|जवाब दीजिए|कृपया जवाब दें'.split(
    '|',
  ),
];

/** Courtesy and signatures of programs that may stand beside any of them. */
export const BESIDE_PHRASES: readonly string[] =
  `please|pls|plz|plss|thanks|thank you|thx|ty|sir|madam|team|support|guys|dear|dear team|dear support|admin|there|again|yet|now|so|and|ok|okay|just|good morning|good afternoon|good evening|regards|best regards|kind regards|sent from my iphone|sent from my ipad|sent from my android|sent from my mobile|get outlook for ios|get outlook for android|
请|請|谢谢|謝謝|请问|請問|麻烦|麻煩|客服|亲|親|啊|呢|吗|嗎|吧|了|呀|哦|现在|現在|一下|请帮忙|請幫忙|大概|よろしくお願いします|よろしくお願いいたします|お願いします|お願いいたします|お世話になっております|ありがとうございます|お疲れ様です|부탁드립니다|부탁드려요|감사합니다|안녕하세요|네|좀|por favor|gracias|buenos días|buenas tardes|buenas noches|buenas|señores|saludos|porfa|obrigado|obrigada|bom dia|boa tarde|boa noite|s'il vous plaît|svp|merci|cordialement|bitte|danke|guten tag|guten morgen|mit freundlichen grüßen|viele grüße|per favore|grazie|buongiorno|пожалуйста|спасибо|добрый день|добрый вечер|доброе утро|ạ|vui lòng|cảm ơn|tolong|mohon|terima kasih|min|kak|gan|pak|bu|lütfen|teşekkürler|من فضلك|لو سمحت|شكرا|السلام عليكم|ครับ|ค่ะ|คะ|นะครับ|นะคะ|ขอบคุณ|कृपया|धन्यवाद|सर|जी`
    .split(/[|\n]+/u)
    .filter((each) => each !== '');
