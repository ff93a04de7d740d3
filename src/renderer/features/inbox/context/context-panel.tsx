import { Copy, Crown, Pencil, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AttachmentRow, CaseDetail, TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { offsetText } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { togglePane } from '../../../state/session.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { ZonePicker } from '../../../ui/zone-picker.tsx';
import { tellFailure } from '../actions/apply-actions.ts';
import { contextPaneId } from '../actions/use-case-commands.ts';
import { AttachmentCards } from '../conversation/attachment-cards.tsx';
import { openPicker, openVipDialog, showCase } from '../inbox-store.ts';
import { LabelChip, StatusBadge, TierMark } from '../list/case-marks.tsx';
import { LocalTime } from '../list/local-time.tsx';
import { ClocksSection } from '../sla/clocks-section.tsx';
import { WhoCanTake } from '../sla/who-can-take.tsx';
import { AuthenticityCard } from './authenticity-card.tsx';
import './context-panel.css';
import { IntakeSection } from './intake-section.tsx';
import { ContactMenu } from './contact-menu.tsx';
import { NeedSection } from './need-section.tsx';
import { RelatedSection } from './related-section.tsx';
import { SuggestSection } from './suggest-section.tsx';

/** Who the customer is, and the facts of the case. */
export function ContextPanel({
  caseId,
  CaseParts,
}: {
  readonly caseId: CaseId;
  /** Sections of other features. */
  readonly CaseParts?: ComponentType<{ readonly detail: CaseDetail }> | undefined;
}): ReactNode {
  const t = useWords('inbox');
  const detail = useLiveValue('cases.detail', { caseId }, null);
  const timeline = useLiveValue('cases.timeline', { caseId }, NO_ITEMS);
  return (
    <aside className="ib-context" aria-label={t('context.title')}>
      <div className="ib-context-bar">
        <h2>{t('context.title')}</h2>
        <IconButton
          size="sm"
          label={t('context.close')}
          shortcut="i"
          icon={<X aria-hidden="true" />}
          onClick={() => togglePane(contextPaneId(window.innerWidth))}
        />
      </div>
      {detail !== null && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <div className="ib-context-scroll" tabIndex={0} role="region" aria-label={t('context.title')}>
          <Customer detail={detail} />
          <IntakeSection caseId={caseId} />
          <RelatedSection caseId={caseId} />
          <SuggestSection detail={detail} />
          <ClocksSection detail={detail} />
          {CaseParts !== undefined && <CaseParts detail={detail} />}
          <WhoCanTake detail={detail} />
          <NeedSection caseId={caseId} />
          <Facts detail={detail} />
          <AuthenticityCard detail={detail} />
          <Labels detail={detail} />
          <Files timeline={timeline} />
          <OtherCases detail={detail} />
        </div>
      )}
    </aside>
  );
}

const NO_ITEMS: readonly TimelineItem[] = [];

function Customer({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const { contact } = detail;
  const name = contact.name === '' ? t('context.unknownName') : contact.name;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(contact.address);
    showToast({ title: t('context.copied'), tone: 'ok' });
  };
  return (
    <ContactMenu className="ib-context-part" detail={detail}>
      <div className="ib-person">
        <Avatar name={contact.name === '' ? contact.address : contact.name} size="lg" />
        <div className="ib-person-words">
          <strong>{name}</strong>
          <span className="ib-person-address">
            <span className="truncate" title={contact.address}>
              {contact.address}
            </span>
            <IconButton size="sm" label={t('context.copy')} icon={<Copy aria-hidden="true" />} onClick={() => void copy()} />
          </span>
        </div>
      </div>
      {contact.tier !== 'standard' && (
        <div className="ib-vip-card">
          <TierMark tier={contact.tier} />
          <p>{contact.tierReason}</p>
          {contact.tierUntil !== null && (
            <p className="muted tabular">{t('context.tierUntil', { at: formats.dateTime(contact.tierUntil) })}</p>
          )}
        </div>
      )}
      <dl className="ib-facts">
        <Fact name={t('context.tier')}>
          <span className="ib-fact-line">
            {t(`tier.${contact.tier}`)}
            <IconButton
              size="sm"
              label={t('action.vip')}
              shortcut="v"
              icon={<Crown aria-hidden="true" />}
              onClick={() => openVipDialog(detail.caseId)}
            />
          </span>
        </Fact>
        <Fact name={t('context.localTime')}>
          {contact.zone === null && contact.offsetMinutes === null ? (
            t('context.zoneUnknown')
          ) : (
            <LocalTime zone={contact.zone} offsetMinutes={contact.offsetMinutes} />
          )}
        </Fact>
        <Fact name={t('context.zone')}>
          <ZoneChoice detail={detail} />
        </Fact>
        {contact.language !== null && <Fact name={t('context.language')}>{formats.languageName(contact.language)}</Fact>}
        <Fact name={t('context.firstSeen')}>
          <time dateTime={new Date(contact.firstSeenAt).toISOString()}>{formats.date(contact.firstSeenAt, detail.lastMessageAt)}</time>
        </Fact>
      </dl>
    </ContactMenu>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A zone's name that may be broken after its slashes. */
function breakable(zone: string): string {
  return zone.replaceAll('_', ' ').replaceAll('/', '/\u200b');
}

/** The customer's zone: what their mails suggest until somebody chooses. */
function ZoneChoice({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const { contact } = detail;
  const [isEditing, setEditing] = useState(false);
  const choice = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // As Tab would: what is typed replaces what is there.
    if (isEditing) choice.current?.querySelector<HTMLInputElement>('input[role="combobox"]')?.select();
  }, [isEditing]);
  const set = async (zone: string | null): Promise<void> => {
    setEditing(false);
    const answer = await call('contacts.setZone', { opId: newOperationId(), contactId: contact.contactId, zone });
    if (!answer.ok) tellFailure(answer.error.code, answer.error.detail);
  };
  if (!isEditing) {
    const known =
      contact.offsetMinutes === null ? t('context.zoneUnknown') : t('context.zoneFromMail', { offset: offsetText(contact.offsetMinutes) });
    return (
      <span className="ib-fact-line">
        <span className="ib-zone-name">{contact.zone === null ? known : breakable(contact.zone)}</span>
        <IconButton size="sm" label={t('context.setZone')} icon={<Pencil aria-hidden="true" />} onClick={() => setEditing(true)} />
      </span>
    );
  }
  return (
    <span ref={choice} className="ib-zone-choice">
      <ZonePicker
        label={t('context.setZone')}
        hideLabel
        value={contact.zone}
        onChange={(zone) => {
          if (zone !== null) void set(zone);
        }}
      />
      {contact.zone !== null && (
        <Button size="sm" variant="ghost" onClick={() => void set(null)}>
          {t('context.forgetZone')}
        </Button>
      )}
    </span>
  );
}

function Facts({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  return (
    <section className="ib-context-part">
      <h3>{t('context.facts')}</h3>
      <dl className="ib-facts">
        <Fact name={t('context.channel')}>{t(`channel.${detail.channel}`)}</Fact>
        <Fact name={t('context.mailbox')}>
          <span className="ib-mailbox truncate" title={detail.accountAddress}>
            {detail.accountAddress}
          </span>
        </Fact>
        <Fact name={t('context.opened')}>
          <span className="tabular">{formats.dateTime(detail.openedAt)}</span>
        </Fact>
        {detail.waitingSince !== null && (
          <Fact name={t('context.waitingSince')}>
            <span className="tabular">{formats.dateTime(detail.waitingSince)}</span>
          </Fact>
        )}
        {detail.solvedAt !== null && (
          <Fact name={t('context.solvedAt')}>
            <span className="tabular">{formats.dateTime(detail.solvedAt)}</span>
          </Fact>
        )}
        <Fact name={t('context.messages')}>
          <span className="tabular">{formats.number(detail.messageCount)}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Labels({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  return (
    <section className="ib-context-part">
      <h3>{t('context.labels')}</h3>
      <div className="ib-context-labels">
        {detail.labels.map((label) => (
          <LabelChip key={label} label={label} />
        ))}
        <Button size="sm" variant="ghost" onClick={() => openPicker('labels', [detail.caseId])}>
          {t('labels.add')}
        </Button>
      </div>
    </section>
  );
}

function Files({ timeline }: { readonly timeline: readonly TimelineItem[] }): ReactNode {
  const t = useWords('inbox');
  const files = useMemo(
    () =>
      timeline.flatMap((item): readonly AttachmentRow[] =>
        item.kind === 'message' ? item.attachments.filter((each) => !each.inline) : [],
      ),
    [timeline],
  );
  if (files.length === 0) return null;
  return (
    <section className="ib-context-part">
      <h3>
        {t('context.files')} <span className="muted tabular">{files.length}</span>
      </h3>
      <AttachmentCards attachments={files} />
    </section>
  );
}

function OtherCases({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  return (
    <section className="ib-context-part">
      <h3>{t('context.otherCases')}</h3>
      {detail.otherCases.length === 0 ? (
        <p className="muted">{t('context.noOtherCases')}</p>
      ) : (
        <ul className="ib-others">
          {detail.otherCases.map((other) => (
            <li key={other.caseId}>
              <button type="button" className="ib-other" onClick={() => showCase(other.caseId)}>
                <span className="truncate">{other.subject.trim() === '' ? t('conversation.noSubject') : other.subject}</span>
                <span className="ib-other-facts">
                  <StatusBadge status={other.status} />
                  <time className="muted tabular" dateTime={new Date(other.lastMessageAt).toISOString()}>
                    {formats.dateTime(other.lastMessageAt)}
                  </time>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
