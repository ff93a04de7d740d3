import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../bridge/use-live.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import type { PlanLayer } from '../../../shared/domain/coverage/plan.ts';
import { epochDayAt, startOfEpochDay } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { useRoster } from '../../state/roster.ts';
import { MultiCombobox } from '../../ui/combobox.tsx';
import { Select } from '../../ui/select.tsx';
import { DemandChart } from './demand-chart.tsx';
import { ErlangTable } from './erlang-table.tsx';
import { Loaded } from './loaded.tsx';
import { StaffingForm } from './staffing-form.tsx';
import { TicketDeadlines } from './ticket-deadlines.tsx';

type Range = 'today' | 'week';
type Bucket = 15 | 30 | 60;
const BUCKETS = ['15', '30', '60'] as const;

/** What is likely to come, how many people that takes, and how many are on. */
export function DemandPage(): ReactNode {
  const { t } = useTranslation(['staffing', 'inbox']);
  const formats = useFormats();
  const roster = useRoster();
  const [range, setRange] = useState<Range>('today');
  const [bucket, setBucket] = useState<(typeof BUCKETS)[number]>('15');
  const [channels, setChannels] = useState<readonly Channel[]>([]);
  const [language, setLanguage] = useState('');
  const [layer, setLayer] = useState<PlanLayer>('published');
  const now = useNow(nextMinute);
  const today = epochDayAt(formats.zone, now);
  const languages = useMemo(
    () => [...new Set(roster.agents.flatMap((agent) => agent.languages.map((each) => each.name.split('-')[0] ?? each.name)))].sort(),
    [roster],
  );
  const bucketMinutes: Bucket = bucket === '15' ? 15 : bucket === '30' ? 30 : 60;
  const from = startOfEpochDay(formats.zone, today);
  const to = startOfEpochDay(formats.zone, today + (range === 'today' ? 1 : 7));
  const live = useLive('coverage.demand', {
    from,
    to,
    bucketMinutes,
    channels: channels.length === 0 ? null : channels,
    language: language === '' ? null : language,
    layer,
  });
  return (
    <section className="staffing-page" aria-label={t('tabs.demand')}>
      <p className="muted staffing-lead">{t('demand.lead')}</p>
      <div className="staffing-tools">
        <Select<Range>
          label={t('demand.range')}
          value={range}
          onChange={(next) => {
            setRange(next);
            setBucket(next === 'today' ? '15' : '60');
          }}
          options={(['today', 'week'] as const).map((value) => ({ value, label: t(`demand.ranges.${value}`) }))}
        />
        <Select
          label={t('demand.bucket')}
          value={bucket}
          onChange={setBucket}
          options={BUCKETS.map((value) => ({ value, label: t('demand.minutes', { count: Number(value) }) }))}
        />
        <MultiCombobox
          className="staffing-channels"
          label={t('demand.channels')}
          placeholder={t('demand.allChannels')}
          value={channels}
          onChange={(next) => setChannels(CHANNELS.filter((channel) => next.includes(channel)))}
          options={CHANNELS.map((channel) => ({ value: channel, label: t(`inbox:channel.${channel}`) }))}
        />
        <Select
          label={t('demand.language')}
          value={language}
          onChange={setLanguage}
          options={[
            { value: '', label: t('demand.allLanguages') },
            ...languages.map((tag) => ({ value: tag, label: formats.languageName(tag) })),
          ]}
        />
        <Select<PlanLayer>
          label={t('demand.layer')}
          value={layer}
          onChange={setLayer}
          options={(['published', 'draft'] as const).map((value) => ({ value, label: t(`demand.layers.${value}`) }))}
        />
      </div>
      <Loaded live={live}>
        {(demand) => (
          <>
            <DemandChart demand={demand} now={now} />
            <ErlangTable demand={demand} />
          </>
        )}
      </Loaded>
      <TicketDeadlines />
      <StaffingForm />
    </section>
  );
}
