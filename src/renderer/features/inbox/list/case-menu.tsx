import {
  AlarmClock,
  Anchor,
  ArrowUpRight,
  Bot,
  Check,
  CircleCheck,
  Clock,
  Crown,
  Flag,
  Hand,
  Handshake,
  MailOpen,
  MessageCircleQuestion,
  Mail,
  PenLine,
  Reply,
  Tag,
  Timer,
  UserPlus,
  Zap,
} from 'lucide-react';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { isPossible } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { useCaseCommands } from '../actions/use-case-commands.ts';
import { currentCaseId, showCase } from '../inbox-store.ts';

const GROUPS: readonly (readonly string[])[] = [
  ['compose.reply', 'compose.note', 'case.macro', 'case.askMissing'],
  ['case.claim', 'case.takeFromBot', 'case.giveToBot', 'case.release', 'case.assign', 'case.handOver', 'case.park'],
  [
    'case.solve',
    'case.reopen',
    'case.pending',
    'case.hold',
    'case.snooze',
    'case.wake',
    'case.remind',
    'case.reminderDone',
    'case.noReplyNeeded',
    'case.noReplyNeededFor',
  ],
  ['case.labels', 'case.priority', 'case.vip', 'case.why'],
  ['case.unread', 'case.read'],
];

const ICONS: Readonly<Record<string, ReactNode>> = {
  'compose.reply': <Reply aria-hidden="true" />,
  'compose.note': <PenLine aria-hidden="true" />,
  'case.claim': <Hand aria-hidden="true" />,
  'case.takeFromBot': <Hand aria-hidden="true" />,
  'case.giveToBot': <Bot aria-hidden="true" />,
  'case.assign': <UserPlus aria-hidden="true" />,
  'case.handOver': <Handshake aria-hidden="true" />,
  'case.park': <Anchor aria-hidden="true" />,
  'case.solve': <CircleCheck aria-hidden="true" />,
  'case.reopen': <ArrowUpRight aria-hidden="true" />,
  'case.snooze': <Clock aria-hidden="true" />,
  'case.remind': <AlarmClock aria-hidden="true" />,
  'case.noReplyNeeded': <Check aria-hidden="true" />,
  'case.macro': <Zap aria-hidden="true" />,
  'case.askMissing': <MessageCircleQuestion aria-hidden="true" />,
  'case.labels': <Tag aria-hidden="true" />,
  'case.priority': <Flag aria-hidden="true" />,
  'case.why': <Timer aria-hidden="true" />,
  'case.vip': <Crown aria-hidden="true" />,
  'case.unread': <Mail aria-hidden="true" />,
  'case.read': <MailOpen aria-hidden="true" />,
};

/** The icon of a command in menus; commands without one keep their place free. */
function iconOf(id: string): ReactNode {
  return ICONS[id] ?? <span className="ib-no-icon" aria-hidden="true" />;
}

/** Everything that can be done to the chosen cases now, as items of a menu. */
export function CaseMenuItems({ withOpen = true }: { readonly withOpen?: boolean }): ReactNode {
  const t = useWords('inbox');
  const commands = useCaseCommands();
  const find = (id: string): Action | undefined => commands.find((each) => each.id === id && isPossible(each));
  return (
    <>
      {withOpen && (
        <MenuItem
          icon={<ArrowUpRight aria-hidden="true" />}
          shortcut="enter"
          onSelect={() => {
            const current = currentCaseId();
            if (current !== null) showCase(current);
          }}
        >
          {t('action.open')}
        </MenuItem>
      )}
      {GROUPS.map((ids, index) => {
        const items = ids.map(find).filter((each) => each !== undefined);
        return (
          <Fragment key={ids.join(' ')}>
            {(withOpen || index > 0) && items.length > 0 && <MenuSeparator />}
            {items.map((action) => (
              <MenuItem key={action.id} icon={iconOf(action.id)} shortcut={action.keys[0]} onSelect={action.run}>
                {action.label}
              </MenuItem>
            ))}
          </Fragment>
        );
      })}
    </>
  );
}
