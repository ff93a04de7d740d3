import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { stableJson } from '../../bridge/live-queries.ts';
import { useLive } from '../../bridge/use-live.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import type { ChannelStaffing, StaffingSettings } from '../../../shared/domain/coverage/coverage.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useCanPlan } from '../../state/roster.ts';
import { offerUndo } from '../../state/undo.ts';
import { Button } from '../../ui/button.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Loaded } from './loaded.tsx';

/** What demand and staffing are reckoned with; leads change it. */
export function StaffingForm(): ReactNode {
  const t = useWords('staffing');
  const live = useLive('coverage.staffing', {});
  return (
    <details className="staffing-settings">
      <summary>{t('settings.title')}</summary>
      <Loaded live={live}>{(saved) => <Form key={stableJson(saved)} saved={saved} />}</Loaded>
    </details>
  );
}

function Form({ saved }: { readonly saved: StaffingSettings }): ReactNode {
  const { t } = useTranslation(['staffing', 'inbox']);
  const tErrors = useWords('errors');
  const canPlan = useCanPlan();
  const [draft, setDraft] = useState(saved);
  const [isBusy, setBusy] = useState(false);
  const isChanged = stableJson(draft) !== stableJson(saved);
  const edit = (channel: Channel, patch: Partial<ChannelStaffing>): void => {
    const known = draft.channels[channel];
    if (known !== undefined) setDraft({ ...draft, channels: { ...draft.channels, [channel]: { ...known, ...patch } } });
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    const opId = newOperationId();
    const answer = await call('coverage.setStaffing', { opId, settings: draft });
    setBusy(false);
    if (!answer.ok) {
      showToast({ title: t('settings.failed'), description: errorText(tErrors, answer.error.code), tone: 'problem' });
      return;
    }
    const { inverse } = answer.value;
    offerUndo({
      opId,
      label: t('settings.saved'),
      takeBack: async () => {
        const undone = await call('coverage.setStaffing', { opId: newOperationId(), settings: inverse });
        return undone.ok ? null : undone.error.code;
      },
    });
  };
  return (
    <fieldset className="staffing-form" disabled={!canPlan}>
      <div className="staffing-tools">
        <NumberField
          label={t('settings.shrinkage')}
          hint={t('settings.shrinkageHint')}
          value={Math.round(draft.shrinkage * 100)}
          least={0}
          greatest={90}
          isWhole
          onChange={(value) => setDraft({ ...draft, shrinkage: value / 100 })}
        />
        <NumberField
          label={t('settings.occupancy')}
          value={Math.round(draft.maxOccupancy * 100)}
          least={10}
          greatest={100}
          isWhole
          onChange={(value) => setDraft({ ...draft, maxOccupancy: value / 100 })}
        />
      </div>
      <table className="staffing-table" aria-label={t('settings.label')}>
        <thead>
          <tr>
            {(['channel', 'model', 'handle', 'level', 'threshold', 'patience'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`settings.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {CHANNELS.map((channel) => {
            const settings = draft.channels[channel];
            if (settings === undefined) return null;
            return (
              <ChannelRow
                key={channel}
                name={t(`inbox:channel.${channel}`)}
                settings={settings}
                onChange={(patch) => edit(channel, patch)}
              />
            );
          })}
        </tbody>
      </table>
      {isChanged && (
        <div className="m-actions">
          <Button onClick={() => setDraft(saved)}>{t('settings.discard')}</Button>
          <Button variant="primary" loading={isBusy} onClick={() => void save()}>
            {t('settings.save')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface ChannelRowProps {
  readonly name: string;
  readonly settings: ChannelStaffing;
  readonly onChange: (patch: Partial<ChannelStaffing>) => void;
}

function ChannelRow({ name, settings, onChange }: ChannelRowProps): ReactNode {
  const t = useWords('staffing');
  const isLive = settings.model === 'live';
  const labelled = (key: 'handle' | 'level' | 'threshold' | 'patience'): string => `${name}: ${t(`settings.${key}`)}`;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Select<ChannelStaffing['model']>
          label={`${name}: ${t('settings.model')}`}
          hideLabel
          value={settings.model}
          onChange={(model) => onChange({ model })}
          options={(['live', 'tickets'] as const).map((model) => ({ value: model, label: t(`settings.models.${model}`) }))}
        />
      </td>
      <td>
        <NumberField
          label={labelled('handle')}
          hideLabel
          value={settings.handleSeconds}
          least={1}
          greatest={86_400}
          onChange={(handleSeconds) => onChange({ handleSeconds })}
        />
      </td>
      <td>
        {isLive && (
          <NumberField
            label={labelled('level')}
            hideLabel
            value={Math.round(settings.targetServiceLevel * 1_000) / 10}
            least={1}
            greatest={99.9}
            onChange={(value) => onChange({ targetServiceLevel: value / 100 })}
          />
        )}
      </td>
      <td>
        {isLive && (
          <NumberField
            label={labelled('threshold')}
            hideLabel
            value={settings.thresholdSeconds}
            least={0}
            greatest={86_400}
            onChange={(thresholdSeconds) => onChange({ thresholdSeconds })}
          />
        )}
      </td>
      <td>
        {isLive && (
          <NumberField
            label={labelled('patience')}
            hideLabel
            value={settings.patienceSeconds ?? 0}
            least={0}
            greatest={86_400}
            hint={settings.patienceSeconds === null ? t('settings.noPatience') : undefined}
            onChange={(value) => onChange({ patienceSeconds: value === 0 ? null : value })}
          />
        )}
      </td>
    </tr>
  );
}
