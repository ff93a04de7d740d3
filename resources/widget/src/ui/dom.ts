/** What an element is made with. Text is always text: nothing here reads markup. */
export interface Made {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null>>;
  readonly on?: Readonly<Record<string, (event: never) => void>>;
}

/** Makes an element; attributes that are null or false are left out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  made: Made = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (made.class !== undefined) element.className = made.class;
  if (made.text !== undefined) element.textContent = made.text;
  for (const [name, value] of Object.entries(made.attributes ?? {})) put(element, name, value);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a listener names the event that it is for
  for (const [name, heard] of Object.entries(made.on ?? {})) element.addEventListener(name, heard as EventListener);
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function put(element: Element, name: string, value: string | number | boolean | null): void {
  if (value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Sets a text only if it differs: what did not change is not read out again. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

let names = 0;

/** An id for what refers to another element. */
export function newName(): string {
  names += 1;
  return `m${String(names)}`;
}
