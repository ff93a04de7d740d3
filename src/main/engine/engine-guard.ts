import { parseMail } from './channels/email/mime/parse-mail.ts';
import { redactSource } from './channels/email/mime/redact-source.ts';
import { stripTags } from './channels/email/mime/html-text.ts';
import { loadSecretScanner } from './guard/secret-scanner.ts';
import { registrableDomain } from './guard/registrable-domain.ts';
import type { Log } from './log.ts';
import type { LongTextScan } from './ports/scan-port.ts';
import type { ShellPort } from './ports/shell-port.ts';
import type { BlobStore } from './store/blobs.store.ts';
import { eraseExpired, keyDaysInUse } from './store/sealed.store.ts';
import type { Store } from './store/sql.ts';
import { recordAudit } from './usecases/audit.ts';
import { whoseCode } from './usecases/authenticity.ts';
import type { CaseLedger } from './usecases/case-ledger.ts';
import { eraseRewritten } from './usecases/guard-ingest.ts';
import { createGuardKeys, utcDay } from './usecases/guard-keys.ts';
import type { GuardKeys } from './usecases/guard-keys.ts';
import { createOfficialWarnings } from './usecases/official-warnings.ts';
import type { OfficialWarnings } from './usecases/official-warnings.ts';
import { createOutboundGuard } from './usecases/outbound-guard.ts';
import type { OutboundGuard } from './usecases/outbound-guard.ts';
import type { SourceRedactor } from './usecases/redact-source-of.ts';
import { createRedactor } from './usecases/redactor.ts';
import type { Redactor } from './usecases/redactor.ts';
import type { Clock, Instant } from '../../shared/domain/time.ts';

/** What the guardrails are made of, once for an engine. */
export interface EngineGuard extends AsyncDisposable {
  readonly keys: GuardKeys;
  readonly redactor: Redactor;
  readonly outbound: OutboundGuard;
  readonly officials: OfficialWarnings;
  /** For a customer who asks on a page of ours whose code it is; null when it is nobody's. It is in the audit log a moment later. */
  checkCode(code: string): { readonly name: string; readonly until: Instant } | null;
  /** Erases what has run out, and the keys of days of which nothing is left. */
  erase(): Promise<void>;
}

/** The email channel's knowledge of its own format. */
export const mailSource: SourceRedactor = {
  redact: (source, redact) => redactSource(source, redact),
  htmlText: stripTags,
  files: (source) => parseMail(source).attachments.map(({ index, size, sha256 }) => ({ index, sizeBytes: size, sha256 })),
};

const ERASE_EVERY_MS = 10 * 60_000;

export function startGuard(deps: {
  readonly store: Store;
  readonly blobs: Pick<BlobStore, 'get' | 'drop'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly shell: ShellPort;
  readonly ledger: CaseLedger;
  /** This workspace's own name, which its keys go by. */
  readonly workspace: string;
  readonly forgetIndexed: (messageKey: number) => void;
  readonly scanLong?: LongTextScan;
}): EngineGuard {
  const { store, blobs, clock, log, shell } = deps;
  const keys = createGuardKeys({ store, shell, workspace: deps.workspace });
  const redactor = createRedactor({
    store,
    blobs,
    clock,
    keys,
    loadScanner: loadSecretScanner,
    source: mailSource,
    log,
    forgetIndexed: deps.forgetIndexed,
    ...(deps.scanLong === undefined ? {} : { scanLong: deps.scanLong }),
  });

  async function erase(): Promise<void> {
    const now = clock.now();
    if (store.write((tx) => eraseExpired(tx, now)) > 0) log('info', 'sealed originals have run out');
    await keys.destroyExcept(store.read(keyDaysInUse), utcDay(now));
  }
  async function note(outcome: string): Promise<void> {
    const key = await keys.auditKey();
    store.write((tx) => {
      recordAudit(
        { ledger: deps.ledger, clock },
        tx,
        { actor: null, action: 'authenticity.checked', detail: `by a customer: ${outcome}` },
        key,
      );
    });
  }
  let noting: Promise<void> = Promise.resolve();

  let erasing: Promise<void> = Promise.resolve();
  const kick = (): void => {
    erasing = erasing
      .then(() => eraseRewritten(store, blobs))
      .catch((error: unknown) => log('error', 'sources that held secrets could not be erased', { error }))
      .then(erase)
      .catch((error: unknown) => log('error', 'sealed originals could not be erased', { error }));
  };
  const timer = setInterval(kick, ERASE_EVERY_MS);
  timer.unref();
  kick();
  return {
    keys,
    redactor,
    checkCode: (code) => {
      const { answer, until } = store.read((db) => whoseCode(db, code, clock.now()));
      noting = noting
        .then(async () => note(answer.outcome))
        .catch((error: unknown) => log('error', 'a question is not in the audit log', { error }));
      return answer.outcome === 'genuine' && until !== null ? { name: answer.agentName, until } : null;
    },
    erase,
    officials: createOfficialWarnings(registrableDomain),
    outbound: createOutboundGuard({ scanner: () => redactor.scanner(), registrableDomain }),
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await erasing;
      await noting;
    },
  };
}
