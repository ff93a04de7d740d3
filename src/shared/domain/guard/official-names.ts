import type { ImpostorFinding, OfficialRegistry, ShownIdentity } from './guard-types.ts';
import { lazily } from '../lazily.ts';
import { isOneSlipAway, visualKey, visualWords } from './skeleton.ts';

/** A name this short is one letter away from many. */
const MIN_NEAR = 7;
/** A brand this short is part of too many words: it counts as a word of its own only. */
const MIN_INSIDE = 6;
/** A whole name of ours with something beside it. */
const MIN_WHOLE = 10;
/** Longer names are cut: no name of a person needs more, and a channel that allows more must cost no time. */
const MAX_NAME = 200;

/** What somebody calls themselves who speaks for a company. */
const ROLES =
  'support help helpdesk helpcenter helpcentre admin administrator official recovery recover service services customer care agent assist assistance assistant moderator security verify verification verified refund staff team manager livechat operator desk mods cs compliance representative ' +
  'soporte ayuda oficial atención administrador seguridad recuperación asistencia cliente servicio equipo ' +
  'suporte ajuda atendimento segurança recuperação assistência equipe serviço ' +
  'aide officiel sécurité équipe récupération assistance ' +
  'hilfe kundendienst kundenservice offiziell sicherheit kundenbetreuung ' +
  'supporto assistenza ufficiale aiuto sicurezza ' +
  'поддержка поддержки саппорт техподдержка помощь официальный официально админ администратор служба безопасность оператор модератор ' +
  'destek resmi yardım güvenlik müşteri bantuan layanan dukungan hỗtrợ chínhthức الدعم رسمي مساعدة خدمة ' +
  '客服 官方 支持 帮助 幫助 管理员 管理員 安全 人工 服务 服務 助手 恢复 恢復 客户 客戶 专员 專員 支援 ' +
  'サポート 公式 カスタマー ヘルプ 管理者 運営 セキュリティ 問い合わせ 事務局 ' +
  '고객센터 고객지원 지원 공식 관리자 상담 운영자 운영팀 도움말 서포트 보안';

interface Prepared {
  readonly accounts: readonly { readonly key: string; readonly shown: string }[];
  readonly brands: readonly { readonly key: string; readonly shown: string }[];
  readonly trusted: ReadonlySet<string>;
}

const keysOfRoles = lazily(() => ROLES.split(' ').map(visualKey));
const prepared = new WeakMap<OfficialRegistry, Prepared>();

/**
 * Whether somebody looks like us and is not, null when they do not, or are: that is told by the id of the account alone. Checked are the
 * name and the handle, each read as it looks ({@link visualKey}), and backwards where it turns its own direction around.
 */
export function judgeName(identity: ShownIdentity, registry: OfficialRegistry): ImpostorFinding | null {
  const official = prepare(registry);
  if (official.trusted.has(idOf(identity))) return null;
  return judgeText(identity.name, 'name', official) ?? (identity.handle === null ? null : judgeText(identity.handle, 'handle', official));
}

function idOf(account: { readonly channel: string; readonly nativeId: string }): string {
  return `${account.channel}\n${account.nativeId}`;
}

function prepare(registry: OfficialRegistry): Prepared {
  const known = prepared.get(registry);
  if (known !== undefined) return known;
  const keyed = (texts: readonly string[]): Prepared['brands'] =>
    texts.map((shown) => ({ shown, key: visualKey(shown) })).filter(({ key }) => key.length > 1);
  const made: Prepared = {
    accounts: keyed(registry.accounts.flatMap((account) => [account.name, account.handle])),
    brands: keyed(registry.brands),
    trusted: new Set(registry.accounts.map(idOf)),
  };
  prepared.set(registry, made);
  return made;
}

function judgeText(whole: string, field: ImpostorFinding['field'], official: Prepared): ImpostorFinding | null {
  const text = whole.slice(0, MAX_NAME);
  const found = judgeReading(text, field, official);
  if (found !== null || !/[\u202e\u202d\u2067]/u.test(text)) return found;
  return judgeReading([...text].toReversed().join(''), field, official);
}

function judgeReading(text: string, field: ImpostorFinding['field'], official: Prepared): ImpostorFinding | null {
  const key = visualKey(text);
  if (key.length < 2) return null;
  const names = [...official.accounts, ...official.brands];
  const same = names.find((name) => name.key === key);
  if (same !== undefined) return { reason: 'same', field, official: same.shown };
  const near = names.find((name) => name.key.length >= MIN_NEAR && isOneSlipAway(name.key, key));
  if (near !== undefined) return { reason: 'near', field, official: near.shown };
  const inside = official.accounts.find((name) => name.key.length >= MIN_WHOLE && key.includes(name.key));
  if (inside !== undefined) return { reason: 'contains', field, official: inside.shown };
  const words = visualWords(text);
  for (const brand of official.brands) {
    if (restsAround(brand.key, key, words).some((rest) => hasRole(rest))) return { reason: 'brand-role', field, official: brand.shown };
  }
  return null;
}

/** What is left of a name, as words, when a brand is taken out of it, for each place that it may stand at. */
function restsAround(brand: string, key: string, words: readonly string[]): readonly (readonly string[])[] {
  const rests: (readonly string[])[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let end = start + 1; end <= Math.min(words.length, start + 4); end += 1) {
      const joined = words.slice(start, end).join('');
      if (joined === brand || (brand.length >= MIN_NEAR && isOneSlipAway(joined, brand))) {
        rests.push([...words.slice(0, start), ...words.slice(end)]);
      }
    }
  }
  if (brand.length < MIN_INSIDE) return rests;
  for (let at = 0; at < key.length; at += 1) {
    for (const length of brand.length >= MIN_NEAR ? [brand.length, brand.length + 1, brand.length - 1] : [brand.length]) {
      const part = key.slice(at, at + length);
      if (part.length === length && (part === brand || (brand.length >= MIN_NEAR && isOneSlipAway(part, brand)))) {
        rests.push([key.slice(0, at), key.slice(at + length)]);
      }
    }
  }
  return rests;
}

function hasRole(rest: readonly string[]): boolean {
  const joined = rest.join('');
  return keysOfRoles().some((role) => {
    if (rest.includes(role)) return true;
    const isLong = role.length >= 4 || (role.length >= 2 && /\p{sc=Han}/u.test(role));
    if (isLong && joined.includes(role)) return true;
    return role.length >= 6 && rest.some((word) => isOneSlipAway(word, role));
  });
}
