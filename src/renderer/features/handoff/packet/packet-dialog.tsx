import { Send, Undo2 } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { OfferPreparation } from '../../../../shared/contract/handoff.contract.ts';
import { currentVersion } from '../../../../shared/domain/handoff/handoff.ts';
import type { AgentId, CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import type { Live } from '../../../bridge/live-queries.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { closePacket, usePacketDialog } from '../../../state/packet-dialog.ts';
import { openHandoffs } from '../../../state/session.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { useWriters } from '../../../state/writers.ts';
import { AlertDialog, Dialog } from '../../../ui/dialog.tsx';
import { Button } from '../../../ui/button.tsx';
import { PacketView } from '../../../ui/packet/packet-view.tsx';
import { WritersDialog } from '../../../ui/team/writers-dialog.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { BulkOffer } from './bulk-offer.tsx';
import './packet-dialog.css';
import { PacketEditor } from './packet-editor.tsx';
import { focusPacketField } from './packet-form.tsx';
import { remedyOf } from './refusal.tsx';
import type { Remedy } from './refusal.tsx';
import { giveToLead, sendOffers, withdrawOffer } from './send-offer.ts';
import { tellFailure } from '../tell-failure.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { endOffer, useOffer } from './use-offer.ts';
import type { WrittenOffer } from './use-offer.ts';

/** Hands cases over: the packet of one, or of several at once. Opened from anywhere by `openPacket`. */
export function PacketDialog(): ReactNode {
  const t = useWords('handoff');
  const open = usePacketDialog((state) => state.open);
  const caseIds = useLast(open) ?? NO_CASES;
  const [editing, setEditing] = useState<CaseId | null>(null);
  const [only] = caseIds;
  const isOne = caseIds.length === 1 && only !== undefined;
  const question = useWriters((state) => state.question);
  const prepared = useLive('handoffs.prepare', isOne ? { caseId: only } : null);
  const first = useRef<HTMLElement | null>(null);
  const preparation = prepared.state === 'ready' ? prepared.value : null;
  return (
    <Dialog
      open={open !== null}
      onOpenChange={() => {
        setEditing(null);
        closePacket();
      }}
      onEscape={() => {
        setEditing(null);
        return editing !== null;
      }}
      size="xl"
      title={titleOf(caseIds.length, preparation, t)}
      initialFocus={first}
    >
      {isOne && <OneCase prepared={prepared} firstRef={first} />}
      {caseIds.length > 1 && (
        <>
          <BulkOffer
            key={caseIds.join(' ')}
            caseIds={caseIds}
            editing={editing}
            onEdit={setEditing}
            firstRef={first}
            onDone={closePacket}
          />
          <WritersDialog question={question} />
        </>
      )}
    </Dialog>
  );
}

/** The value while there is one, and the last one while the dialog fades. */
function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}

const NO_CASES: readonly CaseId[] = [];

function titleOf(count: number, preparation: OfferPreparation | null, t: TFunction<'handoff'>): string {
  if (preparation === null) return t('dialog.titleMany', { count });
  return t(preparation.standing === null ? 'dialog.title' : 'dialog.titleStanding', { subject: subjectOf(preparation) });
}

function OneCase({
  prepared,
  firstRef,
}: {
  readonly prepared: Live<OfferPreparation | null>;
  readonly firstRef: RefObject<HTMLElement | null>;
}): ReactNode {
  const t = useWords('handoff');
  const { me } = useTeamNames();
  if (prepared.state === 'loading') return <p className="muted">{t('dialog.loading')}</p>;
  if (prepared.state === 'error') return <p role="alert">{t('dialog.failed')}</p>;
  const preparation = prepared.value;
  if (preparation === null) return <p role="alert">{t('dialog.gone')}</p>;
  if (isOthersOffer(preparation, me)) return <OfferOfOther preparation={preparation} />;
  return <OneOffer key={preparation.row.caseId} preparation={preparation} firstRef={firstRef} onDone={closePacket} />;
}

function subjectOf({ row }: OfferPreparation): string {
  return row.subject.trim() === '' ? row.contactName : row.subject;
}

/** Somebody else offers it, so its packet is theirs to write. */
function isOthersOffer({ standing, ownerId }: OfferPreparation, me: AgentId | null): boolean {
  return standing !== null && standing.fromId !== me && ownerId !== me;
}

/** The packet of an offer that somebody else made, to be read; it is answered among the handoffs. */
function OfferOfOther({ preparation }: { readonly preparation: OfferPreparation }): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  const { standing } = preparation;
  if (standing === null) return null;
  return (
    <div className="hp-editor">
      <p className="muted">{t('send.readOnly', { name: names.agent(standing.fromId) })}</p>
      <h3 className="visually-hidden">{t('dialog.packet')}</h3>
      <PacketView packet={currentVersion(standing).packet} />
      <footer className="hp-footer">
        <Button
          variant="primary"
          onClick={() => {
            closePacket();
            openHandoffs('lanes');
          }}
        >
          {t('send.openLanes')}
        </Button>
      </footer>
    </div>
  );
}

export interface OneOfferProps {
  readonly preparation: OfferPreparation;
  /** Takes what the dialog focuses first. */
  readonly firstRef: RefObject<HTMLElement | null>;
  readonly onDone: () => void;
}

/** One case: write, choose, send. `Ctrl+Enter` sends from everywhere, and the button has the focus when nothing is missing. */
function OneOffer({ preparation, firstRef, onDone }: OneOfferProps): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  const offer = useOffer(names.me, preparation);
  const { draft } = offer.view;
  const { caseId } = preparation.row;
  const [isSending, setSending] = useState(false);
  const remedyButton = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useFirstFocus(root, firstRef, offer);

  const send = async (): Promise<void> => {
    if (isSending) return;
    if (offer.missing[0] !== undefined) {
      focusPacketField(root.current, offer.missing[0].field);
      return;
    }
    if (offer.refusal !== null) {
      remedyButton.current?.focus();
      return;
    }
    if (draft.to === null) {
      root.current?.querySelector<HTMLElement>('.hp-to [role="radio"]')?.focus();
      return;
    }
    setSending(true);
    const results = await sendOffers(names.me, [{ caseId, draft: { ...draft, to: draft.to } }], names);
    setSending(false);
    // what was refused is shown by the check, which sees what the engine saw
    if (results?.[0]?.ok === true) onDone();
  };
  const saveVersion = async (): Promise<void> => {
    const { standing } = preparation;
    if (standing === null || isSending) return;
    setSending(true);
    const answer = await call('handoffs.edit', {
      opId: newOperationId(),
      handoffId: standing.handoffId,
      version: currentVersion(standing).version,
      packet: draft.packet,
    });
    setSending(false);
    if (!answer.ok) {
      tellFailure(answer.error.code, answer.error.detail);
      return;
    }
    await offer.session.startOver();
    endOffer(names.me, caseId);
    showToast({ title: t('send.edited', { version: answer.value.version }), tone: 'ok' });
    onDone();
  };
  const remedy = (chosen: Remedy): void => {
    if (chosen.kind === 'next') offer.session.edit({ to: { kind: 'agent', agentId: chosen.agentId } });
    else if (chosen.kind === 'claim') void claim(caseId);
    else void giveToLead(names.me, caseId, names).then((isGiven) => isGiven && onDone());
    root.current?.querySelector<HTMLElement>('.hp-send')?.focus();
  };
  const possible = offer.refusal === null ? null : remedyOf(offer.refusal, preparation.row.status === 'solved');
  useActions([
    {
      id: 'packet.remedy',
      label: t('refusal.remedy'),
      area: 'case',
      keys: ['alt+n'],
      hidden: true,
      when: () => possible !== null,
      run: () => {
        if (possible !== null) remedy(possible);
      },
    },
  ]);
  const isStanding = preparation.standing !== null;
  return (
    <div ref={root} className="hp-one">
      <PacketEditor
        offer={offer}
        onRemedy={remedy}
        onSubmit={() => void (isStanding ? saveVersion() : send())}
        remedyButton={remedyButton}
        footer={
          <OfferButtons
            offer={offer}
            isSending={isSending}
            onSend={() => void send()}
            onSave={() => void saveVersion()}
            onWithdraw={() => {
              const { standing } = preparation;
              if (standing !== null) void withdrawOffer(standing.handoffId).then((isBack) => isBack && onDone());
            }}
          />
        }
      />
    </div>
  );
}

/** The case is mine then, and the packet can be sent; it is undone like any claim. */
async function claim(caseId: CaseId): Promise<void> {
  const answer = await call('cases.apply', { opId: newOperationId(), caseIds: [caseId], action: { kind: 'claim' } });
  if (!answer.ok) tellFailure(answer.error.code, answer.error.detail);
}

interface OfferButtonsProps {
  readonly offer: WrittenOffer;
  readonly isSending: boolean;
  readonly onSend: () => void;
  readonly onSave: () => void;
  readonly onWithdraw: () => void;
}

function OfferButtons({ offer, isSending, onSend, onSave, onWithdraw }: OfferButtonsProps): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  const { preparation, view } = offer;
  const { standing } = preparation;
  const { to } = view.draft;
  return (
    <>
      <DraftState offer={offer} />
      {standing === null ? (
        <Button
          className="hp-send"
          variant="primary"
          icon={<Send aria-hidden="true" />}
          shortcut="mod+enter"
          loading={isSending}
          onClick={onSend}
        >
          {to === null ? t('send.offer') : t('send.offerTo', { name: names.recipient(to) })}
        </Button>
      ) : (
        <>
          <Button icon={<Undo2 aria-hidden="true" />} onClick={onWithdraw}>
            {t('send.withdraw')}
          </Button>
          <Button className="hp-send" variant="primary" shortcut="mod+enter" loading={isSending} onClick={onSave}>
            {t('send.saveVersion', { version: currentVersion(standing).version + 1 })}
          </Button>
        </>
      )}
    </>
  );
}

/** Whether what was written is kept, and a way to begin anew. */
function DraftState({ offer }: { readonly offer: WrittenOffer }): ReactNode {
  const t = useWords('handoff');
  const [asks, setAsks] = useState(false);
  const { state } = offer.view;
  if (state === 'untouched') return <span className="hp-draft" />;
  const texts = { unsaved: '', saving: t('dialog.saving'), saved: t('dialog.saved'), error: t('dialog.saveFailed') };
  return (
    <span className="hp-draft" role={state === 'error' ? 'alert' : 'status'} data-state={state}>
      {texts[state]}
      <Button size="sm" variant="ghost" onClick={() => setAsks(true)}>
        {t('send.startOver')}
      </Button>
      <AlertDialog
        open={asks}
        onOpenChange={setAsks}
        danger
        title={t('send.startOverTitle')}
        description={t('send.startOverText')}
        confirmLabel={t('send.startOver')}
        onConfirm={() => {
          setAsks(false);
          void offer.session.startOver();
        }}
      />
    </span>
  );
}
