import { ArrowUpRight, Check, CircleDashed, CircleHelp, MessageCircleQuestion, Pencil, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseIntake } from '../../../../shared/contract/intake.contract.ts';
import { LONGEST_FACT } from '../../../../shared/domain/intake/fact-fields.ts';
import type { IntakeFact } from '../../../../shared/domain/intake/read-intake.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useIntakeWords } from '../../../ui/intake/intake-words.ts';
import { ProgressBar } from '../../../ui/progress.tsx';
import { Select } from '../../../ui/select.tsx';
import { usePeople } from '../conversation/use-people.ts';
import { askForMissing, sayFact, sayKind, showSource } from './intake-commands.ts';
import { useIntakeState } from './intake-insert.ts';
import './intake-section.css';

/** What is known of the case, where it stands, what is missing, and one button that asks for all of it. */
export function IntakeSection({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('intake');
  const intake = useLiveValue('intake.ofCase', { caseId }, null);
  const part = useFocusWhenAsked(intake !== null);
  if (intake === null) return null;
  return (
    <section ref={part} className="ib-context-part ib-checklist" aria-label={t('title')} tabIndex={-1}>
      <h3>{t('title')}</h3>
      <KindChoice caseId={caseId} intake={intake} />
      {intake.needed > 0 && <ProgressBar label={t('needed')} done={intake.known} total={intake.needed} />}
      <p className="ib-checklist-rounds muted">{intake.rounds === 0 ? t('roundsNone') : t('rounds', { count: intake.rounds })}</p>
      <Facts caseId={caseId} intake={intake} />
      <Asking caseId={caseId} intake={intake} />
    </section>
  );
}

function useFocusWhenAsked(isThere: boolean): { readonly current: HTMLElement | null } {
  const part = useRef<HTMLElement>(null);
  const isAwaited = useIntakeState((state) => state.isAwaited);
  useEffect(() => {
    if (!isThere || !isAwaited) return;
    useIntakeState.setState({ isAwaited: false });
    part.current?.scrollIntoView({ block: 'nearest' });
    part.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [isAwaited, isThere]);
  return part;
}

const AS_READ = '';
const NO_KIND = '-';

function KindChoice({ caseId, intake }: { readonly caseId: CaseId; readonly intake: CaseIntake }): ReactNode {
  const t = useWords('intake');
  const { kindName } = useIntakeWords();
  const isSaid = intake.kindBy === 'agent';
  const nameNow = intake.kindId === null ? t('noKind') : kindName({ id: intake.kindId, name: intake.kindName });
  return (
    <Select
      label={t('kind')}
      hint={t(`kindBy.${intake.kindBy}`)}
      value={isSaid ? (intake.kindId ?? NO_KIND) : AS_READ}
      options={[
        { value: AS_READ, label: isSaid ? t('kindByWords') : nameNow },
        ...intake.kinds.map((each) => ({ value: each.id, label: kindName(each) })),
        { value: NO_KIND, label: t('noKind') },
      ]}
      onChange={(kind) => void sayKind(caseId, kind === AS_READ || kind === NO_KIND ? null : kind, kind === AS_READ)}
    />
  );
}

function Facts({ caseId, intake }: { readonly caseId: CaseId; readonly intake: CaseIntake }): ReactNode {
  const t = useWords('intake');
  const [showsAll, setShowsAll] = useState(false);
  const { facts } = intake;
  const isHidden = ({ isNeeded, state }: IntakeFact): boolean => !isNeeded && state !== 'known';
  const shown = showsAll ? facts : facts.filter((each) => !isHidden(each));
  const hidden = facts.filter(isHidden).length;
  return (
    <>
      <ul className="ib-checklist-facts" aria-label={t('facts')}>
        {shown.map((each) => (
          <FactLine key={each.field} caseId={caseId} fact={each} />
        ))}
      </ul>
      {hidden > 0 && (
        <Button size="sm" variant="ghost" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? t('fewer') : t('more', { count: hidden })}
        </Button>
      )}
    </>
  );
}

const MARKS = {
  known: <Check aria-hidden="true" />,
  missing: <CircleDashed aria-hidden="true" />,
  'not-known': <CircleHelp aria-hidden="true" />,
} as const;

function FactLine({ caseId, fact }: { readonly caseId: CaseId; readonly fact: IntakeFact }): ReactNode {
  const t = useWords('intake');
  const { factName } = useIntakeWords();
  const [isEditing, setEditing] = useState(false);
  const line = useRef<HTMLLIElement>(null);
  const name = factName(fact);
  const wasEditing = useRef(false);
  useEffect(() => {
    // the button that opened it is drawn again
    if (wasEditing.current && !isEditing) line.current?.querySelector<HTMLElement>('[data-edit]')?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  const close = (): void => setEditing(false);
  const { state, isNeeded } = fact;
  return (
    <li ref={line} className="ib-checklist-fact" data-state={state} data-needed={isNeeded}>
      <span className="ib-checklist-mark">{MARKS[state]}</span>
      <div className="ib-checklist-words">
        <span className="ib-checklist-name">
          {name}
          {!isNeeded && <span className="muted"> · {t('optional')}</span>}
        </span>
        {isEditing ? (
          <FactEditor caseId={caseId} fact={fact} name={name} onClose={close} />
        ) : (
          <FactValue caseId={caseId} fact={fact} name={name} />
        )}
      </div>
      {!isEditing && (
        <IconButton
          size="sm"
          data-edit=""
          label={state === 'known' ? t('edit', { name }) : t('add', { name })}
          icon={state === 'known' ? <Pencil aria-hidden="true" /> : <Plus aria-hidden="true" />}
          onClick={() => setEditing(true)}
        />
      )}
    </li>
  );
}

function FactValue({ caseId, fact, name }: { readonly caseId: CaseId; readonly fact: IntakeFact; readonly name: string }): ReactNode {
  const t = useWords('intake');
  const people = usePeople();
  const formats = useFormats();
  const { state, value, meaning, source, others } = fact;
  if (state === 'missing')
    return (
      <span className="ib-checklist-missing">
        {source?.kind === 'agent' ? t('missingSaid', { who: people.nameOf(source.agentId) }) : t('missing')}
      </span>
    );
  return (
    <>
      <bdi className="ib-checklist-value" title={value ?? undefined}>
        {state === 'not-known' ? t('notKnown', { said: value ?? '' }) : value}
      </bdi>
      {meaning !== null && <span className="muted tabular">{t(/\p{L}/u.test(meaning) ? 'meaningSaid' : 'meaning', { meaning })}</span>}
      {others.length > 0 && <span className="ib-checklist-others muted">{t('others', { values: formats.list(others) })}</span>}
      {source?.kind === 'agent' && <span className="muted">{t('source.agent', { who: people.nameOf(source.agentId) })}</span>}
      {source !== null && source.kind !== 'agent' && (
        <button type="button" className="ib-checklist-source" onClick={() => showSource(caseId, source.messageId)}>
          {t(`source.${source.kind}`, { at: formats.dateTime(source.at) })}
          <span className="visually-hidden">{t('show', { name })}</span>
          <ArrowUpRight aria-hidden="true" />
        </button>
      )}
    </>
  );
}

interface EditorProps {
  readonly caseId: CaseId;
  readonly fact: IntakeFact;
  readonly name: string;
  readonly onClose: () => void;
}

function FactEditor({ caseId, fact, name, onClose }: EditorProps): ReactNode {
  const t = useWords('intake');
  const [value, setValue] = useState(fact.state === 'known' ? (fact.value ?? '') : '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const say = async (said: string | null, isAsRead = false): Promise<void> => {
    if (await sayFact(caseId, fact.field, name, said, isAsRead)) onClose();
  };
  const save = (): void => {
    const said = value.trim();
    if (said === '' || said === fact.value) onClose();
    else void say(said);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    if (event.key === 'Enter' && event.target !== field.current) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') save();
    else onClose();
  };
  const { source } = fact;
  return (
    <div className="ib-checklist-editor" role="presentation" onKeyDown={onKeyDown}>
      <TextField ref={field} label={name} hideLabel maxLength={LONGEST_FACT} value={value} onChange={setValue} />
      <span className="ib-checklist-buttons">
        <Button size="sm" variant="primary" onClick={save}>
          {t('save')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t('cancel')}
        </Button>
        {fact.state === 'known' && (
          <Button size="sm" variant="ghost" icon={<X aria-hidden="true" />} onClick={() => void say(null)}>
            {t('clear')}
          </Button>
        )}
        {source?.kind === 'agent' && (
          <Button size="sm" variant="ghost" onClick={() => void say(null, true)}>
            {t('asRead')}
          </Button>
        )}
      </span>
    </div>
  );
}

function Asking({ caseId, intake }: { readonly caseId: CaseId; readonly intake: CaseIntake }): ReactNode {
  const t = useWords('intake');
  const { factName } = useIntakeWords();
  const formats = useFormats();
  const { ask, cannotAsk, missing, facts } = intake;
  const named = (fields: readonly string[]): string =>
    formats.list(fields.map((field) => factName(facts.find((each) => each.field === field) ?? { field, name: null })));
  if (missing.length === 0) return <p className="ib-checklist-done">{intake.needed === 0 ? t('nothingNeeded') : t('complete')}</p>;
  if (ask === null) return cannotAsk === null ? null : <p className="muted">{t(`ask.cannot.${cannotAsk}`)}</p>;
  return (
    <div className="ib-checklist-ask">
      <Button icon={<MessageCircleQuestion aria-hidden="true" />} shortcut="q" onClick={() => void askForMissing(caseId)}>
        {t('ask.button', { count: ask.fields.length })}
      </Button>
      <p className="muted">{t(ask.isFallback ? 'ask.fallback' : 'ask.language', { language: formats.languageName(ask.language) })}</p>
      {intake.openAsk.length > 0 && <p className="muted">{t('ask.open', { names: named(intake.openAsk) })}</p>}
      {ask.left.length > 0 && <p className="muted">{t('ask.left', { names: named(ask.left) })}</p>}
      {ask.heldBack.length > 0 && <p className="muted">{t('ask.heldBack', { names: named(ask.heldBack) })}</p>}
    </div>
  );
}
