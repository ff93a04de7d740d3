/**
 * Joins the soft lines of `format=flowed` text (RFC 3676). Paragraphs never cross a change of quote depth (section 4.5):
 * a reply written below a quote stays a line of its own. Linear in the length of the text.
 *
 * @param deleteSpace the `DelSp=yes` parameter: the space that marks a soft line end is not part of the text
 * @returns lines separated by `\n`, quotes prefixed by `>` signs and one space
 */
export function decodeFlowed(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let open: { depth: number; chunks: string[] } | null = null;
  const close = (): void => {
    if (open !== null) out.push(prefix(open.depth) + open.chunks.join(''));
    open = null;
  };
  for (const raw of text.split(/\r?\n/u)) {
    let depth = 0;
    while (raw.charCodeAt(depth) === 0x3e) depth += 1;
    // space-stuffing protects lines that begin with a space, `>` or `From ` (section 4.4)
    const line = raw.charCodeAt(depth) === 0x20 ? raw.slice(depth + 1) : raw.slice(depth);
    // the signature separator is never flowed, although it ends in a space (section 4.3)
    const isSignature = line === '-- ';
    const isSoft = line.endsWith(' ') && !isSignature;
    // a blank line separates paragraphs for every reader, also after a line that was left soft by mistake
    if (open !== null && (open.depth !== depth || isSignature || line === '')) close();
    open ??= { depth, chunks: [] };
    open.chunks.push(isSoft && deleteSpace ? line.slice(0, -1) : line);
    if (!isSoft) close();
  }
  close();
  return out.join('\n');
}

function prefix(depth: number): string {
  return depth === 0 ? '' : `${'>'.repeat(depth)} `;
}
