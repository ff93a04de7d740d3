import { describe, expect, it } from 'vitest';
import { isSameText } from './own-words.ts';

describe('knowing again what we wrote', () => {
  it.each([
    ['Please **wait**.\n\n- one', 'Please wait.\n • one'],
    ['See https://help.example.com/a?b=1 please', '@mei See https://t.co/abc please'],
    ['Done 👍', 'Done :+1:'.replace(':+1:', '👍')],
    ['ありがとうございます。', '@jun ありがとうございます'],
    ['🙏', '🙏'],
    ['I attach it', 'I attach it\n\n[how.pdf|attachment](upload://abc.pdf)'],
  ])('%j is %j', (written, shown) => {
    expect(isSameText(written, shown)).toBe(true);
  });

  it.each([
    ['Thanks', 'Thank you'],
    ['🙏', '👍'],
    ['Yes', `We looked at it. Yes, ${'and there is much more to say about it, '.repeat(4)}`],
    ['Please wait until Monday', 'Please wait'],
  ])('%j is not %j', (written, shown) => {
    expect(isSameText(written, shown)).toBe(false);
  });
});
