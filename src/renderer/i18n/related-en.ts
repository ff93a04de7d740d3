export const relatedEn = {
  title: 'Possibly the same',
  hint: 'Link them if they are about one thing. Nothing is merged, moved or answered by itself.',
  linked: 'Linked cases',
  link: 'Link',
  notSame: 'Not the same',
  unlink: 'Unlink',
  linkOf: 'Link with “{{subject}}”',
  notSameOf: '“{{subject}}” is not the same',
  unlinkOf: 'Unlink “{{subject}}”',
  careful:
    'Only one of these two customers has proven who they are. Somebody else may know the number or the address: do not tell one what the other has said.',
  byHand: 'linked by a colleague',
  reason: {
    'same-identity': 'the same signed-in customer',
    'same-contact': 'the same customer',
    'same-address': 'names the same email address',
    'same-handle': 'names the same handle',
    'same-transaction': 'the same transaction or wallet address',
    'same-order': 'the same order or payment number',
    'same-words': 'nearly the same words within two days',
  },
  done: {
    link: 'Linked with “{{subject}}”',
    unlink: 'Unlinked “{{subject}}”',
    notSame: '“{{subject}}” is not suggested any more',
  },
} as const;
