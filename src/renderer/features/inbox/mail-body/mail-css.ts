/**
 * Cleans the style sheets and style attributes of a mail. The browser's own CSS parser reads them (no regular expression
 * can), and only what is known to be harmless is written out again: style rules and plain `@media`, without anything
 * that could fetch, float over the reader's window, or hide what follows. Source of the rules: what a sandboxed frame still leaks.
 */

/** Values that may fetch or that a tokenizer could read differently from us. `\` and `<` never occur in honest mail CSS that matters. */
const BAD_VALUE =
  /url\(|image-set|cross-fade|\bsrc\(|element\(|paint\(|expression|javascript:|behavior|-moz-binding|@import|var\(|attr\(|[\\<]/iu;
/** A selector is text from the sender, too. */
const BAD_SELECTOR = /[\\<{}@]|url\(|:visited|:has\(/iu;
const SIMPLE_MEDIA = /^[a-z0-9\s():,.\-/>=]+$/iu;
/** Properties by which a mail could reach outside of its own flow or animate for ever. */
const DROPPED_PROPERTIES: ReadonlySet<string> = new Set([
  'behavior',
  '-moz-binding',
  'cursor',
  'animation',
  'animation-name',
  'transition',
  'view-transition-name',
  'anchor-name',
  'position-anchor',
  'will-change',
  'zoom',
]);

/** Longest style text that is looked at, in characters; the rest of a larger one is ignored. */
export const MAX_CSS_LENGTH = 300_000;

function declarationIsSafe(name: string, value: string): boolean {
  if (name.startsWith('--') || DROPPED_PROPERTIES.has(name)) return false;
  if (value === '' || BAD_VALUE.test(value)) return false;
  if (name === 'position') return value === 'static' || value === 'relative' || value === 'absolute';
  return true;
}

/** The declarations that are safe, as short as the browser writes them. The given ones are its scratch paper: the others are taken out. */
function safeDeclarations(style: CSSStyleDeclaration): string {
  const unsafe = Array.from(style).filter((name) => !declarationIsSafe(name, style.getPropertyValue(name)));
  for (const name of unsafe) style.removeProperty(name);
  // The last look at what will be written: a shorthand must not say more than its parts.
  return BAD_VALUE.test(style.cssText) ? '' : style.cssText;
}

function safeRules(rules: CSSRuleList, depth: number): string {
  let text = '';
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) {
      if (BAD_SELECTOR.test(rule.selectorText)) continue;
      const declarations = safeDeclarations(rule.style);
      if (declarations !== '') text += `${rule.selectorText} { ${declarations} }\n`;
    } else if (rule instanceof CSSMediaRule && depth === 0 && SIMPLE_MEDIA.test(rule.conditionText)) {
      const inner = safeRules(rule.cssRules, 1);
      if (inner !== '') text += `@media ${rule.conditionText} {\n${inner}}\n`;
    }
  }
  return text;
}

/** A whole style sheet, cleaned; empty when nothing in it is safe or the browser can not read it. */
export function cleanStyleSheet(css: string): string {
  const sheet = new CSSStyleSheet();
  try {
    sheet.replaceSync(css.slice(0, MAX_CSS_LENGTH));
  } catch {
    return '';
  }
  const text = safeRules(sheet.cssRules, 0);
  // The last look: whatever was overlooked above must not leave this function.
  return /url\(|@import|image-set|[\\<]/iu.test(text) ? '' : text;
}

/** What a cleaned style sheet hides from view on every screen. What it shows on narrow ones only is among it. */
export function hiddenSelectors(css: string): readonly string[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return [...sheet.cssRules].flatMap((rule) =>
    rule instanceof CSSStyleRule && (rule.style.display === 'none' || rule.style.visibility === 'hidden') ? [rule.selectorText] : [],
  );
}

let declarationSheet: CSSStyleRule | null = null;

/** The rule whose declarations are used to read style attributes; setting them by script is not an inline style. */
function declarationRule(): CSSStyleRule {
  if (declarationSheet !== null) return declarationSheet;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('x {}');
  const rule = sheet.cssRules[0];
  if (!(rule instanceof CSSStyleRule)) throw new Error('the browser reads no style rules');
  declarationSheet = rule;
  return rule;
}

/** The text of a `style` attribute, cleaned; empty when nothing is left. */
export function cleanStyleAttribute(css: string): string {
  const { style } = declarationRule();
  style.cssText = css.slice(0, MAX_CSS_LENGTH);
  return safeDeclarations(style);
}
