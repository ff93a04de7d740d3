/** What is said about secrets, links and who is us. */
export const guardEn = {
  kind: {
    'recovery-phrase': 'recovery phrase',
    'private-key': 'private key',
    'extended-key': 'extended private key',
    'pem-key': 'key file',
    'card-number': 'card number',
    'one-time-code': 'one-time code',
    password: 'password',
    token: 'access token',
  },
  words: '{{kind}}, {{count}} words',
  taken: '{{what}} taken out',
  takenHint: 'A secret stood here. It was taken out before the message was stored.',
  event: {
    found: 'A secret was taken out of the message: {{kinds}}',
    revealed: '{{actor}} looked at what was taken out ({{kinds}}): “{{reason}}”',
  },
} as const;
