import type { TFunction } from 'i18next';
import { assistantEn } from './assistant-en.ts';

type Known = keyof typeof assistantEn.error;

function isKnown(code: string): code is Known {
  return Object.hasOwn(assistantEn.error, code);
}

/** Why no draft could be had, or the settings not be saved. */
export function assistantError(t: TFunction<'assistant'>, code: string): string {
  return t(`error.${isKnown(code) ? code : 'service-error'}`);
}
