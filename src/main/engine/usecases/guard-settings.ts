import { randomBytes } from 'node:crypto';
import { recordAudit } from './audit.ts';
import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { mayPlan } from './planner-access.ts';
import { DEFAULT_RETENTION_HOURS, RETENTION_KEY } from './redactor.ts';
import { readProfiles } from '../store/roster.store.ts';
import { eraseExpired, shortenSealed } from '../store/sealed.store.ts';
import { me, saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AuthenticitySecret, GuardRules, GuardView, OfficialRegistrySettings } from '../../../shared/contract/guard.contract.ts';
import type { OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { HOUR_MS } from '../../../shared/domain/time.ts';

/** Settings of the guardrails that are facts of the team, by the names of their streams. */
export const REGISTRY_KEY = 'official-accounts';
export const RULES_KEY = 'guard-rules';
export const AUTHENTICITY_KEY = 'authenticity';

const NO_REGISTRY: OfficialRegistrySettings = { accounts: [], domains: [], brands: [] };
const DEFAULT_RULES: GuardRules = { warnsCustomers: true, neverFirst: { isOn: false, texts: {} } };

/** Read once for each value that is stored: what is prepared from a registry is kept by the object. */
const registries = new Map<string, OfficialRegistrySettings>();

export function officialRegistryOf(db: ReadDb): OfficialRegistrySettings {
  const stored = settingValue(db, REGISTRY_KEY);
  if (stored === null) return NO_REGISTRY;
  const known = registries.get(stored);
  if (known !== undefined) return known;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written from parsed input alone
  const read = JSON.parse(stored) as OfficialRegistrySettings;
  registries.clear();
  registries.set(stored, read);
  return read;
}

export function guardRulesOf(db: ReadDb): GuardRules {
  const stored = settingValue(db, RULES_KEY);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written from parsed input alone
  return stored === null ? DEFAULT_RULES : { ...DEFAULT_RULES, ...(JSON.parse(stored) as Partial<GuardRules>) };
}

export function authenticityOf(db: ReadDb): AuthenticitySecret | null {
  const stored = settingValue(db, AUTHENTICITY_KEY);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written from parsed input alone
  return stored === null ? null : (JSON.parse(stored) as AuthenticitySecret);
}

export function isLeadHere(db: ReadDb): boolean {
  return mayPlan(readProfiles(db), me(db)?.agentId ?? null);
}

export function guardView(db: ReadDb, vault: GuardView['vault']): GuardView {
  const stored = settingValue(db, RETENTION_KEY);
  return {
    registry: officialRegistryOf(db),
    rules: guardRulesOf(db),
    retentionHours: stored === null ? DEFAULT_RETENTION_HOURS : Number(stored),
    hasAuthenticity: authenticityOf(db) !== null,
    canChange: isLeadHere(db),
    vault,
  };
}

/** A change that only leads make, and that the audit log has. */
function change(
  context: UseCaseContext,
  opId: OperationId,
  name: string,
  auditKey: Uint8Array | null,
  work: (tx: WriteDb) => {
    readonly key: string;
    readonly fact: { readonly type: string; readonly body: object } | null;
    readonly detail: string;
  },
): Result<null, CallError> {
  return once(context, opId, name, (tx) => {
    const { agentId: actor } = requireMe(tx);
    if (!isLeadHere(tx)) throw new CommandFailure('not-allowed');
    const { key, fact, detail } = work(tx);
    if (fact !== null) {
      saveSettingValue(tx, key, JSON.stringify(fact.body));
      context.ledger.recordTeamEvent(tx, key, fact.type, fact.body, { actor });
    }
    recordAudit(context, tx, { actor, action: 'settings.changed', detail }, auditKey);
    return { value: null };
  });
}

interface Saving<Value> {
  readonly opId: OperationId;
  readonly value: Value;
  readonly auditKey: Uint8Array | null;
}

export function saveRegistry(
  context: UseCaseContext,
  { opId, value, auditKey }: Saving<OfficialRegistrySettings>,
): Result<null, CallError> {
  return change(context, opId, 'guard.saveRegistry', auditKey, () => ({
    key: REGISTRY_KEY,
    fact: { type: 'officialAccounts.saved', body: value },
    detail: `official accounts: ${value.accounts.length}, domains: ${value.domains.length}, names: ${value.brands.length}`,
  }));
}

export function saveGuardRules(context: UseCaseContext, { opId, value, auditKey }: Saving<GuardRules>): Result<null, CallError> {
  return change(context, opId, 'guard.saveRules', auditKey, () => ({
    key: RULES_KEY,
    fact: { type: 'guardRules.saved', body: value },
    detail: `warning customers ${value.warnsCustomers ? 'on' : 'off'}, never writing first ${value.neverFirst.isOn ? 'on' : 'off'}`,
  }));
}

export function saveRetention(context: UseCaseContext, { opId, value, auditKey }: Saving<number>): Result<null, CallError> {
  return change(context, opId, 'guard.saveRetention', auditKey, (tx) => {
    saveSettingValue(tx, RETENTION_KEY, String(value));
    shortenSealed(tx, value * HOUR_MS);
    eraseExpired(tx, context.clock.now());
    return { key: RETENTION_KEY, fact: null, detail: `originals are kept for ${value} h` };
  });
}

/** Codes of the secret before stay good until the day after. */
export function renewAuthenticity(context: UseCaseContext, { opId, auditKey }: Omit<Saving<null>, 'value'>): Result<null, CallError> {
  return change(context, opId, 'authenticity.renew', auditKey, (tx) => {
    const before = authenticityOf(tx);
    const body: AuthenticitySecret = {
      current: randomBytes(32).toString('base64'),
      previous: before?.current ?? null,
      replacedAt: before === null ? null : context.clock.now(),
    };
    return { key: AUTHENTICITY_KEY, fact: { type: 'authenticity.saved', body }, detail: 'the secret of the codes is a new one' };
  });
}
