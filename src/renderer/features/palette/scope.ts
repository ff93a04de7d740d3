/** What is looked for: everything, or one kind of things by the character that begins the text. */
export type Scope = 'all' | 'commands' | 'people' | 'cases' | 'views';

export const PREFIXES: Readonly<Record<Exclude<Scope, 'all'>, string>> = { commands: '>', people: '@', cases: '#', views: '/' };

/** What was typed as the kind that is looked for, and the words. The characters of a Chinese keyboard count as well. */
export function scopeOf(typed: string): { readonly scope: Scope; readonly text: string } {
  const text = typed.trimStart();
  switch (text.charAt(0)) {
    case '>':
    case '》':
    case '＞':
      return { scope: 'commands', text: text.slice(1).trim() };
    case '@':
    case '＠':
      return { scope: 'people', text: text.slice(1).trim() };
    case '#':
    case '＃':
      return { scope: 'cases', text: text.slice(1).trim() };
    case '/':
    case '、':
    case '／':
      return { scope: 'views', text: text.slice(1).trim() };
    default:
      return { scope: 'all', text: text.trim() };
  }
}

/** The case that a link or an id names, for those who were sent one: `meridian://case/case_x`, `case_x`. Null for other texts. */
export function caseIdIn(text: string): string | null {
  return /^(?:meridian:\/\/case\/)?(?<id>case_[\w-]{1,100})\/?(?:#msg_[\w-]+)?$/iu.exec(text.trim())?.groups?.['id'] ?? null;
}
