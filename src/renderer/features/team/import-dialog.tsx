import { CircleAlert, FileDown, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import type { AgentsCsvPreview } from '../../../shared/contract/coverage.contract.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { leadNames, useRosterView } from '../../state/roster.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ImportTable } from './import-table.tsx';
import { saveRoster } from '../../state/save-roster.ts';
import { isLockedOut } from './team-problems.ts';
import { withEdits } from './team.store.ts';

/** As the contract allows. */
const LONGEST = 5_000_000;

type Found =
  | { readonly state: 'idle' | 'busy' }
  | { readonly state: 'failed'; readonly text: string }
  | { readonly state: 'read'; readonly preview: AgentsCsvPreview };

/** Reads a table of people, shows row by row what it would do, and imports what is sound. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(['team', 'frame']);
  const tErrors = useWords('errors');
  const formats = useFormats();
  const live = useRosterView();
  const [found, setFound] = useState<Found>({ state: 'idle' });
  const [pasted, setPasted] = useState('');
  const [fileName, setFileName] = useState('');
  const [isSaving, setSaving] = useState(false);
  const read = async (text: string): Promise<void> => {
    if (text.length > LONGEST) return setFound({ state: 'failed', text: t('csv.tooLarge') });
    setFound({ state: 'busy' });
    const answer = await call('roster.readAgentsCsv', { text });
    setFound(answer.ok ? { state: 'read', preview: answer.value } : { state: 'failed', text: errorText(tErrors, answer.error.code) });
    return undefined;
  };
  const readFile = async (file: File): Promise<void> => {
    setPasted('');
    setFileName(file.name);
    if (file.size > LONGEST) setFound({ state: 'failed', text: t('csv.tooLarge') });
    else await read(await file.text());
  };
  const sound =
    found.state === 'read'
      ? found.preview.rows.flatMap((row) => (row.agent === null || row.status === 'unchanged' ? [] : [row.agent]))
      : [];
  const roster = live.state === 'ready' ? live.value.roster : null;
  const after =
    roster === null ? null : withEdits(roster, Object.fromEntries(sound.map((agent) => [agent.agentId, { kind: 'agent', agent }])));
  const isRefused = after !== null && live.state === 'ready' && isLockedOut(after.agents, live.value.me);
  const save = async (): Promise<void> => {
    setSaving(true);
    const isSaved = await saveRoster(
      sound.map((agent) => ({ kind: 'agent', agent })),
      t('csv.imported', { count: sound.length }),
    );
    setSaving(false);
    if (isSaved) onClose();
  };
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('csv.title')}
      description={t('csv.lead')}
      footer={
        <>
          <Button onClick={onClose}>{t('frame:common.cancel')}</Button>
          <Button variant="primary" disabled={sound.length === 0 || isRefused} loading={isSaving} onClick={() => void save()}>
            {sound.length === 0 ? t('csv.importNone') : t('csv.import', { count: sound.length })}
          </Button>
        </>
      }
    >
      <div className="team-import">
        <FileChoice onFile={(file) => void readFile(file)} />
        <TextArea
          label={t('csv.paste')}
          rows={3}
          value={pasted}
          spellCheck={false}
          onChange={(text) => {
            setPasted(text);
            setFileName('');
            if (text.trim() === '') setFound({ state: 'idle' });
            else void read(text);
          }}
          hint={t('csv.columns')}
        />
        {found.state === 'busy' && <Spinner label={t('csv.reading')} />}
        {found.state === 'failed' && <Problem text={`${t('csv.failed')}: ${found.text}`} />}
        {fileName !== '' && <p className="muted">{t('csv.file', { name: fileName })}</p>}
        {isRefused && <Problem text={t('csv.lockedOut', { names: formats.list(leadNames(after)) })} />}
        {found.state === 'read' && <Preview preview={found.preview} hubs={roster?.hubs ?? []} />}
      </div>
    </Dialog>
  );
}

function Preview({ preview, hubs }: { readonly preview: AgentsCsvPreview; readonly hubs: Roster['hubs'] }): ReactNode {
  const t = useWords('team');
  const formats = useFormats();
  if (preview.problem !== null) return <Problem text={t(`csv.problem.${preview.problem}`)} />;
  const count = (status: string): string => formats.number(preview.rows.filter((row) => row.status === status).length);
  return (
    <>
      <p role="status">
        <strong>
          {t('csv.summary', { fresh: count('new'), changed: count('changed'), unchanged: count('unchanged'), errors: count('error') })}
        </strong>
      </p>
      {preview.ignoredColumns.length > 0 && <p className="muted">{t('csv.ignored', { names: formats.list(preview.ignoredColumns) })}</p>}
      <ImportTable rows={preview.rows} hubs={hubs} />
    </>
  );
}

function Problem({ text }: { readonly text: string }): ReactNode {
  return (
    <p className="m-note" data-tone="breach" role="alert">
      <CircleAlert aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}

function FileChoice({ onFile }: { readonly onFile: (file: File) => void }): ReactNode {
  const t = useWords('team');
  const tErrors = useWords('errors');
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const example = async (): Promise<void> => {
    const answer = await call('roster.exportAgentsCsv', { opId: newOperationId(), what: 'example' });
    if (!answer.ok) showToast({ title: errorText(tErrors, answer.error.code), tone: 'problem' });
    else if (answer.value !== null) showToast({ title: t('people.exported', { path: answer.value.path }), tone: 'ok' });
  };
  return (
    // The pointer's way of what the button does by key.
    <div
      className="team-drop"
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onFile(file);
      }}
    >
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        aria-label={t('csv.choose')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          // The same file may be chosen again after it was put right.
          event.currentTarget.value = '';
        }}
      />
      <Button icon={<Upload aria-hidden="true" />} onClick={() => input.current?.click()}>
        {t('csv.choose')}
      </Button>
      <span className="muted">{t('csv.drop')}</span>
      <span className="team-tools-space" />
      <Button variant="ghost" icon={<FileDown aria-hidden="true" />} onClick={() => void example()}>
        {t('csv.example')}
      </Button>
    </div>
  );
}
