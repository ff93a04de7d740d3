import { PLACEHOLDER_LIKE } from './own-words.ts';
import { accountsIn, documentsIn, ordersIn } from './account.ts';
import { networksIn, publicAddressesIn, transactionsIn } from './chain.ts';
import type { FoundFact } from './found.ts';
import { appVersionsIn, devicesIn, systemsIn } from './machine.ts';
import { amountsIn, coinsIn } from './money.ts';
import { errorsIn, storyIn } from './story.ts';
import { timesIn } from './when.ts';
import type { Writing } from './when.ts';

export interface ReadText extends Writing {
  /** What the customer wrote, without what they quote; see `ownWords`. */
  readonly text: string;
  /** Addresses of ours, which are no account of the customer's; in small letters. */
  readonly ownAddresses?: ReadonlySet<string> | undefined;
}

/** Every fact that a text states by its form or its words, the first of each field first. Nothing that was taken out of it is among them. */
export function recognise({ text, ownAddresses, ...writing }: ReadText): readonly FoundFact[] {
  return [
    ...timesIn(text, writing),
    ...storyIn(text),
    ...errorsIn(text),
    ...devicesIn(text),
    ...systemsIn(text),
    ...appVersionsIn(text),
    ...coinsIn(text),
    ...amountsIn(text),
    ...networksIn(text),
    ...transactionsIn(text),
    ...publicAddressesIn(text),
    ...accountsIn(text, ownAddresses),
    ...ordersIn(text),
    ...documentsIn(text),
  ].filter(({ value }) => !PLACEHOLDER_LIKE.test(value));
}
