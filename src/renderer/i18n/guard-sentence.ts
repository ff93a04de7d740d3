import type { TFunction } from 'i18next';
import type { CaseEventBody } from '../../shared/domain/case.ts';
import type { SecretKind } from '../../shared/domain/guard/secret-types.ts';
import type { Formats } from './formats.ts';

/** Kinds of secrets as one list. */
export function kindsText(kinds: readonly SecretKind[], t: TFunction<'guard'>, formats: Formats): string {
  return formats.list(kinds.map((kind) => t(`kind.${kind}`)));
}

/** Why they stopped what the bot was to say. */
function refusalText(refused: string, t: TFunction<'guard'>): string {
  switch (refused) {
    case 'asks-for-secret':
    case 'echoes-secret':
    case 'unofficial-link':
    case 'unconfirmed-address':
      return t(`refusal.${refused}`);
    default:
      return t('refusal.other', { code: refused });
  }
}

/** What the guardrails did, in one sentence; null for every other event. */
export function guardSentence(
  body: CaseEventBody,
  text: { readonly t: TFunction<'guard'>; readonly formats: Formats; readonly actor: string },
): string | null {
  const { t, formats, actor } = text;
  if (body.type === 'case.botEnded' && body.refused !== undefined) return t('event.botRefused', { reason: refusalText(body.refused, t) });
  if (body.type === 'case.secretFound') return t('event.found', { kinds: kindsText(body.kinds, t, formats) });
  if (body.type !== 'case.secretRevealed') return null;
  return t('event.revealed', { actor, kinds: kindsText(body.kinds, t, formats), reason: body.reason });
}
