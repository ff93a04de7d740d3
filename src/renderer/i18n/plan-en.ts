/** Words of the planner: the Coverage screen's plan. */
export const planEn = {
  title: 'Coverage',
  tabs: 'Parts of coverage',
  tab: 'Plan',
};
