import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { KeyHint } from './kbd.tsx';
import { useReturnFocus } from './return-focus.ts';
import './popup.css';

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
}

/** A drop-down menu of `MenuItem`s and their relatives below. */
export function Menu({ trigger, children, side = 'bottom', align = 'start', open, onOpenChange }: MenuProps): ReactNode {
  return (
    <BaseMenu.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className="m-layer" side={side} align={align} sideOffset={4}>
          <BaseMenu.Popup className="m-popup">{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export interface ContextMenuProps extends ComponentProps<'div'> {
  /** What the menu holds: the same items as in a `Menu`. */
  readonly items: ReactNode;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
}

/** An area with a menu on right click, on the menu key and on Shift+F10. */
export function ContextMenu({ items, onOpenChange, children, ...rest }: ContextMenuProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const finalFocus = useReturnFocus(isOpen);
  return (
    <BaseContextMenu.Root
      open={isOpen}
      onOpenChange={(next) => {
        setOpen(next);
        onOpenChange?.(next);
      }}
    >
      <BaseContextMenu.Trigger {...rest}>{children}</BaseContextMenu.Trigger>
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className="m-layer">
          <BaseContextMenu.Popup className="m-popup m-context-menu" finalFocus={finalFocus}>
            {items}
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}

export interface MenuItemProps {
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly detail?: ReactNode;
  readonly shortcut?: string | undefined;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

export function MenuItem({ children, onSelect, icon, detail, shortcut, danger = false, disabled = false }: MenuItemProps): ReactNode {
  return (
    <BaseMenu.Item className={classNames('m-item', danger && 'm-item-danger')} disabled={disabled} onClick={onSelect}>
      {icon}
      <span className="m-item-text truncate">{children}</span>
      {detail !== undefined && <span className="m-item-detail tabular">{detail}</span>}
      {shortcut !== undefined && <KeyHint keys={shortcut} />}
    </BaseMenu.Item>
  );
}

export interface MenuCheckItemProps {
  readonly children: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly detail?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export function MenuCheckItem({ children, checked, onChange, detail, disabled = false }: MenuCheckItemProps): ReactNode {
  return (
    <BaseMenu.CheckboxItem className="m-item" checked={checked} disabled={disabled} onCheckedChange={(next) => onChange(next)}>
      <span className="m-item-check">{checked && <Check aria-hidden="true" />}</span>
      <span className="m-item-text truncate">{children}</span>
      {detail !== undefined && <span className="m-item-detail tabular">{detail}</span>}
    </BaseMenu.CheckboxItem>
  );
}

export interface MenuRadioGroupProps<Value extends string> {
  readonly label?: string | undefined;
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly options: readonly {
    readonly value: Value;
    readonly label: ReactNode;
    readonly icon?: ReactNode;
    readonly detail?: ReactNode;
    readonly shortcut?: string | undefined;
    /** What the choice means, in a sentence or two below its name. */
    readonly hint?: string | undefined;
  }[];
}

/** One choice of several inside a menu. */
export function MenuRadioGroup<Value extends string>({ label, value, onChange, options }: MenuRadioGroupProps<Value>): ReactNode {
  const id = useId();
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
      {label !== undefined && <BaseMenu.GroupLabel className="m-group-label">{label}</BaseMenu.GroupLabel>}
      {options.map((option) => (
        <BaseMenu.RadioItem
          key={option.value}
          className="m-item"
          value={option.value}
          closeOnClick
          {...(option.hint === undefined
            ? {}
            : { 'aria-labelledby': `${id}${option.value}`, 'aria-describedby': `${id}${option.value}-hint` })}
        >
          {option.icon}
          {option.hint === undefined ? (
            <span className="m-item-text truncate">{option.label}</span>
          ) : (
            <span className="m-item-text">
              <span id={`${id}${option.value}`}>{option.label}</span>
              <span id={`${id}${option.value}-hint`} className="m-item-hint">
                {option.hint}
              </span>
            </span>
          )}
          {option.detail !== undefined && <span className="m-item-detail tabular">{option.detail}</span>}
          {option.shortcut !== undefined && <KeyHint keys={option.shortcut} />}
          <span className="m-item-check">{option.value === value && <Check aria-hidden="true" />}</span>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

export function MenuGroup({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="m-group-label">{label}</BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}

export function MenuSeparator(): ReactNode {
  return <BaseMenu.Separator className="m-separator" />;
}

/** A menu inside a menu. */
export function MenuSub({
  label,
  icon,
  children,
}: {
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <BaseMenu.SubmenuRoot>
      <BaseMenu.SubmenuTrigger className="m-item">
        {icon}
        <span className="m-item-text truncate">{label}</span>
        <ChevronRight aria-hidden="true" />
      </BaseMenu.SubmenuTrigger>
      <BaseMenu.Portal>
        <BaseMenu.Positioner className="m-layer" sideOffset={2} alignOffset={-4}>
          <BaseMenu.Popup className="m-popup">{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.SubmenuRoot>
  );
}
