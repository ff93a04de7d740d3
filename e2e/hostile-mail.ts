/**
 * Hostile mail of our own making, one trick each. `act` is a script that reports that it ran, `leak` an address whose
 * loading is seen, `host` a name whose lookup is seen.
 */
export interface Trick {
  readonly name: string;
  /** What it is after: running a script, or telling somebody that the mail was opened. */
  readonly aim: 'script' | 'leak' | 'lookup' | 'escape';
  readonly html: string;
  /** Nothing can be put beside it: it takes the place of the body. */
  readonly hasNoBody?: boolean;
}

interface Target {
  /** Without a trailing slash, such as `http://127.0.0.1:4711`. */
  readonly origin: string;
}

const COVER = 'position:fixed;inset:0;display:block;width:100%;height:100%';

export function hostileMails({ origin }: Target): readonly Trick[] {
  const tricks: Trick[] = [];
  const add = (aim: Trick['aim'], name: string, html: (parts: { act: string; leak: string; host: string }) => string): void => {
    const n = tricks.length;
    const act = `console.log('ran-${String(n)}');(new/**/Image).src='${origin}/ran/${String(n)}'`;
    tricks.push({
      aim,
      name,
      ...(name === 'frame set' ? { hasNoBody: true } : {}),
      html: html({ act, leak: `${origin}/leak/${String(n)}`, host: `n${String(n)}.leak.invalid` }),
    });
  };
  const encoded = (text: string): string => encodeURIComponent(text);

  // scripts
  add('script', 'inline script', ({ act }) => `<script>${act}</script>`);
  add('script', 'script of elsewhere', ({ leak }) => `<script src="${leak}.js"></script>`);
  add('script', 'module script', ({ act }) => `<script type="module">${act}</script>`);
  add('script', 'data: script', ({ act }) => `<script src="data:text/javascript,${encoded(act)}"></script>`);
  add('script', 'svg script', ({ act }) => `<svg xmlns="http://www.w3.org/2000/svg"><script>${act}</script></svg>`);
  add('script', 'svg script by href', ({ act }) => `<svg><script href="data:text/javascript,${encoded(act)}"></script></svg>`);
  add('script', 'img onerror', ({ act }) => `<img src="data:," onerror="${act}">`);
  add('script', 'svg onload', ({ act }) => `<svg onload="${act}"></svg>`);
  add('script', 'body onload', ({ act }) => `<body onload="${act}">`);
  add('script', 'details ontoggle', ({ act }) => `<details open ontoggle="${act}">x</details>`);
  add('script', 'autofocus onfocus', ({ act }) => `<input autofocus onfocus="${act}">`);
  add(
    'script',
    'animation event',
    ({ act }) => `<style>@keyframes k{from{opacity:.9}}</style><p style="animation:k 1ms" onanimationstart="${act}">x</p>`,
  );
  add(
    'script',
    'transition event',
    ({ act }) =>
      `<style>p{color:red;transition:color 1ms}p:hover{color:blue}</style><p style="${COVER}" ontransitionend="${act}" onpointerdown="${act}">x</p>`,
  );
  add('script', 'click handler', ({ act }) => `<div style="${COVER}" onclick="${act}">x</div>`);
  add('script', 'pointer handler', ({ act }) => `<div style="${COVER}" onpointerover="${act}">x</div>`);
  add('script', 'style onload', ({ act }) => `<style onload="${act}"></style>`);
  add('script', 'video source onerror', ({ act }) => `<video><source onerror="${act}" src="data:,"></video>`);
  add('script', 'audio onerror', ({ act }) => `<audio src="data:," onerror="${act}"></audio>`);
  add('script', 'svg animate onbegin', ({ act }) => `<svg><animate onbegin="${act}" attributeName="x" dur="1s"></animate></svg>`);
  add('script', 'image in broken table', ({ act }) => `<table><tr><td><img src=x: onerror="${act}"//</table><td>`);
  add('script', 'mutating noscript', ({ act }) => `<noscript><p title="</noscript><img src=data:, onerror=${act}>">`);
  add('script', 'javascript: link', ({ act }) => `<a style="${COVER}" href="javascript:${encoded(act)}">x</a>`);
  add('script', 'javascript: link with tab', ({ act }) => `<a style="${COVER}" href="java&#9;script:${encoded(act)}">x</a>`);
  add(
    'script',
    'javascript: in svg',
    ({ act }) => `<svg style="${COVER}"><a href="javascript:${encoded(act)}"><rect width="2000" height="2000"/></a></svg>`,
  );
  add('script', 'javascript: form', ({ act }) => `<form action="javascript:${encoded(act)}"><button style="${COVER}">x</button></form>`);
  add(
    'script',
    'javascript: formaction',
    ({ act }) => `<form><button style="${COVER}" formaction="javascript:${encoded(act)}">x</button></form>`,
  );
  add('script', 'javascript: frame', ({ act }) => `<iframe src="javascript:${encoded(act)}"></iframe>`);
  add('script', 'srcdoc frame', ({ act }) => `<iframe srcdoc="<script>${act}</script>"></iframe>`);
  add('script', 'data: frame', ({ act }) => `<iframe src="data:text/html,${encoded(`<script>${act}</script>`)}"></iframe>`);
  add('script', 'data: object', ({ act }) => `<object data="data:text/html,${encoded(`<script>${act}</script>`)}"></object>`);
  add('script', 'data: embed', ({ act }) => `<embed src="data:text/html,${encoded(`<script>${act}</script>`)}">`);
  add(
    'script',
    'svg embed',
    ({ act }) =>
      `<embed type="image/svg+xml" src="data:image/svg+xml,${encoded(`<svg xmlns="http://www.w3.org/2000/svg"><script>${act}</script></svg>`)}">`,
  );

  // loading something tells that the mail was opened
  add('leak', 'picture', ({ leak }) => `<img src="${leak}">`);
  add('leak', 'srcset', ({ leak }) => `<img srcset="${leak} 1x, ${leak}-2 2x">`);
  add('leak', 'picture source', ({ leak }) => `<picture><source srcset="${leak}"><img alt=""></picture>`);
  add('leak', 'input picture', ({ leak }) => `<input type="image" src="${leak}">`);
  add('leak', 'background attribute', ({ leak }) => `<body background="${leak}">`);
  add('leak', 'table background', ({ leak }) => `<table background="${leak}"><tr><td>x</td></tr></table>`);
  add('leak', 'css url', ({ leak }) => `<p style="background:url(${leak})">x</p>`);
  add('leak', 'css import', ({ leak }) => `<style>@import url(${leak});</style>`);
  add('leak', 'css image-set', ({ leak }) => `<style>body{background:image-set(url(${leak}) 1x)}</style>`);
  add('leak', 'css escaped url', ({ leak }) => `<style>body{background:\\75 rl(${leak})}</style>`);
  add('leak', 'css list and cursor', ({ leak }) => `<ul style="list-style-image:url(${leak});cursor:url(${leak}),auto"><li>x</ul>`);
  add('leak', 'css content', ({ leak }) => `<style>p::after{content:url(${leak})}</style><p>x</p>`);
  add('leak', 'font face', ({ leak }) => `<style>@font-face{font-family:f;src:url(${leak})}p{font-family:f}</style><p>x</p>`);
  add('leak', 'svg mask and filter', ({ leak }) => `<p style="mask:url(${leak}#m);filter:url(${leak}#f)">x</p>`);
  add('leak', 'svg picture', ({ leak }) => `<svg><image href="${leak}" width="9" height="9"/></svg>`);
  add(
    'leak',
    'svg feImage',
    ({ leak }) =>
      `<svg width="9" height="9"><filter id="f"><feImage href="${leak}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
  );
  add('leak', 'svg use', ({ leak }) => `<svg><use href="${leak}#x"/></svg>`);
  add('leak', 'style sheet', ({ leak }) => `<link rel="stylesheet" href="${leak}">`);
  add(
    'leak',
    'icon, preload and prefetch',
    ({ leak }) => `<link rel="icon" href="${leak}"><link rel="preload" as="image" href="${leak}-p"><link rel="prefetch" href="${leak}-f">`,
  );
  add(
    'leak',
    'manifest and module preload',
    ({ leak }) => `<link rel="manifest" href="${leak}"><link rel="modulepreload" href="${leak}-m">`,
  );
  add('leak', 'video and poster', ({ leak }) => `<video src="${leak}" poster="${leak}-poster"></video>`);
  add('leak', 'audio', ({ leak }) => `<audio src="${leak}" preload="auto" autoplay></audio>`);
  add('leak', 'video track', ({ leak }) => `<video src="data:video/mp4,"><track default src="${leak}"></video>`);
  add('leak', 'frame', ({ leak }) => `<iframe src="${leak}"></iframe>`);
  add('leak', 'frame set', ({ leak }) => `<frameset><frame src="${leak}"></frameset>`);
  add('leak', 'object and embed', ({ leak }) => `<object data="${leak}"></object><embed src="${leak}-e">`);
  add('leak', 'base and relative picture', ({ leak }) => `<base href="${leak}/"><img src="relative.png">`);
  add('leak', 'srcdoc picture', ({ leak }) => `<iframe srcdoc="<img src='${leak}'>"></iframe>`);
  add(
    'leak',
    'policy report',
    ({ leak }) =>
      `<meta http-equiv="Content-Security-Policy" content="img-src 'none'; report-uri ${leak}"><img src="${leak}-img"><p style="background:url(${leak}-css)">x</p>`,
  );

  // going somewhere
  add('escape', 'meta refresh', ({ leak }) => `<meta http-equiv="refresh" content="0;url=${leak}">`);
  add('escape', 'link', ({ leak }) => `<a style="${COVER}" href="${leak}">x</a>`);
  add('escape', 'link to the top', ({ leak }) => `<a style="${COVER}" target="_top" href="${leak}">x</a>`);
  add('escape', 'link to a new window', ({ leak }) => `<a style="${COVER}" target="_blank" href="${leak}">x</a>`);
  add('escape', 'link with ping', ({ leak }) => `<a style="${COVER}" href="#x" ping="${leak}">x</a>`);
  add('escape', 'form', ({ leak }) => `<form action="${leak}" method="post"><button style="${COVER}">x</button></form>`);
  add('escape', 'form to the top', ({ leak }) => `<form action="${leak}" target="_top"><button style="${COVER}">x</button></form>`);
  add(
    'escape',
    'area',
    ({ leak }) =>
      `<img usemap="#m" style="${COVER}" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="><map name="m"><area shape="default" href="${leak}"></map>`,
  );

  // no request, only a lookup of a name
  add('lookup', 'dns prefetch', ({ host }) => `<link rel="dns-prefetch" href="//${host}/">`);
  add('lookup', 'preconnect', ({ host }) => `<link rel="preconnect" href="http://${host}/">`);
  add('lookup', 'prefetch by link', ({ host }) => `<meta http-equiv="x-dns-prefetch-control" content="on"><a href="http://${host}/">x</a>`);
  return tricks;
}
