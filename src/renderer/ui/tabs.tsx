import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './tabs.css';

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly tabs: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode; readonly content: ReactNode }[];
  /** Names the group of tabs. */
  readonly label: string;
  readonly orientation?: 'horizontal' | 'vertical' | undefined;
  readonly className?: string | undefined;
}

export function Tabs<Value extends string>({
  value,
  onChange,
  tabs,
  label,
  orientation = 'horizontal',
  className,
}: TabsProps<Value>): ReactNode {
  return (
    <BaseTabs.Root
      className={classNames('m-tabs', className)}
      value={value}
      onValueChange={(next: Value) => onChange(next)}
      orientation={orientation}
    >
      <BaseTabs.List className="m-tab-list" aria-label={label} activateOnFocus={orientation === 'vertical'}>
        {tabs.map((tab) => (
          <BaseTabs.Tab key={tab.value} value={tab.value} className="m-tab">
            {tab.icon}
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="m-tab-panel">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
