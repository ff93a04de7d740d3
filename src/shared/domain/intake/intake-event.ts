import type { MessageId } from '../ids.ts';

/** Facts about what is known of one case, past tense; they are in the stream of the case. What its messages say is not told again: it is read in them. */
export type IntakeEventBody =
  /** Somebody says what kind of case it is; null: it is none of the kinds that there are. `asRead`: what its words say counts again. */
  | { readonly type: 'intake.kindSet'; readonly kind: string | null; readonly asRead?: true | undefined }
  /**
   * Somebody states a fact, or corrects one; null: what was read or said of it is wrong, and it is missing. `asRead`: what the messages say of it
   * counts again. `over`: what had been said of it where it was done, null: nothing; who said something else meanwhile is told by it.
   */
  | {
      readonly type: 'intake.factSet';
      readonly field: string;
      readonly value: string | null;
      readonly asRead?: true | undefined;
      readonly over?: { readonly value: string | null } | null | undefined;
    }
  /** A message of ours asked for these at once: one round. */
  | { readonly type: 'intake.asked'; readonly fields: readonly string[]; readonly messageId: MessageId };
