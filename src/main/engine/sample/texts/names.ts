import type { SampleLanguage } from './phrases.ts';

/** A name part as it is written, and in Latin letters for addresses. */
export type NamePart = readonly [written: string, latin: string];

export interface NameLists {
  readonly given: readonly NamePart[];
  readonly family: readonly NamePart[];
  /** Zones where people who write in this language live, with weights. */
  readonly zones: readonly (readonly [string, number])[];
  readonly mailDomains: readonly string[];
}

/** `José García` -> `[['José', 'jose'], ['García', 'garcia']]`. */
function latin(names: string): NamePart[] {
  return names.split(' ').map((name) => [
    name,
    name
      .normalize('NFD')
      .replaceAll(/[^A-Za-z]/gu, '')
      .toLowerCase(),
  ]);
}

/** `王/wang 李/li` -> `[['王', 'wang'], ['李', 'li']]`. */
function pairs(names: string): NamePart[] {
  return names.split(' ').map((pair) => {
    const [written = '', romanised = ''] = pair.split('/');
    return [written, romanised];
  });
}

export const NAMES: Readonly<Record<SampleLanguage, NameLists>> = {
  en: {
    given: latin(
      'Oliver Emma Liam Priya Noah Chidi Ava Rohan Sophie Marcus Aisha Daniel Hannah Kwame Grace Ethan Leila Ben Zoe Samuel Fatima Jack Nora Viktor Chloe Aaron Meera Thomas Ingrid Luke Amara Peter',
    ),
    family: latin(
      'Bennett Okafor Sharma Walsh Novak Fraser Iyer Campbell Mensah Larsen Hughes Reyes Patel Dubois Schneider Osei Murphy Kaur Brooks Adeyemi Turner Kowalski Santos Reid Bianchi Malik Cooper Lindqvist',
    ),
    zones: [
      ['America/New_York', 5],
      ['Europe/London', 5],
      ['America/Los_Angeles', 3],
      ['Asia/Kolkata', 3],
      ['America/Chicago', 2],
      ['Australia/Sydney', 2],
      ['Africa/Lagos', 2],
      ['Europe/Berlin', 2],
      ['Asia/Manila', 1],
      ['America/Toronto', 2],
      ['Pacific/Auckland', 1],
    ],
    mailDomains: ['mailbox.example', 'inbox.example', 'postbox.test', 'fastpost.example'],
  },
  'zh-Hans': {
    given: pairs(
      '伟/wei 芳/fang 秀英/xiuying 敏/min 静/jing 强/qiang 磊/lei 洋/yang 艳/yan 子涵/zihan 浩然/haoran 雨桐/yutong 建国/jianguo 思远/siyuan 晓明/xiaoming 婷婷/tingting 俊杰/junjie 欣怡/xinyi 志强/zhiqiang 梓萱/zixuan',
    ),
    family: pairs(
      '王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 黄/huang 赵/zhao 吴/wu 周/zhou 徐/xu 孙/sun 马/ma 朱/zhu 胡/hu 林/lin 郭/guo 何/he 高/gao 欧阳/ouyang',
    ),
    zones: [
      ['Asia/Shanghai', 8],
      ['Asia/Singapore', 3],
      ['Asia/Kuala_Lumpur', 2],
      ['America/Vancouver', 1],
    ],
    mailDomains: ['youjian.example', 'xinxiang.test', 'mailbox.example'],
  },
  ja: {
    given: pairs(
      '美咲/misaki 翔太/shota 陽菜/hina 健太/kenta 大輔/daisuke さくら/sakura 直樹/naoki 彩香/ayaka 拓也/takuya 由美/yumi 蓮/ren 結衣/yui 浩二/koji 真由美/mayumi 悠斗/yuto 恵子/keiko',
    ),
    family: pairs(
      '佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi 加藤/kato 吉田/yoshida 山田/yamada 佐々木/sasaki 松本/matsumoto 長谷川/hasegawa 五十嵐/igarashi',
    ),
    zones: [
      ['Asia/Tokyo', 12],
      ['America/Los_Angeles', 1],
    ],
    mailDomains: ['denshi.example', 'yubin.test', 'mailbox.example'],
  },
  es: {
    given: latin(
      'María José Carlos Lucía Andrés Sofía Javier Valentina Miguel Camila Fernando Ximena Álvaro Daniela Rocío Sebastián Paula Joaquín Noelia Íñigo Mónica Emilio',
    ),
    family: latin(
      'García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Vargas Castillo Muñoz Ibáñez Peña Rojas Delgado Acosta Núñez',
    ),
    zones: [
      ['Europe/Madrid', 5],
      ['America/Mexico_City', 4],
      ['America/Argentina/Buenos_Aires', 3],
      ['America/Bogota', 3],
      ['America/Santiago', 1],
      ['America/Lima', 1],
    ],
    mailDomains: ['correo.example', 'buzon.test', 'mailbox.example'],
  },
  ko: {
    given: pairs(
      '민준/minjun 서연/seoyeon 지훈/jihoon 하은/haeun 도윤/doyoon 수빈/subin 예준/yejun 지우/jiwoo 현우/hyunwoo 유진/yujin 성민/sungmin 은지/eunji 태현/taehyun 미영/miyoung 동현/donghyun 소영/soyoung',
    ),
    family: pairs(
      '김/kim 이/lee 박/park 최/choi 정/jung 강/kang 조/cho 윤/yoon 장/jang 임/lim 한/han 오/oh 서/seo 신/shin 권/kwon 남궁/namgung',
    ),
    zones: [
      ['Asia/Seoul', 12],
      ['America/New_York', 1],
    ],
    mailDomains: ['pyeonji.example', 'uche.test', 'mailbox.example'],
  },
  pt: {
    given: latin(
      'João Ana Pedro Beatriz Lucas Mariana Rafael Larissa Gustavo Inês Thiago Camila Felipe Júlia Bruno Letícia Vinícius Conceição Gonçalo Fernanda',
    ),
    family: latin(
      'Silva Santos Oliveira Souza Pereira Costa Almeida Ferreira Ribeiro Carvalho Araújo Barbosa Gonçalves Rocha Assunção Magalhães Teixeira Brandão',
    ),
    zones: [
      ['America/Sao_Paulo', 8],
      ['Europe/Lisbon', 4],
      ['America/Manaus', 1],
      ['Africa/Luanda', 1],
    ],
    mailDomains: ['correio.example', 'caixa.test', 'mailbox.example'],
  },
};
