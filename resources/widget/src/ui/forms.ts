import { MAIL_ADDRESS, MAX_CHAT_TEXT, MAX_TICKET_TEXT } from '../../../../src/shared/domain/chat/chat-wire.ts';
import { INTAKE_FIELDS } from '../../../../src/shared/domain/message.ts';
import type { Intake, IntakeField } from '../../../../src/shared/domain/message.ts';
import type { ChatView, PickedFile, TicketWords } from '../chat-session.ts';
import { secretIn } from '../secret-warning.ts';
import type { Words } from '../words/words.ts';
import { dangerBox } from './danger.ts';
import { h, newName, put, say } from './dom.ts';
import { fileTray } from './files.ts';
import type { Formats } from './formats.ts';
import { icon } from './icons.ts';

export interface FormOptions {
  readonly words: Words;
  readonly formats: Formats;
  /** What is filled in already. */
  readonly known: Intake;
  readonly onDone: () => void;
}

export interface FormView {
  readonly element: HTMLElement;
  readonly focus: () => void;
}

interface Field {
  readonly element: HTMLElement;
  readonly value: () => string;
  /** Says what is wrong; an empty text takes it back. */
  readonly complain: (wrong: string) => void;
  readonly input: HTMLInputElement | HTMLTextAreaElement;
}

interface FieldWish {
  readonly label: string;
  readonly hint?: string;
  readonly value?: string | undefined;
  readonly most: number;
  readonly isLong?: boolean;
  readonly isNeeded?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

function field({ label, hint, value = '', most, isLong = false, isNeeded = false, attributes = {} }: FieldWish): Field {
  const [id, problemId] = [newName(), newName()];
  const shared = {
    id,
    maxlength: most,
    'aria-required': isNeeded ? 'true' : null,
    'aria-describedby': problemId,
    dir: 'auto',
    ...attributes,
  };
  const input = isLong
    ? h('textarea', { attributes: { rows: 2, placeholder: hint ?? null, ...shared } })
    : h('input', { attributes: { type: 'text', placeholder: hint ?? null, ...shared } });
  input.value = value;
  const problem = h('p', { class: 'problem', attributes: { id: problemId } });
  const element = h('div', { class: 'field' }, h('label', { text: label, attributes: { for: id } }), input, problem);
  problem.hidden = true;
  return {
    element,
    input,
    value: () => input.value.trim(),
    complain: (wrong) => {
      say(problem, wrong);
      problem.hidden = wrong === '';
      put(input, 'aria-invalid', wrong === '' ? null : 'true');
    },
  };
}

const LONG_FIELDS: ReadonlySet<IntakeField> = new Set(['did', 'happened', 'expected']);
const SIDE_BY_SIDE: readonly IntakeField[] = ['device', 'os', 'appVersion', 'transaction'];

interface IntakeFields {
  readonly elements: readonly HTMLElement[];
  readonly fields: Readonly<Record<IntakeField, Field>>;
  /** Null when nothing was written but what the browser had filled in. */
  readonly value: () => Intake | null;
}

function intakeFields(words: Words, known: Intake): IntakeFields {
  const make = (name: IntakeField): Field =>
    field({
      label: words.intake[name],
      value: known[name],
      most: 2_000,
      isLong: LONG_FIELDS.has(name),
      ...(name === 'when' ? { hint: words.whenHint } : {}),
      ...(name === 'transaction' ? { hint: words.transactionHint, attributes: { spellcheck: 'false', autocomplete: 'off' } } : {}),
    });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each name
  const fields = Object.fromEntries(INTAKE_FIELDS.map((name) => [name, make(name)])) as Record<IntakeField, Field>;
  const [device, os, appVersion, transaction] = SIDE_BY_SIDE.map((name) => fields[name].element);
  return {
    fields,
    elements: [
      fields.when.element,
      fields.did.element,
      fields.happened.element,
      fields.expected.element,
      h('div', { class: 'pair' }, device ?? null, os ?? null),
      appVersion ?? h('div'),
      h('small', { class: 'filled', text: words.filledIn }),
      transaction ?? h('div'),
    ],
    value: () => {
      const entries = INTAKE_FIELDS.map((name) => [name, fields[name].value()] as const).filter(([, text]) => text !== '');
      const isWritten = entries.some(([name, text]) => text !== known[name]);
      return isWritten ? Object.fromEntries(entries) : null;
    },
  };
}

/** A form that is looked at before it is sent: what is missing, and what must not be sent. */
function guarded(
  words: Words,
  texts: () => readonly string[],
  isComplete: () => boolean,
  send: () => Promise<void>,
): { readonly danger: HTMLElement; readonly submit: () => void } {
  const danger = h('div', { attributes: { hidden: true } });
  let isSending = false;
  const submit = (isSure: boolean): void => {
    danger.hidden = true;
    if (isSending || !isComplete()) return;
    const secret = texts()
      .map(secretIn)
      .find((found) => found !== null);
    if (secret !== undefined && (secret.isCertain || !isSure)) {
      const warning = dangerBox(
        secret,
        { ...words, secretRemove: words.back },
        () => {
          danger.hidden = true;
        },
        () => submit(true),
      );
      danger.replaceChildren(warning.element);
      danger.hidden = false;
      warning.focus();
      return;
    }
    isSending = true;
    send()
      .catch(() => {
        danger.replaceChildren(h('p', { class: 'problem', text: words.notKept, attributes: { role: 'alert' } }));
        danger.hidden = false;
      })
      .finally(() => {
        isSending = false;
      });
  };
  return { danger, submit: () => submit(false) };
}

function page(
  title: string,
  text: string,
  ...children: readonly HTMLElement[]
): { readonly form: HTMLFormElement; readonly heading: HTMLElement } {
  const heading = h('h2', { text: title, attributes: { tabindex: -1 } });
  return { heading, form: h('form', { class: 'page', attributes: { novalidate: true } }, heading, h('p', { text }), ...children) };
}

function onSubmit(form: HTMLFormElement, submit: () => void): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
}

function fileRow(words: Words, formats: Formats): { readonly tray: ReturnType<typeof fileTray>; readonly attach: HTMLElement } {
  const tray = fileTray(words, formats, () => undefined);
  const attach = h(
    'button',
    { class: 'attach', attributes: { type: 'button' }, on: { click: () => tray.pick() } },
    icon('clip'),
    words.attach,
  );
  return { tray, attach };
}

/** When, what I did, what happened, what I expected: becomes a message with its answers beside it. */
export function reportForm(
  { words, formats, known, onDone }: FormOptions,
  send: (text: string, files: readonly PickedFile[], intake: Intake) => Promise<void>,
): FormView {
  const intake = intakeFields(words, known);
  const { tray, attach } = fileRow(words, formats);
  const { happened, when } = intake.fields;
  const isComplete = (): boolean => {
    const isMissing = happened.value() === '';
    happened.complain(isMissing ? words.needed : '');
    if (isMissing) happened.input.focus();
    return !isMissing;
  };
  const values = (): Intake => intake.value() ?? {};
  const { danger, submit } = guarded(
    words,
    () => Object.values(values()),
    isComplete,
    async () => {
      await send(happened.value().slice(0, MAX_CHAT_TEXT), await tray.take(), values());
      onDone();
    },
  );
  put(happened.input, 'aria-required', 'true');
  const { form } = page(
    words.report,
    words.reportText,
    ...intake.elements,
    attach,
    tray.element,
    danger,
    h('div', { class: 'actions' }, h('button', { class: 'button', text: words.submit, attributes: { type: 'submit' } })),
  );
  onSubmit(form, submit);
  return { element: form, focus: () => when.input.focus() };
}

/** The form for when nobody is there: becomes a ticket, answered by mail where the team can. */
export function ticketForm(
  { words, formats, known, onDone }: FormOptions,
  before: Pick<TicketWords, 'name' | 'email'>,
  team: Pick<NonNullable<ChatView['live']['team']>, 'isOffline' | 'isMailed'> | null,
  send: (ticket: TicketWords, files: readonly PickedFile[], intake: Intake | null) => Promise<void>,
): FormView {
  const isMailed = team?.isMailed === true;
  const name = field({ label: words.name, value: before.name, most: 200, attributes: { autocomplete: 'name' } });
  const email = field({
    label: words.email,
    value: before.email,
    most: 254,
    isNeeded: true,
    attributes: { type: 'email', autocomplete: 'email', inputmode: 'email', dir: 'ltr' },
  });
  const subject = field({ label: words.subject, most: 300 });
  const text = field({ label: words.message, most: MAX_TICKET_TEXT, isLong: true, isNeeded: true });
  const intake = intakeFields(words, known);
  const { tray, attach } = fileRow(words, formats);
  const isComplete = (): boolean => {
    const hasEmail = MAIL_ADDRESS.test(email.value());
    email.complain(hasEmail ? '' : email.value() === '' ? words.needed : words.badEmail);
    text.complain(text.value() === '' ? words.needed : '');
    if (!hasEmail) email.input.focus();
    else if (text.value() === '') text.input.focus();
    return hasEmail && text.value() !== '';
  };
  const texts = (): readonly string[] => [subject.value(), text.value(), ...Object.values(intake.value() ?? {})];
  const { danger, submit } = guarded(words, texts, isComplete, async () => {
    const ticket = { name: name.value(), email: email.value(), subject: subject.value(), text: text.value() };
    await send(ticket, await tray.take(), intake.value());
    const heading = h('h2', { text: words.ticketSent, attributes: { tabindex: -1 } });
    form.replaceChildren(
      heading,
      h('p', { text: isMailed ? words.ticketSentTextMail(ticket.email) : words.ticketSentText(ticket.email) }),
      h(
        'div',
        { class: 'actions' },
        h('button', { class: 'button', text: words.done, attributes: { type: 'button' }, on: { click: () => onDone() } }),
      ),
    );
    heading.focus();
  });
  const { form, heading } = page(
    words.ticket,
    isMailed ? words.ticketTextMail : team?.isOffline === true ? words.ticketOffline : words.ticketText,
    name.element,
    email.element,
    subject.element,
    text.element,
    h('details', {}, h('summary', { text: `${words.moreDetails} (${words.optional})` }), h('div', {}, ...intake.elements)),
    attach,
    tray.element,
    danger,
    h('div', { class: 'actions' }, h('button', { class: 'button', text: words.submit, attributes: { type: 'submit' } })),
  );
  onSubmit(form, submit);
  return { element: form, focus: () => (before.name === '' ? name.input.focus() : heading.focus()) };
}
