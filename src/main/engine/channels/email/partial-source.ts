import type { MessageStructureObject } from 'imapflow';

/** Bytes of one text part that are fetched of a mail too large to fetch whole. */
export const TEXT_PART_BYTES = 1024 * 1024;

/** The parts that a person would read: text that is not an attachment, at most four. */
export function readableParts(structure: MessageStructureObject): { readonly key: string; readonly node: MessageStructureObject }[] {
  const found: { key: string; node: MessageStructureObject }[] = [];
  const visit = (node: MessageStructureObject): void => {
    if (node.childNodes !== undefined && node.type.toLowerCase().startsWith('multipart/')) {
      for (const child of node.childNodes) visit(child);
      return;
    }
    const isText = ['text/plain', 'text/html'].includes(node.type.toLowerCase());
    if (isText && node.disposition?.toLowerCase() !== 'attachment') found.push({ key: node.part ?? '1', node });
  };
  visit(structure);
  return found.slice(0, 4);
}

function parameters(node: MessageStructureObject): string {
  const quoted = Object.entries(node.parameters ?? {}).map(([name, value]) => `; ${name}="${value.replaceAll(/["\\\r\n]/gu, '')}"`);
  return quoted.join('');
}

/**
 * A mail made of the original's headers and only its readable parts, for one whose attachments are too large to take.
 * @param headers the original header block
 * @param parts body bytes as transferred, in the order of the original
 */
export function partialSource(
  headers: Uint8Array,
  parts: readonly { readonly node: MessageStructureObject; readonly body: Uint8Array }[],
): Buffer {
  const lines = Buffer.from(headers)
    .toString('latin1')
    .trimEnd()
    .split(/\r?\n(?![ \t])/u);
  // these describe the body that we do not have
  const kept = lines.filter((line) => !/^(?:content-[a-z-]+|mime-version)\s*:/iu.test(line));
  // the same for the same mail, so that its fingerprint repeats
  const boundary = 'meridian-readable-parts';
  const opening = `${kept.join('\r\n')}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;
  const chunks = [Buffer.from(opening, 'latin1')];
  for (const { node, body } of parts) {
    const encoding = node.encoding === undefined ? '' : `Content-Transfer-Encoding: ${node.encoding.replaceAll(/[^\w-]/gu, '')}\r\n`;
    chunks.push(
      Buffer.from(`--${boundary}\r\nContent-Type: ${node.type}${parameters(node)}\r\n${encoding}\r\n`, 'latin1'),
      Buffer.from(body),
      Buffer.from('\r\n'),
    );
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return Buffer.concat(chunks);
}
