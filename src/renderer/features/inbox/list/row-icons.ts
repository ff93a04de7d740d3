import * as alarmClock from 'lucide-react/icons/alarm-clock';
import * as ban from 'lucide-react/icons/ban';
import * as calendarCheck from 'lucide-react/icons/calendar-check';
import * as calendarClock from 'lucide-react/icons/calendar-clock';
import * as check from 'lucide-react/icons/check';
import * as chevronsUp from 'lucide-react/icons/chevrons-up';
import * as circleCheck from 'lucide-react/icons/circle-check';
import * as circleDot from 'lucide-react/icons/circle-dot';
import * as circleHelp from 'lucide-react/icons/circle-question-mark';
import * as circlePause from 'lucide-react/icons/circle-pause';
import * as circleUserRound from 'lucide-react/icons/circle-user-round';
import * as clock from 'lucide-react/icons/clock';
import * as clock9 from 'lucide-react/icons/clock-9';
import * as crown from 'lucide-react/icons/crown';
import * as flag from 'lucide-react/icons/flag';
import * as flame from 'lucide-react/icons/flame';
import * as globe from 'lucide-react/icons/globe';
import * as handshake from 'lucide-react/icons/handshake';
import * as hash from 'lucide-react/icons/hash';
import * as hourglass from 'lucide-react/icons/hourglass';
import * as mail from 'lucide-react/icons/mail';
import * as messageCircle from 'lucide-react/icons/message-circle';
import * as messageCircleReply from 'lucide-react/icons/message-circle-reply';
import * as messageCircleWarning from 'lucide-react/icons/message-circle-exclamation-point';
import * as messageSquare from 'lucide-react/icons/message-square';
import * as messageSquareMore from 'lucide-react/icons/message-square-more';
import * as minus from 'lucide-react/icons/minus';
import * as moon from 'lucide-react/icons/moon';
import * as paperclip from 'lucide-react/icons/paperclip';
import * as penLine from 'lucide-react/icons/pen-line';
import * as send from 'lucide-react/icons/send';
import * as sun from 'lucide-react/icons/sun';
import * as sunrise from 'lucide-react/icons/sunrise';
import * as sunset from 'lucide-react/icons/sunset';
import * as timer from 'lucide-react/icons/timer';
import * as timerOff from 'lucide-react/icons/timer-off';
import * as triangleAlert from 'lucide-react/icons/triangle-exclamation-point';
import * as userRoundX from 'lucide-react/icons/user-round-x';
import * as users from 'lucide-react/icons/users';
import * as usersRound from 'lucide-react/icons/users-round';
import { lineIcon } from '../../../ui/line-icon.tsx';

/** The icons in the rows of the list, and beside what says the same elsewhere. */
export const rowIcons = {
  alarmClock: lineIcon(alarmClock),
  ban: lineIcon(ban),
  calendarCheck: lineIcon(calendarCheck),
  calendarClock: lineIcon(calendarClock),
  check: lineIcon(check),
  chevronsUp: lineIcon(chevronsUp),
  circleCheck: lineIcon(circleCheck),
  circleDot: lineIcon(circleDot),
  circleHelp: lineIcon(circleHelp),
  circlePause: lineIcon(circlePause),
  circleUserRound: lineIcon(circleUserRound),
  clock: lineIcon(clock),
  clock9: lineIcon(clock9),
  crown: lineIcon(crown),
  flag: lineIcon(flag),
  flame: lineIcon(flame),
  globe: lineIcon(globe),
  handshake: lineIcon(handshake),
  hash: lineIcon(hash),
  hourglass: lineIcon(hourglass),
  mail: lineIcon(mail),
  messageCircle: lineIcon(messageCircle),
  messageCircleReply: lineIcon(messageCircleReply),
  messageCircleWarning: lineIcon(messageCircleWarning),
  messageSquare: lineIcon(messageSquare),
  messageSquareMore: lineIcon(messageSquareMore),
  minus: lineIcon(minus),
  moon: lineIcon(moon),
  paperclip: lineIcon(paperclip),
  penLine: lineIcon(penLine),
  send: lineIcon(send),
  sun: lineIcon(sun),
  sunrise: lineIcon(sunrise),
  sunset: lineIcon(sunset),
  timer: lineIcon(timer),
  timerOff: lineIcon(timerOff),
  triangleAlert: lineIcon(triangleAlert),
  userRoundX: lineIcon(userRoundX),
  users: lineIcon(users),
  usersRound: lineIcon(usersRound),
} as const;
