import { Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { FilledFor, ListedMacro } from '../../../../shared/contract/macros.contract.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { OptionList } from '../../../ui/option-list.tsx';
import { askForComposer } from '../inbox-store.ts';
import { useActionWords } from '../../../ui/macro/action-words.ts';
import { MacroConfirm } from './macro-confirm.tsx';
import { useMacros } from './macro-store.ts';
import './macros.css';
import { TextWithGaps } from './text-with-gaps.tsx';
import { insertInCase, applyInCases } from './use-macro.ts';

/** Chooses a macro for the case, or for all that are chosen; with what it says to this customer. */
export function MacroPicker(): ReactNode {
  const t = useWords('macros');
  const picker = useMacros((state) => state.picker);
  const count = picker?.caseIds.length ?? 0;
  return (
    <>
      <Dialog
        open={picker !== null}
        onOpenChange={(open) => {
          if (!open) leave();
        }}
        size="lg"
        title={count > 1 ? t('chooseFor', { count }) : t('choose')}
      >
        {picker !== null && <Choice {...picker} />}
      </Dialog>
      <MacroConfirm />
    </>
  );
}

/** A `#` that was no macro is a `#`. */
function leave(): void {
  const { picker } = useMacros.getState();
  const [caseId] = picker?.caseIds ?? [];
  useMacros.setState({
    picker: null,
    ...(picker !== null && picker.typed !== null && caseId !== undefined
      ? { insert: { caseId, text: `#${picker.typed}`, caret: picker.caret, macro: null, isTyped: true } }
      : {}),
  });
  if (picker !== null && picker.caret !== null) askForComposer();
}

type Offered = ListedMacro & { readonly filled?: FilledFor };
const NONE: readonly Offered[] = [];

function Choice({ caseIds, caret, typed }: NonNullable<ReturnType<typeof useMacros.getState>['picker']>): ReactNode {
  const t = useWords('macros');
  const formats = useFormats();
  const words = useActionWords();
  const [caseId] = caseIds;
  const isOne = caseIds.length === 1 && caseId !== undefined;
  const forOne = useLiveValue('macros.forCase', isOne ? { caseId } : null, null);
  const forMany = useLiveValue('macros.list', isOne ? null : {}, null);
  const offered: readonly Offered[] = forOne ?? forMany ?? NONE;
  // the field is there at once, so that it gets what is typed
  const isLoading = forOne === null && forMany === null;
  const said = ({ filled, texts }: Offered): string => (filled === undefined ? texts[0]?.text : filled.text) ?? '';
  const inWhich = ({ filled, texts }: Offered): string => {
    if (filled === undefined) return formats.list(texts.map(({ language }) => formats.languageName(language)));
    if (filled.language === null) return t('actionsOnly');
    return t(filled.isFallback ? 'fallback' : 'inLanguage', { language: formats.languageName(filled.language) });
  };
  return (
    <OptionList
      label={t('choose')}
      placeholder={t('search')}
      begun={typed ?? ''}
      emptyText={isLoading ? '' : t('none')}
      options={offered.map((macro) => ({
        value: macro.macroId,
        label: macro.shortcut === '' ? macro.name : `${macro.name} #${macro.shortcut}`,
        keywords: said(macro),
        icon: <Zap aria-hidden="true" />,
        detail: [inWhich(macro), ...(macro.uses === 0 ? [] : [t('uses', { count: macro.uses })])].filter((each) => each !== '').join(' · '),
        more: (
          <span className="ib-macro-says">
            {said(macro) !== '' && (
              <span className="ib-macro-text">
                <TextWithGaps text={said(macro)} />
              </span>
            )}
            {macro.actions.length > 0 && <span className="ib-macro-does">{formats.list(macro.actions.map(words))}</span>}
          </span>
        ),
      }))}
      onChoose={(macroId) => {
        const macro = offered.find((each) => each.macroId === macroId);
        useMacros.setState({ picker: null });
        if (macro === undefined) return;
        const { filled } = macro;
        if (isOne && filled !== undefined) void insertInCase({ ...macro, filled }, caseId, caret);
        else void applyInCases(macro, caseIds);
      }}
    />
  );
}
