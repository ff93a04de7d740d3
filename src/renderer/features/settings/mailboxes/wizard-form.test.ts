import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT, inOrder, isAddress, isPort, serverProblems, settingsFrom, withFolders, withSecurity } from './wizard-form.ts';

const FOLDERS = [
  { path: 'Sent', role: 'sent', messages: 3 },
  { path: 'Billing', role: null, messages: 2 },
  { path: 'INBOX', role: 'inbox', messages: 9 },
] as const;

describe('the wizard', () => {
  test('changes the port with the security, but keeps a port of the person’s own', () => {
    expect(withSecurity('smtp', { host: 'h', port: '465', security: 'tls' }, 'starttls').port).toBe('587');
    expect(withSecurity('imap', { host: 'h', port: '993', security: 'tls' }, 'starttls').port).toBe('143');
    expect(withSecurity('smtp', { host: 'h', port: '2525', security: 'tls' }, 'starttls').port).toBe('2525');
  });

  test('names every field that is missing or wrong, and no other', () => {
    const draft = { ...EMPTY_DRAFT, imap: { host: 'imap.example', port: '70000', security: 'tls' as const } };
    expect([...serverProblems(draft, true)]).toEqual(['imap.port', 'smtp.host', 'password']);
    expect([
      ...serverProblems({ ...draft, imap: { ...draft.imap, port: '993' }, smtp: { ...draft.smtp, host: 'smtp.example' } }, false),
    ]).toEqual([]);
  });

  test('knows addresses and ports', () => {
    expect(['a@b', 'support@例え.jp'].every(isAddress)).toBe(true);
    expect(['', 'a', 'a b@c', 'a@b,c@d', '@b'].some(isAddress)).toBe(false);
    expect(['1', '65535'].every(isPort)).toBe(true);
    expect(['0', '65536', '', '12a'].some(isPort)).toBe(false);
  });

  test('begins with the inbox and the server’s own sent folder, and keeps an earlier choice that is still there', () => {
    expect(withFolders(EMPTY_DRAFT, FOLDERS)).toMatchObject({ folders: ['INBOX'], sentFolder: 'Sent' });
    expect(withFolders({ ...EMPTY_DRAFT, folders: ['Billing', 'Gone'], sentFolder: 'Gone' }, FOLDERS)).toMatchObject({
      folders: ['Billing'],
      sentFolder: 'Sent',
    });
    expect(inOrder(FOLDERS).map((folder) => folder.path)).toEqual(['INBOX', 'Billing', 'Sent']);
  });

  test('the user name is the address unless another one is given', () => {
    expect(settingsFrom({ ...EMPTY_DRAFT, address: ' a@b ' })).toMatchObject({ address: 'a@b', user: 'a@b', folders: ['INBOX'] });
  });
});
