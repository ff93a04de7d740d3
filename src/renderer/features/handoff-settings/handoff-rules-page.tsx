import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { HandoffRulesView } from '../../../shared/contract/handoff.contract.ts';
import type { HandoffRules } from '../../../shared/domain/handoff/offer.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { InvalidFieldsScope, useInvalidFields } from '../../ui/invalid-fields.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { editRules, forgetEdits, isSame, useEdits } from './edits.store.ts';
import { RulesExample } from './rules-example.tsx';
import { EditsBar, SettingsFrame } from './settings-frame.tsx';

type RuleName = keyof HandoffRules;

/** The least and the most of each rule in minutes, as the engine takes them. */
const LIMITS: { readonly [Name in RuleName]: readonly [number, number] } = {
  graceMs: [0, DAY_MS / MINUTE_MS],
  preparationMs: [1, DAY_MS / MINUTE_MS],
  effortMs: [1, DAY_MS / MINUTE_MS],
  wrapUpMs: [0, DAY_MS / MINUTE_MS],
  longestMs: [15, (7 * DAY_MS) / MINUTE_MS],
  bulkQuietMs: [0, DAY_MS / MINUTE_MS],
  sweepLeadMs: [5, DAY_MS / MINUTE_MS],
};

/** How long an offer stands, who may take a case, and when the end of a turn begins. */
export function HandoffRulesPage(): ReactNode {
  const t = useWords('handoffSettings');
  const live = useLive('handoffs.rules', {});
  return (
    <SettingsFrame title={t('tabs.handoffs')} lead={t('rules.lead')} live={live}>
      {(view) => <Rules view={view} />}
    </SettingsFrame>
  );
}

function Rules({ view }: { readonly view: HandoffRulesView }): ReactNode {
  const t = useWords('handoffSettings');
  const edits = useEdits((state) => state.rules);
  const fields = useInvalidFields();
  const rules = edits?.draft ?? view.rules;
  const isDefault = isSame(rules, view.defaults);
  const save = async (): Promise<string | null> => {
    const answer = await call('handoffs.saveRules', { opId: newOperationId(), rules });
    if (!answer.ok) return answer.error.code;
    useEdits.setState({ rules: null });
    return null;
  };
  const rule = (name: RuleName): ReactNode => <Rule key={name} name={name} rules={rules} view={view} />;
  return (
    <>
      <div className="handoff-columns">
        <InvalidFieldsScope fields={fields}>
          <div className="handoff-groups">
            <Group title={t('rules.offer')} hint={t('rules.offerHint')}>
              {(['graceMs', 'preparationMs', 'effortMs', 'longestMs'] as const).map(rule)}
            </Group>
            <Group title={t('rules.receive')}>{(['wrapUpMs', 'bulkQuietMs'] as const).map(rule)}</Group>
            <Group title={t('rules.sunset')}>{rule('sweepLeadMs')}</Group>
            {view.canChange && !isDefault && (
              <div>
                <Button icon={<RotateCcw aria-hidden="true" />} onClick={() => editRules(view.rules, view.defaults)}>
                  {t('rules.resetAll')}
                </Button>
              </div>
            )}
          </div>
        </InvalidFieldsScope>
        <RulesExample rules={rules} />
      </div>
      {edits !== null && (
        <EditsBar faults={fields.hasInvalid ? 1 : 0} isNewer={!isSame(edits.base, view.rules)} onDiscard={forgetEdits} onSave={save} />
      )}
    </>
  );
}

function Group({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="m-section">
      <div>
        <h3>{title}</h3>
        {hint !== undefined && <p className="muted">{hint}</p>}
      </div>
      <div className="handoff-rules">{children}</div>
    </section>
  );
}

interface RuleProps {
  readonly name: RuleName;
  readonly rules: HandoffRules;
  readonly view: HandoffRulesView;
}

function Rule({ name, rules, view }: RuleProps): ReactNode {
  const t = useWords('handoffSettings');
  const formats = useFormats();
  const [least, greatest] = LIMITS[name];
  const minutes = rules[name] / MINUTE_MS;
  const span = formats.hours(view.defaults[name]);
  const isDefault = rules[name] === view.defaults[name];
  return (
    <div className="handoff-rule">
      <NumberField
        label={t('rules.minutes', { label: t(`rules.${name}`) })}
        hint={t(`rules.${name}Hint`)}
        value={minutes}
        least={least}
        greatest={greatest}
        isWhole
        disabled={!view.canChange}
        onChange={(next) => editRules(view.rules, { [name]: next * MINUTE_MS })}
      />
      {!isDefault && view.canChange && (
        <Button size="sm" variant="ghost" onClick={() => editRules(view.rules, { [name]: view.defaults[name] })}>
          {t('rules.reset', { span })}
        </Button>
      )}
    </div>
  );
}
