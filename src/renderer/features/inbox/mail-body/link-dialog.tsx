import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId, onEngineEvent } from '../../../bridge/client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { showToast } from '../../../ui/toast.tsx';
import './link-dialog.css';
import { askAboutLink, closeLink, textOfLink, useLinks } from './link-store.ts';
import { defang, describeLink, textMisleads } from './mail-address.ts';
import type { LinkAddress } from './mail-address.ts';

/** Stands between a click in a mail and the browser: shows where the link really leads. */
export function LinkDialog(): ReactNode {
  const t = useWords('inbox');
  const asked = useLinks((state) => state.asked);
  useEffect(
    () =>
      onEngineEvent((event) => {
        if (event.type === 'mail-link') askAboutLink(event.url, textOfLink(event.token, event.url));
      }),
    [],
  );
  const link = asked === null ? null : describeLink(asked.url);
  const titles = { web: t('link.title'), mail: t('link.mailTitle'), phone: t('link.phoneTitle') };
  const openLabels = { web: t('link.open'), mail: t('link.openMail'), phone: t('link.openPhone') };
  const kind = link?.kind ?? 'web';
  // Telephone links are shown and can be copied; no program is started for them.
  const canOpen = link !== null && link.kind !== 'phone';
  return (
    <Dialog
      open={asked !== null}
      onOpenChange={closeLink}
      title={titles[kind]}
      footer={
        <>
          <Button onClick={closeLink}>{t('link.cancel')}</Button>
          <Button onClick={() => void copy(defang(asked?.url ?? ''), t('link.copied'))}>{t('link.copy')}</Button>
          {canOpen && (
            <Button variant="primary" onClick={() => void open(link.url, t('link.refused'))}>
              {openLabels[kind]}
            </Button>
          )}
        </>
      }
    >
      {asked !== null && <LinkFacts url={asked.url} text={asked.text} link={link} />}
    </Dialog>
  );
}

function LinkFacts({ url, text, link }: { readonly url: string; readonly text: string; readonly link: LinkAddress | null }): ReactNode {
  const t = useWords('inbox');
  const warnings: string[] = [];
  if (link === null) warnings.push(t('link.cannotOpen'));
  else {
    if (textMisleads(text, link)) warnings.push(t('link.misleads', { text, host: link.registrable }));
    if (link.hasUserInfo) warnings.push(t('link.hasUserInfo'));
    if (link.internationalised) warnings.push(t('link.internationalised', { host: link.host }));
    if (link.ipAddress) warnings.push(t('link.ipAddress'));
    if (link.insecure) warnings.push(t('link.insecure'));
  }
  return (
    <div className="ib-link">
      <p className="muted">{t('link.goesTo')}</p>
      <p className="ib-link-address" dir="ltr">
        {link === null ? (
          <bdi>{url}</bdi>
        ) : (
          <bdi>
            {link.before}
            <strong>{link.registrable}</strong>
            {link.after}
          </bdi>
        )}
      </p>
      {link !== null && link.hostDisplay !== link.host && (
        <p className="ib-link-host" dir="ltr">
          <bdi>{link.hostDisplay}</bdi> = <bdi>{link.host}</bdi>
        </p>
      )}
      {warnings.length > 0 && (
        <ul className="ib-link-warnings">
          {warnings.map((warning) => (
            <li key={warning}>
              <TriangleAlert aria-hidden="true" />
              <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

async function copy(text: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  showToast({ title: done, tone: 'ok' });
}

async function open(url: string, refused: string): Promise<void> {
  closeLink();
  const answer = await call('app.openLink', { opId: newOperationId(), url });
  if (!answer.ok) showToast({ title: refused, tone: 'problem' });
}
