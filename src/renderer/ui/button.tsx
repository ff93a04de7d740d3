import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps, ReactNode } from 'react';
import './button.css';
import { classNames } from './class-names.ts';
import { Kbd, keyText } from './kbd.tsx';
import { useShownKeys } from './shown-keys.ts';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'default' | 'primary' | 'ghost' | 'danger';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'size'> {
  readonly variant?: ButtonVariant | undefined;
  readonly size?: 'sm' | 'md' | undefined;
  readonly icon?: ReactNode;
  /** Keys shown on the button, such as `mod+enter`; they must be registered as an action elsewhere. */
  readonly shortcut?: string | undefined;
  /** Work is under way: the button can not be pressed but keeps its focus. */
  readonly loading?: boolean | undefined;
}

/** A button with words on it. */
export function Button({
  variant = 'default',
  size = 'md',
  icon,
  shortcut,
  loading = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps): ReactNode {
  const keys = useShownKeys(shortcut);
  return (
    <BaseButton
      {...rest}
      disabled={disabled === true || loading}
      focusableWhenDisabled={loading}
      aria-busy={loading || undefined}
      aria-keyshortcuts={keys === undefined ? undefined : keyText(keys)}
      className={classNames('m-button', `m-button-${variant}`, `m-button-${size}`, className)}
    >
      {loading ? <span className="m-button-spinner" aria-hidden="true" /> : icon}
      {children}
      {keys !== undefined && <Kbd keys={keys} />}
    </BaseButton>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'size' | 'children' | 'aria-label'> {
  /** What it does; its accessible name and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string | undefined;
  readonly variant?: ButtonVariant | undefined;
  readonly size?: 'sm' | 'md' | undefined;
  /** For a button that stays pressed, such as a pane that is shown. */
  readonly pressed?: boolean | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

/** A button that is an icon; its name is shown as a tooltip together with its shortcut. */
export function IconButton({
  label,
  icon,
  shortcut,
  variant = 'ghost',
  size = 'md',
  pressed,
  side,
  className,
  ...rest
}: IconButtonProps): ReactNode {
  const keys = useShownKeys(shortcut);
  return (
    <Tooltip content={label} shortcut={shortcut} side={side}>
      <BaseButton
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={keys === undefined ? undefined : keyText(keys)}
        className={classNames('m-button', 'm-icon-button', `m-button-${variant}`, `m-button-${size}`, className)}
      >
        {icon}
      </BaseButton>
    </Tooltip>
  );
}
