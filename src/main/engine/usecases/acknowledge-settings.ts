import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { mayPlan } from './planner-access.ts';
import { readProfiles } from '../store/roster.store.ts';
import { me, saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AcknowledgementSettings, AcknowledgementView } from '../../../shared/contract/promise.contract.ts';
import type { OperationId } from '../../../shared/domain/ids.ts';
import { ACKNOWLEDGEMENT_LANGUAGES, ACKNOWLEDGEMENT_TEMPLATES } from '../../../shared/domain/promise/acknowledgement-texts.ts';
import type { AcknowledgementLanguage, AcknowledgementTemplate } from '../../../shared/domain/promise/acknowledgement-texts.ts';
import { templateProblems } from '../../../shared/domain/promise/write-acknowledgement.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** The setting that holds them. */
export const ACKNOWLEDGEMENTS_KEY = 'acknowledgements';

/** Nobody is answered by a machine that they did not ask for. */
const DEFAULT_SETTINGS: AcknowledgementSettings = { isOn: false, readingMinutes: 15, templates: [] };

export function acknowledgementSettings(db: ReadDb): AcknowledgementSettings {
  const stored = settingValue(db, ACKNOWLEDGEMENTS_KEY);
  if (stored === null) return DEFAULT_SETTINGS;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `saveAcknowledgements` alone, from parsed input
  return { ...DEFAULT_SETTINGS, ...(JSON.parse(stored) as Partial<AcknowledgementSettings>) };
}

/** The team's own text in a language, else Meridian's. */
export function templateFor({ templates }: AcknowledgementSettings, language: AcknowledgementLanguage): AcknowledgementTemplate {
  return templates.find((each) => each.language === language) ?? ACKNOWLEDGEMENT_TEMPLATES[language];
}

export function acknowledgementView(db: ReadDb): AcknowledgementView {
  const settings = acknowledgementSettings(db);
  return {
    settings,
    texts: ACKNOWLEDGEMENT_LANGUAGES.map((language) => {
      const template = templateFor(settings, language);
      return { template, isOwn: settings.templates.includes(template), problems: templateProblems(template) };
    }),
    canChange: mayPlan(readProfiles(db), me(db)?.agentId ?? null),
  };
}

/** Leads may; so may everybody while the team has none. A text that would send something untrue is not saved. */
export function saveAcknowledgements(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly settings: AcknowledgementSettings },
): Result<null, CallError> {
  return once(context, input.opId, 'acknowledgements.save', (tx) => {
    const { agentId } = requireMe(tx);
    if (!mayPlan(readProfiles(tx), agentId)) throw new CommandFailure('not-allowed');
    const { templates } = input.settings;
    const isTwice = new Set(templates.map((each) => each.language)).size < templates.length;
    const problem = templates.flatMap((each) => templateProblems(each).map(({ code }) => `${each.language} ${code}`))[0];
    if (isTwice || problem !== undefined) throw new CommandFailure('bad-template', problem ?? 'a language has two texts');
    saveSettingValue(tx, ACKNOWLEDGEMENTS_KEY, JSON.stringify(input.settings));
    context.ledger.recordTeamEvent(tx, 'acknowledgements', 'acknowledgements.saved', input.settings, { actor: agentId });
    return { value: null };
  });
}
