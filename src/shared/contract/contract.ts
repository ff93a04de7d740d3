import { botContract } from './bot.contract.ts';
import { casesContract, draftsContract, messagesContract } from './cases.contract.ts';
import { channelsContract } from './channels.contract.ts';
import { coverageContract, planContract, rosterContract } from './coverage.contract.ts';
import { deskContract } from './desk.contract.ts';
import type { CallResult, CommandDefinition, QueryDefinition } from './define.ts';
import { guardContract } from './guard.contract.ts';
import { handoffContract } from './handoff.contract.ts';
import { intakeContract } from './intake.contract.ts';
import { macrosContract } from './macros.contract.ts';
import { outboxContract } from './outbox.contract.ts';
import { promiseContract } from './promise.contract.ts';
import { remindersContract } from './reminders.contract.ts';
import { routingContract } from './routing.contract.ts';
import { slaContract } from './sla.contract.ts';
import { suggestContract } from './suggest.contract.ts';
import { teamContract } from './team.contract.ts';
import { viewsContract } from './views.contract.ts';
import { accountsContract, workspaceContract } from './workspace.contract.ts';

/** Everything the page can ask of the engine, by name. */
export const contract = {
  ...casesContract,
  ...draftsContract,
  ...messagesContract,
  ...outboxContract,
  ...workspaceContract,
  ...accountsContract,
  ...channelsContract,
  ...botContract,
  ...guardContract,
  ...routingContract,
  ...slaContract,
  ...rosterContract,
  ...planContract,
  ...coverageContract,
  ...handoffContract,
  ...promiseContract,
  ...remindersContract,
  ...teamContract,
  ...viewsContract,
  ...macrosContract,
  ...intakeContract,
  ...suggestContract,
  ...deskContract,
};

export type Contract = typeof contract;
export type CallName = keyof Contract;

type InputOf<Definition> = Definition extends { readonly input: { readonly _output: infer Input } } ? Input : never;
type OutputOf<Definition> =
  Definition extends QueryDefinition<infer _I, infer Output>
    ? Output
    : Definition extends CommandDefinition<infer _I, infer Output, infer _C>
      ? Output
      : never;
type CodeOf<Definition> = Definition extends CommandDefinition<infer _I, infer _O, infer Code> ? Code : never;

export type QueryName = { [Name in CallName]: Contract[Name]['kind'] extends 'query' ? Name : never }[CallName];
export type CommandName = Exclude<CallName, QueryName>;

export type Input<Name extends CallName> = InputOf<Contract[Name]>;
export type Output<Name extends CallName> = OutputOf<Contract[Name]>;
export type Code<Name extends CallName> = CodeOf<Contract[Name]>;
export type Answer<Name extends CallName> = CallResult<Output<Name>, Code<Name>>;
