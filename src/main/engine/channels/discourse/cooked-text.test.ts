import { describe, expect, it } from 'vitest';
import { cookedReader, filesOf } from './cooked-text.ts';

const read = cookedReader('https://forum.test');

describe('what Discourse has made of a post', () => {
  it('keeps the words of others apart, with their name', () => {
    const cooked = `<aside class="quote no-group" data-username="mei" data-post="1" data-topic="9"><div class="title"><div class="quote-controls"></div><img alt="" width="24" src="/a.png" class="avatar"> mei:</div><blockquote><p>It is stuck</p><p>again</p></blockquote></aside><p>Same here</p>`;
    expect(read(cooked).split('\n')).toEqual(['> mei:', '', '> It is stuck', '> ', '> again', '', 'Same here']);
  });

  it('gives emojis their name, mentions their look, links their target and cards their address', () => {
    const cooked = `<p>Hm <img src="/e.png" title=":smile:" class="emoji" alt=":smile:"> <a class="mention" href="/u/jun">@jun</a>, see <a href="/t/5">this topic</a> and <a href="https://x.test/a">https://x.test/a</a></p><aside class="onebox allowlistedgeneric" data-onebox-src="https://example.com/page"><header>example.com</header><article><img class="thumbnail" src="https://e/x.png"><h3>Title</h3></article></aside>`;
    expect(read(cooked)).toBe('Hm :smile: @jun, see this topic [https://forum.test/t/5] and https://x.test/a\n\nhttps://example.com/page');
  });

  it('names files of the post itself once, and none of somebody quoted', () => {
    const cooked = `<aside class="quote"><blockquote><img src="/uploads/theirs.png" data-base62-sha1="a"></blockquote></aside><div class="lightbox-wrapper"><a class="lightbox" href="/uploads/original/1X/abc.png" title="shot"><img src="/uploads/optimized/1X/abc_2_690x388.png" alt="shot" data-base62-sha1="zz"><div class="meta">shot 100 KB</div></a></div><p><a class="attachment" href="/uploads/short-url/k.pdf">report &amp; co.pdf</a> (12 KB)<img src="/uploads/original/1X/small.png" alt="small" data-base62-sha1="qq"><img class="emoji" src="/e.png"></p>`;
    expect(filesOf(cooked)).toEqual([
      { address: '/uploads/original/1X/abc.png', name: 'shot', isImage: true },
      { address: '/uploads/short-url/k.pdf', name: 'report & co.pdf', isImage: false },
      { address: '/uploads/original/1X/small.png', name: 'small', isImage: true },
    ]);
    expect(read(cooked)).not.toContain('100 KB');
  });

  it('gets through markup built to be deep or never closed', () => {
    const started = performance.now();
    expect(read(`${'<div>'.repeat(50_000)}word`)).toBe('word');
    expect(read('<blockquote>'.repeat(390) + 'in')).toContain('in');
    filesOf('<a class="attachment" href="'.repeat(20_000));
    read('<a href="'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
