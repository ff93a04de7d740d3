import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRecipients, hasReplyAll, isAddress, parseRecipients, withoutRecipient } from './recipients.ts';

describe('parseRecipients', () => {
  it('reads names, quotes with commas, semicolons and lines in one paste', () => {
    const text = 'Ann Lee <Ann@Example.org>, "Doe, Jane" <jane@example.org>; bo@example.org\n王小明 <xm@example.cn>';
    expect(parseRecipients(text)).toEqual({
      parties: [
        { address: 'ann@example.org', name: 'Ann Lee' },
        { address: 'jane@example.org', name: 'Doe, Jane' },
        { address: 'bo@example.org', name: '' },
        { address: 'xm@example.cn', name: '王小明' },
      ],
      rejected: [],
    });
  });

  it('reads addresses separated by blanks or by Chinese punctuation', () => {
    expect(parseRecipients('a@b.example c@d.example').parties.map((each) => each.address)).toEqual(['a@b.example', 'c@d.example']);
    expect(parseRecipients('a@b.example，c@d.example；e@f.example').parties).toHaveLength(3);
  });

  it('hands back what is no address instead of dropping it', () => {
    expect(parseRecipients('ann@example.org, not an address, bo@')).toEqual({
      parties: [{ address: 'ann@example.org', name: '' }],
      rejected: ['not an address', 'bo@'],
    });
  });

  it('keeps an address once and takes the name from wherever it is', () => {
    expect(parseRecipients('ann@example.org; Ann <ANN@example.org>').parties).toEqual([{ address: 'ann@example.org', name: 'Ann' }]);
  });

  it('accepts mailto: from a copied link', () => {
    expect(parseRecipients('mailto:ann@example.org').parties).toEqual([{ address: 'ann@example.org', name: '' }]);
  });

  it('loses no piece of any text', () => {
    const address = fc.emailAddress().filter((each) => isAddress(each));
    fc.assert(
      fc.property(fc.array(fc.oneof(address, fc.stringMatching(/^[a-z]{1,8}$/u)), { maxLength: 12 }), (pieces) => {
        const { parties, rejected } = parseRecipients(pieces.join(', '));
        const found = new Set([...parties.map((each) => each.address), ...rejected]);
        for (const piece of pieces) expect(found).toContain(isAddress(piece) ? piece.toLowerCase() : piece);
      }),
    );
  });
});

describe('isAddress', () => {
  it.each(['a@b.co', 'first.last+tag@sub.example.org', 'ü@münchen.example'])('accepts %s', (address) =>
    expect(isAddress(address)).toBe(true),
  );
  it.each(['', 'a', 'a@', '@b.co', 'a@b', 'a b@c.de', 'a@@b.co', 'a@b..co', 'a@.co', `${'a'.repeat(250)}@b.co`])('refuses %j', (address) =>
    expect(isAddress(address)).toBe(false),
  );
});

describe('lists of recipients', () => {
  const ann = { address: 'ann@example.org', name: 'Ann' };
  it('adds once and removes without regard to case', () => {
    expect(addRecipients([ann], [{ address: 'ANN@example.org', name: 'Other' }])).toEqual([ann]);
    expect(withoutRecipient([ann], 'Ann@Example.org')).toEqual([]);
  });
});

describe('hasReplyAll', () => {
  const customer = { address: 'mei@customer.example', name: 'Mei' };
  const other = { address: 'boss@customer.example', name: '' };
  const mail = { origin: null, replyTo: [customer], replyAllTo: [customer], replyAllCc: [] };

  it('is where a mail went to more people than its sender', () => {
    expect(hasReplyAll(mail)).toBe(false);
    expect(hasReplyAll({ ...mail, replyAllTo: [customer, other] })).toBe(true);
    expect(hasReplyAll({ ...mail, replyAllCc: [other] })).toBe(true);
  });

  it('is nowhere on a channel: what is private and what is public is not chosen by it', () => {
    const origin = { conversation: '1', nativeKey: '1', isPrivate: false } as never;
    expect(hasReplyAll({ ...mail, origin, replyAllTo: [customer, other] })).toBe(false);
  });
});
