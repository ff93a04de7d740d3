import type { SignalWords } from './signal-words.ts';

/** Languages whose customers are found out by a few sentences only; see docs/bot.md. */

const IT: SignalWords = {
  hasSpaces: true,
  bare: ['operatore', 'operatrice', 'umano', 'persona reale', 'persona vera', 'assistenza umana', 'servizio clienti', 'consulente'],
  asks: [
    '(?:parlare|parlo|chattare|scrivere|mettermi in contatto)(?: direttamente)? (?:con|a)(?: (?:un|una|uno|il|la|qualche|vostro))? ?(?:vero |vera )?(?:operatore|operatrice|persona|umano|essere umano|consulente|qualcuno|responsabile|agente|addetto)',
    '(?:passami|passatemi|mi passi|collegami|collegatemi|trasferitemi|mettetemi)(?: (?:con|a|in|contatto))*(?: (?:un|una|il|la))? (?:operatore|operatrice|persona|umano|consulente|responsabile|qualcuno)',
    '(?:voglio|vorrei|mi serve|ho bisogno di)(?: (?:un|una))? (?:operatore|operatrice|persona vera|persona reale|umano|consulente|essere umano)',
    '(?:sei|parlo con|e|siete)(?: (?:un|una))? (?:robot|bot|macchina|persona vera)',
    'operatore(?:,)? per favore',
  ],
  notAsks: ['non (?:mi serve|voglio|ho bisogno di)(?: parlare con)?(?: (?:un|una))? (?:operatore|persona|umano|consulente)'],
  risks: [
    '(?:conto|account|soldi|fondi|portafoglio|wallet|carta)(?: (?:e|sono|mi|stato|stata|stati|hanno|e stato))* (?:rubat[oaie]|hackerat[oaie]|violat[oaie]|bloccat[oaie] per sicurezza|svuotat[oaie]|sparit[oaie])',
    'mi hanno (?:rubato|hackerato|truffato|svuotato|derubato)',
    '(?:truffa|truffato|truffata|frode|phishing|furto)',
    '(?:prelievo|accesso|operazione|transazione)(?: \\p{l}+)? (?:sospett[oa]|non autorizzat[oa])',
    'non (?:ho fatto|ho autorizzato|riconosco) (?:io )?(?:questo|questa|il|la)',
  ],
  notRisks: ['(?:non e|evitare|contro) (?:una |un |le )?(?:truff[ae]|frod[ei])'],
};

const NL: SignalWords = {
  hasSpaces: true,
  bare: ['medewerker', 'mens', 'echt persoon', 'echte persoon', 'klantenservice', 'echt mens'],
  asks: [
    '(?:praten|spreken|chatten|bellen|contact)(?: \\p{l}+)? (?:met|tot)(?: (?:een|de|uw|jullie))? ?(?:echte? )?(?:mens|persoon|medewerker|iemand|collega)',
    '(?:met|aan)(?: (?:een|de))? ?(?:echte? )?(?:mens|persoon|medewerker|iemand)(?: \\p{l}+){0,2} (?:praten|spreken|chatten|doorverbinden|doorverbonden)',
    '(?:echte?|levende?) (?:mens|persoon|medewerker)',
    'medewerker (?:aub|alstublieft|alsjeblieft)',
    'ben je een (?:robot|bot|mens)',
  ],
  notAsks: ['(?:geen|niet) (?:een )?(?:mens|medewerker|persoon) (?:nodig|spreken)'],
  risks: [
    '(?:account|geld|rekening|wallet|tegoed)(?: (?:is|zijn|was|werd))* (?:gehackt|gestolen|leeggehaald|geblokkeerd|bevroren|verdwenen)',
    '(?:ben|word|werd) (?:opgelicht|gehackt|bestolen)',
    '(?:oplichting|fraude|phishing|oplichter|oplichters)',
    '(?:verdachte|onbekende|ongeautoriseerde) (?:opname|inlog|transactie|login|activiteit)',
  ],
  notRisks: ['(?:geen|tegen) (?:oplichting|fraude|phishing)'],
};

const PL: SignalWords = {
  hasSpaces: true,
  bare: ['konsultant', 'czlowiek', 'pracownik', 'zywy czlowiek', 'prawdziwy czlowiek', 'operator', 'obsluga klienta'],
  asks: [
    '(?:rozmawiac|porozmawiac|pogadac|pisac|polaczyc)(?: sie)? z (?:\\p{l}+ )?(?:czlowiekiem|konsultantem|pracownikiem|kims|osoba|operatorem)',
    '(?:polacz|polaczcie|przelacz|przelaczcie)(?: mnie)? (?:z|do) (?:\\p{l}+ )?(?:czlowiekiem|konsultantem|konsultanta|pracownikiem|operatorem)',
    '(?:chce|potrzebuje|prosze o)(?: \\p{l}+)? (?:czlowieka|konsultanta|pracownika|konsultantem)',
    'czy jestes (?:botem|robotem|czlowiekiem)',
  ],
  notAsks: ['nie (?:potrzebuje|chce)(?: \\p{l}+)? (?:konsultanta|czlowieka|pracownika|czlowiekiem|konsultantem)'],
  risks: [
    '(?:konto|pieniadze|srodki|portfel)(?: (?:zostalo|zostaly|zostal|jest|sa|mi))* (?:zhakowane|skradzione|ukradzione|zablokowane ze wzgledow|zamrozone|zniknely|przejete)',
    '(?:ukradli|okradli|oszukali|zhakowali) (?:mi|mnie|moje)',
    '(?:oszustwo|oszust|zostalem oszukany|zostalam oszukana|kradziez|phishing|wlamanie)',
    '(?:podejrzane|nieautoryzowana|nieautoryzowane|nieznane) (?:logowanie|wyplata|transakcja|operacja)',
  ],
  notRisks: ['(?:przeciw|przed) (?:oszustwom|oszustwami|phishingiem)'],
};

const TH: SignalWords = {
  hasSpaces: false,
  bare: ['คน', 'เจ้าหน้าที่', 'แอดมิน', 'พนักงาน', 'ขอเจ้าหน้าที่', 'คนจริง'],
  asks: [
    '(?:คุย|พูด|ติดต่อ|สนทนา|แชท|คุยสาย)(?:กับ)?(?:คน|เจ้าหน้าที่|พนักงาน|แอดมิน|มนุษย์)',
    '(?:ขอ|ต้องการ|อยากได้|เรียก|ตาม|โอนสายให้)(?:คุยกับ|สาย|พบ|เป็น)?(?:คนจริง|เจ้าหน้าที่|พนักงาน|แอดมิน|มนุษย์)',
    '(?:คนจริง|มีคน)(?:ๆ|อยู่|ไหม|มั้ย|ตอบ)',
    '(?:เป็น|คือ)(?:บอท|หุ่นยนต์|คน)(?:ไหม|มั้ย|หรือ|รึ)',
    '(?:ไม่|เลิก|หยุด)(?:อยาก|เอา|คุยกับ|อยากคุยกับ)*(?:บอท|หุ่นยนต์)',
  ],
  notAsks: ['ไม่(?:ต้อง|ต้องการ|จำเป็นต้อง)(?:คุยกับ|ติดต่อ)?(?:เจ้าหน้าที่|พนักงาน|คน|แอดมิน)'],
  risks: [
    '(?:โดน|ถูก)(?:แฮก|แฮ็ก|โกง|หลอก|ขโมย|ดูดเงิน|อายัด)',
    '(?:เงิน|เหรียญ|บัญชี)[^.!?]{0,8}(?:หาย|ถูกขโมย|ถูกแฮก|ถูกอายัด|ผิดปกติ)',
    '(?:มิจฉาชีพ|แฮกเกอร์|ฟิชชิ่ง|ฟอกเงิน)',
    '(?:ถอน|ถอนเงิน)(?:ด่วน|ฉุกเฉิน)',
    '(?:มีคน|ใครไม่รู้)[^.!?]{0,8}(?:เข้า|ล็อกอิน|ถอน|โอน)',
  ],
  notRisks: ['(?:ไม่ได้|ป้องกัน(?:การ)?)(?:โดน|ถูก)?(?:แฮก|โกง|หลอก|ขโมย)'],
};

const HI: SignalWords = {
  hasSpaces: true,
  bare: ['इंसान', 'एजेंट', 'agent se baat', 'insaan', 'aadmi', 'koi hai', 'koi hai kya', 'कोई है'],
  asks: [
    '(?:इंसान|एजेंट|व्यक्ति|आदमी|अधिकारी|कस्टमर केयर)[^.!?]{0,10} (?:बात|बुला|जोड़|कनेक्ट|चाहिए)',
    '(?:agent|insaan|insan|aadmi|admi|human|executive|customer care|kisi)(?: (?:se|ko|ke saath))? (?:baat|connect|chahiye|bula|jodo|milao|bulao)',
    '(?:real|asli) (?:insaan|insan|aadmi|admi|agent)',
  ],
  notAsks: ['(?:agent|insaan|human) (?:se baat )?(?:nahi|nahin) (?:karni|chahiye)'],
  risks: [
    '(?:account|khata|paisa|paise|wallet|fund)(?: \\p{l}+){0,2} (?:hack|chori|gayab|freeze|fraud)',
    '(?:खाता|पैसा|पैसे|अकाउंट|वॉलेट)[^.!?]{0,10}(?:हैक|चोरी|गायब|फ्रीज)',
    '(?:धोखा|धोखाधड़ी|ठगी|dhokha|thagi|fraud ho)',
  ],
  notRisks: [],
};

export const MORE_WORDS: readonly SignalWords[] = [IT, NL, PL, TH, HI];
