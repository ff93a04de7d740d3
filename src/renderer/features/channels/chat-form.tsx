import { Check, Copy, Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ChannelRow, ChatSettings } from '../../../shared/contract/channels.contract.ts';
import { call } from '../../bridge/client.ts';
import { useTeam } from '../../state/team.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { ChannelFormProps } from './channel-dialog.tsx';
import { PlaybookField, SavingState } from './form-parts.tsx';
import { embedSnippet, readSiteKey, writeSiteKey } from './site-key.ts';
import type { SiteKey } from './site-key.ts';
import { usePlaybooks } from './use-playbooks.ts';
import { useSaving } from './use-saving.ts';
import type { Saving } from './use-saving.ts';

const SITE = /^[a-z][a-z0-9-]{0,31}$/u;
const SHORTEST_IDENTITY = 32;

interface SiteDraft {
  readonly site: string;
  readonly name: string;
  readonly identity: string;
  readonly siteKey: string;
  readonly playbook: string | null;
}

type Wrong = Partial<Record<'site' | 'name' | 'identity' | 'siteKey', true>>;

/** What can not be stored as it is typed. */
function wrongIn(draft: SiteDraft, pasted: SiteKey | null, needsKey: boolean): Wrong {
  const { site, name, identity, siteKey } = draft;
  return {
    ...(pasted === null && !SITE.test(site) ? { site: true } : {}),
    ...(pasted === null && name.trim() === '' ? { name: true } : {}),
    ...(identity !== '' && identity.length < SHORTEST_IDENTITY ? { identity: true } : {}),
    ...(pasted === null && (siteKey.trim() !== '' || needsKey) ? { siteKey: true } : {}),
  };
}

type Prepared = { readonly settings: ChatSettings; readonly secret: string | null };

/** A new pair of keys each time that nothing is stored yet: what was not stored was never used. */
async function prepare(
  draft: SiteDraft,
  known: ChatSettings | null,
  pasted: SiteKey | null,
  fail: Saving['fail'],
): Promise<Prepared | null> {
  const { site, playbook } = draft;
  const name = draft.name.trim();
  if (known !== null) return { settings: { ...known, name, playbook }, secret: null };
  if (pasted !== null) return { settings: { ...pasted.settings, playbook }, secret: pasted.secret };
  const keys = await call('channels.makeSiteKey', {});
  if (!keys.ok) {
    fail(keys.error.code, keys.error.detail);
    return null;
  }
  return {
    settings: { kind: 'chat', site, name, publicKey: keys.value.publicKey, playbook },
    secret: JSON.stringify({ v: 1, key: keys.value.secret, identitySecret: draft.identity === '' ? null : draft.identity }),
  };
}

function draftOf(row: ChannelRow | null, known: ChatSettings | null): SiteDraft {
  const site = known?.site ?? (row?.isElsewhere === true ? row.address : '');
  return { site, name: row?.name ?? '', identity: '', siteKey: '', playbook: known?.playbook ?? null };
}

/** The live chat of a web site: a new one with keys of its own, or one that another workstation has already. */
export function ChatForm({ row, onBack, onDone }: ChannelFormProps): ReactNode {
  const t = useWords('channels');
  const tFrame = useWords('frame');
  const known = row?.settings?.kind === 'chat' ? row.settings : null;
  const team = useTeam();
  const saving = useSaving(row);
  const [draft, setDraft] = useState(() => draftOf(row, known));
  const [isTried, setTried] = useState(false);
  const [made, setMade] = useState<SiteKey | null>(null);
  const pasted = readSiteKey(draft.siteKey);
  const wrong = wrongIn(draft, pasted, row?.isElsewhere === true);

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length > 0) return;
    const prepared = await prepare(draft, known, pasted, saving.fail);
    if (prepared === null || !(await saving.save(prepared.settings, prepared.secret))) return;
    if (prepared.secret === null) onDone();
    else setMade({ settings: prepared.settings, secret: prepared.secret });
  };

  if (made !== null) return <SiteDone made={made} onDone={onDone} />;
  return (
    <form className="channel-form" onSubmit={(event) => void submit(event)}>
      {team === null && (
        <p className="channel-problem" role="alert">
          {t('noHub')}
        </p>
      )}
      <SiteFields
        draft={draft}
        onChange={(patch) => setDraft({ ...draft, ...patch })}
        pasted={pasted}
        wrong={isTried ? wrong : {}}
        isNew={row === null}
        isConnected={known !== null}
      />
      <SavingState saving={saving} onReady={() => void submit()} />
      <div className="channel-form-buttons">
        {onBack === null ? <span /> : <Button onClick={onBack}>{t('back')}</Button>}
        <Button onClick={onDone}>{tFrame('common.cancel')}</Button>
        <Button type="submit" variant="primary" loading={saving.isBusy} disabled={team === null}>
          {known === null ? t('connect') : t('save')}
        </Button>
      </div>
    </form>
  );
}

interface SiteFieldsProps {
  readonly draft: SiteDraft;
  readonly onChange: (patch: Partial<SiteDraft>) => void;
  readonly pasted: SiteKey | null;
  readonly wrong: Wrong;
  readonly isNew: boolean;
  readonly isConnected: boolean;
}

function SiteFields({ draft, onChange, pasted, wrong, isNew, isConnected }: SiteFieldsProps): ReactNode {
  const t = useWords('channels');
  const playbooks = usePlaybooks();
  return (
    <>
      <TextField
        label={t('chat.site')}
        hint={t('chat.siteHint')}
        value={pasted?.settings.site ?? draft.site}
        disabled={!isNew || pasted !== null}
        onChange={(site) => onChange({ site })}
        error={wrong.site === true ? t('chat.siteInvalid') : undefined}
      />
      <TextField
        label={t('name')}
        value={pasted?.settings.name ?? draft.name}
        disabled={pasted !== null}
        onChange={(name) => onChange({ name })}
        error={wrong.name === true ? t('nameMissing') : undefined}
      />
      <PlaybookField value={draft.playbook} playbooks={playbooks} onChange={(playbook) => onChange({ playbook })} />
      {!isConnected && pasted === null && (
        <TextField
          type="password"
          autoComplete="off"
          label={t('chat.identity')}
          hint={t('chat.identityHint')}
          value={draft.identity}
          onChange={(identity) => onChange({ identity })}
          error={wrong.identity === true ? t('chat.identityShort') : undefined}
        />
      )}
      {!isConnected && (
        <TextArea
          rows={2}
          label={t('chat.siteKey')}
          hint={t('chat.siteKeyHint')}
          value={draft.siteKey}
          onChange={(siteKey) => onChange({ siteKey })}
          error={wrong.siteKey === true ? t('chat.siteKeyInvalid') : undefined}
        />
      )}
    </>
  );
}

function SiteDone({ made, onDone }: { readonly made: SiteKey; readonly onDone: () => void }): ReactNode {
  const t = useWords('channels');
  const tFrame = useWords('frame');
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const snippet = embedSnippet(made.settings, address.trim() === '' ? 'wss://hub.example:9443' : address.trim(), password.trim());
  const key = writeSiteKey(made);
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    showToast({ title: t('chat.copied'), tone: 'ok' });
  };
  return (
    <div className="channel-form">
      <p className="channel-found" role="status">
        <Check aria-hidden="true" />
        {t('chat.done', { name: made.settings.name })}
      </p>
      <h3>{t('chat.embed')}</h3>
      <p className="muted">{t('chat.embedHint')}</p>
      <TextField label={t('chat.address')} placeholder="wss://hub.example:9443" value={address} onChange={setAddress} />
      <TextField label={t('chat.password')} value={password} onChange={setPassword} />
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="channel-snippet" tabIndex={0} aria-label={t('chat.embed')}>
        {snippet}
      </pre>
      <Button icon={<Copy aria-hidden="true" />} onClick={() => void copy(snippet)}>
        {t('chat.copyEmbed')}
      </Button>
      <h3>{t('chat.key')}</h3>
      <p className="muted">{t('chat.keyHint')}</p>
      {isShown && <pre className="channel-snippet">{key}</pre>}
      <div className="channel-form-buttons">
        <Button icon={isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />} onClick={() => setShown(!isShown)}>
          {isShown ? t('chat.hideKey') : t('chat.showKey')}
        </Button>
        <Button icon={<Copy aria-hidden="true" />} onClick={() => void copy(key)}>
          {t('chat.copyKey')}
        </Button>
        <Button variant="primary" onClick={onDone}>
          {tFrame('common.close')}
        </Button>
      </div>
    </div>
  );
}
