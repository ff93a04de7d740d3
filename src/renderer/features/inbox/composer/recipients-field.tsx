import { X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Party } from '../../../../shared/domain/message.ts';
import { addRecipients, parseRecipients, withoutRecipient } from './recipients.ts';

interface RecipientsFieldProps {
  readonly label: string;
  readonly value: readonly Party[];
  readonly onChange: (value: readonly Party[]) => void;
}

/** People a message goes to, as chips; names and addresses are typed or pasted as lists. */
export function RecipientsField({ label, value, onChange }: RecipientsFieldProps): ReactNode {
  const t = useWords('inbox');
  const [typed, setTyped] = useState('');
  const [rejected, setRejected] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const take = (text: string): void => {
    const parsed = parseRecipients(text);
    if (parsed.parties.length > 0) onChange(addRecipients(value, parsed.parties));
    setTyped(parsed.rejected.join(', '));
    setRejected(parsed.rejected);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const ends = event.key === 'Enter' || event.key === ',' || event.key === ';' || (event.key === 'Tab' && typed.trim() !== '');
    if (ends && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      take(typed);
    } else if (event.key === 'Backspace' && typed === '' && value.length > 0) {
      event.preventDefault();
      onChange(value.slice(0, -1));
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const text = event.clipboardData.getData('text/plain');
    // A single word may be the rest of an address that is being typed.
    if (!/[@,;\n]/u.test(text)) return;
    event.preventDefault();
    take(`${typed}${text}`);
  };
  const remove = (party: Party): void => {
    onChange(withoutRecipient(value, party.address));
    input.current?.focus();
  };
  return (
    <div className="ib-recipients">
      <label htmlFor={id}>{label}</label>
      <div className="ib-recipients-box">
        {value.map((party) => {
          const name = party.name === '' ? party.address : party.name;
          return (
            <span key={party.address} className="ib-recipient" title={party.address}>
              <span className="truncate">{name}</span>
              {party.name !== '' && <span className="ib-recipient-address truncate">{party.address}</span>}
              <button type="button" aria-label={t('composer.removeRecipient', { name: party.address })} onClick={() => remove(party)}>
                <X aria-hidden="true" />
              </button>
            </span>
          );
        })}
        <input
          ref={input}
          id={id}
          type="text"
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          placeholder={value.length === 0 ? t('composer.addRecipient') : undefined}
          aria-invalid={rejected.length > 0}
          aria-describedby={rejected.length > 0 ? `${id}-error` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setRejected([]);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => {
            if (typed.trim() !== '') take(typed);
          }}
        />
        {rejected.length > 0 && (
          <span id={`${id}-error`} className="ib-recipients-error" role="alert">
            {t('composer.badRecipient', { count: rejected.length, list: rejected.join(', ') })}
          </span>
        )}
      </div>
    </div>
  );
}
