import { Autocomplete } from '@base-ui/react/autocomplete';
import { Field } from '@base-ui/react/field';
import { X } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import './field.css';
import { FieldFrame } from './field.tsx';
import './popup.css';
import './suggest-field.css';

/** Something that may be meant: choosing it writes `typed` into the box and puts the caret where it goes on. */
export interface FieldSuggestion {
  readonly typed: string;
  readonly caret: number;
  readonly word: string;
  readonly meaning: string;
  /** What the button that takes it off the list is called; left out where it can not be taken off. */
  readonly removeLabel?: string | undefined;
}

export interface SuggestFieldProps {
  readonly label: string;
  /** Name of the list of suggestions. */
  readonly listLabel: string;
  readonly placeholder?: string | undefined;
  readonly value: string;
  /** What is in the box, and where the caret is in it. */
  readonly onChange: (value: string, caret: number) => void;
  readonly suggestions: readonly FieldSuggestion[];
  /** Keys that are not for the list: Enter and Escape come here only while nothing in it is highlighted. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** Takes a suggestion off the list: its button, or Shift+Delete while it is highlighted. */
  readonly onRemove?: ((suggestion: FieldSuggestion) => void) | undefined;
  /** Below the list. */
  readonly footer?: ReactNode;
  readonly leading?: ReactNode;
  readonly trailing?: ReactNode;
  readonly ref: RefObject<HTMLInputElement | null>;
}

/** One line of text that shows what may come next. Nothing is chosen by itself: Enter without a choice is the caller's. */
export function SuggestField({
  label,
  listLabel,
  placeholder,
  value,
  onChange,
  suggestions,
  onKeyDown,
  onRemove,
  footer,
  leading,
  trailing,
  ref,
}: SuggestFieldProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const highlighted = useRef<FieldSuggestion | undefined>(undefined);
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current === null) return;
    ref.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const change = (next: string, isPicked: boolean): void => {
    const picked = isPicked ? suggestions.find((suggestion) => suggestion.typed === next) : undefined;
    if (picked !== undefined) caret.current = picked.caret;
    onChange(next, picked?.caret ?? ref.current?.selectionStart ?? next.length);
    setOpen(true);
  };
  return (
    <FieldFrame label={label} hideLabel>
      <Autocomplete.Root<FieldSuggestion>
        items={suggestions}
        mode="none"
        value={value}
        onValueChange={(next, { reason }) => change(next, reason === 'item-press')}
        itemToStringValue={(suggestion) => suggestion.typed}
        open={isOpen && suggestions.length > 0}
        onOpenChange={(next) => setOpen(next)}
        onItemHighlighted={(suggestion) => {
          highlighted.current = suggestion;
        }}
      >
        <Autocomplete.InputGroup className="m-input-box">
          {leading}
          <Autocomplete.Input
            ref={ref}
            render={<Field.Control />}
            className="m-input"
            placeholder={placeholder}
            spellCheck={false}
            enterKeyHint="search"
            onFocus={() => {
              // what was asked before is offered at once
              if (value === '') setOpen(true);
            }}
            onKeyDown={(event) => {
              const isChoosing = isOpen && highlighted.current !== undefined;
              const chosen = highlighted.current;
              if (event.key === 'Delete' && event.shiftKey && isChoosing && chosen?.removeLabel !== undefined) {
                event.preventDefault();
                event.preventBaseUIHandler();
                onRemove?.(chosen);
                return;
              }
              if (event.nativeEvent.isComposing || (isChoosing && (event.key === 'Enter' || event.key === 'Escape'))) return;
              // Down goes into the list while there is one, and to what the caller does with it else.
              if (event.key === 'ArrowDown' && isOpen && suggestions.length > 0) return;
              if (event.key === 'Enter' || event.key === 'Escape' || event.key === 'ArrowDown') {
                event.preventBaseUIHandler();
                setOpen(false);
              }
              onKeyDown(event);
            }}
          />
          {trailing}
        </Autocomplete.InputGroup>
        <Autocomplete.Portal>
          <Autocomplete.Positioner className="m-layer" sideOffset={4} align="start" collisionPadding={8}>
            <Autocomplete.Popup className="m-popup m-suggestions">
              <Autocomplete.List aria-label={listLabel}>
                {(suggestion: FieldSuggestion) => (
                  <Autocomplete.Item key={suggestion.typed} value={suggestion} className="m-item m-suggestion">
                    <code>{suggestion.word}</code>
                    <span>{suggestion.meaning}</span>
                    {suggestion.removeLabel !== undefined && (
                      // out of the order of Tab: an option has no buttons of its own for the keyboard, which has Shift+Delete
                      <button
                        type="button"
                        className="m-suggestion-remove"
                        tabIndex={-1}
                        aria-label={suggestion.removeLabel}
                        title={suggestion.removeLabel}
                        onPointerDown={(event) => event.preventDefault()}
                        onClick={(event) => {
                          event.preventDefault();
                          event.stopPropagation();
                          onRemove?.(suggestion);
                        }}
                      >
                        <X aria-hidden="true" />
                      </button>
                    )}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
              {footer}
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </FieldFrame>
  );
}
