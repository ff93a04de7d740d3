import { writeFile } from 'node:fs/promises';
import { later } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { fetchRemoteImages } from '../net/remote-images.ts';
import { attachmentByUid, attachmentsOfMessage, messageByUid } from '../store/messages.store.ts';
import type { StoredAttachment } from '../store/messages.store.ts';
import type { BeingFetched, messagesContract } from '../../../shared/contract/cases.contract.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';

const MAX_INLINE_BYTES = 6 * 1024 * 1024;
const INLINE_TYPES = /^image\/(png|jpe?g|gif|webp|bmp)$/u;
const MAX_SOURCE_CHARACTERS = 2_000_000;

/** One has come. */
const FILES = ['@files'];

function isHere(file: Uint8Array | BeingFetched | null): file is Uint8Array {
  return file instanceof Uint8Array;
}

export function messageHandlers(services: EngineServices): HandlersOf<keyof typeof messagesContract> {
  const { context, parser } = services;

  /** A stored file; what colleagues have is asked for. */
  function file(sha256: string | null): Uint8Array | BeingFetched | null {
    const bytes = sha256 === null ? null : context.blobs.get(sha256);
    return bytes === null && sha256 !== null && services.wantFile(sha256) ? { isBeingFetched: true } : bytes;
  }

  function sourceOf(messageId: MessageId): Uint8Array | BeingFetched | null {
    return file(context.store.read((db) => messageByUid(db, messageId))?.sourceSha ?? null);
  }

  async function bytesOf(attachment: StoredAttachment): Promise<Uint8Array | BeingFetched | null> {
    if (!attachment.inSource) return file(attachment.sha256);
    const source = file(attachment.sourceSha);
    return isHere(source) ? parser.extract(source, attachment.position) : source;
  }

  return {
    'messages.html': later(async ({ messageId }) => {
      const source = sourceOf(messageId);
      if (!isHere(source)) return source;
      const { html } = await parser.parse(source);
      if (html === null) return null;
      const message = context.store.read((db) => messageByUid(db, messageId));
      const pictures = message === undefined ? [] : context.store.read((db) => attachmentsOfMessage(db, message.id));
      const inline: Record<string, string> = {};
      let total = 0;
      for (const picture of pictures) {
        if (picture.contentId === null || !INLINE_TYPES.test(picture.type) || total + picture.sizeBytes > MAX_INLINE_BYTES) continue;
        const bytes = await bytesOf(picture);
        if (!isHere(bytes)) continue;
        total += bytes.length;
        inline[picture.contentId] = `data:${picture.type};base64,${Buffer.from(bytes).toString('base64')}`;
      }
      return { html, inline };
    }, FILES),
    'messages.remoteImages': async ({ messageId, urls }) => {
      const source = sourceOf(messageId);
      const html = !isHere(source) ? null : (await parser.parse(source)).html;
      if (html === null) return fail({ code: 'not-found', detail: messageId });
      // Only what this very mail names: the page can not make us ask for addresses of its own, with data in them.
      const named = urls.filter((url) => html.includes(url) || html.includes(url.replaceAll('&', '&amp;')));
      return ok(await fetchRemoteImages(named, AbortSignal.timeout(30_000)));
    },
    'messages.source': later(async ({ messageId }) => {
      const source = sourceOf(messageId);
      // Headers are ASCII and bodies are encoded in nearly every mail; latin1 shows every byte of the others.
      return isHere(source) ? Buffer.from(source.subarray(0, MAX_SOURCE_CHARACTERS)).toString('latin1') : source;
    }, FILES),
    'attachments.bytes': later(async ({ attachmentId }) => {
      const attachment = context.store.read((db) => attachmentByUid(db, attachmentId));
      const bytes = attachment === undefined ? null : await bytesOf(attachment);
      if (attachment === undefined || bytes === null) return null;
      return isHere(bytes) ? { name: attachment.name, type: attachment.type, bytes } : bytes;
    }, FILES),
    'attachments.save': async ({ attachmentId }) => {
      const attachment = context.store.read((db) => attachmentByUid(db, attachmentId));
      const bytes = attachment === undefined ? null : await bytesOf(attachment);
      if (attachment === undefined || bytes === null) return fail({ code: 'not-found', detail: attachmentId });
      if (!isHere(bytes)) return fail({ code: 'being-fetched', detail: attachment.sha256 });
      const path = await services.shell.request('dialog.save', { suggestedName: attachment.name });
      if (path === null) return ok(null);
      try {
        await writeFile(path, bytes, { mode: 0o600 });
      } catch (error) {
        return fail({ code: 'write-failed', detail: String(error) });
      }
      return ok({ path });
    },
  };
}
