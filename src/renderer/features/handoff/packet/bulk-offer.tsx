import { ArrowLeft, Send } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { OfferPreparation } from '../../../../shared/contract/handoff.contract.ts';
import { HANDOFF_REASONS } from '../../../../shared/domain/handoff/packet.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { sparingWriters } from '../../../state/writers.ts';
import { Button } from '../../../ui/button.tsx';
import { ProgressBar } from '../../../ui/progress.tsx';
import { Select } from '../../../ui/select.tsx';
import { BulkRow } from './bulk-row.tsx';
import { useBulk } from './bulk-state.ts';
import { PacketEditor } from './packet-editor.tsx';
import { severityOfKey } from './packet-form.tsx';
import { ReceiverChoice } from './receiver-choice.tsx';
import type { Remedy } from './refusal.tsx';
import { giveToLead, sendOffers } from './send-offer.ts';
import type { CaseOffer } from './send-offer.ts';
import { tellFailure } from '../tell-failure.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useOffer } from './use-offer.ts';

export interface BulkOfferProps {
  readonly caseIds: readonly CaseId[];
  /** The case whose packet is open in the place of the list. */
  readonly editing: CaseId | null;
  readonly onEdit: (caseId: CaseId | null) => void;
  readonly firstRef: RefObject<HTMLElement | null>;
  readonly onDone: () => void;
}

/** Several cases for one receiver, each with its own packet; what can not go is told and stops no other. */
export function BulkOffer({ caseIds, editing, onEdit, firstRef, onDone }: BulkOfferProps): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  const bulk = useBulk(names.me, caseIds);
  const [sent, setSent] = useState<{ readonly done: number; readonly total: number } | null>(null);
  const isAsking = useRef(false);
  const list = useRef<HTMLUListElement>(null);
  const ready = bulk.cases.filter((each) => each.isReady);
  const lacking = bulk.cases.filter((each) => each.missing.length > 0 && each.refusal === null && !each.isLeftOut).length;
  const blocked = bulk.cases.filter((each) => each.preparation === null || each.refusal !== null || isStanding(each.preparation)).length;
  const isSending = sent !== null && sent.done < sent.total;

  const send = async (): Promise<void> => {
    if (isSending || isAsking.current || ready.length === 0) return;
    isAsking.current = true;
    const spared = await sparingWriters(ready.map((each) => each.caseId));
    isAsking.current = false;
    if (spared === null) return;
    const going = ready.filter((each) => spared.includes(each.caseId));
    for (const each of ready) if (!going.includes(each)) bulk.toggle(each.caseId);
    const offers = going.flatMap((each): CaseOffer[] => {
      const draft = each.session?.snapshot().draft;
      return draft === undefined || each.to === null
        ? []
        : [{ caseId: each.caseId, draft: { packet: draft.packet, to: each.to, reason: bulk.reason } }];
    });
    setSent({ done: 0, total: offers.length });
    const results = await sendOffers(names.me, offers, names, (soFar) => {
      setSent({ done: soFar.length, total: offers.length });
      bulk.setResults(soFar);
    });
    setSent(null);
    if (results === null) return;
    const isAllGone = results.length === caseIds.length && results.every((each) => each.ok);
    if (isAllGone) onDone();
  };
  const remedy = async (caseId: CaseId, chosen: Remedy): Promise<void> => {
    if (chosen.kind === 'next') bulk.chooseFor(caseId, { kind: 'agent', agentId: chosen.agentId });
    else if (chosen.kind === 'lead') {
      if (await giveToLead(names.me, caseId, names)) await bulk.reload(caseId);
    } else {
      const answer = await call('cases.apply', { opId: newOperationId(), caseIds: [caseId], action: { kind: 'claim' } });
      if (answer.ok) await bulk.reload(caseId);
      else tellFailure(answer.error.code, answer.error.detail);
    }
  };
  const focusRow = (index: number): void => list.current?.querySelectorAll<HTMLElement>('.hb-open').item(index)?.focus();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  };
  const onRowKey = (event: KeyboardEvent, index: number): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const one = bulk.cases[index];
    const severity = severityOfKey(event.key);
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) focusRow(Math.min(bulk.cases.length - 1, Math.max(0, index + step)));
    else if (event.key === 'x' && one !== undefined) bulk.toggle(one.caseId);
    else if (severity !== null && /^[1-3]$/u.test(event.key)) one?.session?.editPacket({ severity });
    else return;
    event.preventDefault();
  };
  useBack(editing, bulk.reload, (caseId) => focusRow(caseIds.indexOf(caseId)));
  if (editing !== null) return <PacketInPlace key={editing} caseId={editing} firstRef={firstRef} onBack={() => onEdit(null)} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears the keys of the fields within
    <div className="hp-editor" onKeyDown={onKeyDown}>
      <p className="muted">{t('many.intro')}</p>
      {bulk.prepared < caseIds.length && <ProgressBar label={t('many.preparing')} done={bulk.prepared} total={caseIds.length} />}
      {isSending && <ProgressBar label={t('many.offering')} done={sent.done} total={sent.total} />}
      <div className="hp-columns">
        <div className="hp-main">
          <ul ref={list} className="hb-list" aria-label={t('many.case')}>
            {bulk.cases.map((one, index) => (
              <BulkRow
                key={one.caseId}
                one={one}
                isOwnRecipient={one.to !== bulk.to}
                onOpen={() => onEdit(one.caseId)}
                onToggle={() => bulk.toggle(one.caseId)}
                onRemedy={(chosen) => void remedy(one.caseId, chosen)}
                onKeyDown={(event) => onRowKey(event, index)}
              />
            ))}
          </ul>
          <p className="hb-hint muted">{t('many.hint')}</p>
        </div>
        <div className="hp-side">
          <ReceiverChoice
            value={bulk.to}
            onChange={bulk.choose}
            receivers={bulk.receivers}
            hubs={bulk.hubs}
            fromId={names.me}
            noteOf={(agentId) => t('many.canTake', { count: bulk.canTake.get(agentId) ?? 0, total: caseIds.length })}
          />
          <Select
            label={t('why.title')}
            value={bulk.reason}
            onChange={bulk.setReason}
            options={HANDOFF_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
          />
        </div>
      </div>
      <footer className="hp-footer">
        <p className="hp-missing tabular" role="status">
          {t('many.summary', { ready: ready.length, lacking, blocked })}
        </p>
        <Button variant="ghost" onClick={onDone}>
          {t('many.done')}
        </Button>
        <Button
          className="hp-send"
          variant="primary"
          icon={<Send aria-hidden="true" />}
          shortcut="mod+enter"
          loading={isSending}
          disabled={ready.length === 0}
          onClick={() => void send()}
        >
          {ready.length === 0 ? t('many.nothing') : t('many.offer', { count: ready.length })}
        </Button>
      </footer>
    </div>
  );
}

function isStanding(preparation: OfferPreparation | null | undefined): boolean {
  return preparation?.standing !== undefined && preparation.standing !== null;
}

/** After a packet was open in the place of the list: the case is asked about again, and its row has the focus. */
function useBack(editing: CaseId | null, reload: (caseId: CaseId) => Promise<void>, focus: (caseId: CaseId) => void): void {
  const last = useRef<CaseId | null>(null);
  const latest = useRef(focus);
  useEffect(() => {
    latest.current = focus;
  });
  useEffect(() => {
    const before = last.current;
    last.current = editing;
    if (editing !== null || before === null) return;
    latest.current(before);
    void reload(before);
  }, [editing, reload]);
}

interface InPlaceProps {
  readonly firstRef: RefObject<HTMLElement | null>;
  readonly onBack: () => void;
}

/** The packet of one of the cases in the place of the list; back leads to its row, and so does Escape. */
function PacketInPlace({ caseId, ...rest }: InPlaceProps & { readonly caseId: CaseId }): ReactNode {
  const t = useWords('handoff');
  const prepared = useLive('handoffs.prepare', { caseId });
  if (prepared.state !== 'ready') return <p className="muted">{t(prepared.state === 'error' ? 'dialog.failed' : 'dialog.loading')}</p>;
  if (prepared.value === null) return <p role="alert">{t('dialog.gone')}</p>;
  return <EditorInPlace preparation={prepared.value} {...rest} />;
}

function EditorInPlace({ preparation, firstRef, onBack }: InPlaceProps & { readonly preparation: OfferPreparation }): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  const offer = useOffer(names.me, preparation);
  const root = useRef<HTMLDivElement>(null);
  useFirstFocus(root, firstRef, offer);
  return (
    <div ref={root} className="hp-in-place">
      <PacketEditor
        offer={offer}
        onSubmit={onBack}
        remedyButton={null}
        footer={
          <Button className="hp-send" variant="primary" icon={<ArrowLeft aria-hidden="true" />} shortcut="mod+enter" onClick={onBack}>
            {t('many.back')}
          </Button>
        }
      />
    </div>
  );
}
