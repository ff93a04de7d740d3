import { describe, expect, test } from 'vitest';
import { guessLanguage } from './guess-language.ts';
import { detectLanguage } from '../../../shared/domain/language.ts';
import type { Lang } from '../../../shared/domain/language.ts';

type Set = readonly (readonly [Lang, string])[];

/** Short things that customers write, as our own detector was looked at with. */
const KNOWN: Set = [
  ['en', 'Withdrawal stuck for two days'],
  ['en', 'App keeps crashing after login'],
  ['en', "Can't verify my identity"],
  ['en', 'My card got declined twice'],
  ['es', 'Mi retiro sigue pendiente'],
  ['es', 'La aplicación no abre'],
  ['es', 'No puedo verificar mi identidad'],
  ['es', 'Quiero cambiar mi contraseña'],
  ['pt', 'Meu saque continua pendente'],
  ['pt', 'O aplicativo não abre'],
  ['pt', 'Não consigo entrar na conta'],
  ['pt', 'Quando chega o reembolso?'],
  ['fr', 'Mon retrait est toujours bloqué'],
  ['fr', "L'application ne s'ouvre plus"],
  ['fr', 'Impossible de me connecter'],
  ['fr', 'Quand arrive mon remboursement ?'],
  ['de', 'Meine Auszahlung hängt seit gestern'],
  ['de', 'Die App stürzt ständig ab'],
  ['de', 'Anmeldung funktioniert nicht'],
  ['de', 'Wann kommt meine Rückerstattung?'],
  ['it', 'Il mio prelievo è ancora in attesa'],
  ['it', "L'app non si apre più"],
  ['it', 'Non riesco ad accedere'],
  ['it', 'Vorrei cambiare la password'],
  ['vi', 'Tôi không rút được tiền'],
  ['vi', 'Ứng dụng bị lỗi liên tục'],
  ['vi', 'Không đăng nhập được tài khoản'],
  ['id', 'Penarikan saya belum masuk'],
  ['id', 'Aplikasi tidak bisa dibuka'],
  ['id', 'Kenapa akun saya diblokir'],
  ['id', 'Gak bisa login dari kemarin'],
  ['tr', 'Para çekme işlemim beklemede'],
  ['tr', 'Uygulama sürekli çöküyor'],
  ['tr', 'Hesabıma giremiyorum'],
];
/** Written before anything was measured, and looked at for nothing but this test. */
const HELD_OUT: Set = [
  ['en', 'Deposit missing since Monday'],
  ['en', 'Two factor code never arrives'],
  ['en', 'Where can I download invoices'],
  ['en', 'Wrong amount was charged'],
  ['en', 'Still waiting on support reply'],
  ['es', 'Depósito no aparece en mi saldo'],
  ['es', 'El código nunca llega al móvil'],
  ['es', 'Cobraron el importe dos veces'],
  ['es', 'Dónde descargo las facturas'],
  ['es', 'Sigo esperando una respuesta'],
  ['pt', 'O depósito não aparece no saldo'],
  ['pt', 'O código nunca chega no celular'],
  ['pt', 'Cobraram o valor duas vezes'],
  ['pt', 'Onde baixo as faturas'],
  ['pt', 'Continuo esperando resposta'],
  ['fr', "Le dépôt n'apparaît pas"],
  ['fr', "Le code n'arrive jamais"],
  ['fr', "On m'a débité deux fois"],
  ['fr', 'Où télécharger les factures'],
  ['fr', "J'attends encore une réponse"],
  ['de', 'Einzahlung fehlt seit Montag'],
  ['de', 'Der Code kommt nie an'],
  ['de', 'Betrag wurde doppelt abgebucht'],
  ['de', 'Wo finde ich meine Rechnungen'],
  ['de', 'Warte immer noch auf Antwort'],
  ['it', 'Il deposito non compare nel saldo'],
  ['it', 'Il codice non arriva mai'],
  ['it', 'Mi hanno addebitato due volte'],
  ['it', 'Dove scarico le fatture'],
  ['it', 'Aspetto ancora una risposta'],
  ['vi', 'Tiền nạp chưa vào tài khoản'],
  ['vi', 'Mã xác minh không gửi về máy'],
  ['vi', 'Bị trừ tiền hai lần rồi'],
  ['id', 'Deposit belum muncul di saldo'],
  ['id', 'Kode verifikasi tidak pernah datang'],
  ['id', 'Saldo terpotong dua kali'],
  ['id', 'Di mana unduh faktur'],
  ['tr', 'Yatırdığım para görünmüyor'],
  ['tr', 'Doğrulama kodu hiç gelmiyor'],
  ['tr', 'Kartımdan iki kez çekildi'],
  ['tr', 'Faturaları nereden indirebilirim'],
];

const known = (set: Set, look: (text: string) => Lang | null) => ({
  right: set.filter(([language, text]) => look(text) === language).length,
  wrong: set.filter(([language, text]) => look(text) !== language && look(text) !== null).length,
});

describe('the language of a short text', () => {
  test.each([
    ['known', KNOWN],
    ['held out', HELD_OUT],
  ])('that is %s is found by the library where our own look is silent', (_name, set) => {
    const together = known(set, (text) => detectLanguage(text) ?? guessLanguage(text));
    expect(together.wrong).toBe(0);
    expect(together.right).toBeGreaterThanOrEqual(set.length * 0.95);
    // else the library would not be worth its memory
    expect(known(set, (text) => detectLanguage(text)).right).toBeLessThan(set.length * 0.7);
  });

  test.each([
    'Zyxw qwfp arst neio luyj bvkm',
    'Binance Ledger Metamask Uniswap',
    'asdfgh jkl qwertz uiop',
    'Xiaomi Redmi Note Pro Max Ultra',
  ])('is not made up for %s', (text) => {
    expect(guessLanguage(text)).toBeNull();
  });

  test.each([
    'Moja wypłata nadal czeka na zatwierdzenie',
    'Mijn opname staat nog steeds in behandeling',
    'Můj výběr stále čeká na schválení',
  ])('that we do not know is none of ours: %s', (text) => {
    expect(guessLanguage(text)).toBeNull();
  });
});
