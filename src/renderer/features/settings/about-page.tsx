import { FolderOpen, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { Output } from '../../../shared/contract/contract.ts';
import { MeridianMark } from '../../frame/meridian-mark.tsx';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { COMPONENTS } from './licences.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

export function AboutPage(): ReactNode {
  const t = useWords('settings');
  const info = useLive('app.info', {});
  return (
    <Page title={t('about.tab')}>
      <div className="about-head">
        <MeridianMark size={56} />
        <div>
          <strong>Meridian</strong>
          <p className="muted">{t('about.tagline')}</p>
        </div>
      </div>
      <Loaded live={info}>{(value) => <Facts info={value} />}</Loaded>
      <section className="about-licences">
        <h3>{t('about.licences')}</h3>
        <p className="muted">{t('about.licencesLead')}</p>
        <ul>
          {COMPONENTS.map(({ name, licence }) => (
            <li key={name}>
              {name} <span className="muted">{licence}</span>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function Facts({ info }: { readonly info: Output<'app.info'> }): ReactNode {
  const t = useWords('settings');
  const formats = useFormats();
  const facts: readonly (readonly [string, string])[] = [
    [t('about.version'), `${info.version} (${info.packaged ? t('about.packaged') : t('about.unpackaged')})`],
    [t('about.runtime'), info.electron],
    [t('about.chromium'), info.chrome],
    [t('about.node'), info.node],
    [t('about.sqlite'), info.sqlite],
    [t('about.zones'), info.timeZoneData],
    [t('about.platform'), info.platform],
    [t('about.database'), formats.bytes(info.databaseBytes)],
  ];
  return (
    <>
      {info.fallbackRuntime && (
        <p className="about-fallback" role="note">
          <TriangleAlert aria-hidden="true" />
          <span>{t('about.fallback', { actual: info.electron, pinned: info.pinnedElectron })}</span>
        </p>
      )}
      <dl className="about-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('about.data')}</dt>
          <dd className="about-path">
            <code>{info.userDataPath}</code>
            <Button
              size="sm"
              icon={<FolderOpen aria-hidden="true" />}
              onClick={() => void call('app.revealData', { opId: newOperationId() })}
            >
              {t('about.reveal')}
            </Button>
          </dd>
        </div>
      </dl>
    </>
  );
}
