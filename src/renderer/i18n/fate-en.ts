/** Words for a reply of which nobody knows whether it arrived. */
export const fateEn = {
  label: 'What became of this reply?',
  sent: 'It arrived',
  again: 'Send again',
  dropped: 'Drop it',
  againTitle: 'Send this reply again?',
  againText: 'If the first one did arrive, the customer gets it twice.',
  droppedTitle: 'Drop this reply?',
  droppedText: 'It is not sent any more. It may have arrived all the same, so its text stays in the conversation.',
  waits: {
    sent: '{{name}} said that it arrived.',
    again: '{{name}} wants it sent again.',
    dropped: '{{name}} wants it dropped.',
  },
  waitsText:
    'This is done as soon as a workstation holds the channel and the hub can be reached. If it turns out before that how it ended, that counts.',
  somebody: 'Somebody',
  unknown: 'May have been sent',
  elsewhere:
    'Another workstation began to send it and has not said how it ended. Look where it would have arrived, or ask the customer, before you send it again.',
};
