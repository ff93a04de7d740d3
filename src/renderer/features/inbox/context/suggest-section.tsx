import { BookOpen, Bot, CircleCheck, ExternalLink, ThumbsDown, Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { SimilarCase, Suggestion, Suggestions } from '../../../../shared/contract/suggest.contract.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { openSettings } from '../../../state/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { usePeople } from '../conversation/use-people.ts';
import { showCase } from '../inbox-store.ts';
import { TextWithGaps } from '../macros/text-with-gaps.tsx';
import { gapName } from '../macros/use-macro.ts';
import { SUGGESTIONS_ID } from './suggest-commands.ts';
import { SuggestReader } from './suggest-reader.tsx';
import './suggest-section.css';
import { hideSuggestion, insertSuggestion, isEmpty, openSource, showHidden, sourceName, useSuggestions } from './suggest-store.ts';

/** Whoever only passes by on the way down the list asks for nothing. */
const WAIT_MS = 180;

/** What may answer the open case, and what similar cases were answered. Asked for when somebody stays. */
export function SuggestSection({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('suggest');
  const { caseId, lastInboundAt } = detail;
  const isAsked = useAfter(WAIT_MS) && detail.status !== 'solved';
  const live = useLive('suggest.forCase', isAsked ? { caseId, asOf: lastInboundAt } : null);
  const value = live.state === 'ready' ? live.value : null;
  useEffect(() => {
    useSuggestions.setState({ shown: value === null ? null : { caseId, suggestions: value.suggestions } });
    return () => useSuggestions.setState({ shown: null });
  }, [caseId, value]);
  if (detail.status === 'solved') return null;
  return (
    <>
      <section id={SUGGESTIONS_ID} className="ib-context-part" aria-label={t('title')} tabIndex={-1}>
        <h3 className="ib-suggest-title">
          {t('title')} {value !== null && value.suggestions.length > 0 && <Kbd keys="y" />}
        </h3>
        {live.state === 'error' && <p role="alert">{t('failed')}</p>}
        {value === null && live.state !== 'error' && <p className="muted">{t('looking')}</p>}
        {value !== null && <Answers detail={detail} value={value} />}
        <SuggestReader />
      </section>
      {value !== null && value.similar.length > 0 && <Similar cases={value.similar} />}
    </>
  );
}

function useAfter(ms: number): boolean {
  const [isPast, setPast] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPast(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isPast;
}

function Answers({ detail, value }: { readonly detail: CaseDetail; readonly value: Suggestions }): ReactNode {
  const t = useWords('suggest');
  const { caseId } = detail;
  const { suggestions, hidden, isComplete, notIndexed } = value;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = /^[1-9]$/u.test(event.key) ? suggestions[Number(event.key) - 1] : undefined;
    if (chosen === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    insertSuggestion(caseId, chosen);
  };
  return (
    <>
      {suggestions.length > 0 && <p className="muted">{t('hint')}</p>}
      {isEmpty(value) && hidden === 0 && (
        <div className="ib-suggest-empty">
          <p className="muted">{t('none')}</p>
          <Button size="sm" variant="ghost" onClick={() => openSettings('knowledge')}>
            {t('noneHint')}
          </Button>
        </div>
      )}
      {suggestions.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- digits choose among the buttons in it, which do the same
        <ol className="ib-suggestions" onKeyDown={onKeyDown}>
          {suggestions.map((each, index) => (
            <Answer key={each.key} detail={detail} suggestion={each} place={index + 1} />
          ))}
        </ol>
      )}
      {hidden > 0 && (
        <p className="ib-suggest-hidden muted">
          {t('hiddenCount', { count: hidden })}
          <Button size="sm" variant="ghost" onClick={() => void showHidden(caseId)}>
            {t('showHidden')}
          </Button>
        </p>
      )}
      {notIndexed > 0 && <p className="muted">{t('notIndexed', { count: notIndexed })}</p>}
      {!isComplete && <p className="muted">{t('incomplete')}</p>}
    </>
  );
}

const ICONS = {
  case: <CircleCheck aria-hidden="true" />,
  macro: <Zap aria-hidden="true" />,
  playbook: <Bot aria-hidden="true" />,
  article: <BookOpen aria-hidden="true" />,
} as const;
/** Characters that fit into the lines of a preview. */
const PREVIEW = 170;

function Answer({
  detail,
  suggestion,
  place,
}: {
  readonly detail: CaseDetail;
  readonly suggestion: Suggestion;
  readonly place: number;
}): ReactNode {
  const t = useWords('suggest');
  const formats = useFormats();
  const people = usePeople();
  const [isOpen, setOpen] = useState(false);
  const { source, text, gaps, language, isOtherLanguage, fit } = suggestion;
  const name = sourceName(source);
  const isLong = text.length > PREVIEW || text.split('\n').length > 4;
  const by = (): string => {
    if (source.kind !== 'case') return t(`source.${source.kind}`);
    const who = source.agentId === null ? t('otherProgram') : people.nameOf(source.agentId);
    return t('byWhom', { name: who, when: formats.date(source.at, detail.lastMessageAt) });
  };
  const facts = [
    by(),
    ...(source.kind === 'case' && source.times > 1 ? [t('times', { count: source.times })] : []),
    t('fit', { percent: formats.number(Math.round(fit * 100)) }),
  ];
  return (
    <li className="ib-suggestion">
      <button
        type="button"
        className="ib-suggestion-source"
        aria-label={t('open', { source: name })}
        onClick={() => openSource(suggestion)}
      >
        {ICONS[source.kind]}
        <span className="ib-suggestion-name">{name}</span>
        {source.kind !== 'case' && <ExternalLink aria-hidden="true" />}
      </button>
      <p className="ib-suggestion-facts muted">
        <span>{facts.join(' · ')}</span>
        {isOtherLanguage && language !== null && <Badge tone="soon">{t('inLanguage', { language: formats.languageName(language) })}</Badge>}
        {gaps.length > 0 && (
          <Badge tone="soon" title={formats.list(gaps.map(gapName))}>
            {t('gaps', { count: gaps.length })}
          </Badge>
        )}
      </p>
      <p className="ib-suggestion-text" data-open={isOpen ? '' : undefined} lang={language ?? undefined}>
        <TextWithGaps text={text} />
      </p>
      <div className="ib-suggestion-buttons">
        <Button
          size="sm"
          data-insert=""
          aria-label={t('insertOf', { source: name })}
          onClick={() => insertSuggestion(detail.caseId, suggestion)}
        >
          {t('insert')}
        </Button>
        <Kbd keys={String(place)} />
        {isLong && (
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'lessOf' : 'moreOf', { source: name })}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'less' : 'more')}
          </Button>
        )}
        <IconButton
          size="sm"
          label={t('hideOf', { source: name })}
          icon={<ThumbsDown aria-hidden="true" />}
          onClick={() => {
            // what had the focus goes away
            document.getElementById(SUGGESTIONS_ID)?.focus();
            void hideSuggestion(detail.caseId, suggestion);
          }}
        />
      </div>
    </li>
  );
}

function Similar({ cases }: { readonly cases: readonly SimilarCase[] }): ReactNode {
  const { t } = useTranslation(['suggest', 'inbox']);
  const formats = useFormats();
  const people = usePeople();
  return (
    <section className="ib-context-part" aria-label={t('similar.title')}>
      <h3>{t('similar.title')}</h3>
      <ul className="ib-similar">
        {cases.map((each) => (
          <li key={each.caseId}>
            <button type="button" className="ib-other" onClick={() => showCase(each.caseId)}>
              <span className="truncate">{each.subject.trim() === '' ? t('inbox:conversation.noSubject') : each.subject}</span>
              <span className="ib-other-facts">
                <span className="truncate">
                  {t(`inbox:channel.${each.channel}`)} · {each.contactName}
                </span>
                <time className="muted tabular" dateTime={new Date(each.lastMessageAt).toISOString()}>
                  {formats.dateTime(each.lastMessageAt)}
                </time>
              </span>
            </button>
            <dl className="ib-similar-words" lang={each.language ?? undefined}>
              <div>
                <dt>{t('similar.asked')}</dt>
                <dd>{each.question}</dd>
              </div>
              <div>
                <dt>{t('similar.answered')}</dt>
                <dd>
                  {each.answer ?? t('similar.noAnswer')}
                  {each.answer !== null && each.answeredAt !== null && (
                    <span className="muted">
                      {' — '}
                      {each.answeredBy === null ? t('otherProgram') : people.nameOf(each.answeredBy)}
                    </span>
                  )}
                </dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
