import { handoffCaseZh } from './handoff-case-zh.ts';
import { handoffPacketZh } from './handoff-packet-zh.ts';
import type { handoffEn } from './handoff-en.ts';
import type { Translation } from './translation.ts';

/** Chinese words of packets, offers and what a case tells of its handoffs and promises. */
export const handoffZh: Translation<typeof handoffEn> = {
  ...handoffCaseZh,
  ...handoffPacketZh,
  command: {
    handOver: '交接……',
    park: '搁置……',
    unpark: '重新处理搁置的工单',
  },
  part: {
    illness: '严重程度',
    patient: '概要',
    actions: '待办',
    situation: '情况',
    synthesis: '复述',
  },
  letter: { illness: 'I', patient: 'P', actions: 'A', situation: 'S', synthesis: 'S' },
  severity: { stable: '平稳', watcher: '需留意', critical: '危急', none: '未说明' },
  severityHint: {
    stable: '照常进行',
    watcher: '可能转坏',
    critical: '已经不好，或下一班内会转坏',
  },
  field: {
    goal: '客户的诉求',
    state: '目前进展',
    tried: '已尝试',
    actions: '按顺序要做的事',
    promises: '对客户的承诺',
    ifThen: '如果……就',
    blockers: '受阻于',
    notToDo: '不要做',
    waitingOn: '正在等待',
  },
  view: {
    firstAction: '第一步',
    due: '{{at}} 前',
    plain: '无特殊情况。',
    situationUntold: '未作说明。',
    empty: '尚未填写',
    changed: '已改',
    changedHint: '您读过之后有改动',
    removed: '已删去：{{text}}',
    ifThen: '如果{{when}}：{{action}}',
  },
  clocks: {
    both: '客户当地 {{theirs}} · 您这里 {{mine}}',
    theirs: '客户当地 {{time}}',
    mine: '您这里 {{time}}',
    same: '客户与您这里都是 {{time}}',
  },
  countdown: {
    left: '{{span}} 后失效',
    over: '已失效 {{span}}',
    short: '剩 {{span}}',
    shortOver: '超 {{span}}',
    title: '{{at}} 失效',
  },
  recipient: {
    queue: '任何能接的人',
    hub: '{{hub}} 的任何人',
    you: '您',
    unknown: '某人',
  },
  reason: {
    'shift-end': '班次结束',
    expertise: '需要专长',
    absence: '缺勤',
    escalation: '升级',
  },
  receiver: {
    theirTime: '当地 {{time}}',
    until: '在班至 {{time}}',
    left: '还剩 {{span}}',
    from: '{{time}} 到岗',
    load_other: '{{count}} 个未结工单',
    qualified: '符合要求',
    unqualified: '不完全符合要求',
    skill: { none: '缺少该技能', basic: '技能初级', good: '技能熟练' },
    language: { none: '不会该语言', basic: '语言略通', good: '语言良好' },
  },
};
