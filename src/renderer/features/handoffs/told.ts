import i18next from 'i18next';
import type { TFunction } from 'i18next';
import type { OfferResult } from '../../../shared/contract/handoff.contract.ts';
import type { Missing } from '../../../shared/domain/handoff/packet.ts';
import type { OfferRefusal } from '../../../shared/domain/handoff/offer.ts';
import { errorText } from '../../i18n/error-text.ts';
import { formatsFor } from '../../i18n/formats.ts';
import { useSession } from '../../state/session.ts';
import { showToast } from '../../ui/toast.tsx';

export function lanesText(): TFunction<'lanes'> {
  return i18next.getFixedT(null, 'lanes');
}

/** Says in the corner why something did not work. */
export function tellFailure({ code }: { readonly code: string }): void {
  showToast({ title: lanesText()('failed'), description: errorText(i18next.getFixedT(null, 'errors'), code), tone: 'problem' });
}

export function listWords(items: readonly string[]): string {
  const { locale, zone } = useSession.getState();
  return formatsFor(locale, zone).list(items);
}

/** What a packet lacks, each kind once. */
export function missingWords(missing: readonly Missing[]): string {
  const t = lanesText();
  return listWords([...new Set(missing.map((each) => t(`missing.${each.field}`)))]);
}

export function refusalWords(refusal: OfferRefusal | null): string {
  const t = lanesText();
  return refusal === null ? t('refusal.incomplete') : t(`refusal.${refusal.kind}`);
}

/** Why offers were not made, each reason once. */
export function notOfferedWords(results: readonly OfferResult[]): string {
  return listWords([...new Set(results.flatMap((each) => (each.ok ? [] : [refusalWords(each.refusal)])))]);
}
