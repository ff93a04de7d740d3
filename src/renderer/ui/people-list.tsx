import type { ReactNode } from 'react';
import { Avatar } from './avatar.tsx';
import './people-list.css';

export interface PersonLine {
  readonly id: string;
  readonly name: string;
  /** Where they are; empty when it is not known. */
  readonly place: string;
  /** What their own clock shows, in words. */
  readonly time: string;
  /** Until when they are on, or from when. */
  readonly when: string;
}

/** People with their place, their local time and when they are on. */
export function PeopleList({
  label,
  people,
  empty,
}: {
  readonly label: string;
  readonly people: readonly PersonLine[];
  readonly empty?: string;
}): ReactNode {
  return (
    <div className="m-people">
      <h4>{label}</h4>
      {people.length === 0 && empty !== undefined && <p className="muted">{empty}</p>}
      {people.length > 0 && (
        <ul>
          {people.map((person) => (
            <li key={person.id}>
              <Avatar name={person.name} size="xs" />
              <span className="m-people-name">{person.name}</span>
              <span className="m-people-when tabular">{person.when}</span>
              <span className="m-people-there muted tabular">{[person.place, person.time].filter((each) => each !== '').join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
