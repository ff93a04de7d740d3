import { CircleCheck, CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId, useMemo, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { MyShifts } from '../../../shared/contract/coverage.contract.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { SwapCheck } from '../../../shared/domain/coverage/swaps.ts';
import type { AgentId, ShiftId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import { toInstant, toLocal } from '../../../shared/domain/time/zone.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import type { Live } from '../../bridge/live-queries.ts';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import { clock } from '../../state/clock-store.ts';
import { agentName, useRoster } from '../../state/roster.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toast.tsx';
import { settledWallTime, WallTimeField, wallTimeValue } from '../../ui/wall-time-field.tsx';
import type { WallTimeValue } from '../../ui/wall-time-field.tsx';
import { ownShifts, shiftsOf } from './my-shifts-model.ts';
import type { OwnShift } from './my-shifts-model.ts';
import { closeRequestDialog } from './my-shifts.store.ts';
import { OpenedIssues } from './opened-issues.tsx';
import { refusedWords } from './tell.ts';
import { useTurnWords } from './turn-words.ts';

type Proposal = Input<'plan.checkSwap'>;
const RETURN_WITHIN_MS = 28 * DAY_MS;

/** Asks colleagues to take a shift of mine or a part of it, and tells before whether it would be possible. */
export function SwapDialog({ mine, shiftId }: { readonly mine: MyShifts; readonly shiftId: ShiftId | null }): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(mine.zone);
  const [now] = useState(() => clock.now());
  const shifts = useMemo(() => ownShifts(mine.turns, now), [mine.turns, now]);
  const [chosen, setChosen] = useState<ShiftId | null>(shiftId ?? shifts[0]?.shiftId ?? null);
  const shift = shifts.find((each) => each.shiftId === chosen) ?? null;
  const part = usePart(shift, mine.zone);
  const [toAgent, setToAgent] = useState<AgentId | null>(null);
  const [isExchange, setExchange] = useState(false);
  const [returned, setReturned] = useState<ShiftId | null>(null);
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const formId = useId();
  const exchange = { toAgent, returnShiftId: toAgent !== null && isExchange ? returned : null };
  const proposal = proposed(shift, part.span, exchange);
  const check = useLive('plan.checkSwap', proposal);
  const isComplete = proposal !== null && !(isExchange && toAgent !== null && returned === null);
  const isPossible = isComplete && check.state === 'ready' && check.value.refusals.length === 0;

  const ask = async (): Promise<void> => {
    if (proposal === null || !isPossible) return;
    setBusy(true);
    const answer = await call('plan.askSwap', { opId: newOperationId(), ...proposal, reason });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error.code);
      return;
    }
    closeRequestDialog();
    showToast({ title: t('swap.asked'), description: t('swap.askedHint'), tone: 'ok' });
  };

  return (
    <Dialog
      open
      onOpenChange={closeRequestDialog}
      title={t('swap.ask')}
      description={t('swap.hint')}
      footer={
        <>
          <Button onClick={closeRequestDialog}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" loading={isBusy} disabled={!isPossible}>
            {t('swap.send')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="shifts-form"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Select
          label={t('swap.shift')}
          value={chosen ?? ''}
          options={shifts.map((each) => ({ value: each.shiftId, label: words.when(each) }))}
          onChange={(value) => setChosen(shifts.find((each) => each.shiftId === value)?.shiftId ?? null)}
        />
        <Checkbox label={t('swap.part')} checked={part.isPart} onChange={part.setPart} />
        {part.isPart && (
          <div className="shifts-form-pair">
            <WallTimeField label={t('swap.fromTime')} zone={mine.zone} value={part.from} onChange={part.setFrom} error={part.error} />
            <WallTimeField label={t('swap.toTime')} zone={mine.zone} value={part.to} onChange={part.setTo} />
          </div>
        )}
        <Colleague mine={mine} span={part.span} value={toAgent} onChange={setToAgent} />
        {toAgent !== null && <Checkbox label={t('swap.exchange')} checked={isExchange} onChange={setExchange} />}
        {toAgent !== null && isExchange && <ReturnShift agentId={toAgent} zone={mine.zone} value={returned} onChange={setReturned} />}
        <TextField label={t('swap.reason')} value={reason} onChange={setReason} maxLength={500} />
        <Outcome check={isComplete ? check : null} failure={failure} mine={mine} />
      </form>
    </Dialog>
  );
}

function proposed(shift: OwnShift | null, span: Part['span'], exchange: Pick<Proposal, 'toAgent' | 'returnShiftId'>): Proposal | null {
  return shift === null || span === null ? null : { shiftId: shift.shiftId, fromAt: span.from, toAt: span.to, ...exchange };
}

interface OutcomeProps {
  /** Null while it is not said what is asked for. */
  readonly check: Live<SwapCheck> | null;
  readonly failure: string | null;
  readonly mine: MyShifts;
}

/** Whether it can be asked; if not, why. */
function Outcome({ check, failure, mine }: OutcomeProps): ReactNode {
  return (
    <div className="shifts-check" role="status">
      <CheckWords check={check} mine={mine} />
      {failure !== null && <Refusal>{refusedWords(failure)}</Refusal>}
    </div>
  );
}

function CheckWords({ check, mine }: Omit<OutcomeProps, 'failure'>): ReactNode {
  const t = useWords('shifts');
  const roster = useRoster();
  if (check === null) return <span className="muted">{t('swap.incomplete')}</span>;
  if (check.state === 'loading') return <Spinner size="sm" label={t('swap.checking')} />;
  if (check.state === 'error') return <Refusal>{refusedWords(check.error.code)}</Refusal>;
  const { refusals, opened } = check.value;
  return (
    <>
      {refusals.length === 0 && (
        <p className="shifts-check-line" data-tone="ok">
          <CircleCheck aria-hidden="true" />
          {t('swap.possible')}
        </p>
      )}
      {refusals.map(({ code, agentId }) => (
        <Refusal key={`${code} ${agentId ?? ''}`}>
          {t(`refusal.${code}`, { name: agentId === mine.agentId ? t('swap.you') : agentName(roster, agentId) })}
        </Refusal>
      ))}
      <OpenedIssues issues={opened} zone={mine.zone} />
    </>
  );
}

function Refusal({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <p className="shifts-check-line" data-tone="breach">
      <CircleSlash aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

interface Part {
  readonly isPart: boolean;
  readonly setPart: (isPart: boolean) => void;
  readonly from: WallTimeValue;
  readonly to: WallTimeValue;
  readonly setFrom: (value: WallTimeValue) => void;
  readonly setTo: (value: WallTimeValue) => void;
  /** The stretch that is meant; null while it is not one within the shift. */
  readonly span: { readonly from: OwnShift['from']; readonly to: OwnShift['to'] } | null;
  readonly error: string | undefined;
}

/** The whole shift, or a stretch of it on the clocks of a zone. */
function usePart(shift: OwnShift | null, zone: string): Part {
  const t = useWords('shifts');
  const [isPart, setPart] = useState(false);
  const [typed, setTyped] = useState<{ readonly of: ShiftId; readonly from: WallTimeValue; readonly to: WallTimeValue } | null>(null);
  const empty = { text: '', isConfirmed: false };
  const whole = shift === null ? null : { from: wallTimeValue(toLocal(zone, shift.from)), to: wallTimeValue(toLocal(zone, shift.to)) };
  const current = typed !== null && typed.of === shift?.shiftId ? typed : (whole ?? { from: empty, to: empty });
  const set = (patch: { readonly from?: WallTimeValue; readonly to?: WallTimeValue }): void => {
    if (shift !== null) setTyped({ of: shift.shiftId, from: current.from, to: current.to, ...patch });
  };
  const result = {
    isPart,
    setPart,
    ...current,
    setFrom: (from: WallTimeValue) => set({ from }),
    setTo: (to: WallTimeValue) => set({ to }),
  };
  if (shift === null) return { ...result, span: null, error: undefined };
  if (!isPart) return { ...result, span: { from: shift.from, to: shift.to }, error: undefined };
  const fromLocal = settledWallTime(zone, current.from);
  const toLocalTime = settledWallTime(zone, current.to);
  if (fromLocal === null || toLocalTime === null) return { ...result, span: null, error: undefined };
  const span = { from: toInstant(zone, fromLocal), to: toInstant(zone, toLocalTime) };
  const isWithin = span.from >= shift.from && span.to <= shift.to && span.from < span.to;
  return { ...result, span: isWithin ? span : null, error: isWithin ? undefined : t('swap.outside') };
}

const ANYBODY = 'anybody';

/** Anybody, or one colleague, with what stands in their way. */
function Colleague({
  mine,
  span,
  value,
  onChange,
}: {
  readonly mine: MyShifts;
  readonly span: Part['span'];
  readonly value: AgentId | null;
  readonly onChange: (agentId: AgentId | null) => void;
}): ReactNode {
  const t = useWords('shifts');
  const formats = useFormats();
  const roster = useRoster();
  const candidates = useLiveValue(
    'coverage.candidates',
    span === null ? null : { of: { selector: EVERYBODY }, from: span.from, to: span.to, layer: 'published' },
    null,
  );
  const colleagues = roster.agents.filter((agent) => agent.isActive && agent.agentId !== mine.agentId);
  const options = [
    { value: ANYBODY, label: t('swap.anybody'), detail: t('swap.anybodyHint') },
    ...colleagues.map((agent) => {
      const refusals = candidates?.find((each) => each.agentId === agent.agentId)?.refusals;
      const detail =
        refusals === undefined
          ? undefined
          : refusals.length === 0
            ? t('swap.free')
            : formats.series(refusals.map((code) => t(`can.${code}`)));
      return { value: agent.agentId, label: agent.name, detail };
    }),
  ];
  return (
    <Combobox
      label={t('swap.whom')}
      value={value ?? ANYBODY}
      options={options}
      onChange={(next) => onChange(colleagues.find((agent) => agent.agentId === next)?.agentId ?? null)}
    />
  );
}

/** A shift of the colleague's that I would work in return. */
function ReturnShift({
  agentId,
  zone,
  value,
  onChange,
}: {
  readonly agentId: AgentId;
  readonly zone: string;
  readonly value: ShiftId | null;
  readonly onChange: (shiftId: ShiftId | null) => void;
}): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(zone);
  const [now] = useState(() => clock.now());
  const plan = useLiveValue('plan.window', { from: now, to: after(now, RETURN_WITHIN_MS) }, null);
  const shifts = useMemo(() => (plan === null ? [] : shiftsOf(plan, agentId, now)), [plan, agentId, now]);
  if (plan !== null && shifts.length === 0) return <p className="muted">{t('swap.noReturn')}</p>;
  return (
    <Select
      label={t('swap.return')}
      value={value ?? ''}
      options={[{ value: '', label: t('swap.chooseReturn') }, ...shifts.map((each) => ({ value: each.shiftId, label: words.when(each) }))]}
      onChange={(next) => onChange(shifts.find((each) => each.shiftId === next)?.shiftId ?? null)}
    />
  );
}
