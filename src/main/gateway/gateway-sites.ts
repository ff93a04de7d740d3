import { isDeepStrictEqual } from 'node:util';
import type { Engine } from '../engine/create-engine.ts';
import { accountIdFor, IdSource } from '../engine/identity.ts';
import { accountByUid } from '../engine/store/accounts.store.ts';
import type { Log } from '../engine/log.ts';
import { GatewayError, type GatewaySite } from './gateway-settings.ts';
import type { ChannelRow } from '../../shared/contract/channels.contract.ts';
import type { AccountId } from '../../shared/domain/ids.ts';
import type { Clock } from '../../shared/domain/time.ts';

export function siteAccount({ settings }: GatewaySite): AccountId {
  return accountIdFor('chat', settings.site);
}

/** Adds the sites that are missing, and changes those that differ. */
export async function putSites(
  engine: Engine,
  { sites, clock, log }: { readonly sites: readonly GatewaySite[]; readonly clock: Clock; readonly log: Log },
): Promise<void> {
  const ids = new IdSource(clock);
  for (const site of sites) {
    const { settings, secret } = site;
    const accountId = siteAccount(site);
    const known = engine.store.read((db) => accountByUid(db, accountId));
    const isNew = known === undefined || known.removedAt !== null || known.isElsewhere === true;
    if (!isNew && isDeepStrictEqual(known.channel, settings)) continue;
    const opId = ids.next('op');
    const answer = isNew
      ? await engine.call('channels.add', { opId, settings, secret })
      : await engine.call('channels.update', { opId, accountId, settings, secret });
    if (!answer.ok) throw new GatewayError(`the site ${settings.site} cannot be set up: ${answer.error.code} ${answer.error.detail}`);
    log('info', 'gateway: a site was set up', { site: settings.site, isNew });
  }
}

/** How a site does, as `--status` tells. */
export interface GatewaySiteStatus {
  readonly site: string;
  /** Whether this gateway answers for it; another one may. */
  readonly isHeldHere: boolean;
  readonly heldBy: string | null;
  readonly state: string;
  readonly code: string | null;
  readonly lastSyncAt: string | null;
}

export async function siteStatuses(engine: Engine): Promise<readonly GatewaySiteStatus[]> {
  const answer = await engine.call('channels.list', {});
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the output of this call, by the contract
  const rows = answer.ok ? (answer.value as readonly ChannelRow[]) : [];
  return rows.flatMap(({ kind, address, isElsewhere, holder, state, code, lastSyncAt }) =>
    kind !== 'chat' || isElsewhere
      ? []
      : [
          {
            site: address,
            isHeldHere: holder?.isHere === true,
            heldBy: holder === null ? null : `${holder.user} ${holder.workstation}`,
            state,
            code,
            lastSyncAt: lastSyncAt === null ? null : new Date(lastSyncAt).toISOString(),
          },
        ],
  );
}
