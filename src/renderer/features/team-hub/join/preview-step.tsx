import { CircleAlert, Link2, Server, ShieldQuestion, UserRound, Waypoints } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { roleText } from '../../../i18n/hub-text.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { plainAddress } from '../../../ui/team/team-sync.ts';
import { JoinFailure } from './join-failure.tsx';
import type { ReadInvite } from './read-invite.ts';
import { useJoin } from './use-join.ts';

export interface PreviewStepProps {
  readonly invite: ReadInvite;
  /** Another program handed it over. */
  readonly isFromLink: boolean;
  readonly onBusy: (isBusy: boolean) => void;
  readonly onAnother: () => void;
}

/** Who invites whom to where, what is taken along, and the button that joins. */
export function PreviewStep({ invite, isFromLink, onBusy, onAnother }: PreviewStepProps): ReactNode {
  const t = useWords('hub');
  const names = useTeamNames();
  const { content, preview } = invite;
  const { problem, otherPerson, history } = preview;
  // colleagues believe what customers wrote before from leads alone
  const mayTake = content.role === 'lead';
  const [keepHistory, setKeepHistory] = useState<'take' | 'leave'>(mayTake ? 'take' : 'leave');
  const [isSamePerson, setSamePerson] = useState(false);
  const join = useJoin(onBusy);
  const invited = content.agentName ?? t('join.unknownAgent');
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    void join.run({ invite: invite.text, keepHistory: history.cases === 0 || keepHistory === 'take', isSamePerson });
  };
  return (
    <form className="join-form" onSubmit={submit}>
      <Card invite={invite} />
      {isFromLink && (
        <Note icon={<Link2 aria-hidden="true" />} tone="soon">
          {t('join.fromLink')}
        </Note>
      )}
      {problem !== null && (
        <Note icon={<CircleAlert aria-hidden="true" />} tone="breach">
          {t(`join.problem.${problem}`)}
        </Note>
      )}
      {problem === null && otherPerson && (
        <div className="join-person">
          <Note icon={<ShieldQuestion aria-hidden="true" />} tone="soon">
            {t('join.otherPerson', { name: invited, me: names.ownName(names.me) })}
          </Note>
          <Checkbox label={t('join.samePerson', { name: invited })} checked={isSamePerson} onChange={setSamePerson} />
        </div>
      )}
      {problem === null && history.cases > 0 && (
        <div className="join-history">
          <h3>{t('join.history')}</h3>
          <RadioCards<'take' | 'leave'>
            label={t('join.history')}
            value={keepHistory}
            onChange={setKeepHistory}
            options={[
              ...(mayTake ? [choice('take' as const, t('join.take', { count: history.cases }), t('join.takeText'))] : []),
              choice('leave' as const, t('join.leave'), t('join.leaveText')),
            ]}
          />
          {!mayTake && <p className="muted">{t('join.error.history-needs-lead')}</p>}
        </div>
      )}
      {join.code !== null && <JoinFailure code={join.code} detail={join.detail} onReady={submit} />}
      {join.isBusy && (
        <p className="muted" role="status">
          {t('join.busy')}
        </p>
      )}
      <div className="join-buttons">
        <Button variant="ghost" disabled={join.isBusy} onClick={onAnother}>
          {t('join.another')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          loading={join.isBusy}
          disabled={problem !== null || (otherPerson && !isSamePerson)}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened for this, and what it says stands before it
          autoFocus={!isFromLink}
        >
          {join.isBusy ? t('join.joining', { hub: content.hubName }) : t('join.join', { hub: content.hubName })}
        </Button>
      </div>
    </form>
  );
}

function choice<Value extends string>(value: Value, label: string, text: string): { value: Value; label: string; content: ReactNode } {
  return {
    value,
    label,
    content: (
      <span className="join-choice">
        <strong>{label}</strong>
        <span className="muted">{text}</span>
      </span>
    ),
  };
}

function Card({ invite }: { readonly invite: ReadInvite }): ReactNode {
  const t = useWords('hub');
  const { content, fileName } = invite;
  const { hubName, servers, user, agentId, agentName } = content;
  const role = roleText(t, content.role);
  const who =
    agentName !== null
      ? t('join.asAgent', { name: agentName, user, role })
      : agentId === null
        ? t('join.asNew', { user, role })
        : t('join.asUser', { user, role });
  return (
    <section className="join-card" aria-label={t('join.previewTitle')}>
      <span className="join-card-icon">
        <Waypoints aria-hidden="true" />
      </span>
      <div className="join-card-main">
        <p className="muted">{t('join.previewTitle')}</p>
        <h3 dir="auto">{hubName}</h3>
        <dl>
          <div>
            <dt>
              <UserRound aria-hidden="true" />
              {t('join.as')}
            </dt>
            <dd>{who}</dd>
          </div>
          <div>
            <dt>
              <Server aria-hidden="true" />
              {t('join.server', { count: servers.length })}
            </dt>
            <dd>
              {servers.map((server) => (
                <code key={server}>{plainAddress(server)}</code>
              ))}
            </dd>
          </div>
        </dl>
        {fileName !== null && <p className="muted join-file">{t('join.file', { name: fileName })}</p>}
      </div>
    </section>
  );
}

function Note({
  icon,
  tone,
  children,
}: {
  readonly icon: ReactNode;
  readonly tone: 'soon' | 'breach';
  readonly children: ReactNode;
}): ReactNode {
  return (
    <p className="m-note" data-tone={tone} role="note">
      {icon}
      <span>{children}</span>
    </p>
  );
}
