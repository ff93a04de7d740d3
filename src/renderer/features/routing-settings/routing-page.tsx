import { Plus, Route } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { RoutingView } from '../../../shared/contract/routing.contract.ts';
import type { RoutingRule } from '../../../shared/domain/routing/rules.ts';
import { newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { SettingsPage } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import '../../ui/master-detail.css';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import type { TabsProps } from '../../ui/tabs.tsx';
import { useKnownThings } from './known-things.ts';
import { RuleDialog } from './rule-dialog.tsx';
import './routing.css';
import { saveRules } from './rules-commands.ts';
import type { RuleDeed } from './rules-commands.ts';
import { RulesTable } from './rules-table.tsx';
import { TryOut } from './try-out.tsx';

/** The page of the rules, for the settings. */
export function useRoutingPage(): TabsProps<SettingsPage>['tabs'][number] {
  const t = useWords('routing');
  return { value: 'routing', label: t('tab'), icon: <Route aria-hidden="true" />, content: <RoutingPage /> };
}

function RoutingPage(): ReactNode {
  const t = useWords('routing');
  const live = useLive('routing.rules', {});
  return (
    <Page className="routing" title={t('tab')} lead={t('lead')}>
      <Loaded live={live}>{(view) => <Rules view={view} />}</Loaded>
    </Page>
  );
}

function fresh(): RoutingRule {
  return {
    id: newOperationId(),
    accountIds: [],
    channels: [],
    labels: [],
    languages: [],
    tiers: [],
    skill: '',
    isLast: false,
    isActive: true,
  };
}

function Rules({ view }: { readonly view: RoutingView }): ReactNode {
  const t = useWords('routing');
  const { rules, canChange } = view;
  const known = useKnownThings();
  const [edited, setEdited] = useState<RoutingRule | null>(null);
  const [spoken, setSpoken] = useState('');
  const place = useRef<HTMLDivElement>(null);
  /** The rule whose buttons keep the focus when the rules have moved, and which of them. */
  const [focused, setFocused] = useState<{ readonly id: string; readonly button: number } | null>(null);
  useEffect(() => {
    if (focused === null) return;
    const row = [...(place.current?.querySelectorAll<HTMLElement>('[data-rule]') ?? [])].find(
      (each) => each.dataset['rule'] === focused.id,
    );
    const buttons = [...(row?.querySelectorAll('button') ?? [])];
    const wanted = buttons[focused.button];
    // at the end of the list there is only one way to go
    const target = wanted?.disabled === true ? buttons.find((each) => !each.disabled) : wanted;
    (target ?? place.current?.querySelector<HTMLElement>('.routing-add'))?.focus();
  }, [focused, rules]);

  const save = async (after: readonly RoutingRule[], deed: RuleDeed, rule: RoutingRule): Promise<boolean> =>
    saveRules(rules, after, deed, rule.skill);
  const move = async (rule: RoutingRule, to: number): Promise<void> => {
    const others = rules.filter((each) => each.id !== rule.id);
    const isUp = rules.indexOf(rule) > to;
    if (!(await save([...others.slice(0, to), rule, ...others.slice(to)], 'moved', rule))) return;
    setFocused({ id: rule.id, button: isUp ? 0 : 1 });
    setSpoken(t('moved', { skill: rule.skill, place: to + 1, count: rules.length }));
  };
  const remove = async (rule: RoutingRule): Promise<void> => {
    const index = rules.indexOf(rule);
    const next = rules[index + 1] ?? rules[index - 1];
    if (
      await save(
        rules.filter((each) => each.id !== rule.id),
        'removed',
        rule,
      )
    )
      setFocused({ id: next?.id ?? '', button: 3 });
  };
  const put = async (rule: RoutingRule): Promise<boolean> => {
    const isKnown = rules.some((each) => each.id === rule.id);
    return save(isKnown ? rules.map((each) => (each.id === rule.id ? rule : each)) : [...rules, rule], isKnown ? 'changed' : 'added', rule);
  };
  const turn = (rule: RoutingRule): void => {
    const turned = { ...rule, isActive: !rule.isActive };
    void save(
      rules.map((each) => (each.id === rule.id ? turned : each)),
      turned.isActive ? 'on' : 'off',
      rule,
    );
  };
  const add = canChange && (
    <Button className="routing-add" icon={<Plus aria-hidden="true" />} onClick={() => setEdited(fresh())}>
      {t('add')}
    </Button>
  );
  return (
    <div ref={place} className="routing-parts">
      {!canChange && <p className="muted">{t('onlyLeads')}</p>}
      {rules.length === 0 ? (
        <EmptyState icon={<Route />} title={t('empty')} description={t('emptyHint')} actions={add} />
      ) : (
        <>
          <RulesTable
            rules={rules}
            known={known}
            canChange={canChange}
            onEdit={setEdited}
            onMove={(rule, to) => void move(rule, to)}
            onRemove={(rule) => void remove(rule)}
            onTurn={turn}
          />
          <div>{add}</div>
        </>
      )}
      <TryOut rules={rules} known={known} />
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
      {edited !== null && (
        <RuleDialog key={edited.id} rule={edited} isNew={edited.skill === ''} known={known} onClose={() => setEdited(null)} onSave={put} />
      )}
    </div>
  );
}
