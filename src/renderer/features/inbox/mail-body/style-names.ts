/**
 * The page's policy lets no markup bring a style, and the browser asks it at every one that it parses, be it of a document that nobody will ever see: a mail
 * with a thousand of them would be refused a thousand times, and each time told on the console. So the styles of a mail have other names while it is parsed,
 * names that mean nothing to the browser; whoever cleans the mail finds them by these, and gives what is harmless of them by script.
 */
export interface StyleNames {
  /** The name of an attribute that was called `style`. */
  readonly attribute: string;
  /** The name of an element that was called `style`: one that the parser reads in the same way, and puts in the same places. */
  readonly element: string;
  /** An attribute that such an element has, and a real one of that name has not. */
  readonly mark: string;
  /** Gives words, and values of other attributes, their own letters back. */
  readonly restored: (text: string) => string;
}

/** An attribute follows a blank, a slash or the end of another one's value. That no end tag becomes another one, `</style` is left alone here. */
const ATTRIBUTE = /(?<=[\t\n\f\r "'/])(?<!<\/)style(?=[\t\n\f\r =/>])/giu;
const TAG = /(<\/?)(style)(?=[\t\n\f\r />])/giu;

/**
 * Gives the styles in the markup of a mail other names. Its other words may get some letters more, too; see `restored`.
 * @param chance letters and figures, different each time, so that no mail can have them
 */
export function renameStyles(html: string, chance: string): { readonly html: string; readonly names: StyleNames } {
  const mark = `m${chance.toLowerCase()}`;
  const [attribute, element] = [`style${mark}`, 'noframes'];
  return {
    html: html
      .replaceAll(ATTRIBUTE, `$&${mark}`)
      .replaceAll(TAG, (_all, start: string, name: string) => `${start}${element} ${mark}${name} `),
    names: {
      attribute,
      element,
      mark: `${mark}style`,
      restored: (text) =>
        text.includes(mark) ? text.replaceAll(new RegExp(`${element} ${mark}(style) `, 'giu'), '$1').replaceAll(mark, '') : text,
    },
  };
}
