import type { ReactNode } from 'react';
import { splitPlaceholders } from '../../../../shared/domain/guard/placeholder.ts';
import type { RedactedPart } from '../../../../shared/domain/guard/placeholder.ts';
import { useWords } from '../../../i18n/use-words.ts';
import './guard-reveal.css';

type SecretPart = Extract<RedactedPart, { readonly type: 'secret' }>;

/** Text in which what stands for a secret is said in words. */
export function WithSecrets({ text }: { readonly text: string }): ReactNode {
  const parts = splitPlaceholders(text);
  if (parts.every((part) => part.type === 'text')) return text;
  let at = 0;
  return parts.map((part) => {
    const key = at;
    at += part.text.length;
    return part.type === 'text' ? part.text : <SecretMark key={key} part={part} />;
  });
}

function SecretMark({ part }: { readonly part: SecretPart }): ReactNode {
  const t = useWords('guard');
  const kind = t(`kind.${part.kind}`);
  const what = part.kind === 'recovery-phrase' && /^\d+$/u.test(part.detail) ? t('words', { kind, count: Number(part.detail) }) : kind;
  return (
    <span className="ib-secret" title={t('takenHint')}>
      {t('taken', { what })}
    </span>
  );
}
