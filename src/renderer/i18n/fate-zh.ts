import type { fateEn } from './fate-en.ts';
import type { Translation } from './translation.ts';

export const fateZh: Translation<typeof fateEn> = {
  label: '这封回复结果如何？',
  sent: '已送达',
  again: '再次发送',
  dropped: '放弃发送',
  againTitle: '再次发送这封回复？',
  againText: '如果第一封已送达，客户会收到两封。',
  droppedTitle: '放弃这封回复？',
  droppedText: '不再发送。它仍有可能已送达，因此内容会留在会话中。',
  waits: {
    sent: '{{name}}确认已送达。',
    again: '{{name}}要求再次发送。',
    dropped: '{{name}}要求放弃发送。',
  },
  waitsText: '一旦有工作站持有该渠道并能连上中心，就会照办。如果在此之前得知了真实结果，则以真实结果为准。',
  somebody: '有人',
  unknown: '可能已发出',
  elsewhere: '另一台工作站已开始发送，但没有报告结果。再次发送前，请到渠道中查看是否已送达，或询问客户。',
};
