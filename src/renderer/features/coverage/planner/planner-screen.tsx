import type { ReactNode } from 'react';

export function PlannerScreen(): ReactNode {
  return null;
}
