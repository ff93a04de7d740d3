import { app, session } from 'electron';
import type { Session, WebContents } from 'electron';
import type { PageOrigin } from './addresses.ts';
import type { MailBodies } from './mail-bodies.ts';
import { isPermissionAllowed, isRequestAllowed, judgeNavigation } from './navigation-policy.ts';
import type { ShellLog } from './shell-log.ts';

export interface GuardOptions {
  readonly origin: PageOrigin;
  readonly bodies: MailBodies;
  readonly log: ShellLog;
  /** A person clicked a link in a mail. It is not opened; the page shows where it leads and asks. */
  onMailLink(token: string, url: string): void;
}

/** What the guard refused since the start, by kind; read by tests and the self-check. */
export interface GuardCounts {
  navigations: number;
  windows: number;
  webviews: number;
  downloads: number;
  permissions: number;
  requests: number;
  certificates: number;
}

const guardedSessions = new WeakSet<Session>();
const guardedContents = new WeakSet<WebContents>();

/** Whether the guard stands at this session. */
export function isSessionGuarded(each: Session): boolean {
  return guardedSessions.has(each);
}

/** Whether the guard stands at these contents. */
export function areContentsGuarded(contents: WebContents): boolean {
  return guardedContents.has(contents);
}

/** Switches of Chromium that must be set before the app is ready. */
export function closeChromiumNetwork(origin: PageOrigin): void {
  const exception = origin.devServer === null ? '' : `, EXCLUDE ${new URL(origin.devServer).hostname}`;
  // the only thing that stops a DNS prefetch: no request filter and no policy of a page does
  app.commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${exception}`);
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-domain-reliability');
  app.commandLine.appendSwitch('disable-sync');
  app.commandLine.appendSwitch('dns-prefetch-disable');
  app.commandLine.appendSwitch('no-pings');
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

/**
 * The one guard, put at every session and every web contents that ever comes to be, whoever makes it. Call before the app
 * is ready.
 */
export function guardApp(options: GuardOptions): GuardCounts {
  const counts: GuardCounts = { navigations: 0, windows: 0, webviews: 0, downloads: 0, permissions: 0, requests: 0, certificates: 0 };
  app.on('session-created', (each) => {
    guardSession(each, options, counts);
  });
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, options, counts);
  });
  app.on('certificate-error', (event, _contents, url, error, _certificate, callback) => {
    event.preventDefault();
    counts.certificates += 1;
    options.log.warn(`refused a certificate for ${url}: ${error}`);
    callback(false);
  });
  app.on('select-client-certificate', (event) => {
    event.preventDefault();
  });
  app.on('login', (event) => {
    event.preventDefault();
  });
  app.once('ready', () => {
    // on an app without other sessions this one exists before anybody can listen
    guardSession(session.defaultSession, options, counts);
  });
  return counts;
}

function guardSession(each: Session, { origin, log }: GuardOptions, counts: GuardCounts): void {
  if (guardedSessions.has(each)) return;
  guardedSessions.add(each);
  each.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const isAllowed = details.isMainFrame && isPermissionAllowed(permission, details.requestingUrl, origin);
    if (!isAllowed) counts.permissions += 1;
    callback(isAllowed);
  });
  each.setPermissionCheckHandler(
    (_contents, permission, _requestingOrigin, details) =>
      details.isMainFrame && isPermissionAllowed(permission, details.requestingUrl ?? '', origin),
  );
  each.setDevicePermissionHandler(() => false);
  each.setSpellCheckerEnabled(false);
  each.setSpellCheckerLanguages([]);
  each.on('will-download', (event) => {
    event.preventDefault();
    counts.downloads += 1;
  });
  each.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, callback) => {
    const isAllowed = isRequestAllowed(details.url, origin);
    if (!isAllowed) {
      counts.requests += 1;
      log.info(`refused to load ${details.url.slice(0, 200)}`);
    }
    callback({ cancel: !isAllowed });
  });
}

function guardContents(contents: WebContents, options: GuardOptions, counts: GuardCounts): void {
  if (guardedContents.has(contents)) return;
  guardedContents.add(contents);
  const { origin, bodies, log } = options;

  contents.on('will-frame-navigate', (details) => {
    const { url, isMainFrame } = details;
    const verdict = judgeNavigation(
      { url, isMainFrame, frameUrl: details.frame?.url ?? '', initiatorUrl: details.initiator?.url ?? '' },
      origin,
    );
    if (verdict.kind === 'allow') return;
    details.preventDefault();
    if (verdict.kind === 'mail-link') {
      const target = bodies.link(verdict.token, verdict.index);
      if (target !== null) options.onMailLink(verdict.token, target);
      return;
    }
    counts.navigations += 1;
    log.info(`refused to go to ${details.url.slice(0, 200)}`);
  });
  contents.on('will-navigate', (details) => {
    if (judgeNavigation({ url: details.url, isMainFrame: true, frameUrl: '', initiatorUrl: '' }, origin).kind !== 'allow') {
      details.preventDefault();
    }
  });
  contents.on('will-redirect', (details) => {
    // nothing that we serve redirects
    details.preventDefault();
    counts.navigations += 1;
  });
  contents.setWindowOpenHandler(() => {
    counts.windows += 1;
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    counts.webviews += 1;
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Logs what nobody caught and lives on: Electron itself rejects on some hostile addresses. */
export function surviveRejections(log: ShellLog): void {
  process.on('unhandledRejection', (reason) => {
    log.warn('unhandled rejection', reason);
  });
  process.on('uncaughtException', (error) => {
    log.warn('uncaught exception', error);
  });
}
