import type { Handlers } from '../dispatcher.ts';
import { accountHandlers } from './accounts.handlers.ts';
import { botHandlers } from './bot.handlers.ts';
import { caseHandlers } from './cases.handlers.ts';
import { channelHandlers } from './channels.handlers.ts';
import { coverageHandlers } from './coverage.handlers.ts';
import { deskHandlers } from './desk.handlers.ts';
import { guardHandlers } from './guard.handlers.ts';
import { withGuardedInput } from './guarded-input.ts';
import { handoffHandlers } from './handoffs.handlers.ts';
import { intakeHandlers } from './intake.handlers.ts';
import { interchangeHandlers } from './interchange.handlers.ts';
import { macroHandlers } from './macros.handlers.ts';
import { messageHandlers } from './messages.handlers.ts';
import { planHandlers } from './plan.handlers.ts';
import { promiseHandlers } from './promises.handlers.ts';
import { reminderHandlers } from './reminders.handlers.ts';
import { rosterHandlers } from './roster.handlers.ts';
import { routingHandlers } from './routing.handlers.ts';
import { slaHandlers } from './sla.handlers.ts';
import { suggestHandlers } from './suggest.handlers.ts';
import { teamHandlers } from './team.handlers.ts';
import { viewHandlers } from './views.handlers.ts';
import { workspaceHandlers } from './workspace.handlers.ts';
import type { EngineServices } from './services.ts';

/** What answers every call of the contract. */
export function allHandlers(services: EngineServices): Handlers {
  const handlers: Handlers = {
    ...caseHandlers(services),
    ...messageHandlers(services),
    ...workspaceHandlers(services),
    ...accountHandlers(services),
    ...channelHandlers(services),
    ...botHandlers(services),
    ...guardHandlers(services),
    ...routingHandlers(services),
    ...viewHandlers(services),
    ...macroHandlers(services),
    ...intakeHandlers(services),
    ...suggestHandlers(services),
    ...deskHandlers(services),
    ...slaHandlers(services),
    ...rosterHandlers(services),
    ...planHandlers(services),
    ...handoffHandlers(services),
    ...promiseHandlers(services),
    ...reminderHandlers(services),
    ...coverageHandlers(services),
    ...interchangeHandlers(services),
    ...teamHandlers(services),
  };
  return withGuardedInput(handlers, services.guard.redactor);
}
