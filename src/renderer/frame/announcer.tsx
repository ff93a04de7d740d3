import type { ReactNode } from 'react';
import { create } from 'zustand';

const useAnnouncements = create<{ readonly text: string; readonly count: number }>(() => ({ text: '', count: 0 }));

/** Says something to screen readers, after what they are saying now. */
export function announce(text: string): void {
  useAnnouncements.setState((state) => ({ text, count: state.count + 1 }));
}

/** The place that screen readers listen to; once in the frame. */
export function Announcer(): ReactNode {
  const { text, count } = useAnnouncements();
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {/* A new key makes the same words count as news. */}
      <span key={count}>{text}</span>
    </div>
  );
}
