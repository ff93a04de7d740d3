import { describe, expect, it, test } from 'vitest';
import { HOUR_MS, instant } from '../time.ts';
import { chasersAmong, isChaserText } from './chasers.ts';

const message = (text: string, hours = 0, hasFiles = false) => ({ at: instant(Date.UTC(2026, 5, 1) + hours * HOUR_MS), text, hasFiles });

describe('isChaserText', () => {
  test.each([
    'any update??',
    'Any updates on this please?',
    'Hello?',
    'helloooo',
    "Hi, I'm still waiting!!",
    '???',
    '？？',
    '在吗',
    '在 嗎？',
    '您好，请问有进展了吗？麻烦尽快处理，谢谢',
    'お返事まだですか？',
    '답변 언제 주시나요?',
    '¿Alguna novedad, por favor?',
    'Olá, tem alguém aí?',
    "J'attends toujours une réponse",
    'Gibt es Neuigkeiten?',
    'Есть новости?',
    'có cập nhật gì chưa ạ?',
    'Ada kabar min?',
    'Merhaba, gelişme var mı?',
    'هل من جديد؟',
    'มีความคืบหน้าไหมครับ',
    'कोई अपडेट?',
    'Any news?\n\nSent from my iPhone',
  ])('%s', (text) => expect(isChaserText(text)).toBe(true));

  test.each([
    ['a number', 'any update? it is 3 days'],
    ['a full-width number', '在吗 订单４２'],
    ['a link', 'any update? see meridian.example'],
    ['a handle', 'hello @support'],
    ['an id', 'any update on 0xab12cd'],
    ['a new fact in words', 'any update? my deposit has arrived now'],
    ['another matter', 'hello, how do I close my account?'],
    ['a new fact in Chinese', '在吗 我的密码改了'],
    ['thanks alone', 'thanks'],
    ['nothing', ''],
    ['marks that ask nothing', '!!'],
    ['a part of a word', 'hello pinging'],
    ['a long text', 'hello '.repeat(40)],
  ])('not %s', (_why, text) => expect(isChaserText(text)).toBe(false));
});

describe('chasersAmong', () => {
  it('never takes the first message, however short', () => {
    expect(chasersAmong([message('hello?'), message('anyone?', 1), message('my deposit is gone', 2), message('在吗', 3)])).toEqual([1, 3]);
  });
  it('takes the same words within a day, with whatever facts, but not later and not with another fact', () => {
    const deposit = 'Deposit of 12 BTC, TXID ab12';
    expect(chasersAmong([message(deposit), message(`${deposit} `, 5)])).toEqual([1]);
    expect(chasersAmong([message(deposit), message(deposit, 25)])).toEqual([]);
    expect(chasersAmong([message(deposit), message('Deposit of 12 BTC, TXID AB12', 1)])).toEqual([]);
    expect(chasersAmong([message('My deposit is gone'), message('my deposit is gone!!', 1)])).toEqual([1]);
  });
  it('takes nothing that brings a file, and no empty messages for the same', () => {
    expect(chasersAmong([message('x'), message('any update?', 1, true), message('x', 2, true)])).toEqual([]);
    expect(chasersAmong([message(''), message('', 1)])).toEqual([]);
  });
});
