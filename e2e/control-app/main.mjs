/**
 * The control: a bare Electron app without any of our protection. What a test claims that Meridian blocks must be loud here. Shows the
 * address given as the last argument.
 */
import { app, BrowserWindow, session } from 'electron';

/** Every address that Chromium set out to load. */
const requests = [];
Object.defineProperty(globalThis, 'control', { value: { requests } });

function open() {
  session.defaultSession.webRequest.onBeforeRequest((details, callback) => {
    requests.push(details.url);
    callback({});
  });
  // hostile pages open windows: they must not outlive their test, nor cover the page
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      requests.push(url);
      return { action: 'deny' };
    });
  });
  const window = new BrowserWindow({ width: 800, height: 600, webPreferences: { spellcheck: false } });
  void window.loadURL(process.argv.at(-1) ?? 'about:blank');
}

app.once('ready', open);
app.on('window-all-closed', () => {
  app.quit();
});
