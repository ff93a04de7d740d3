import { describe, expect, it } from 'vitest';
import { safeDetail, secretsOf, toConnectorError } from './email-errors.ts';

const auth = { kind: 'password', user: 'support@team.test', password: 'pa$$ "word"' } as const;

function codeOf(fields: object, message = 'Command failed', protocol: 'imap' | 'smtp' = 'imap'): string {
  return toConnectorError(Object.assign(new Error(message), fields), protocol, auth).code;
}

describe('errors of mail servers', () => {
  it('get their code from the server, however it says it', () => {
    expect(codeOf({ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' })).toBe('wrong-password');
    expect(
      codeOf({ authenticationFailed: true, responseText: '[ALERT] Application-specific password required: https://support.google.com' }),
    ).toBe('app-password-required');
    expect(codeOf({ authenticationFailed: true, responseText: '[ALERT] Too many simultaneous connections. (Failure)' })).toBe(
      'too-many-connections',
    );
    expect(codeOf({ authenticationFailed: true, serverResponseCode: 'PRIVACYREQUIRED' })).toBe('tls-required');
    expect(codeOf({ responseText: 'Plaintext authentication disallowed on non-secure (SSL/TLS) connections.' })).toBe('tls-required');
    expect(codeOf({ mailboxMissing: true, responseStatus: 'NO' })).toBe('mailbox-not-found');
    expect(codeOf({ serverResponseCode: 'OVERQUOTA' })).toBe('mailbox-full');
    expect(codeOf({ code: 'ETHROTTLE' })).toBe('rate-limited');
    expect(codeOf({}, 'Something new')).toBe('server-error');
  });

  it('get it from SMTP replies', () => {
    expect(codeOf({ code: 'EAUTH', responseCode: 535, response: '535 5.7.8 Error: authentication failed' }, 'Invalid login', 'smtp')).toBe(
      'wrong-password',
    );
    expect(
      codeOf({ code: 'EAUTH', responseCode: 534, response: '534-5.7.9 Application-specific password required.' }, 'Invalid login', 'smtp'),
    ).toBe('app-password-required');
    // a server that is busy has not judged the password
    expect(
      codeOf({ code: 'EAUTH', responseCode: 454, response: '454 4.7.0 Temporary authentication failure' }, 'Invalid login', 'smtp'),
    ).toBe('server-error');
    expect(
      codeOf(
        { code: 'EENVELOPE', responseCode: 530, response: '530 5.7.0 Must issue a STARTTLS command first' },
        'Mail command failed',
        'smtp',
      ),
    ).toBe('tls-required');
    expect(
      codeOf({ code: 'EMESSAGE', responseCode: 552, response: '552 5.3.4 Message size exceeds fixed limit' }, 'Message failed', 'smtp'),
    ).toBe('message-too-large');
    expect(codeOf({ code: 'EPROTOCOL', response: '* OK IMAP ready' }, 'Invalid greeting', 'smtp')).toBe('not-smtp');
    expect(codeOf({ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'connect ECONNREFUSED', 'smtp')).toBe('connection-refused');
  });

  it('never hold a secret, in any of the forms in which it travels', () => {
    const secrets = secretsOf(auth);
    const plain = Buffer.from(`\u0000${auth.user}\u0000${auth.password}`).toString('base64');
    const base64 = Buffer.from(auth.password).toString('base64');
    for (const form of [auth.password, plain, base64, JSON.stringify(auth.password)]) {
      const error = toConnectorError(
        Object.assign(new Error(`BAD could not parse: LOGIN ${form}`), { executedCommand: form, response: `BAD ${form}` }),
        'imap',
        auth,
      );
      const shown = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
      for (const secret of secrets) expect(shown).not.toContain(secret);
    }
    const token = secretsOf({ kind: 'oauth2', user: 'a@b', accessToken: async () => Promise.resolve('') }, 'ya29.token');
    const bearer = Buffer.from('user=a@b\u0001auth=Bearer ya29.token\u0001\u0001').toString('base64');
    expect(safeDetail(`AUTH XOAUTH2 ${bearer} ya29.token`, token)).toBe('AUTH XOAUTH2 *** ***');
  });

  it('are one line of a length that can be shown', () => {
    expect(safeDetail(`a\r\nb\u0007\t c${'x'.repeat(999)}`, [])).toMatch(/^a b cx{1,300}$/u);
  });
});
