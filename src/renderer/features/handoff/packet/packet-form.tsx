import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { SEVERITIES } from '../../../../shared/domain/handoff/packet.ts';
import type { Missing, Packet, PacketAction, Severity } from '../../../../shared/domain/handoff/packet.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Part } from '../../../ui/packet/packet-view.tsx';
import { SEVERITY_ICONS } from '../../../ui/packet/severity-mark.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { DueField } from './due-field.tsx';
import type { UsualTime } from './due-field.tsx';
import { LineField, RowsEditor } from './rows-editor.tsx';

export interface PacketFormProps {
  readonly packet: Packet;
  readonly missing: readonly Missing[];
  readonly onChange: (change: Partial<Packet>) => void;
  readonly usualTimes: readonly UsualTime[];
  /** The promises of the case, and how one more is made. */
  readonly promises: ReactNode;
  readonly onAddPromise: () => void;
}

type ListField = 'tried' | 'actions' | 'ifThen' | 'blockers' | 'notToDo' | 'waitingOn';

const ADD_WORDS = {
  tried: 'edit.addTried',
  actions: 'edit.addAction',
  ifThen: 'edit.addIfThen',
  blockers: 'edit.addBlocker',
  notToDo: 'edit.addNotToDo',
  waitingOn: 'edit.addWaitingOn',
} as const;

const NO_ACTION: PacketAction = { what: '', dueAt: null };

/** The packet with one more, empty row in a list. */
function withRow(packet: Packet, field: ListField): Partial<Packet> {
  switch (field) {
    case 'tried':
      return { tried: [...packet.tried, { what: '', result: '' }] };
    case 'actions':
      return { actions: [...packet.actions, NO_ACTION] };
    case 'ifThen':
      return { ifThen: [...packet.ifThen, { when: '', action: '' }] };
    case 'blockers':
    case 'notToDo':
    case 'waitingOn':
      return { [field]: [...packet[field], ''] };
  }
}

/** What is focused to write a field of the packet: the control of its only or its last row. */
export function packetControl(root: Element | null, field: string): HTMLElement | null {
  const found = root?.querySelector(`[data-packet-field="${field}"]`);
  const row = found instanceof HTMLUListElement ? found.lastElementChild : found;
  return row?.querySelector<HTMLElement>('textarea,[role="radio"],button:not([tabindex="-1"])') ?? null;
}

export function focusPacketField(root: Element | null, field: string): void {
  packetControl(root, field)?.focus();
}

/** The four parts of a packet that the sender writes. The fifth is the receiver's. */
export function PacketForm({ packet, missing, onChange, usualTimes, promises, onAddPromise }: PacketFormProps): ReactNode {
  const t = useWords('handoff');
  const root = useRef<HTMLDivElement>(null);
  const wanted = useRef<ListField | null>(null);
  useEffect(() => {
    if (wanted.current !== null) focusPacketField(root.current, wanted.current);
    wanted.current = null;
  });
  const lacks = (field: Missing['field']): boolean => missing.some((each) => each.field === field);
  const add = (field: ListField): void => {
    wanted.current = field;
    onChange(withRow(packet, field));
  };
  /** For a list that is not there yet. */
  const addButton = (field: ListField): ReactNode =>
    packet[field].length > 0 ? null : (
      <Button key={field} size="sm" variant="ghost" icon={<Plus aria-hidden="true" />} onClick={() => add(field)}>
        {t(ADD_WORDS[field])}
      </Button>
    );
  const isSituationEmpty =
    packet.promises.length + packet.ifThen.length + packet.blockers.length + packet.notToDo.length + packet.waitingOn.length === 0;
  return (
    <div ref={root} className="hp-form">
      <Part part="illness">
        <SeverityChoice value={packet.severity} isMissing={lacks('severity')} onChange={(severity) => onChange({ severity })} />
      </Part>
      <Part part="patient">
        <div className="hp-field" data-packet-field="goal" data-missing={lacks('goal')}>
          <TextArea
            label={t('field.goal')}
            className="hp-line"
            rows={1}
            dir="auto"
            maxLength={2_000}
            aria-required="true"
            aria-invalid={lacks('goal')}
            placeholder={t('edit.goalHint')}
            value={packet.goal}
            onChange={(goal) => onChange({ goal: goal.replaceAll('\n', ' ') })}
          />
        </div>
        <div className="hp-field" data-packet-field="state" data-missing={lacks('state')}>
          <TextArea
            label={t('field.state')}
            className="hp-line"
            rows={2}
            dir="auto"
            maxLength={2_000}
            aria-required="true"
            aria-invalid={lacks('state')}
            value={packet.state}
            onChange={(state) => onChange({ state })}
          />
        </div>
        <Named name={t('field.tried')} isShown={packet.tried.length > 0} onAdd={() => add('tried')}>
          <RowsEditor
            field="tried"
            label={t('field.tried')}
            items={packet.tried}
            onChange={(tried) => onChange({ tried })}
            blank={{ what: '', result: '' }}
            isBlank={({ what, result }) => what === '' && result === ''}
          >
            {(item, _index, change) => (
              <Pair
                one={{ label: t('edit.what'), value: item.what, onChange: (what) => change({ ...item, what }) }}
                other={{ label: t('edit.result'), value: item.result, onChange: (result) => change({ ...item, result }) }}
              />
            )}
          </RowsEditor>
        </Named>
        {packet.tried.length === 0 && <div className="hp-adds">{addButton('tried')}</div>}
      </Part>
      <Part part="actions">
        <Actions
          packet={packet}
          onChange={onChange}
          isMissing={lacks('first-action')}
          usualTimes={usualTimes}
          onAdd={() => add('actions')}
        />
      </Part>
      <Part part="situation">
        {promises}
        <Named
          name={t('field.ifThen')}
          isShown={packet.ifThen.length > 0 || lacks('if-then')}
          isMissing={lacks('if-then')}
          onAdd={() => add('ifThen')}
        >
          {lacks('if-then') && packet.ifThen.length === 0 && <p className="hp-needed">{t('edit.planNeeded')}</p>}
          <RowsEditor
            field="ifThen"
            label={t('field.ifThen')}
            items={packet.ifThen}
            onChange={(ifThen) => onChange({ ifThen })}
            blank={{ when: '', action: '' }}
            isBlank={({ when, action }) => when === '' && action === ''}
          >
            {(item, _index, change) => (
              <Pair
                one={{ label: t('edit.when'), value: item.when, onChange: (when) => change({ ...item, when }) }}
                other={{ label: t('edit.outcome'), value: item.action, onChange: (action) => change({ ...item, action }) }}
              />
            )}
          </RowsEditor>
        </Named>
        {(['blockers', 'notToDo', 'waitingOn'] as const).map((field) => (
          <Named key={field} name={t(`field.${field}`)} isShown={packet[field].length > 0} onAdd={() => add(field)}>
            <RowsEditor
              field={field}
              label={t(`field.${field}`)}
              items={packet[field]}
              onChange={(items) => onChange({ [field]: items })}
              blank=""
              isBlank={(item) => item === ''}
            >
              {(item, _index, change) => <LineField label={t(`field.${field}`)} value={item} onChange={change} />}
            </RowsEditor>
          </Named>
        ))}
        <div className="hp-adds" data-packet-field="if-then">
          {addButton('ifThen')}
          <Button size="sm" variant="ghost" icon={<Plus aria-hidden="true" />} onClick={onAddPromise}>
            {t('edit.addPromise')}
          </Button>
          {addButton('blockers')}
          {addButton('notToDo')}
          {addButton('waitingOn')}
        </div>
        {isSituationEmpty && (
          <Checkbox
            checked={packet.isSituationPlain}
            onChange={(isSituationPlain) => onChange({ isSituationPlain })}
            label={t('edit.plain')}
            hint={t('edit.plainHint')}
          />
        )}
      </Part>
    </div>
  );
}

function Named({
  name,
  isShown,
  isMissing = false,
  onAdd,
  children,
}: {
  readonly name: string;
  readonly isShown: boolean;
  readonly isMissing?: boolean | undefined;
  readonly onAdd: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const t = useWords('handoff');
  if (!isShown) return null;
  return (
    <div className="hp-field" data-missing={isMissing}>
      <h5>
        {name}
        <IconButton size="sm" label={t('edit.addTo', { name })} icon={<Plus aria-hidden="true" />} tabIndex={-1} onClick={onAdd} />
      </h5>
      {children}
    </div>
  );
}

interface PairText {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Two texts of which the second follows from the first. */
function Pair({ one, other }: { readonly one: PairText; readonly other: PairText }): ReactNode {
  return (
    <span className="hp-pair">
      <LineField {...one} placeholder={one.label} />
      <span aria-hidden="true" className="hp-pair-arrow">
        →
      </span>
      <LineField {...other} placeholder={other.label} />
    </span>
  );
}

const SEVERITY_TONES = { stable: 'ok', watcher: 'soon', critical: 'breach' } as const;

/** The severity that a key stands for while its choice has the focus: its number or its first letter. */
export function severityOfKey(key: string): Severity | null {
  return SEVERITIES.find((each, index) => key === String(index + 1) || key.toLowerCase() === each.charAt(0)) ?? null;
}

function SeverityChoice({
  value,
  isMissing,
  onChange,
}: {
  readonly value: Severity | null;
  readonly isMissing: boolean;
  readonly onChange: (severity: Severity) => void;
}): ReactNode {
  const t = useWords('handoff');
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const severity = severityOfKey(event.key);
    if (severity === null) return;
    event.preventDefault();
    onChange(severity);
  };
  return (
    <div className="hp-field hp-severity-field" data-packet-field="severity" data-missing={isMissing}>
      <RadioCards
        label={t('part.illness')}
        value={value}
        onChange={onChange}
        isInline
        isRequired
        onKeyDown={onKeyDown}
        options={SEVERITIES.map((each, index) => ({
          value: each,
          label: `${t(`severity.${each}`)}: ${t(`severityHint.${each}`)}`,
          tone: SEVERITY_TONES[each],
          content: (
            <span className="hp-severity" title={t(`severityHint.${each}`)}>
              {SEVERITY_ICONS[each]}
              {t(`severity.${each}`)}
              <Kbd keys={`alt+${String(index + 1)}`} />
            </span>
          ),
        }))}
      />
      {value !== null && <p className="hp-severity-hint muted">{t(`severityHint.${value}`)}</p>}
    </div>
  );
}

function Actions({
  packet,
  onChange,
  isMissing,
  usualTimes,
  onAdd,
}: {
  readonly packet: Packet;
  readonly onChange: (change: Partial<Packet>) => void;
  readonly isMissing: boolean;
  readonly usualTimes: readonly UsualTime[];
  readonly onAdd: () => void;
}): ReactNode {
  const t = useWords('handoff');
  // an action that is required is there to be written
  const items = packet.actions.length === 0 ? [NO_ACTION] : packet.actions;
  return (
    <div className="hp-field" data-missing={isMissing} data-packet-field="first-action">
      <h5>
        {t('field.actions')}
        <IconButton
          size="sm"
          label={t('edit.addTo', { name: t('field.actions') })}
          icon={<Plus aria-hidden="true" />}
          tabIndex={-1}
          onClick={onAdd}
        />
      </h5>
      <RowsEditor
        field="actions"
        label={t('field.actions')}
        items={items}
        onChange={(actions) => onChange({ actions })}
        blank={NO_ACTION}
        isBlank={({ what }) => what === ''}
        isOrdered
      >
        {(item, index, change) => {
          const label = index === 0 ? t('edit.firstAction') : t('edit.actionText', { number: index + 1 });
          return (
            <>
              <LineField label={label} value={item.what} placeholder={label} onChange={(what) => change({ ...item, what })} />
              <DueField label={label} value={item.dueAt} onChange={(dueAt) => change({ ...item, dueAt })} usual={usualTimes} />
            </>
          );
        }}
      </RowsEditor>
    </div>
  );
}
