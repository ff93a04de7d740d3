import type { ReactNode } from 'react';
import { Tabs } from './tabs.tsx';
import type { TabsProps } from './tabs.tsx';
import './tabbed-screen.css';

export interface TabbedScreenProps<Value extends string> extends Pick<TabsProps<Value>, 'label' | 'onChange' | 'tabs'> {
  readonly title: string;
  /** A tab that is not there gives way to the first. */
  readonly value: Value;
}

/** A whole screen of tabs, with its name before them. */
export function TabbedScreen<Value extends string>({ title, label, value, onChange, tabs }: TabbedScreenProps<Value>): ReactNode {
  const shown = tabs.some((each) => each.value === value) ? value : (tabs[0]?.value ?? value);
  return (
    <div className="m-tabbed-screen">
      <h1 className="m-tabbed-screen-title">{title}</h1>
      <Tabs<Value> className="m-tabbed-screen-tabs" label={label} value={shown} onChange={onChange} tabs={tabs} />
    </div>
  );
}
