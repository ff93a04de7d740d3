import type { AskWords } from './outbound-words.ts';

const spanish: AskWords = {
  nouns: [
    [
      'recovery-phrase',
      /\bfrases?\s(?:semilla|secreta|de (?:recuperaci[óo]n|seguridad|respaldo)|mnemot[ée]cnica|mnem[óo]nica)(?:\sde recuperaci[óo]n)?|\b(?:seed|semilla)\b(?: phrase)?|\b(?:12|24|doce|veinticuatro)\s(?:palabras|términos)|\bpalabras\s(?:semilla|secretas|de (?:recuperaci[óo]n|respaldo))|\bmnem[óo]nico/giu,
    ],
    ['private-key', /\b(?:claves?|llaves?)\s(?:privadas?|secretas?)|\bkeystore\b/giu],
    [
      'one-time-code',
      /\bc[óo]digos?\s(?:de\s(?:verificaci[óo]n|seguridad|confirmaci[óo]n|acceso|autenticaci[óo]n|un solo uso|respaldo|6 d[íi]gitos|seis d[íi]gitos)|sms|2fa|otp|que\s(?:te|le|les)\s(?:lleg[óo]|enviamos|ha llegado|acaba)|que (?:recibi[óo]|recibiste|aparece)|de google|del? (?:sms|autenticador|google authenticator)|recibido)|\botp\b|\b2fa\b/giu,
    ],
    ['password', /\bcontrase[ñn]as?\b|\bclave\sde\s(?:acceso|inicio|ingreso)|\bpin\b|\bcredenciales\b|\bpassword\b/giu],
    ['card-number', /\bcvv\b|\bcvc\b|\bn[úu]mero completo de (?:su|tu|la) tarjeta/giu],
  ],
  hand: /(?<!\p{L})(?:env[íi]e(?:me|nos|n)?|env[íi]a(?:me|nos)?|enviar(?:me|nos|la)?|mande(?:me|nos)?|m[áa]nde(?:me|nos)|manda(?:me|nos)?|m[áa]nda(?:me|nos)|mandar(?:me|nos)?|compart(?:e|a|ir)(?:me|nos|la)?|comp[áa]rt(?:e|a)(?:me|nos)|proporci[oó]n(?:e|a|ar)(?:me|nos)?|proporcionar(?:me|nos)?|d[ée](?:me|nos)|da(?:me|nos)|darme|darnos|dar|d[íi]ga(?:me|nos)|di(?:me|nos)|decir(?:me|nos)|ind[íi]que(?:me|nos)?|ind[íi]ca(?:me|nos)?|indicar(?:me|nos)?|facilit(?:e|a|ar)(?:me|nos)?|facil[íi]t(?:e|a)(?:me|nos)|confirm(?:e|a|ar)(?:me|nos)?|conf[íi]rm(?:e|a)(?:me|nos)|p[áa]s(?:a|e)(?:me|nos)|pasar(?:me|nos)|respond(?:a|e|er) con|contest(?:a|e) con|adjunt(?:e|a|ar)|remit(?:a|e|ir)(?:me|nos)?|(?:necesit(?:o|amos|aremos|ar[ée]|ar[íi]amos)|requ(?:iero|erimos|eriremos)|precis(?:o|amos)|solicit(?:o|amos)|me falta|nos falta)|verifi(?:que|ca|car)|valid(?:e|a|ar)|sub(?:e|a|ir)|comun[íi]que(?:me|nos)|dict(?:e|a)(?:me|nos)?|d[íi]ct(?:e|a)(?:me|nos)|ens[ée][ñn](?:e|a)(?:me|nos)|mu[ée]str(?:e|a)(?:me|nos))(?!\p{L})/giu,
  type: /(?<!\p{L})(?:introduzca|introduce|introducir|ingrese|ingresa|ingresar|escrib(?:a|e|ir)(?:me|nos)?|escr[íi]b(?:a|e)(?:me|nos)|pegue|pega|pegar|teclee|teclea|digite|digita|rellene|rellena|ponga|pon|importe|importa|inserte|inserta|copie|copia)(?!\p{L})/giu,
  order: 'verb-noun',
  gap: 80,
  gapStop:
    /(?<!\p{L})(?:que|si|cuando|después|tras|antes|porque|cómo|dónde|no|nunca|sin|excepto|salvo|error|enlace|restablecer|cambi\p{L}+|hash|copia de|captura del? error|nadie|alguien|sobre|ni|comprob\p{L}+|guía|pasos|ajustes|le|les)(?!\p{L})/iu,
  compound: /^\s(?:temporal|olvidada|caduca|expira|es válid|funciona|está guardad|nueva en ajustes|de aplicación)/iu,
  negation:
    /(?<!\p{L})(?:no|não|nunca|jamás|nadie|ningún|ninguna|sin|tampoco|evite|evita|alguien|quien(?:es)?|estafador\p{L}*|estafa\p{L}*|fraude\p{L}*|suplant\p{L}*|impostor\p{L}*|cualquiera|desconf\p{L}*|cuidado|phishing|falso\p{L}*|ladr[oó]n\p{L}*|delincuentes|peligros\p{L}+|riesgo\p{L}*|hacerse pasar|se hacen? pasar|le pid\p{L}+|te pid\p{L}+|ha dado|has dado|ha compartido|has compartido|nunca)(?!\p{L})/iu,
  urging:
    /(?<!\p{L})(?:no (?:te|se) preocup\p{L}+|no dud\p{L}+ en|no olvid\p{L}+|no tem\p{L}+|sin problema|no hay problema|si no (?:nos )?(?:env[íi]a|proporciona|facilita|comparte|indica|confirma|da)s?|no (?:puedo|podemos|podremos) (?:ayudar\p{L}*|continuar|avanzar|procesar)|no tard\p{L}+|sin (?:demora|falta)|no tenga miedo|no importa)(?!\p{L})/giu,
  clauseEnd: /[,;:()¿¡—–]|\s-\s|(?<!\p{L})(?:pero|sino)(?!\p{L})/giu,
  here: /(?<!\p{L})(?:aqu[íi]|en este chat|en (?:su|tu) respuesta|responda|responde|siguiente|formulario|abajo|a continuaci[óo]n|https?)(?!\p{L})/iu,
  direct: [
    'cu[áa]l(?:es)? (?:es|son|era)(?: \\p{L}+){1,2}? NOUN',
    'NOUN(?: \\p{L}+){0,2} (?:debe|deber[áa]|tiene que|ha de|debe de) (?:ser )?(?:enviad|proporcionad|enviar|confirmad|ingresad|introducid|compartid|verificad|validad)',
    '(?:si no|a menos que|salvo que)(?: nos)? (?:env[íi]a|proporciona|proporcione|facilita|comparte|indica|confirma|da|env[íi]e)(?: \\p{L}+){0,3}? NOUN',
    'NOUN,? por favor\\s?[.!?]?$',
  ],
};

const portuguese: AskWords = {
  nouns: [
    [
      'recovery-phrase',
      /\bfrases?\s(?:semente|secreta|seed|mnem[ôo]nica|de (?:recupera[çc][ãa]o|seguran[çc]a|backup))(?:\sde recupera[çc][ãa]o)?|\b(?:seed|semente)\b(?: phrase)?|(?<!\p{L})(?:12|24|doze|vinte e quatro)\spalavras|\bpalavras\s(?:secretas|semente|de recupera[çc][ãa]o|da carteira)|\bmnem[ôo]nico/giu,
    ],
    ['private-key', /\bchaves?\s(?:privadas?|secretas?)|\bkeystore\b/giu],
    [
      'one-time-code',
      /(?<!\p{L})c[óo]digos?\s(?:de\s(?:verifica[çc][ãa]o|seguran[çc]a|confirma[çc][ãa]o|acesso|autentica[çc][ãa]o|uso [úu]nico|backup|6 d[íi]gitos|seis d[íi]gitos)|sms|2fa|otp|que (?:chegou|voc[êe] recebeu|recebeu|enviamos|aparece)|d[oe] (?:sms|autenticador|google authenticator)|recebido)|\botp\b|\b2fa\b/giu,
    ],
    ['password', /\bsenhas?\b|\bpin\b|\bcredenciais\b|\bpalavra-passe\b|\bpassword\b/giu],
    ['card-number', /\bcvv\b|\bcvc\b|\bn[úu]mero completo do (?:seu )?cart[ãa]o/giu],
  ],
  hand: /(?<!\p{L})(?:envi(?:e|a|ar)(?:-me|-nos)?|mand(?:e|a|ar)(?:-me|-nos)?|compartilh(?:e|a|ar)|partilh(?:e|a|ar)|inform(?:e|a|ar)(?:-me|-nos)?|forne[çc](?:a|er?)(?:-me|-nos)?|d[êe](?:-me|-nos)|dar|dig(?:a)(?:-me|-nos)?|dizer|pass(?:e|a|ar)(?:-me|-nos)?|confirm(?:e|a|ar)|respond(?:a|e|er) com|anex(?:e|a|ar)|indi(?:que|ca|car)(?:-me|-nos)?|encaminh(?:e|a|ar)|precis(?:o|amos|aremos|arei|ar[íi]amos)|necessit(?:o|amos)|solicit(?:o|amos)|preciso|falta|verifi(?:que|ca|car)|valid(?:e|a|ar)|me (?:envi[ae]|mand[ae]|pass[ae]|diga|diz|d[êe]|fala|conta)|fale|mostre(?:-me|-nos)?|submet(?:a|er)|transmit(?:a|ir)|dite)(?!\p{L})/giu,
  type: /(?<!\p{L})(?:digit(?:e|a|ar)|insir(?:a)|insere|inserir|escrev(?:a|e|er)|col(?:e|a|ar)|preench(?:a|e|er)|coloque|coloca|introduz(?:a|ir)?|importe|importa|copie|copia)(?!\p{L})/giu,
  order: 'verb-noun',
  gap: 80,
  gapStop:
    /(?<!\p{L})(?:que(?! (?:chegou|recebeu))|se|quando|depois|após|antes|porque|como|onde|não|nunca|sem|exceto|erro|link|redefinir|redefini\p{L}+|alter\p{L}+|mud\p{L}+|hash|cópia|ninguém|alguém|sobre|nem|guia|passos|configura\p{L}+|captura|lhe|para você um)(?!\p{L})/iu,
  compound: /^\s(?:tempor[áa]ria|esquecida|expira|é válid|funciona|está guardad|nova em|de aplicativo)/iu,
  negation:
    /(?<!\p{L})(?:não|no(?= (?:env|mand|comp|d[ieé]))|nunca|jamais|ninguém|nenhum\p{L}*|sem|evite|alguém|quem|golp\p{L}+|fraud\p{L}+|falso\p{L}*|impostor\p{L}*|criminos\p{L}+|qualquer um|desconf\p{L}+|cuidado|phishing|ladr\p{L}+|perigos\p{L}+|arriscad\p{L}+|risco\p{L}*|fingem|finge|se passa\p{L}*|estelionat\p{L}+|nem|você (?:passou|enviou|compartilhou|informou))(?!\p{L})/iu,
  urging:
    /(?<!\p{L})(?:não se preocup\p{L}+|não hesit\p{L}+|não (?:se )?esque[çc]\p{L}+|não tenha medo|sem problemas?|não há problema|se (?:você )?não (?:nos )?(?:enviar|fornecer|informar|compartilhar|confirmar|passar)|não (?:posso|podemos|poderemos) (?:ajudar|continuar|prosseguir|processar)|sem (?:demora|falta)|não demore|não importa)(?!\p{L})/giu,
  clauseEnd: /[,;:()—–]|\s-\s|(?<!\p{L})(?:mas|porém)(?!\p{L})/giu,
  here: /(?<!\p{L})(?:aqui|neste chat|na (?:sua )?resposta|responda|formul[áa]rio|abaixo|a seguir|https?)(?!\p{L})/iu,
  direct: [
    'qua(?:l|is) (?:é|são|era)(?: \\p{L}+){1,2}? NOUN',
    'NOUN(?: \\p{L}+){0,2} (?:deve|dever[áa]|precisa|tem que|tem de) (?:ser )?(?:enviad|fornecid|informad|confirmad|digitad|compartilhad|verificad|validad)',
    '(?:se (?:você )?não|a menos que)(?: nos)? (?:enviar|fornecer|informar|compartilhar|confirmar|passar|envie|forneça)(?: \\p{L}+){0,3}? NOUN',
    'NOUN,? por favor\\s?[.!?]?$',
  ],
};

const russian: AskWords = {
  nouns: [
    [
      'recovery-phrase',
      /(?<!\p{L})(?:(?:сид|seed)[- ]?фраз\p{L}*|сид(?:а|ом)?(?!\p{L})|(?:секретн|резервн|мнемоническ|мнемо|кодов)\p{L}*[- ]?фраз\p{L}*|фраз\p{L}{0,2}\s(?:восстановления|для восстановления)|мнемоник\p{L}*|(?:12|24|двенадцать|двадцать четыре)\s(?:секретных\s)?слов\p{L}*|слов\p{L}{0,2} (?:для )?восстановления)/giu,
    ],
    ['private-key', /(?<!\p{L})(?:приватн|закрыт|секретн)\p{L}*\s?ключ\p{L}*|keystore/giu],
    [
      'one-time-code',
      /(?<!\p{L})код\p{L}{0,3}\s?(?:подтверждения|верификации|безопасности|авторизации|доступа|двухфакторн\p{L}+|2fa|из\s(?:смс|sms|приложения|сообщения|google)|, котор\p{L}+ (?:пришёл|пришел|вам)|который (?:пришёл|пришел|вы получили)|аутентифика\p{L}+|google)|(?<!\p{L})(?:смс|sms)[- ]код\p{L}*|одноразов\p{L}+ (?:код|пароль)\p{L}*|шестизначн\p{L}+ код\p{L}*|2fa|otp/giu,
    ],
    ['password', /(?<!\p{L})парол(?:ь|я|ем|и|ей)(?!\p{L})|пин-?код\p{L}*|(?<!\p{L})pin\b|учётные данные/giu],
    ['card-number', /\bcvv\b|\bcvc\b|полн\p{L}+ номер\p{L}* (?:вашей )?карты/giu],
  ],
  hand: /(?<!\p{L})(?:пришлите|пришли|прислать|отправьте|отправь|отправить|вышлите|вышли|выслать|сообщите|сообщи|сообщить|скажите|скажи|назовите|назвать|напишите|напиши|написать|укажите|указать|предоставьте|предоставить|передайте|передать|поделитесь|поделиться|скиньте|скинь|скинуть|продиктуйте|дайте|дать|подтвердите|подтвердить|(?:нам|мне)\s(?:ещё\s|также\s|понадобится|потребуется|будет\s)?(?:нужн\p{L}*|необходим\p{L}*|требуется|понадобится|потребуется)?|ответьте[^.!?]{0,24}? с|перешлите|покажите|загрузите|приложите|проверьте|верифицируйте|для (?:проверки|верификации|подтверждения)[^.!?]{0,24}?(?:нужн\p{L}*|необходим\p{L}*|требуется)|прошу|просим|жду)(?!\p{L})/giu,
  type: /(?<!\p{L})(?:введите|введи|ввести|вставьте|вставь|вставить|впишите|вбейте|заполните|импортируйте|скопируйте|наберите)(?!\p{L})/giu,
  order: 'verb-noun',
  gap: 80,
  gapStop:
    /(?<!\p{L})(?:что|если|когда|после|прежде|до того|потому|как|где|не|никогда|без|кроме|ошибк\p{L}+|ссылк\p{L}+ для|сброс\p{L}*|измен\p{L}+|смен\p{L}+|хеш|хэш|копи[яиюей]+|никому|кому|кто|о том|ни|инструкц\p{L}+|настройк\p{L}+|вам(?! пришёл| пришел)|чтобы)(?!\p{L})/iu,
  compound: /^\s(?:действует|истекает|истёк|можно|от архива|сброшен|изменён|хранит\p{L}+|надёжно)/iu,
  negation:
    /(?<!\p{L})(?:не|никогда|никому|нельзя|никто|без|ни|кто-то|кто-нибудь|кому-нибудь|кто-либо|мошенни\p{L}+|злоумышленни\p{L}+|обман\p{L}*|фишинг\p{L}*|выда\p{L}+ себя|тот|опасно|рискованно|риск\p{L}*|поддельн\p{L}+|остерегайтесь|осторожн\p{L}+|вас (?:просят|попросят|попросили)|у вас просят|передавали|сообщали|отправляли)(?!\p{L})/iu,
  urging:
    /(?<!\p{L})(?:не (?:волнуйтесь|переживайте|беспокойтесь|бойтесь|забудьте|стесняйтесь|медлите|откладывайте|тяните|пугайтесь)|если (?:вы )?не (?:предоставите|отправите|пришлёте|пришлете|сообщите|укажете|подтвердите|введёте)|не могли бы вы|не можете ли вы|без (?:проблем|промедления)|не проблема|не (?:можем|сможем|могу) (?:помочь|продолжить|обработать)[^,.]*|не откажите)(?!\p{L})/giu,
  clauseEnd: /[,;:()—–]|\s-\s|(?<!\p{L})(?:но|однако)(?!\p{L})/giu,
  here: /(?<!\p{L})(?:сюда|здесь|в (?:этот )?чат\p{L}*|ответ\p{L}*|форм\p{L}+|ниже|по ссылке|https?)(?!\p{L})/iu,
  direct: [
    '(?:какой|какая|какие|каков)(?: у вас| ваш\\p{L}*)?(?: \\p{L}+){0,2}? NOUN',
    'NOUN(?: \\p{L}+){0,2} (?:долж\\p{L}+ быть|необходимо|нужно|требуется|следует) (?:отправ|предостав|переда|указа|подтвер|ввес|сообщ|провер|присла)',
    '(?:если (?:вы )?не|пока (?:вы )?не) (?:предоставите|отправите|пришлёте|пришлете|сообщите|укажете|подтвердите|введёте)(?: \\p{L}+){0,3}? NOUN',
    'NOUN,? пожалуйста\\s?[.!?]?$',
  ],
};

export const europeanAskWords: readonly AskWords[] = [spanish, portuguese, russian];
