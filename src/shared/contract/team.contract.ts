import { z } from 'zod';
import type { AccountId, AgentId, CaseId } from '../domain/ids.ts';
import type { LostHow } from '../domain/collision/own-claim.ts';
import { CONFLICT_CHOICES } from '../domain/team/conflict.ts';
import type { TeamConflict } from '../domain/team/conflict.ts';
import type { Instant } from '../domain/time.ts';
import { command, query } from './define.ts';
import { caseId, operationId } from './schemas.ts';

/** What somebody may be on a hub; a name that is not known here comes from a newer hub and is shown as it is. */
export type TeamRole = 'agent' | 'lead' | 'gateway' | 'widget' | 'region' | (string & {});

/** How a workstation stands with its hub. `refused`: the hub, or this workstation, will not; waiting does not help. */
export interface TeamLink {
  readonly state: 'connecting' | 'online' | 'offline' | 'refused';
  readonly since: Instant;
  /** `refused` always names one; null when all is well. */
  readonly code: TeamLinkCode | null;
  /** For the curious, in English. */
  readonly detail: string;
  /** The server that answers, as it names itself, and its version; null while there is none. */
  readonly server: string | null;
  readonly version: string | null;
  /** The address that is used or was last. */
  readonly address: string | null;
  readonly roundTripMs: number | null;
  /** How far this machine's clock is ahead of the hub's; negative when it is behind; null until it was measured. */
  readonly clockAheadMs: number | null;
}
export type TeamLinkCode =
  | 'revoked'
  | 'hub-too-old'
  | 'hub-version-unknown'
  | 'app-too-old'
  | 'unreachable'
  | 'wrong-certificate'
  | 'no-log'
  | 'other-hub'
  /** The log takes no more until its administrator gives it room. */
  | 'hub-full'
  /** The key is in a safe that is not open. */
  | 'vault-locked';

/**
 * A job that takes longer than a moment. `uploading`: history or waiting events to the hub, `snapshot`: the compacted state of the team,
 * `reading`: events from the hub, `folding`: what they mean for cases. `done` and `total` count bytes for a snapshot, events otherwise.
 */
export interface TeamProgress {
  readonly what: 'uploading' | 'snapshot' | 'reading' | 'folding';
  readonly done: number;
  readonly total: number;
  readonly startedAt: Instant;
}

/** Who fetches and sends for a channel account now. */
export interface TeamChannel {
  readonly accountId: AccountId;
  readonly address: string;
  /** Null when nobody does. `name`: of the person, or of the gateway. */
  readonly holder: {
    readonly name: string;
    readonly workstation: string;
    readonly isMe: boolean;
    readonly isGateway: boolean;
  } | null;
  /** This workstation has what is needed to hold it (its settings and password). */
  readonly canHold: boolean;
}

/** The team that this workspace belongs to, or belonged to. */
export interface TeamView {
  readonly hub: { readonly id: string; readonly name: string };
  readonly user: { readonly name: string; readonly role: TeamRole; readonly agentId: AgentId | null };
  /** How this workstation is called on the hub. */
  readonly workstation: string;
  readonly joinedAt: Instant;
  /** `joining`: its own history is on the way; `catching-up`: the team's is; `read-only`: it has left, or was made to. */
  readonly phase: 'joining' | 'catching-up' | 'live' | 'read-only';
  /** Set while `read-only`. */
  readonly ended: { readonly at: Instant; readonly why: 'left' | 'revoked' } | null;
  readonly link: TeamLink;
  readonly progress: TeamProgress | null;
  /** Newest event that was applied, and newest that the hub is known to have; the difference is how far this one is behind. */
  readonly cursor: number;
  readonly lastSequence: number;
  /** What was done here and waits for the hub. */
  readonly pending: { readonly count: number; readonly oldestAt: Instant | null };
  /** When this workstation last had everything that the hub had. */
  readonly lastSyncAt: Instant | null;
  /** The hub was put back to an old copy and had lost `missing` events that it had confirmed; until somebody has read it. */
  readonly rewound: { readonly at: Instant; readonly missing: number } | null;
  /** All addresses of the hub, with what the last measuring found; `measuredAt` is null before the first. */
  readonly regions: readonly TeamRegion[];
  readonly measuredAt: Instant | null;
  readonly channels: readonly TeamChannel[];
  /** Whether this workstation takes channels when nobody better does, and whether the hub lets its user. */
  readonly holdsChannels: boolean;
  readonly mayHoldChannels: boolean;
  /** What becomes of the data here when one leaves. */
  readonly onLeave: 'keep' | 'erase';
  readonly openConflicts: number;
}

export interface TeamRegion {
  /** `host:port` as in the invite. */
  readonly address: string;
  /** Null when it did not answer. */
  readonly roundTripMs: number | null;
}

/** Somebody on the hub: a person, or a gateway. Presence is what was heard lately; all false and null when nothing was. */
export interface TeamPerson {
  /** Unique on the hub. */
  readonly user: string;
  readonly role: TeamRole;
  readonly agentId: AgentId | null;
  /** As in the plan; null when the hub's user is no agent that this workstation knows. */
  readonly name: string | null;
  readonly isMe: boolean;
  /** None of their keys is let in any more. */
  readonly isRevoked: boolean;
  readonly online: boolean;
  readonly onShift: boolean;
  /** `subject` is null when this workstation does not have the case (yet). */
  readonly viewing: { readonly caseId: CaseId; readonly subject: string | null } | null;
  readonly writing: boolean;
  /** They have begun a reply to it, and are writing it or pause. */
  readonly replying: boolean;
  /** Which address of the hub they use, and how far it is from them. */
  readonly address: string | null;
  readonly roundTripMs: number | null;
  readonly workstations: readonly string[];
}

/** Somebody else who has this case on screen. Who writes stands first, then who has begun a reply, then by name. */
export interface CasePresence {
  readonly user: string;
  readonly agentId: AgentId | null;
  readonly name: string;
  /** Keys were pressed a moment ago. */
  readonly writing: boolean;
  /** They have begun a reply, and are writing it or pause. */
  readonly replying: boolean;
}

/** Whose reply it is. A courtesy: what is sent is guarded by what follows, see `drafts.news` and the outbox. */
export interface ReplyLock {
  /** The colleague who writes it, so that nobody else does; null when it is free, or one's own. */
  readonly holder: { readonly user: string; readonly agentId: AgentId | null; readonly name: string; readonly writing: boolean } | null;
  /** Who has taken over what was being written here, or had begun earlier, until one writes it again. `at` by this workstation's clock. */
  readonly lost: { readonly agentId: AgentId | null; readonly name: string; readonly how: LostHow; readonly at: Instant } | null;
}

/** A case in which colleagues are writing to the customer. */
export interface WrittenCase {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly names: readonly string[];
}

/** A conflict with what a person needs to know it again. */
export interface ConflictRow {
  readonly conflict: TeamConflict;
  /** Null for what belongs to no case, and for a case that is not here. */
  readonly case: { readonly caseId: CaseId; readonly subject: string; readonly contactName: string } | null;
  /** Subjects of the other cases that the conflict mentions. */
  readonly subjects: Readonly<Record<CaseId, string>>;
  /** What else of one's own stands or falls with it: the types of `TeamConflict.alsoMine`, in their order. */
  readonly alsoMineTypes: readonly string[];
}

/** What an invite says, before anything is connected. */
export interface InvitePreview {
  /** Null exactly for `malformed`. */
  readonly invite: {
    readonly hubId: string;
    readonly hubName: string;
    /** `host:port`, in the order in which they are tried. */
    readonly servers: readonly string[];
    readonly user: string;
    readonly role: TeamRole;
    readonly agentId: AgentId | null;
    /** Whom the plan here calls so; null when nobody here is that agent. */
    readonly agentName: string | null;
  } | null;
  /** Why it cannot be used. `same-hub`, `other-hub`: the workspace is in a team already. `sample`: the sample workspace joins nothing. */
  readonly problem: 'malformed' | 'same-hub' | 'other-hub' | 'sample' | null;
  /** The invite is for another agent than who sits here, and there is history here: joining makes them one person. */
  readonly otherPerson: boolean;
  /** What would be taken along. */
  readonly history: { readonly cases: number; readonly events: number };
}

/** The text of an invite: a link of at most 16 KiB, as it was pasted or as it stood in a file. It is a secret. */
const inviteText = z.string().max(20_000);

export const teamContract = {
  /** Null while the workspace belongs to no team. */
  'team.get': query<TeamView | null>()(z.strictObject({})),
  /** Oneself first, then who is there, then the others by name. */
  'team.people': query<readonly TeamPerson[]>()(z.strictObject({})),
  'team.presence': query<readonly CasePresence[]>()(z.strictObject({ caseId })),
  'team.replyLock': query<ReplyLock>()(z.strictObject({ caseId })),
  /** Those of the cases in which colleagues are writing to the customer now. */
  'team.writers': query<readonly WrittenCase[]>()(z.strictObject({ caseIds: z.array(caseId).max(5_000).readonly() })),
  /**
   * What this person is doing now; ephemeral, and nothing in a workspace without a team. `writing`: keys were pressed a moment ago. `holds`: a
   * reply was begun and is not sent or left, which colleagues are kept from writing, too; left out: as long as keys are pressed.
   */
  'team.tellPresence': command<null>()(
    z.strictObject({ opId: operationId, viewing: caseId.nullable(), writing: z.boolean(), holds: z.boolean().optional() }),
  ),
  /** Takes the reply of the case on screen over from the colleague who writes it; their draft stays with them. */
  'team.takeOverReply': command<null>()(z.strictObject({ opId: operationId, caseId })),
  /** The newest first. `open`: those that wait for a decision; `all`: also decided, merged and dropped ones, at most 500 in all. */
  'team.conflicts': query<readonly ConflictRow[]>()(z.strictObject({ state: z.enum(['open', 'all']) })),
  /** `decided`: somebody has already. `not-possible`: what is mine can not be done any more; the case has gone on. */
  'conflicts.resolve': command<null>()(
    z.strictObject({ opId: operationId, conflictId: z.string().min(1).max(100), choice: z.enum(CONFLICT_CHOICES) }),
    ['decided', 'not-possible'],
  ),
  /** Reads the words alone, and connects to nobody. */
  'team.readInvite': query<InvitePreview>()(z.strictObject({ text: inviteText })),
  /** Ends when the hub has let this workstation in; what follows goes on in the background, see `TeamView.progress`. */
  'team.join': command<null>()(
    z.strictObject({
      opId: operationId,
      invite: inviteText,
      /** Takes the cases of this workspace along; otherwise they are set aside. */
      keepHistory: z.boolean(),
      /** The person has said that the invited agent and who sits here are one. */
      isSamePerson: z.boolean(),
    }),
    [
      'invalid-invite',
      'vault-locked',
      'vault-empty',
      'already-joined',
      'sample',
      'unreachable',
      'refused',
      'hub-too-old',
      'hub-version-unknown',
      'app-too-old',
      'revoked',
      'wrong-certificate',
      'no-log',
      'other-hub',
      'other-person',
      /** Only a lead brings cases along. */
      'history-needs-lead',
    ],
  ),
  /** Ends the membership. What waits for the hub is lost; `TeamView.onLeave` tells what becomes of the rest. */
  'team.leave': command<null>()(z.strictObject({ opId: operationId }), ['not-joined']),
  /** Tries to reach the hub now. */
  'team.nudge': command<null>()(z.strictObject({ opId: operationId })),
  /** Round trips to all addresses of the hub; they are in `team.get` from then on. */
  'team.measure': command<readonly TeamRegion[]>()(z.strictObject({ opId: operationId }), ['not-joined']),
  'team.setHoldsChannels': command<null>()(z.strictObject({ opId: operationId, on: z.boolean() }), ['not-permitted']),
  /** Makes a compacted state for those who join, now; it is made by itself once a day. For leads and gateways. */
  'team.makeSnapshot': command<null>()(z.strictObject({ opId: operationId }), ['not-joined', 'not-permitted', 'not-now', 'busy']),
  /** The person has read that the hub had been put back. */
  'team.dismissRewound': command<null>()(z.strictObject({ opId: operationId })),
};

/** Facts about the team that the engine tells without being asked. */
export type TeamEvent =
  | { readonly type: 'team'; readonly what: 'joined'; readonly hubName: string }
  /** After having been behind for longer than a moment. */
  | { readonly type: 'team'; readonly what: 'caught-up'; readonly events: number }
  | { readonly type: 'team'; readonly what: 'revoked' }
  | { readonly type: 'team'; readonly what: 'clock-wrong'; readonly aheadMs: number }
  | { readonly type: 'team'; readonly what: 'rewound'; readonly missing: number }
  /** I took a case, and the hub had somebody else's claim before mine. */
  | { readonly type: 'team'; readonly what: 'claim-lost'; readonly caseId: CaseId; readonly subject: string; readonly by: AgentId | null }
  /** Something I did, other than a claim, could not be put on top of what others did. */
  | {
      readonly type: 'team';
      readonly what: 'needs-you';
      readonly conflictId: string;
      readonly caseId: CaseId | null;
      readonly subject: string;
    };
