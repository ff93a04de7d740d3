import { CircleAlert, CircleCheck, CircleDashed, PencilLine } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { SeverityMark } from '../../../ui/packet/severity-mark.tsx';
import type { BulkCase } from './bulk-state.ts';
import { refusalWords, remedyOf } from './refusal.tsx';
import type { Remedy } from './refusal.tsx';

export interface BulkRowProps {
  readonly one: BulkCase;
  /** It goes to somebody else than the others. */
  readonly isOwnRecipient: boolean;
  readonly onOpen: () => void;
  readonly onToggle: () => void;
  readonly onRemedy: (remedy: Remedy) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One case of several: how it is doing, whether its packet can go, or why not and what helps. */
export function BulkRow({ one, isOwnRecipient, onOpen, onToggle, onRemedy, onKeyDown }: BulkRowProps): ReactNode {
  const t = useWords('handoff');
  const { preparation } = one;
  const row = preparation?.row ?? null;
  const subject = row === null ? '…' : row.subject.trim() === '' ? row.contactName : row.subject;
  const remedy = one.refusal === null || one.result?.ok === true ? null : remedyOf(one.refusal, row?.status === 'solved');
  return (
    <li className="hb-row" data-left-out={one.isLeftOut}>
      <Checkbox
        checked={!one.isLeftOut}
        hideLabel
        label={t(one.isLeftOut ? 'many.include' : 'many.leaveOut', { subject })}
        onChange={onToggle}
      />
      <button
        type="button"
        className="hb-open"
        aria-label={t('many.open', { subject })}
        disabled={preparation === null || preparation === undefined}
        onClick={onOpen}
        onKeyDown={onKeyDown}
      >
        <span className="hb-subject truncate" dir="auto">
          {subject}
        </span>
        <span className="hb-customer muted truncate">{row === null ? '' : row.contactName}</span>
      </button>
      {one.session === null ? <span /> : <SeverityMark severity={one.session.snapshot().draft.packet.severity} />}
      <RowState one={one} isOwnRecipient={isOwnRecipient} />
      {remedy !== null && (
        <Button size="sm" className="hb-remedy" onClick={() => onRemedy(remedy)}>
          <RemedyLabel remedy={remedy} />
        </Button>
      )}
    </li>
  );
}

function RemedyLabel({ remedy }: { readonly remedy: Remedy }): ReactNode {
  const t = useWords('handoff');
  const names = useTeamNames();
  if (remedy.kind === 'claim') return t('refusal.claim');
  return remedy.kind === 'lead' ? t('refusal.leadUnknown') : t('refusal.next', { name: names.ownName(remedy.agentId) });
}

function RowState({ one, isOwnRecipient }: { readonly one: BulkCase; readonly isOwnRecipient: boolean }): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow(nextMinute);
  const { preparation, result, refusal, missing, to } = one;
  if (preparation === undefined) return <State tone="quiet" icon={<CircleDashed aria-hidden="true" />} words={t('many.preparing')} />;
  if (preparation === null) return <State tone="breach" icon={<CircleAlert aria-hidden="true" />} words={t('many.gone')} />;
  if (result?.ok === true) {
    const at = formats.soonTime(result.expiry.expiresAt, now);
    const name = to === null ? '' : names.recipient(to);
    return <State tone="ok" icon={<CircleCheck aria-hidden="true" />} words={t('many.offeredTo', { name, at })} />;
  }
  if (preparation.standing !== null) return <State tone="quiet" icon={<CircleCheck aria-hidden="true" />} words={t('many.standing')} />;
  const refused = result?.refusal ?? refusal;
  if (refused !== null) {
    const words = refusalWords(refused, {
      to,
      ownerId: preparation.ownerId,
      isSolved: preparation.row.status === 'solved',
      t,
      formats,
      names,
      now,
    });
    return <State tone="breach" icon={<CircleAlert aria-hidden="true" />} words={words} />;
  }
  const lacks = result?.missing ?? missing;
  if (lacks.length > 0) {
    const what = formats.list(lacks.map((each) => t(`lacks.${each.field}`)));
    return <State tone="soon" icon={<PencilLine aria-hidden="true" />} words={t('many.lacks', { what })} />;
  }
  const ready = isOwnRecipient && to !== null ? `${t('many.ready')} · ${names.recipient(to)}` : t('many.ready');
  return <State tone="ok" icon={<CircleCheck aria-hidden="true" />} words={ready} />;
}

function State({
  tone,
  icon,
  words,
}: {
  readonly tone: 'ok' | 'soon' | 'breach' | 'quiet';
  readonly icon: ReactNode;
  readonly words: string;
}): ReactNode {
  return (
    <span className="hb-state tabular" data-tone={tone}>
      {icon}
      <span>{words}</span>
    </span>
  );
}
