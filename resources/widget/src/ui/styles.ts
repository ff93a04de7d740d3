/**
 * The look of the widget. Colours are those of the app (src/renderer/ui/tokens.css): text reaches 4.5:1 on every ground it stands on,
 * in both themes. Made by script, so that a page's policy needs no exception for it.
 */
const CSS = `
:host {
  all: initial;
  color-scheme: light dark;
  --surface: light-dark(#ffffff, #17181c);
  --raised: light-dark(#ffffff, #1f2127);
  --sunken: light-dark(#f1f1ee, #24262d);
  --hover: light-dark(#ebebe7, #2b2e36);
  --border: light-dark(#e4e4df, #2c2f37);
  --border-control: light-dark(#8a8a85, #6d717d);
  --text: light-dark(#1a1b1f, #ededf0);
  --text-2: light-dark(#4d4f58, #b6b8c1);
  --accent: light-dark(#3a57d4, #4e6be6);
  --accent-hover: light-dark(#2f49b9, #415dd8);
  --accent-text: light-dark(#2f4bc4, #a3b4ff);
  --accent-soft: light-dark(#e8ecfb, #232a45);
  --focus: light-dark(#3a57d4, #8ea4ff);
  --ok: light-dark(#17693f, #6fd39b);
  --ok-soft: light-dark(#e2f3e9, #14301f);
  --soon: light-dark(#7c4a00, #f0b860);
  --soon-soft: light-dark(#fcf0d9, #33260f);
  --breach: light-dark(#b3261e, #ff9087);
  --breach-soft: light-dark(#fdebe9, #3b1917);
  --shadow: 0 16px 48px light-dark(rgb(20 20 30 / 0.2), rgb(0 0 0 / 0.6)), 0 2px 8px light-dark(rgb(20 20 30 / 0.1), rgb(0 0 0 / 0.5));
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
.root {
  font: 14px/1.5 'Inter Variable', 'Segoe UI Variable', system-ui, 'PingFang SC', 'Microsoft YaHei UI', 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK SC', 'Noto Sans CJK JP', 'Segoe UI', 'Noto Sans', 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif;
  color: var(--text);
  text-align: start;
  -webkit-font-smoothing: antialiased;
}
.root:lang(ja) { font-family: system-ui, 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { inline-size: 18px; block-size: 18px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; padding: 0; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }

.launcher {
  position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000;
  inline-size: 56px; block-size: 56px; border-radius: 50%;
  display: grid; place-items: center; color: #fff; background: var(--accent); box-shadow: var(--shadow);
  transition: background 160ms, transform 160ms cubic-bezier(0.2, 0.8, 0.2, 1);
}
.launcher:hover { background: var(--accent-hover); transform: translateY(-2px); }
.launcher .icon { inline-size: 26px; block-size: 26px; }
.launcher:focus-visible { outline-offset: 3px; }
.badge {
  position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 22px; block-size: 22px; padding-inline: 6px; border-radius: 11px;
  background: #b3261e; color: #fff; font-size: 12px; font-weight: 600; line-height: 22px; text-align: center; font-variant-numeric: tabular-nums;
}

.panel {
  position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000;
  inline-size: 392px; block-size: min(680px, calc(100dvh - 40px)); max-inline-size: calc(100vw - 40px);
  display: flex; flex-direction: column; overflow: hidden;
  background: var(--surface); border: 1px solid var(--border); border-radius: 18px; box-shadow: var(--shadow);
  animation: rise 220ms cubic-bezier(0.2, 0.8, 0.2, 1);
}
@keyframes rise { from { opacity: 0; transform: translateY(12px) scale(0.98); } }
.head { display: flex; align-items: center; gap: 10px; padding: 12px 10px 12px 14px; border-block-end: 1px solid var(--border); position: relative; }
.head-text { flex: 1; min-inline-size: 0; }
.head-title { font-size: 15px; font-weight: 600; line-height: 1.3; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.head-line { font-size: 12px; line-height: 1.35; color: var(--text-2); overflow-wrap: anywhere; }
.avatar { inline-size: 38px; block-size: 38px; border-radius: 50%; display: grid; place-items: center; flex: none; background: var(--accent-soft); color: var(--accent-text); font-weight: 600; font-size: 14px; position: relative; }
.avatar.small { inline-size: 26px; block-size: 26px; font-size: 11px; }
.avatar.small .icon { inline-size: 15px; block-size: 15px; }
.avatar .dot { position: absolute; inset-block-end: 0; inset-inline-end: 0; inline-size: 11px; block-size: 11px; border-radius: 50%; border: 2px solid var(--surface); background: var(--border-control); }
.avatar .dot.on { background: #1f9d5b; }
.tool { inline-size: 34px; block-size: 34px; border-radius: 9px; display: grid; place-items: center; color: var(--text-2); flex: none; }
.tool:hover, .tool[aria-expanded='true'] { background: var(--hover); color: var(--text); }
.menu {
  position: absolute; inset-block-start: calc(100% - 6px); inset-inline-end: 12px; z-index: 2; min-inline-size: 250px; padding: 6px;
  background: var(--raised); border: 1px solid var(--border); border-radius: 12px; box-shadow: var(--shadow); display: grid;
}
.menu button { display: flex; align-items: center; gap: 10px; padding: 9px 10px; border-radius: 8px; text-align: start; }
.menu button:hover { background: var(--hover); }
.menu .icon { color: var(--text-2); }
.safety { display: flex; gap: 8px; padding: 8px 14px; font-size: 12px; line-height: 1.4; background: var(--ok-soft); color: var(--ok); }
.safety.loud { font-weight: 600; }
.safety details { font-weight: 400; margin-block-start: 2px; }
.safety summary { text-decoration: underline; text-underline-offset: 2px; }
.safety ul { margin: 4px 0 0; padding-inline-start: 16px; max-block-size: 30vh; overflow-y: auto; overflow-wrap: anywhere; }
.safety .icon { inline-size: 16px; block-size: 16px; margin-block-start: 1px; }
.notice { display: flex; align-items: flex-start; gap: 8px; padding: 9px 14px; font-size: 13px; line-height: 1.4; background: var(--soon-soft); color: var(--soon); }
.notice .icon { inline-size: 16px; block-size: 16px; margin-block-start: 1px; }
.notice button { color: inherit; font-weight: 600; text-decoration: underline; text-underline-offset: 2px; }
.view { flex: 1; min-block-size: 0; display: flex; flex-direction: column; position: relative; }

.log { flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 14px; display: flex; flex-direction: column; gap: 3px; }
.log:focus-visible { outline-offset: -2px; }
.log > :first-child { margin-block-start: auto; }
.welcome { text-align: center; padding: 28px 18px; margin-block: auto; display: grid; gap: 8px; justify-items: center; color: var(--text-2); }
.welcome h2 { font-size: 19px; font-weight: 650; line-height: 1.3; color: var(--text); letter-spacing: -0.01em; }
.welcome .avatar { inline-size: 52px; block-size: 52px; margin-block-end: 4px; }
.welcome .avatar .icon { inline-size: 26px; block-size: 26px; }
.starts { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center; margin-block-start: 8px; }
.day { align-self: center; font-size: 12px; color: var(--text-2); padding: 10px 0 6px; }
.who { display: flex; align-items: center; gap: 6px; font-size: 12px; color: var(--text-2); margin-block: 10px 2px; }
.who b { font-weight: 600; color: var(--text); }
.kind { border: 1px solid var(--border); border-radius: 6px; padding: 0 5px; font-size: 11px; line-height: 16px; }
.bubble { inline-size: fit-content; max-inline-size: 84%; padding: 8px 12px; border-radius: 16px; overflow-wrap: anywhere; display: grid; gap: 6px; }
.bubble.team { align-self: flex-start; background: var(--sunken); border-end-start-radius: 5px; }
.bubble.system { align-self: center; background: none; color: var(--text-2); font-size: 13px; text-align: center; padding-block: 4px; }
.bubble.visitor { align-self: flex-end; background: var(--accent); color: #fff; border-end-end-radius: 5px; margin-block-start: 5px; }
.bubble.refused { background: var(--breach-soft); color: var(--breach); }
.text { white-space: pre-wrap; }
.bubble a { color: var(--accent-text); text-underline-offset: 2px; }
.host { font-size: 12px; margin-inline-start: 6px; padding: 1px 6px; border-radius: 6px; background: var(--surface); color: var(--text-2); white-space: nowrap; }
.meta { display: flex; align-items: center; justify-content: flex-end; gap: 4px; font-size: 11px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.bubble.team .meta { color: var(--text-2); justify-content: flex-start; }
.meta .icon { inline-size: 14px; block-size: 14px; }
.meta button { text-decoration: underline; text-underline-offset: 2px; margin-inline-start: 4px; }
.label { display: flex; align-items: center; gap: 6px; font-size: 12px; font-weight: 600; }
.label .icon { inline-size: 14px; block-size: 14px; }
progress { inline-size: 100%; block-size: 4px; appearance: none; border: 0; border-radius: 2px; overflow: hidden; background: rgb(255 255 255 / 0.35); }
progress::-webkit-progress-bar { background: rgb(255 255 255 / 0.35); }
progress::-webkit-progress-value { background: #fff; }
progress::-moz-progress-bar { background: #fff; }
.file { display: flex; align-items: center; gap: 9px; padding: 8px 10px; border-radius: 10px; background: var(--surface); color: var(--text); text-align: start; max-inline-size: 100%; border: 1px solid var(--border); }
button.file:hover { background: var(--hover); }
.file-name { font-size: 13px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.file-text { min-inline-size: 0; flex: 1; }
.file-size { font-size: 11px; color: var(--text-2); }
.picture { display: block; max-inline-size: 100%; max-block-size: 220px; border-radius: 10px; background: var(--surface); }
.picture-button { display: block; border-radius: 10px; }
.typing { display: flex; align-items: center; gap: 8px; min-block-size: 30px; padding: 2px 14px 4px; font-size: 12px; color: var(--text-2); }
.dots { display: flex; gap: 3px; padding: 8px 10px; border-radius: 14px; background: var(--sunken); }
.dots i { inline-size: 6px; block-size: 6px; border-radius: 50%; background: var(--text-2); animation: hop 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: 150ms; }
.dots i:nth-child(3) { animation-delay: 300ms; }
@keyframes hop { 0%, 60%, 100% { opacity: 0.35; } 30% { opacity: 1; transform: translateY(-2px); } }
.options { display: flex; flex-wrap: wrap; gap: 7px; padding: 4px 14px 10px; justify-content: flex-end; }
.chip { padding: 6px 13px; border-radius: 17px; border: 1px solid var(--accent-text); color: var(--accent-text); background: var(--surface); font-size: 13px; line-height: 1.4; text-align: start; }
.chip:hover { background: var(--accent-soft); }
.newest { position: absolute; inset-block-end: 8px; inset-inline: 0; margin-inline: auto; inline-size: fit-content; display: flex; align-items: center; gap: 6px; padding: 6px 12px; border: 1px solid var(--accent-text); border-radius: 16px; background: var(--surface); color: var(--accent-text); font-size: 12px; box-shadow: var(--shadow); }
.newest .icon { inline-size: 14px; block-size: 14px; }
.log-frame { position: relative; flex: 1; min-block-size: 0; display: flex; flex-direction: column; }

.foot { border-block-start: 1px solid var(--border); padding: 10px; display: grid; gap: 8px; }
.write { display: flex; align-items: flex-end; gap: 4px; border: 1px solid var(--border-control); border-radius: 14px; padding: 4px; background: var(--raised); }
.write:focus-within { border-color: var(--focus); outline: 1px solid var(--focus); }
.write textarea { flex: 1; min-inline-size: 0; border: 0; outline: 0; background: none; resize: none; padding: 6px 4px; max-block-size: 140px; line-height: 1.5; field-sizing: content; }
textarea::placeholder, input::placeholder { color: var(--text-2); opacity: 1; }
.go { inline-size: 36px; block-size: 36px; border-radius: 11px; display: grid; place-items: center; background: var(--accent); color: #fff; flex: none; }
.go:hover { background: var(--accent-hover); }
.go[aria-disabled='true'] { background: var(--sunken); color: var(--text-2); cursor: default; }
.tray { display: flex; flex-wrap: wrap; gap: 6px; }
.tray-file { display: flex; align-items: center; gap: 4px; padding: 3px 3px 3px 9px; border-radius: 9px; background: var(--sunken); font-size: 12px; max-inline-size: 100%; }
.tray-file span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 190px; }
.tray-file button { inline-size: 24px; block-size: 24px; border-radius: 6px; display: grid; place-items: center; }
.tray-file button:hover { background: var(--hover); }
.tray-file .icon { inline-size: 14px; block-size: 14px; }
.problem:empty { display: none; }
.problem { color: var(--breach); font-size: 12px; line-height: 1.4; }
.danger { display: grid; gap: 8px; padding: 12px; border-radius: 12px; background: var(--breach-soft); color: var(--breach); font-size: 13px; line-height: 1.45; }
.danger strong { display: flex; gap: 8px; font-weight: 650; }
.danger div { display: flex; flex-wrap: wrap; gap: 8px; }
.drop { position: absolute; inset: 8px; z-index: 3; display: grid; place-items: center; border: 2px dashed var(--accent-text); border-radius: 14px; background: var(--accent-soft); color: var(--accent-text); font-weight: 600; pointer-events: none; }

.page { flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: grid; gap: 14px; align-content: start; }
.page h2 { font-size: 17px; font-weight: 650; line-height: 1.3; outline: none; }
.page > p { color: var(--text-2); }
.field { display: grid; gap: 4px; }
.field label { font-size: 13px; font-weight: 550; }
.field small { font-size: 12px; color: var(--text-2); font-weight: 400; }
.field input, .field textarea { inline-size: 100%; border: 1px solid var(--border-control); border-radius: 10px; padding: 8px 10px; background: var(--raised); resize: vertical; }
.field textarea { min-block-size: 62px; field-sizing: content; max-block-size: 220px; }
.field [aria-invalid='true'] { border-color: var(--breach); }
.filled { font-size: 12px; line-height: 1.4; color: var(--text-2); margin-block-start: -6px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
details { border: 1px solid var(--border); border-radius: 12px; padding: 0 12px; }
summary { padding: 10px 0; cursor: pointer; font-weight: 550; font-size: 13px; border-radius: 8px; }
details > div { display: grid; gap: 12px; padding-block-end: 12px; }
.actions { display: flex; gap: 8px; flex-wrap: wrap; }
.button { padding: 8px 16px; border-radius: 10px; font-weight: 550; background: var(--accent); color: #fff; line-height: 1.5; }
.button:hover { background: var(--accent-hover); }
.button.plain { background: var(--sunken); color: var(--text); }
.button.plain:hover { background: var(--hover); }
.button.bad { background: #b3261e; color: #fff; }
.button.bad:hover { background: #971d16; }
.attach { display: inline-flex; gap: 6px; align-items: center; justify-self: start; color: var(--accent-text); font-weight: 550; font-size: 13px; border-radius: 6px; }
.result { display: grid; gap: 6px; padding: 14px; border-radius: 12px; line-height: 1.45; }
.result strong { display: flex; gap: 8px; font-weight: 650; }
.result.good { background: var(--ok-soft); color: var(--ok); }
.result.bad { background: var(--breach-soft); color: var(--breach); }
.result.unsure { background: var(--soon-soft); color: var(--soon); }
.code { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace; font-size: 17px; letter-spacing: 0.06em; text-transform: uppercase; }
.code::placeholder { letter-spacing: 0.06em; }

@media (max-width: 520px) {
  .panel { inset: 0; inline-size: auto; block-size: auto; max-inline-size: none; border: 0; border-radius: 0; padding-block-end: env(safe-area-inset-bottom); }
  textarea, input { font-size: 16px !important; }
}
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .bubble, .chip, .button, .go, .launcher, .write { border: 1px solid; }
}
`;

export function widgetStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  return sheet;
}
