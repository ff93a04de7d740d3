import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCursor, parseCursor, remotePrefix, remoteRef } from './folder-cursor.ts';
import { compactUids, expandUids } from './uid-set.ts';

describe('the cursor', () => {
  const folder = {
    uidValidity: '1795520323',
    modseq: '18446744073709551615',
    lastUid: 70,
    lowUid: 12,
    backfilled: 58,
    known: '1:5',
    seen: null,
  };

  it('comes back as it was written', () => {
    const cursor = { INBOX: folder, 'Gesendete Objekte': { ...folder, modseq: null, known: null, seen: '3' } };
    expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
  });

  it('counts as none where it cannot be read, so that everything is read again', () => {
    for (const text of [null, '', 'x', '[]', 'null', '{"version":2,"folders":{}}', '{"version":1,"folders":[]}'])
      expect(parseCursor(text)).toEqual({});
    const damaged = JSON.stringify({
      version: 1,
      folders: { A: { validity: 1 }, B: { validity: '1', last: -1, low: 0, done: 0 }, C: { validity: '1', last: 1, low: 1, done: 0 } },
    });
    expect(Object.keys(parseCursor(damaged))).toEqual(['C']);
  });
});

describe('remote references', () => {
  it('of one folder never begin like those of another', () => {
    expect(remoteRef('INBOX', '12', 5).startsWith(remotePrefix('INBOX', '12'))).toBe(true);
    expect(remoteRef('INBOX/12', '7', 5).startsWith(remotePrefix('INBOX', '12'))).toBe(false);
    expect(remoteRef('INBOX', '123', 5).startsWith(remotePrefix('INBOX', '12'))).toBe(false);
  });
});

describe('sets of UIDs', () => {
  it('are written as IMAP writes them', () => {
    expect(compactUids([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10');
    expect(compactUids([])).toBe('');
    expect(expandUids('1:3,x,7,0,-1:5')).toEqual([1, 2, 3, 7]);
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 })), (uids) => {
        const ascending = uids.sort((left, right) => left - right);
        expect(expandUids(compactUids(ascending))).toEqual(ascending);
      }),
    );
  });
});
