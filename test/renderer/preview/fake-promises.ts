import type { CaseRow } from '../../../src/shared/contract/cases.contract.ts';
import type { AcknowledgementEntry, AcknowledgementSettings, PromiseRow } from '../../../src/shared/contract/promise.contract.ts';
import type { HandoffRules } from '../../../src/shared/domain/handoff/offer.ts';
import { DEFAULT_HANDOFF_RULES } from '../../../src/shared/domain/handoff/offer.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { ACKNOWLEDGEMENT_LANGUAGES, ACKNOWLEDGEMENT_TEMPLATES } from '../../../src/shared/domain/promise/acknowledgement-texts.ts';
import type { Feasibility } from '../../../src/shared/domain/promise/feasibility.ts';
import type { CustomerPromise } from '../../../src/shared/domain/promise/promise.ts';
import {
  acknowledgementLanguage,
  templateProblems,
  writeAcknowledgement,
} from '../../../src/shared/domain/promise/write-acknowledgement.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../src/shared/domain/time.ts';
import type { Instant } from '../../../src/shared/domain/time.ts';
import { toLocal } from '../../../src/shared/domain/time/zone.ts';
import type { FakeEngine } from '../fake-engine.ts';

/** A FAKE ledger of promises and FAKE acknowledgements for looking at screens. */

const NOW = Math.floor(Date.now() / (5 * MINUTE_MS)) * 5 * MINUTE_MS;
const at = (minutes: number): Instant => instant(NOW + minutes * MINUTE_MS);
const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
const ME = makeId('agt', 'me');
const OTHERS = ['me', 'ana', 'me', 'wei', 'me', 'theo', 'bina'] as const;

const TEXTS = [
  'We will be back to you with a fix by 14:00 your time',
  '今天下班前会把更正后的发票发给您',
  'Wir melden uns bis morgen 10 Uhr mit einer korrigierten Rechnung, nachdem die Buchhaltung den Steuersatz geprüft und freigegeben hat',
  'Le escribo antes de las 18:00 con el acceso restablecido',
  '本日17時までに原因をご報告いたします',
  'I will call you at half past three',
  'سأعود إليك قبل الساعة 16:00',
];
/** Due in so many minutes. */
const DUE = [35, 150, 55, 600, 1_280, 3_000, 90, 4_400, 9_000, 260] as const;

function feasibility(index: number, dueAt: Instant, zone: string): Feasibility | null {
  const offered = (ms: number): { at: Instant; local: ReturnType<typeof toLocal> } => ({
    at: instant(ms),
    local: toLocal(zone, instant(ms)),
  });
  const before = { from: instant(dueAt - 15 * MINUTE_MS), to: dueAt };
  if (index === 2)
    return { kind: 'infeasible', unstaffed: before, earlier: offered(dueAt - 40 * MINUTE_MS), later: offered(dueAt + 9 * HOUR_MS) };
  if (index === 4) return { kind: 'infeasible', unstaffed: before, earlier: null, later: offered(dueAt + 14 * HOUR_MS) };
  if (index === 9) return { kind: 'infeasible', unstaffed: before, earlier: null, later: null };
  if (index === 8) return { kind: 'unplanned', plannedUntil: at(6_000) };
  return { kind: 'feasible', staffed: [before] };
}

function settlement(index: number, state: 'kept' | 'broken' | 'released', dueAt: Instant): CustomerPromise['settlement'] {
  const isSaid = state !== 'broken' && index % 3 === 0;
  return {
    at: state === 'kept' ? instant(dueAt - (index % 4) * 35 * MINUTE_MS) : dueAt,
    by: isSaid ? 'agent' : state === 'kept' ? 'message' : 'time',
    messageId: state === 'kept' && !isSaid ? makeId('msg', `k${String(index)}`) : null,
    actor: isSaid ? ME : null,
    reason: state === 'released' ? (isSaid ? 'replaced' : 'not-sent') : null,
  };
}

function promise(index: number, row: CaseRow, state: CustomerPromise['state']): PromiseRow {
  const zone = row.contactZone ?? 'Europe/Lisbon';
  const dueAt = at((state === 'open' ? 1 : -1) * (DUE[index % DUE.length] ?? 60));
  const owner = makeId('agt', OTHERS[index % OTHERS.length] ?? 'me');
  return {
    caseId: row.caseId,
    subject: row.subject,
    contactName: row.contactName,
    promise: {
      promiseId: makeId('prm', `${state}${String(index)}`),
      text: TEXTS[index % TEXTS.length] ?? '',
      zone,
      dueAt,
      dueLocal: toLocal(zone, dueAt),
      madeAt: instant(dueAt - 26 * HOUR_MS),
      madeBy: index % 3 === 1 ? makeId('agt', 'wei') : owner,
      messageId: index % 5 === 3 ? null : makeId('msg', `p${String(index)}`),
      source: index % 2 === 0 ? 'detected' : 'typed',
      toldAt: index === 1 ? null : instant(dueAt - 25 * HOUR_MS),
      ownerId: owner,
      state,
      settlement: state === 'open' ? null : settlement(index, state, dueAt),
    },
    feasibility: state === 'open' ? feasibility(index, dueAt, zone) : null,
  };
}

function log(rows: readonly CaseRow[]): readonly AcknowledgementEntry[] {
  const kinds = ['sent', 'silent', 'queued', 'dropped', 'silent', 'failed', 'sent'] as const;
  const reasons: readonly AcknowledgementEntry['reasons'][] = [
    [],
    ['list', 'suppressed'],
    [],
    ['answered'],
    ['answered-recently'],
    ['account-offline'],
    [],
  ];
  return rows.slice(0, 24).map((row, index) => ({
    caseId: row.caseId,
    contactId: row.contactId,
    subject: row.subject,
    at: at(-11 * (index + 1) ** 2),
    messageId: makeId('msg', `a${String(index)}`),
    kind: kinds[index % kinds.length] ?? 'sent',
    reasons: reasons[index % reasons.length] ?? [],
    text:
      index % kinds.length === 1 ? '' : 'Hello Amara,\n\nWe have your message (reference 81fd-2).\nA person reads this by 09:40 your time.',
  }));
}

/** The answers of the fake engine about promises, acknowledgements and the rules of handoffs. */
export function fakePromises(
  rows: readonly CaseRow[],
  engine: () => FakeEngine,
  canChange = true,
): ConstructorParameters<typeof FakeEngine>[0] {
  const counts = { open: 10, kept: 24, broken: 5, released: 6 } as const;
  let ledger = (['open', 'kept', 'broken', 'released'] as const).flatMap((state) =>
    rows.slice(0, counts[state]).map((row, index) => promise(index, row, state)),
  );
  let rules: HandoffRules = DEFAULT_HANDOFF_RULES;
  let settings: AcknowledgementSettings = { isOn: false, readingMinutes: 30, templates: [] };
  const mine = (): readonly PromiseRow[] => ledger.filter((row) => row.promise.state === 'open' && row.promise.ownerId === ME);
  const settle = (promiseId: string, state: 'kept' | 'released'): ReturnType<typeof ok<null>> => {
    ledger = ledger.map((row) =>
      row.promise.promiseId === promiseId
        ? {
            ...row,
            feasibility: null,
            promise: {
              ...row.promise,
              state,
              settlement: { at: instant(Date.now()), by: 'agent', messageId: null, actor: ME, reason: null },
            },
          }
        : row,
    );
    void engine().changed('promises.list', 'promises.counts');
    return ok(null);
  };
  return {
    'promises.list': ({ owner, states, from, to, limit }) => {
      const found = ledger
        .filter(
          ({ promise: each }) =>
            (owner === 'all' || each.ownerId === ME) && states.includes(each.state) && each.dueAt >= from && each.dueAt < to,
        )
        .sort((a, b) => (a.promise.state === 'open' ? a.promise.dueAt - b.promise.dueAt : b.promise.dueAt - a.promise.dueAt));
      return ok({ rows: found.slice(0, limit), total: found.length });
    },
    'promises.counts': () =>
      ok({
        open: mine().length,
        infeasible: mine().filter((row) => row.feasibility?.kind === 'infeasible').length,
        soon: mine().filter((row) => row.promise.dueAt < at(60)).length,
      }),
    'promises.keep': ({ promiseId }) => settle(promiseId, 'kept'),
    'promises.release': ({ promiseId }) => settle(promiseId, 'released'),
    'handoffs.rules': () => ok({ rules, defaults: DEFAULT_HANDOFF_RULES, canChange }),
    'handoffs.saveRules': (input) => {
      ({ rules } = input);
      void engine().changed('handoffs.rules');
      return ok(null);
    },
    'acknowledgements.get': () =>
      ok({
        settings,
        texts: ACKNOWLEDGEMENT_LANGUAGES.map((language) => {
          const own = settings.templates.find((each) => each.language === language);
          const template = own ?? ACKNOWLEDGEMENT_TEMPLATES[language];
          return { template, isOwn: own !== undefined, problems: templateProblems(template) };
        }),
        canChange,
      }),
    'acknowledgements.save': (input) => {
      ({ settings } = input);
      void engine().changed('acknowledgements.get');
      return ok(null);
    },
    'acknowledgements.preview': ({ language, zone, template }) => {
      const used = acknowledgementLanguage(language);
      const readBy = at(260);
      const facts =
        language === 'ko'
          ? ({ kind: 'untimed', readerLanguage: 'ko', reason: 'unstaffed' } as const)
          : ({
              kind: 'timed',
              readerLanguage: language === null ? null : used,
              readBy,
              readByLocal: toLocal(zone, readBy),
              nowLocal: toLocal(zone, instant(NOW)),
              decidedBy: 'staffing',
              validUntil: at(35),
            } as const);
      const text = writeAcknowledgement(template ?? ACKNOWLEDGEMENT_TEMPLATES[used], facts, {
        customer: 'Amara Okafor',
        reference: '81fd-2',
      });
      return ok({ facts, text, language: used });
    },
    'acknowledgements.log': ({ limit }) => ok(log(rows).slice(0, limit)),
  };
}
