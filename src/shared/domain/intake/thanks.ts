import { coveredBy } from './covered-words.ts';
import { BESIDE_THANKS, THANKS_PHRASES } from './thanks-words.ts';

const isThanking = coveredBy({ core: THANKS_PHRASES, beside: BESIDE_THANKS });

/** A question in any script, and a face that says the opposite of the words beside it. */
const NOT_ALL_WELL = /[?？؟;]|[😠😡🤬👿😤🙄👎😞😢😭😒😑😐🙃🤦💩]|:\(|:\/|¯/u;
/** One sign alone says as much. */
const THANKING_SIGN = /^[\s\ufe0f\p{Emoji_Modifier}🙏👍❤💛💚💙🤝👌🙇😊🎉]+$/u;
const SIGN = /[🙏👍❤💛💚💙🤝👌🙇]/u;

/**
 * Whether a message only thanks: known words alone, without a question or anything that may be a fact. It decides nothing: whether an
 * answer is owed is for a person to say.
 * @param text what they wrote, without what they quote
 * @param names of people in the case: who is thanked by name, and who signs
 */
export function isOnlyThanks(text: string, names: readonly string[] = []): boolean {
  if (NOT_ALL_WELL.test(text)) return false;
  return (THANKING_SIGN.test(text) && SIGN.test(text)) || isThanking(text, names);
}
