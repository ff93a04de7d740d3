import { CircleAlert, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { call } from '../../bridge/client.ts';
import type { Live } from '../../bridge/live-queries.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { HolidayEntry, ParsedHolidays } from '../../../shared/contract/sla.contract.ts';
import { HOLIDAY_COUNTRIES } from '../../../shared/domain/time/holidays.ts';
import { formatLocalDate } from '../../../shared/domain/time/local-time.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { useDateText } from '../../ui/week/use-day-names.ts';

/** As the contract allows; a list of holidays has a few thousand characters. */
const LONGEST_FILE = 2_000_000;

export interface HolidayImportProps {
  /** Dates that have hours of their own already, `YYYY-MM-DD`. */
  readonly taken: ReadonlySet<string>;
  readonly thisYear: number;
  readonly onAdd: (entries: readonly HolidayEntry[]) => void;
  readonly onClose: () => void;
}

type Found =
  | { readonly state: 'idle' | 'busy' }
  | { readonly state: 'failed'; readonly text: string }
  | ({ readonly state: 'read' } & ParsedHolidays);

/** Takes holidays from the built-in list or a file; only what a person ticks is added. */
export function HolidayImport({ taken, thisYear, onAdd, onClose }: HolidayImportProps): ReactNode {
  const { t } = useTranslation(['rules', 'frame']);
  const tErrors = useWords('errors');
  const locale = useSession((state) => state.locale);
  const [source, setSource] = useState<'country' | 'file'>('country');
  const [country, setCountry] = useState(() => countryOf(navigator.language));
  const [year, setYear] = useState(thisYear);
  const [inFile, setInFile] = useState<Found>({ state: 'idle' });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const names = useMemo(() => new Intl.DisplayNames(locale, { type: 'region' }), [locale]);
  const live = useLive('sla.holidays', source === 'country' ? { country, year } : null);
  const found = source === 'file' ? inFile : builtIn(live, (code) => errorText(tErrors, code));
  const show = (next: Found): void => {
    setInFile(next);
    setTicked(new Set());
  };
  const read = async (file: File): Promise<void> => {
    if (file.size > LONGEST_FILE) return show({ state: 'failed', text: t('holidays.tooLarge') });
    show({ state: 'busy' });
    const answer = await call('sla.readIcs', { text: await file.text() });
    show(answer.ok ? { state: 'read', ...answer.value } : { state: 'failed', text: errorText(tErrors, answer.error.code) });
  };
  const entries = found.state === 'read' ? onePerDate(found.entries) : [];
  const chosen = entries.filter(({ date }) => ticked.has(formatLocalDate(date)));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('holidays.title')}
      description={t('holidays.lead')}
      footer={
        <>
          <Button onClick={onClose}>{t('frame:common.cancel')}</Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            onClick={() => {
              onAdd(chosen);
              onClose();
            }}
          >
            {chosen.length === 0 ? t('holidays.addNone') : t('holidays.add', { count: chosen.length })}
          </Button>
        </>
      }
    >
      <div className="rules-import">
        <Select<'country' | 'file'>
          label={t('holidays.source')}
          value={source}
          onChange={(next) => {
            setSource(next);
            show({ state: 'idle' });
          }}
          options={[
            { value: 'country', label: t('holidays.sources.country') },
            { value: 'file', label: t('holidays.sources.file') },
          ]}
        />
        {source === 'country' ? (
          <div className="m-pair">
            <Select
              label={t('holidays.country')}
              hint={t('holidays.countryHint')}
              value={country}
              onChange={(next) => {
                setCountry(next);
                setTicked(new Set());
              }}
              options={HOLIDAY_COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code }))}
            />
            <Select
              label={t('holidays.year')}
              value={String(year)}
              onChange={(next) => {
                setYear(Number(next));
                setTicked(new Set());
              }}
              options={[0, 1, 2, 3].map((ahead) => ({ value: String(thisYear + ahead), label: String(thisYear + ahead) }))}
            />
          </div>
        ) : (
          <FileChoice onFile={(file) => void read(file)} />
        )}
        {found.state === 'busy' && <Spinner label={t('holidays.reading')} />}
        {found.state === 'failed' && (
          <p className="m-note" data-tone="breach" role="alert">
            <CircleAlert aria-hidden="true" />
            <span>
              {t('holidays.failed')}: {found.text}
            </span>
          </p>
        )}
        {found.state === 'read' && <Entries entries={entries} taken={taken} ticked={ticked} onTick={setTicked} />}
        {found.state === 'read' && found.refused.length > 0 && (
          <div className="rules-refused">
            <h3>{t('holidays.refused', { count: found.refused.length })}</h3>
            <ul>
              {[...new Set(found.refused)].map((line) => (
                <li key={line} dir="auto">
                  {line}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function builtIn(live: Live<readonly HolidayEntry[]>, text: (code: string) => string): Found {
  if (live.state === 'loading') return { state: 'busy' };
  if (live.state === 'error') return { state: 'failed', text: text(live.error.code) };
  return { state: 'read', entries: live.value, refused: [] };
}

/** The country of a language tag when it has a built-in list, else the first. */
function countryOf(tag: string): string {
  const region = new Intl.Locale(tag === '' ? 'en' : tag).region ?? '';
  return HOLIDAY_COUNTRIES.includes(region) ? region : (HOLIDAY_COUNTRIES[0] ?? 'US');
}

/** Two names of one day are one exception. */
function onePerDate(entries: readonly HolidayEntry[]): readonly HolidayEntry[] {
  const byDate = new Map<string, HolidayEntry>();
  for (const entry of entries) {
    const key = formatLocalDate(entry.date);
    const known = byDate.get(key);
    byDate.set(
      key,
      known === undefined || known.name === entry.name ? entry : { ...known, name: `${known.name} / ${entry.name}`.slice(0, 200) },
    );
  }
  return [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function FileChoice({ onFile }: { readonly onFile: (file: File) => void }): ReactNode {
  const t = useWords('rules');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="rules-file">
      <input
        ref={input}
        type="file"
        accept=".ics,text/calendar"
        hidden
        aria-label={t('holidays.sources.file')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          // The same file may be chosen again after it was put right.
          event.currentTarget.value = '';
        }}
      />
      <Button icon={<Upload aria-hidden="true" />} onClick={() => input.current?.click()}>
        {t('holidays.file')}
      </Button>
      <p className="muted">{t('holidays.fileHint')}</p>
    </div>
  );
}

interface EntriesProps {
  readonly entries: readonly HolidayEntry[];
  readonly taken: ReadonlySet<string>;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

function Entries({ entries, taken, ticked, onTick }: EntriesProps): ReactNode {
  const t = useWords('rules');
  const dateText = useDateText();
  const free = entries.map(({ date }) => formatLocalDate(date)).filter((date) => !taken.has(date));
  if (entries.length === 0) return <p className="muted">{t('holidays.none')}</p>;
  const isAll = free.length > 0 && ticked.size === free.length;
  return (
    <div className="rules-entries" role="group" aria-label={t('holidays.entries')}>
      <Checkbox
        label={t('holidays.all')}
        checked={isAll}
        indeterminate={ticked.size > 0 && !isAll}
        disabled={free.length === 0}
        onChange={() => onTick(new Set(isAll ? [] : free))}
      />
      {entries.map(({ date, name }) => {
        const key = formatLocalDate(date);
        const isTaken = taken.has(key);
        return (
          <Checkbox
            key={key}
            label={`${dateText(date)} · ${name}`}
            hint={isTaken ? t('holidays.there') : undefined}
            checked={ticked.has(key)}
            disabled={isTaken}
            onChange={(isTicked) => {
              const next = new Set(ticked);
              if (isTicked) next.add(key);
              else next.delete(key);
              onTick(next);
            }}
          />
        );
      })}
    </div>
  );
}
