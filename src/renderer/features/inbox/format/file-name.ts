/** A file name in two parts, so that the beginning can be cut off while the extension stays visible. */
export interface FileNameParts {
  readonly stem: string;
  /** With its dot; empty when there is none. */
  readonly extension: string;
}

const MAX_EXTENSION_LENGTH = 10;
/** Characters by which a sender can make `gpj.exe` read as `exe.jpg`: direction marks, and what is not seen at all. */
const DECEPTIVE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u0000-\u001f\u007f]/gu;

/** Splits a file name for display; marks that change the direction of writing or can not be seen are taken out. */
export function splitFileName(name: string): FileNameParts {
  const plain = name.replaceAll(DECEPTIVE, '').replaceAll(/\s+/gu, ' ').trim();
  const dot = plain.lastIndexOf('.');
  if (dot <= 0 || plain.length - dot > MAX_EXTENSION_LENGTH + 1 || dot === plain.length - 1) return { stem: plain, extension: '' };
  return { stem: plain.slice(0, dot), extension: plain.slice(dot) };
}

export type FileLook = 'image' | 'document' | 'sheet' | 'archive' | 'audio' | 'video' | 'mail' | 'code' | 'other';

/** Which icon a file gets, from its declared type and its extension. */
export function fileLook(name: string, type: string): FileLook {
  const extension = splitFileName(name).extension.toLowerCase();
  if (type === 'message/rfc822' || extension === '.eml') return 'mail';
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('audio/')) return 'audio';
  if (type.startsWith('video/')) return 'video';
  if (/^\.(?:zip|rar|7z|gz|tar|bz2|xz|iso)$/u.test(extension)) return 'archive';
  if (/^\.(?:csv|xls|xlsx|ods|numbers)$/u.test(extension)) return 'sheet';
  if (/^\.(?:pdf|docx?|odt|rtf|txt|md|pages)$/u.test(extension) || type.startsWith('text/plain')) return 'document';
  return /^\.(?:json|xml|html?|js|ts|css|log|sh|py)$/u.test(extension) ? 'code' : 'other';
}
