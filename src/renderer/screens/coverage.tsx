import type { ReactNode } from 'react';
import { CoverageScreen } from '../features/coverage/coverage-screen.tsx';
import { useMyShiftsTab } from '../features/my-shifts/my-shifts-tab.tsx';
import { useStaffingTabs } from '../features/staffing/staffing-tabs.tsx';

/** Tabs of other features stand behind the plan. */
export function Coverage(): ReactNode {
  const staffing = useStaffingTabs();
  const shifts = useMyShiftsTab();
  return <CoverageScreen tabs={[...staffing, shifts]} />;
}
