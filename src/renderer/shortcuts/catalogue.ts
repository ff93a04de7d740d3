import i18next from 'i18next';
import type { KeyedCommand } from '../../shared/domain/desk/key-map.ts';
import { VIEWS } from '../../shared/domain/views.ts';
import { goTo, openCoverage, openHandoffs } from '../state/session.ts';
import { IS_MAC } from '../ui/platform.ts';
import { PAGE_COMMANDS } from './page-commands.ts';
import type { Action, ActionArea } from './registry.ts';
import { langOf, textOf } from './texts.ts';
import { viewKeys } from './view-keys.ts';

/**
 * A command of the app as it comes, wherever one is: for the page of the keys, which shows all of them, and for the palette, which goes
 * to a command's screen before it runs it.
 */
export interface CatalogueEntry extends KeyedCommand {
  readonly area: ActionArea;
  /** What it is called; in the language of the page if none is named. */
  readonly label: (lng?: string) => string;
  /** Not offered by the palette: a move, or a key of a form. */
  readonly isHidden?: boolean;
}

/** Places where commands are heard, and how to get there. */
const WAYS: Readonly<Record<string, () => void>> = {
  inbox: () => goTo('inbox'),
  handoffs: () => openHandoffs('lanes'),
  'handoffs.lanes': () => openHandoffs('lanes'),
  'handoffs.sweep': () => openHandoffs('sweep'),
  'handoffs.brief': () => openHandoffs('brief'),
  'handoffs.promises': () => openHandoffs('promises'),
  'handoffs.reminders': () => openHandoffs('reminders'),
  plan: () => openCoverage('plan'),
  conflicts: () => goTo('conflicts'),
};

/** Goes to where a command is heard; null for one that is heard everywhere, or in a dialog that has to be open. */
export function wayTo(place: string): (() => void) | null {
  return WAYS[place] ?? null;
}

type Row = readonly [id: string, keys: readonly string[], label: string, isHidden?: boolean];

function rows(place: string, area: ActionArea, entries: readonly Row[]): readonly CatalogueEntry[] {
  return entries.map(([id, keys, label, isHidden = false]) => ({ id, keys, place, area, label: (lng) => textOf(label, lng), isHidden }));
}

export const BACK_KEYS: readonly string[] = IS_MAC ? ['mod+['] : ['alt+arrowleft'];
export const FORWARD_KEYS: readonly string[] = IS_MAC ? ['mod+]'] : ['alt+arrowright'];

/** Every command that has, or may be given, a key. Those that are one for each of many things, such as each colleague, are not among them. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...rows('everywhere', 'general', [
    ['app.palette', ['mod+k'], 'frame:actions.palette', true],
    ['app.help', ['?', 'f1'], 'frame:actions.help'],
    ['app.undo', ['u', 'mod+z'], 'frame:actions.undo'],
    ['app.redo', ['shift+z', 'mod+shift+z', 'mod+y'], 'keys:command.redo'],
    ['app.done', ['g z'], 'keys:command.done'],
    ['app.keys', [], 'keys:command.keys'],
    ['history.back', BACK_KEYS, 'keys:command.back'],
    ['history.forward', FORWARD_KEYS, 'keys:command.forward'],
    ['palette.commands', ['>'], 'keys:command.findCommand'],
    ['palette.people', ['@'], 'keys:command.findPerson'],
    ['palette.cases', ['mod+o'], 'keys:command.findCase'],
    ['palette.views', ['g v'], 'keys:command.findView'],
    ['recent.forget', [], 'keys:command.forgetRecent'],
    ['accounts.syncNow', [], 'frame:actions.syncNow'],
    ['accounts.add', [], 'frame:actions.addMailbox'],
    ['ribbon.fold', [], 'frame:actions.ribbonFold'],
    ['shift.toggle', [], 'frame:actions.toggleShift'],
    ['person.switch', [], 'desk:switch.command'],
    ['theme.light', [], 'frame:actions.themeLight'],
    ['theme.dark', [], 'frame:actions.themeDark'],
    ['theme.system', [], 'frame:actions.themeSystem'],
    ['density.toggle', [], 'frame:actions.densityToggle'],
    ['workspace.sample', [], 'frame:actions.openSample'],
    ['workspace.main', [], 'frame:actions.openMain'],
    ['workspace.resetSample', [], 'settings:sample.reset'],
    ['team.join', [], 'hub:actions.join'],
    ['team.nudge', [], 'hub:actions.nudge'],
    ['app.about', [], 'frame:actions.about'],
  ]),
  { id: 'locale.en', keys: [], place: 'everywhere', area: 'general', label: () => 'Language: English' },
  { id: 'locale.zh-CN', keys: [], place: 'everywhere', area: 'general', label: () => '语言：简体中文' },
  ...rows('everywhere', 'navigation', [
    ['go.inbox', ['g i'], 'frame:actions.goInbox'],
    ['go.outbox', ['g o'], 'frame:actions.goOutbox'],
    ['go.handoffs', ['g h'], 'lanes:go.screen'],
    ['go.sweep', ['g e'], 'lanes:go.sweep'],
    ['go.brief', ['g b'], 'lanes:go.brief'],
    ['go.promises', ['g p'], 'lanes:go.promises'],
    ['go.reminders', ['g n'], 'reminders:page.go'],
    ['go.metrics', ['g f'], 'lanes:go.metrics'],
    ['go.coverage', ['g c'], 'frame:actions.goCoverage'],
    ['go.shifts', ['g m'], 'frame:actions.goShifts'],
    ['go.team', ['g t'], 'hub:actions.goHub'],
    ['go.conflicts', ['g x'], 'hub:actions.goConflicts'],
    ['go.settings', ['g s', 'mod+,'], 'frame:actions.goSettings'],
    ['ribbon.walk', ['g r'], 'frame:actions.ribbonWalk'],
  ]),
  ...VIEWS.map((view): CatalogueEntry => ({
    id: `go.view.${view}`,
    keys: [viewKeys(view)],
    place: 'everywhere',
    area: 'navigation',
    label: (lng) => i18next.t('frame:actions.goView', { ...langOf(lng), view: textOf(`frame:views.${view}`, lng) }),
    isHidden: true,
  })),
  ...PAGE_COMMANDS.map(({ id, label }): CatalogueEntry => ({ id, keys: [], place: 'everywhere', area: 'navigation', label })),
  ...rows('inbox', 'inbox', [
    ['list.next', ['j', 'arrowdown'], 'inbox:action.next', true],
    ['list.previous', ['k', 'arrowup'], 'inbox:action.previous', true],
    ['list.pageDown', ['pagedown'], 'keys:command.pageDown', true],
    ['list.pageUp', ['pageup'], 'keys:command.pageUp', true],
    ['list.extendDown', ['shift+arrowdown', 'shift+j'], 'keys:command.extendDown', true],
    ['list.extendUp', ['shift+arrowup', 'shift+k'], 'keys:command.extendUp', true],
    ['list.open', ['enter'], 'inbox:action.open', true],
    ['list.select', ['x'], 'inbox:action.select', true],
    ['list.selectAll', ['shift+x'], 'inbox:list.selectAll'],
    ['list.search', ['/'], 'inbox:action.search'],
    ['list.filter', ['f'], 'views:filterCommand'],
    ['view.save', ['mod+s'], 'views:saveAs'],
    ['search.further', ['shift+f', 'alt+enter'], 'search:further'],
    ['search.stop', ['escape'], 'search:stop', true],
    ['find.next', ['f3', 'mod+g'], 'search:find.next'],
    ['find.previous', ['shift+f3', 'mod+shift+g'], 'search:find.previous'],
    ['group.fold', ['arrowleft'], 'views:group.fold'],
    ['group.unfold', ['arrowright'], 'views:group.unfold'],
    ['group.foldAll', ['shift+arrowleft'], 'views:group.foldAll'],
    ['group.whole', ['shift+arrowright'], 'views:group.whole'],
    ['list.escape', ['escape'], 'inbox:action.close', true],
    ['pane.context', ['i'], 'inbox:action.toggleContext'],
    ['pane.views', ['['], 'inbox:action.toggleViews'],
  ]),
  // in the messages themselves, while something is searched for
  ...rows('inbox.found', 'inbox', [
    ['find.nextHere', ['enter', 'n'], 'search:find.next', true],
    ['find.previousHere', ['shift+enter', 'shift+n'], 'search:find.previous', true],
  ]),
  ...rows('inbox', 'case', [
    ['case.claim', ['c'], 'inbox:action.claim'],
    ['case.release', ['shift+c'], 'inbox:action.release'],
    ['case.takeFromBot', ['shift+t'], 'channel:bot.takeCommand'],
    ['case.giveToBot', ['shift+b'], 'channel:bot.give'],
    ['case.assign', ['a'], 'inbox:action.assign'],
    ['case.handOver', ['h'], 'handoff:command.handOver'],
    ['case.park', ['shift+h'], 'handoff:command.park'],
    ['case.unpark', ['shift+u'], 'handoff:command.unpark'],
    ['case.solve', ['e'], 'inbox:action.solve'],
    ['case.reopen', ['o'], 'inbox:action.reopen'],
    ['case.pending', ['p'], 'inbox:action.pending'],
    ['case.hold', ['shift+p'], 'inbox:action.hold'],
    ['case.snooze', ['s'], 'inbox:action.snooze'],
    ['case.sendTime', [], 'sendLater:command.change'],
    ['case.sendNow', [], 'sendLater:command.now'],
    ['case.takeBackReply', [], 'sendLater:command.takeBack'],
    ['case.wake', ['shift+s'], 'inbox:action.wake'],
    ['case.remind', ['b'], 'reminders:reminder.command'],
    ['case.reminderDone', ['shift+d'], 'reminders:reminder.doneCommand'],
    ['case.reminderMove', [], 'reminders:reminder.moveCommand'],
    ['case.reminderCancel', [], 'reminders:reminder.cancelCommand'],
    ['case.labels', ['l'], 'inbox:action.labels'],
    ['case.macro', ['#', 'mod+j'], 'macros:command'],
    ['case.askMissing', ['q'], 'intake:ask.command'],
    ['case.checklist', ['shift+q'], 'intake:goTo'],
    ['case.priority', ['!'], 'inbox:action.priority'],
    ['case.vip', ['v'], 'inbox:action.vip'],
    ['case.why', ['w'], 'inbox:action.why'],
    ['case.noReplyNeeded', ['shift+e'], 'inbox:action.noReplyNeeded'],
    ['case.noReplyNeededFor', [], 'reminders:noReply.command'],
    ['case.replyNeeded', [], 'reminders:noReply.undo'],
    ['case.unread', ['.'], 'inbox:action.unread'],
    ['case.read', ['shift+m'], 'inbox:action.read'],
  ]),
  ...rows('inbox', 'compose', [
    ['compose.reply', ['r'], 'inbox:action.reply'],
    ['compose.replyAll', ['shift+r'], 'inbox:action.replyAll'],
    ['compose.note', ['n'], 'inbox:action.note'],
    ['compose.send', [], 'keys:command.send'],
    ['compose.sendLater', ['mod+shift+enter'], 'sendLater:action'],
    ['compose.sendLaterSolve', [], 'sendLater:afterwards.action'],
    ['compose.attach', [], 'keys:command.attach'],
    ['compose.discard', [], 'keys:command.discard'],
    ['compose.takeOver', ['alt+t'], 'collision:lock.command'],
    ['suggest.insert', ['y', 'mod+shift+y'], 'suggest:command.insert'],
    ['suggest.focus', ['shift+y'], 'suggest:command.focus'],
    ['compose.confirmPromise', ['alt+p'], 'handoff:detected.action'],
    ['compose.insertAdvice', ['alt+k'], 'guard:draft.insert'],
  ]),
  ...rows('handoffs.lanes', 'handoff', [
    ['handoffs.list.next.j', ['j', 'arrowdown'], 'lanes:action.next', true],
    ['handoffs.list.previous.k', ['k', 'arrowup'], 'lanes:action.previous', true],
    ['handoffs.list.next.end', ['end'], 'lanes:action.next', true],
    ['handoffs.list.previous.home', ['home'], 'lanes:action.previous', true],
  ]),
  ...rows('handoffs.reminders', 'handoff', [
    ['reminders.next', ['j', 'arrowdown'], 'reminders:page.next', true],
    ['reminders.previous', ['k', 'arrowup'], 'reminders:page.previous', true],
    ['reminders.open', ['o'], 'reminders:page.openCase'],
    ['reminders.done', ['d'], 'reminders:reminder.doneCommand'],
    ['reminders.move', ['l'], 'reminders:reminder.moveCommand'],
    ['reminders.cancel', ['delete'], 'reminders:reminder.cancelCommand'],
  ]),
  ...rows('handoffs', 'handoff', [
    ['handoffs.accept', ['a'], 'lanes:action.accept'],
    ['handoffs.readAgain', ['a'], 'lanes:action.readAgain'],
    ['handoffs.decline', ['d'], 'lanes:action.decline'],
    ['handoffs.ask', ['q'], 'lanes:action.ask'],
    ['handoffs.answer', ['q'], 'lanes:action.answer'],
    ['handoffs.giveBack', ['b'], 'lanes:action.giveBack'],
    ['handoffs.withdraw', ['w'], 'lanes:action.withdraw'],
    ['handoffs.packet', ['e', 'h'], 'lanes:action.packet'],
    ['handoffs.offerNext', ['n'], 'lanes:action.offerNext'],
    ['handoffs.toLead', ['l'], 'lanes:action.toLead'],
    ['handoffs.seen', ['m'], 'lanes:action.seen'],
    ['handoffs.openCase', ['o'], 'lanes:action.openCase'],
    ['handoffs.openCaseEnter', ['enter'], 'lanes:action.openCase', true],
    ['handoffs.form.submit', ['mod+enter'], 'lanes:action.submit', true],
    ['handoffs.form.cancel', ['escape'], 'lanes:action.cancel', true],
  ]),
  ...rows('handoffs.lanes', 'handoff', [
    ['handoffs.nextLane', [']'], 'lanes:action.nextLane'],
    ['handoffs.previousLane', ['['], 'lanes:action.previousLane'],
    ['handoffs.select', ['x'], 'lanes:action.select'],
    ['handoffs.selectBulk', ['shift+x'], 'lanes:action.selectBulk'],
    ['handoffs.acceptMany', ['shift+a'], 'lanes:action.acceptMany'],
    ['handoffs.clear', ['escape'], 'lanes:bulk.clear', true],
  ]),
  ...rows('handoffs.sweep', 'handoff', [
    ['handoffs.sweep.list.next.j', ['j', 'arrowdown'], 'lanes:action.next', true],
    ['handoffs.sweep.list.previous.k', ['k', 'arrowup'], 'lanes:action.previous', true],
    ['handoffs.sweep.list.next.end', ['end'], 'lanes:action.next', true],
    ['handoffs.sweep.list.previous.home', ['home'], 'lanes:action.previous', true],
    ['handoffs.sweep.offer', ['o'], 'lanes:sweep.offerIt'],
    ['handoffs.sweep.offerAll', ['shift+o'], 'lanes:sweep.offerAllAction'],
    ['handoffs.sweep.packet', ['h'], 'lanes:sweep.openPacket'],
    ['handoffs.sweep.park', ['p'], 'lanes:sweep.park'],
    ['handoffs.sweep.unpark', ['p'], 'lanes:sweep.unpark'],
    ['handoffs.sweep.withdraw', ['w'], 'lanes:sweep.withdraw'],
    ['handoffs.sweep.toLead', ['l'], 'lanes:sweep.toLead'],
    ['handoffs.sweep.openCase', ['enter'], 'lanes:action.openCase', true],
    ['handoffs.sweep.team', ['t'], 'lanes:sweep.showTeam'],
  ]),
  ...rows('handoffs.brief', 'handoff', [
    ['handoffs.brief.list.next.j', ['j', 'arrowdown'], 'lanes:action.next', true],
    ['handoffs.brief.list.previous.k', ['k', 'arrowup'], 'lanes:action.previous', true],
    ['handoffs.brief.list.next.end', ['end'], 'lanes:action.next', true],
    ['handoffs.brief.list.previous.home', ['home'], 'lanes:action.previous', true],
    ['handoffs.brief.tick.x', ['x'], 'lanes:brief.tickAction'],
    ['handoffs.brief.tick.space', ['space'], 'lanes:brief.tickAction', true],
    ['handoffs.brief.read', ['r'], 'lanes:brief.read'],
  ]),
  ...rows('handoffs.promises', 'handoff', [
    ['promise.next', ['j', 'arrowdown'], 'promises:action.next', true],
    ['promise.previous', ['k', 'arrowup'], 'promises:action.previous', true],
    ['promise.keep', ['m'], 'promises:action.keepCommand'],
    ['promise.release', ['w'], 'promises:action.releaseCommand'],
  ]),
  ...rows('plan', 'plan', [
    ['plan.undo', ['u', 'mod+z'], 'plan:keys.undo'],
    ['plan.redo', ['mod+shift+z'], 'plan:keys.redo'],
    ['plan.today', ['t'], 'plan:keys.today'],
    ['plan.day', ['d'], 'plan:keys.day'],
    ['plan.week', ['w'], 'plan:keys.week'],
    ['plan.month', ['m'], 'plan:keys.month'],
    ['plan.publish', ['mod+enter'], 'plan:keys.publish'],
    ['plan.generate', [], 'plan:keys.generate'],
    ['plan.patterns', [], 'plan:toolbar.patterns'],
    ['plan.ics', [], 'plan:toolbar.ics'],
    ['plan.export', [], 'plan:toolbar.export'],
    ['plan.issues', ['i'], 'plan:keys.issues'],
    ['plan.requests', [], 'plan:keys.requests'],
    ['plan.history', [], 'plan:keys.history'],
  ]),
  ...rows('conflicts', 'inbox', [
    ['conflicts.next', ['j', 'arrowdown'], 'conflicts:actions.next', true],
    ['conflicts.previous', ['k', 'arrowup'], 'conflicts:actions.previous', true],
    ['conflicts.keep', ['shift+k'], 'conflicts:keepTheirs'],
    ['conflicts.apply', ['m', 'shift+m'], 'conflicts:applyMine'],
    ['conflicts.open', ['enter'], 'conflicts:actions.open', true],
  ]),
  ...rows('packet', 'handoff', [['packet.remedy', ['alt+n'], 'handoff:refusal.remedy', true]]),
];

const BY_ID = new Map(CATALOGUE.map((entry) => [entry.id, entry]));

export function entryOf(id: string): CatalogueEntry | undefined {
  return BY_ID.get(id);
}

/** Where the actions of an area are heard, for those that the catalogue does not know. */
const PLACE_OF: Readonly<Record<ActionArea, string>> = {
  general: 'everywhere',
  navigation: 'everywhere',
  inbox: 'inbox',
  case: 'inbox',
  compose: 'inbox',
  handoff: 'handoffs',
  plan: 'plan',
};

/** The catalogue, and after it what is registered beside it: a command is never missing because nobody has written it down. */
export function allCommands(registered: readonly Action[]): readonly CatalogueEntry[] {
  const others = new Map<string, CatalogueEntry>();
  for (const action of registered) {
    if (
      BY_ID.has(action.id) ||
      action.onlyTyped === true ||
      action.id.startsWith('plan.help.') ||
      (action.hidden === true && action.keys.length === 0)
    )
      continue;
    others.set(action.id, {
      id: action.id,
      keys: action.keys,
      place: PLACE_OF[action.area],
      area: action.area,
      label: () => action.label,
      isHidden: action.hidden === true,
    });
  }
  return [...CATALOGUE, ...others.values()];
}
