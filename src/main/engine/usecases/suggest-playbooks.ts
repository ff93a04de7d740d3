import type { Playbook, PlaybookBook, Step } from '../../../shared/domain/bot/playbook.ts';

/** Something that a playbook says when it knows what it is about. */
export interface PlaybookAnswer {
  readonly playbook: string;
  readonly step: string;
  readonly name: Playbook['name'];
  /** By BCP 47 tag. */
  readonly say: Readonly<Record<string, string>>;
  /** The words by which one gets there: the name of the playbook, and the choices that lead to the step. */
  readonly words: Readonly<Record<string, string>>;
}

/** Shorter ones ask on, or say good-bye. */
const SHORTEST_ANSWER = 25;
/** A choice leads to its step and, where that says something and goes on, no further. */
function choicesTo(playbook: Playbook, step: string): readonly Step['choices'][number][] {
  return Object.values(playbook.steps).flatMap(({ choices }) => choices.filter(({ go }) => go.kind === 'step' && go.step === step));
}

/** The steps of playbooks that tell the customer something, instead of asking or keeping an answer. */
export function playbookAnswers(book: PlaybookBook): readonly PlaybookAnswer[] {
  return [...book.values()].flatMap((playbook) =>
    Object.entries(playbook.steps).flatMap(([name, step]): readonly PlaybookAnswer[] => {
      const says = Object.values(step.say).some((text) => text.length >= SHORTEST_ANSWER);
      const choices = choicesTo(playbook, name);
      if (step.choices.length > 0 || step.keep !== null || !says || choices.length === 0) return [];
      const words = Object.fromEntries(
        Object.keys(step.say).map((language) => [
          language,
          [
            playbook.name[language] ?? '',
            step.say[language] ?? '',
            ...choices.flatMap(({ label, also }) => [label[language] ?? '', ...(also[language] ?? [])]),
          ].join('\n'),
        ]),
      );
      return [{ playbook: playbook.id, step: name, name: playbook.name, say: step.say, words }];
    }),
  );
}
