import { CircleAlert, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { wallSpan } from '../../../../shared/domain/coverage/derive.ts';
import type { ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import { DAY_MS, instant } from '../../../../shared/domain/time.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { clock } from '../../../state/clock-store.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { ZonePicker } from '../../../ui/zone-picker.tsx';
import { changed, editPlan, newShiftId } from './edit-plan.ts';
import { openDialog } from './planner.store.ts';
import { zoneCity } from './shift-words.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

const NOBODY = '';
const LARGEST_BYTES = 5_000_000;

/** A calendar file as drafted shifts: what it would bring, and what was refused and why. */
export function IcsDialog({ data, words }: { readonly data: PlannerData; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const tErrors = useWords('errors');
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ readonly name: string; readonly text: string } | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const [floatingZone, setFloatingZone] = useState<string | null>(null);
  const [agentId, setAgentId] = useState<string>(NOBODY);
  const [today] = useState(() => Math.floor(clock.now() / DAY_MS) * DAY_MS);
  const read = useLive(
    'coverage.readIcs',
    file === null ? null : { text: file.text, floatingZone, from: instant(today - 7 * DAY_MS), to: instant(today + 400 * DAY_MS) },
  );
  const agent = data.roster.agents.find((each) => each.agentId === agentId) ?? null;
  const shifts = file !== null && read.state === 'ready' ? read.value.shifts : [];
  const refused = file !== null && read.state === 'ready' ? read.value.refused : [];
  const close = (): void => openDialog(null);
  const bodies = shifts
    .map(({ zone, startLocal, endLocal, summary }): ShiftBody => ({
      ...wallSpan(zone, startLocal, endLocal, data.zoneData),
      agentId: agent?.agentId ?? null,
      hubId: agent?.hubId ?? null,
      breaks: [],
      needs: EVERYBODY,
      source: 'ics',
      templateId: null,
      rotationId: null,
      note: summary.slice(0, 2_000),
    }))
    .filter((body) => body.endAt > body.startAt);
  const take = (): void => {
    void editPlan(
      bodies.map((body) => changed(newShiftId(), body)),
      t('done.createdMany', { count: bodies.length }),
    );
    close();
  };
  const choose = async (chosen: File): Promise<void> => {
    setTooLarge(chosen.size > LARGEST_BYTES);
    if (chosen.size <= LARGEST_BYTES) setFile({ name: chosen.name, text: await chosen.text() });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      size="lg"
      title={t('ics.title')}
      description={t('ics.description')}
      footer={
        <>
          <Button onClick={close}>{tFrame('common.cancel')}</Button>
          <Button variant="primary" disabled={bodies.length === 0} onClick={take}>
            {t('ics.confirm', { count: bodies.length })}
          </Button>
        </>
      }
    >
      <div className="plan-form">
        <div className="plan-quick">
          <input
            ref={input}
            type="file"
            accept=".ics,text/calendar"
            hidden
            aria-label={t('ics.choose')}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen !== undefined) void choose(chosen);
              // The same file may be chosen again after it was put right.
              event.currentTarget.value = '';
            }}
          />
          <Button icon={<Upload aria-hidden="true" />} onClick={() => input.current?.click()}>
            {t('ics.choose')}
          </Button>
          {file !== null && <span className="truncate">{file.name}</span>}
        </div>
        {isTooLarge && <p className="m-field-error">{tErrors('common.too-large')}</p>}
        <div className="plan-form-pair">
          <Combobox
            label={t('ics.who')}
            value={agentId}
            onChange={(value) => setAgentId(value ?? NOBODY)}
            options={[
              { value: NOBODY, label: t('shift.open') },
              ...data.roster.agents.filter((each) => each.isActive).map((each) => ({ value: each.agentId, label: each.name })),
            ]}
          />
          <ZonePicker label={t('ics.zone')} value={floatingZone} onChange={setFloatingZone} />
        </div>
        {file !== null && read.state === 'loading' && <Spinner />}
        {read.state === 'error' && (
          <p className="m-note" data-tone="breach" role="alert">
            <CircleAlert aria-hidden="true" />
            <span>{errorText(tErrors, read.error.code)}</span>
          </p>
        )}
        {refused.length > 0 && (
          <section>
            <h3>{t('ics.refused', { count: refused.length })}</h3>
            <ul className="plan-problems">
              {refused.slice(0, 50).map(({ what, reason }, index) => (
                <li key={`${what} ${index}`} data-severity="error">
                  <CircleAlert aria-hidden="true" />
                  <span dir="auto">
                    <strong>{what}</strong> {t(`ics.reason.${reason}`)}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {shifts.length > 0 && (
          <section>
            <h3>{t('ics.found', { count: shifts.length })}</h3>
            <ul className="plan-changes tabular">
              {bodies.slice(0, 60).map((body, index) => (
                <li key={`${body.startAt} ${index}`}>
                  <span>
                    {words.day(body.startAt, body.zone)} {words.times(body, body.zone)} {zoneCity(body.zone)}
                  </span>
                  <span className="muted truncate" dir="auto">
                    {body.note}
                  </span>
                  {shifts[index]?.isAdjusted === true && <Badge tone="soon">{t('ics.adjusted')}</Badge>}
                </li>
              ))}
            </ul>
            {bodies.length > 60 && <p className="muted">{t('publish.more', { count: bodies.length - 60 })}</p>}
          </section>
        )}
      </div>
    </Dialog>
  );
}
