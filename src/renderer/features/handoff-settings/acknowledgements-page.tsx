import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { AcknowledgementSettings, AcknowledgementView } from '../../../shared/contract/promise.contract.ts';
import { templateProblems } from '../../../shared/domain/promise/write-acknowledgement.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import { Checkbox } from '../../ui/check.tsx';
import { InvalidFieldsScope, useInvalidFields } from '../../ui/invalid-fields.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { AcknowledgementLog } from './acknowledgement-log.tsx';
import { AcknowledgementPreview } from './acknowledgement-preview.tsx';
import { editAcknowledgements, isSame, useEdits } from './edits.store.ts';
import { EditsBar, SettingsFrame } from './settings-frame.tsx';
import { TextEditor } from './text-editor.tsx';

const MOST_MINUTES = 480;

/** Whether customers get an answer by itself, what it says, what they would be told now, and what was decided. */
export function AcknowledgementsPage(): ReactNode {
  const t = useWords('handoffSettings');
  const live = useLive('acknowledgements.get', {});
  return (
    <SettingsFrame title={t('tabs.acknowledgements')} lead={t('ack.lead')} live={live}>
      {(view) => <Acknowledgements view={view} />}
    </SettingsFrame>
  );
}

function Acknowledgements({ view }: { readonly view: AcknowledgementView }): ReactNode {
  const t = useWords('handoffSettings');
  const edits = useEdits((state) => state.acknowledgements);
  const fields = useInvalidFields();
  const settings = edits?.draft ?? view.settings;
  const edit = (patch: Partial<AcknowledgementSettings>): void => editAcknowledgements(view.settings, patch);
  const faults = settings.templates.reduce((sum, text) => sum + templateProblems(text).length, fields.hasInvalid ? 1 : 0);
  const save = async (): Promise<string | null> => {
    const answer = await call('acknowledgements.save', { opId: newOperationId(), settings });
    if (!answer.ok) return answer.error.code;
    useEdits.setState({ acknowledgements: null });
    return null;
  };
  return (
    <>
      <InvalidFieldsScope fields={fields}>
        <section className="m-section ack-switch">
          <Checkbox
            label={t('ack.on')}
            hint={t('ack.onHint')}
            checked={settings.isOn}
            disabled={!view.canChange}
            onChange={(isOn) => edit({ isOn })}
          />
          {!settings.isOn && <p className="muted">{t('ack.isOff')}</p>}
          <NumberField
            className="ack-reading"
            label={t('ack.reading')}
            hint={t('ack.readingHint')}
            value={settings.readingMinutes}
            least={1}
            greatest={MOST_MINUTES}
            isWhole
            disabled={!view.canChange}
            onChange={(readingMinutes) => edit({ readingMinutes })}
          />
        </section>
      </InvalidFieldsScope>
      <div className="handoff-columns">
        <TextEditor settings={settings} canChange={view.canChange} onChange={(templates) => edit({ templates })} />
        <AcknowledgementPreview settings={settings} />
      </div>
      <AcknowledgementLog />
      {edits !== null && (
        <EditsBar
          faults={faults}
          isNewer={!isSame(edits.base, view.settings)}
          onDiscard={() => useEdits.setState({ acknowledgements: null })}
          onSave={save}
        />
      )}
    </>
  );
}
